"""SUNAT's rules (Reglas de validación, 2026-02-12), read from the XML that arrived.

One module per area, each with a table; :data:`INVOICE`, :data:`NOTE`, :data:`SUMMARY` and :data:`VOIDED_DOCUMENTS`
are the order they are applied in. The first error ends
a document as it does at SUNAT, the observations are all told.
"""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules import (
    advances,
    attributes,
    cargo,
    charges,
    header,
    identity,
    legends,
    line_taxes,
    lines,
    other_taxes,
    parties,
    payment,
    properties,
    references,
    signature_block,
    special,
    tax_totals,
    totals,
    voided,
)
from emitir.sandbox.sunat.rules.case import Case
from emitir.sandbox.sunat.rules.guia import GUIA, GUIA_IDENTITY
from emitir.sandbox.sunat.rules.notes import NOTE, NOTE_IDENTITY
from emitir.sandbox.sunat.rules.purchase import PURCHASE, PURCHASE_IDENTITY
from emitir.sandbox.sunat.rules.summary import SUMMARY
from emitir.sandbox.sunat.rules.table import Finding, Table
from emitir.sandbox.sunat.rules.withholding import WITHHOLDING, WITHHOLDING_IDENTITY

__all__ = [
    "GUIA",
    "GUIA_IDENTITY",
    "IDENTITY",
    "INVOICE",
    "NOTE",
    "NOTE_IDENTITY",
    "PURCHASE",
    "PURCHASE_IDENTITY",
    "SUMMARY",
    "VOIDED_DOCUMENTS",
    "WITHHOLDING",
    "WITHHOLDING_IDENTITY",
    "judge_tables",
]

#: Name and number against the file: before SUNAT looks whether the number is taken.
IDENTITY: tuple[Table, ...] = (identity.TABLE,)

INVOICE: tuple[Table, ...] = (
    signature_block.TABLE,
    header.TABLE,
    parties.TABLE,
    references.TABLE,
    lines.TABLE,
    properties.TABLE,
    cargo.TABLE,
    line_taxes.TABLE,
    other_taxes.TABLE,
    tax_totals.TABLE,
    charges.TABLE,
    totals.TABLE,
    legends.TABLE,
    advances.TABLE,
    special.TABLE,
    payment.TABLE,
    attributes.TABLE,
)

#: Comunicación de baja and resumen de reversiones.
VOIDED_DOCUMENTS: tuple[Table, ...] = (
    signature_block.VOIDED,
    voided.TABLE,
    voided.ANNULLED,
    voided.REVERSED,
)


def judge_tables(case: Case, tables: tuple[Table, ...]) -> Iterator[Finding]:
    """Everything that is wrong in ``case``, in SUNAT's order."""
    for table in tables:
        for rule in table.rules:
            yield from rule.apply(case)
