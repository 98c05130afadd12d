"""Resumen diario (RC): sheet Resumen_Diario1_1."""

from __future__ import annotations

from emitir.sandbox.sunat.rules import signature_block
from emitir.sandbox.sunat.rules.summary import amounts, header, lines, perception, registry, taxes
from emitir.sandbox.sunat.rules.table import Table

SUMMARY: tuple[Table, ...] = (
    signature_block.block("RC"),
    header.TABLE,
    lines.TABLE,
    registry.TABLE,
    perception.TABLE,
    amounts.TABLE,
    taxes.TABLE,
)
