"""Taxes and totals of notas, where they differ from those of a factura (2949, 3107, 3221, 3280, 3315)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from emitir.sandbox.sunat.rules.case import TOTAL, Case, amount, text
from emitir.sandbox.sunat.rules.line_taxes import base_of
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.notes.lines import EXPORT, IVAP
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("07", "08")
CREDIT = Table("07")

_CODE = "cac:TaxCategory/cac:TaxScheme/cbc:ID"
_ICBPER_FROM = date(2019, 8, 1)
#: By type of nota, the taxes that may not have a base in the totals, by code of SUNAT.
_FORBIDDEN: dict[str, dict[str, tuple[str, ...]]] = {
    "3221": {IVAP: ("9995", "9997", "9998"), EXPORT: ("9997", "9998")},
    "3107": {IVAP: ("1000", "2000"), EXPORT: ("1000", "1016")},
}


def _forbid(code: str) -> None:
    @TABLE.rule(code)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        for tax in _FORBIDDEN[code].get(case.reason, ()):
            if tax in case.totals and base_of(case.totals[tax]) > 0:
                yield Hit(_CODE, tax)


_forbid("3221")
_forbid("3107")


@TABLE.rule("3107")
def _other_taxes_of_export(case: Case, root: Element) -> Iterator[Hit]:
    for tax in ("2000", "9999"):
        if case.reason == EXPORT and tax in case.totals:
            yield Hit(_CODE, tax)


@TABLE.rule("2949")
def _bags_too_early(case: Case, root: Element) -> Iterator[Hit]:
    node = case.totals.get("7152")
    if node is None or case.issue_date is None or case.issue_date >= _ICBPER_FROM:
        return
    if amount(node, "cbc:TaxAmount") > 0:
        yield Hit("cac:TaxSubtotal[7152]/cbc:TaxAmount", text(node, "cbc:TaxAmount"))


_PAYABLE = f"{TOTAL}/cbc:PayableAmount"


@TABLE.rule("3280", "4312")
def _payable(case: Case, root: Element) -> Iterator[Hit]:
    """What is to be paid: values of sale, taxes, other charges and rounding."""
    value = amount(root, f"{TOTAL}/cbc:ChargeTotalAmount") + amount(
        root, f"{TOTAL}/cbc:PayableRoundingAmount"
    )
    for tax, node in case.totals.items():
        if tax in ("1000", "1016", "9995", "9997", "9998"):
            value += base_of(node)
        if tax in ("1000", "1016", "2000", "7152", "9999"):
            value += amount(node, "cbc:TaxAmount")
    if abs(case.payable - value) > TOLERANCE:
        yield Hit(_PAYABLE, text(root, _PAYABLE))


@CREDIT.rule("3315")
def _payable_of_13(case: Case, root: Element) -> Iterator[Hit]:
    if case.reason == "13" and case.payable != 0:
        yield Hit(_PAYABLE, text(root, _PAYABLE))
