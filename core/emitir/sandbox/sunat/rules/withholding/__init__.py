"""Comprobantes de retención (20) and de percepción (40): sheets Retenciones1_0 and Percepciones1_0."""

from __future__ import annotations

from emitir.sandbox.sunat.rules import signature_block
from emitir.sandbox.sunat.rules.table import Table
from emitir.sandbox.sunat.rules.withholding import header, parties, payments, references, registry, totals
from emitir.sandbox.sunat.rules.withholding.kinds import PERCEPTION, RETENTION

WITHHOLDING_IDENTITY: tuple[Table, ...] = (header.IDENTITY,)

WITHHOLDING: tuple[Table, ...] = (
    signature_block.block("20", "40"),
    header.TABLE,
    parties.TABLE,
    parties.RETENTION,
    parties.PERCEPTION,
    *(module.table(kind) for kind in (RETENTION, PERCEPTION) for module in (totals, references, payments)),
    registry.TABLE,
)
