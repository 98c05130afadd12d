"""Lines of notas and their taxes, where they differ from those of a factura (2137 to 2139, 3105, 3230, 4084...)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat import catalogs
from emitir.sandbox.sunat.rules.case import LINE, Case, amount, exists, nodes, text
from emitir.sandbox.sunat.rules.line_taxes import CATEGORY, FAMILY, PERCENT, SUBTOTAL, base_of, code_of
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("07", "08")
CREDIT = Table("07")
DEBIT = Table("08")

_QUANTITY = "cbc:InvoicedQuantity"
_REASON = f"{CATEGORY}/cbc:TaxExemptionReasonCode"
#: Types of both notas: ajustes de operaciones de exportación, ajustes afectos al IVAP.
EXPORT, IVAP = "11", "12"


@TABLE.rule("2137", scope=LINE)
def _order(case: Case, line: Element) -> Iterator[Hit]:
    value = text(line, "cbc:ID")
    if not re.fullmatch(r"\d{1,3}", value, re.ASCII) or int(value) == 0:
        yield Hit(f"{LINE}/cbc:ID", value)


for _table, _code in ((CREDIT, "2138"), (DEBIT, "2188")):
    _table.required(_code, "@unitCode", scope=f"{LINE}/{_QUANTITY}")

TABLE.matches("2139", _QUANTITY, decimal(12, 10), scope=LINE)
TABLE.matches("4234", "cac:Item/cac:SellersItemIdentification/cbc:ID", any_text(1, 30), scope=LINE)
TABLE.matches("4084", "cac:Item/cbc:Description", r"(?s)(?=.*\S).{3,500}", scope=LINE)


@TABLE.rule("2410", scope=f"{LINE}/cac:PricingReference/cac:AlternativeConditionPrice")
def _no_price_type(case: Case, node: Element) -> Iterator[Hit]:
    if not exists(node, "cbc:PriceTypeCode"):
        yield Hit("cac:AlternativeConditionPrice/cbc:PriceTypeCode")


@CREDIT.rule("3105", scope=LINE)
def _no_tax(case: Case, line: Element) -> Iterator[Hit]:
    """A nota de crédito of type 13 has lines of nothing: the tax must be there, not its base."""
    if not any(case.tax(line, code) is not None for code in FAMILY):
        yield Hit(f"{LINE}/cac:TaxTotal")


@DEBIT.rule("2643", scope=SUBTOTAL)
def _no_ivap(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) == "1016" and case.reason == IVAP and base_of(node) == 0:
        yield Hit("cac:TaxSubtotal/cbc:TaxableAmount", text(node, "cbc:TaxableAmount"))


@DEBIT.rule("3101", scope=SUBTOTAL)
def _rate_of_nothing(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) in ("9995", "9997", "9998") and amount(node, PERCENT) != 0:
        yield Hit(PERCENT, text(node, PERCENT))


def _affectation(reason: str, affectation: str, code: str) -> None:
    @TABLE.rule(code, scope=SUBTOTAL)
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        value = text(node, _REASON)
        if case.reason == reason and value and value != affectation:
            yield Hit(_REASON, value)


_affectation(EXPORT, "40", "2642")
_affectation(IVAP, "17", "2644")


@TABLE.rule("3230", scope=SUBTOTAL)
def _ivap_elsewhere(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, _REASON) == "17" and case.reason != IVAP:
        yield Hit(_REASON, "17")


_SYSTEM = f"{CATEGORY}/cbc:TierRange"


@TABLE.rule("2199", scope=SUBTOTAL)
def _system(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, _SYSTEM)
    if code_of(node) == "2000" and base_of(node) > 0 and value and value not in catalogs.codes("08"):
        yield Hit(_SYSTEM, value)


@DEBIT.rule("2373", scope=SUBTOTAL)
def _no_system(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) == "2000" and not nodes(node, _SYSTEM):
        yield Hit(_SYSTEM)
