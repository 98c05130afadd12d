"""Lines of a liquidación de compra: gold, IGV, retención del impuesto a la renta (2464, 2466 to 2469, 3064, 3105...)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import LINE, Case, amount, exists, nodes, text
from emitir.sandbox.sunat.rules.line_taxes import CATEGORY, PERCENT, SUBTOTAL, base_of, code_of
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("04")

#: Retención del impuesto a la renta of the vendor (catalog 05).
INCOME = "3000"
#: The IGV of a purchase: a line has a base in exactly one of them.
_FAMILY = ("1000", "9996", "9997", "9998")
_CODE = f"{CATEGORY}/cac:TaxScheme/cbc:ID"
_REASON = f"{CATEGORY}/cbc:TaxExemptionReasonCode"
_PROPERTY = "cac:Item/cac:AdditionalItemProperty"
#: What every line of a purchase of gold says (catalog 55): mining right, law, nature, name.
_OF_GOLD = {"6000": "2466", "6004": "2467", "6005": "2468", "6006": "2469"}


def _gold(concept: str, code: str) -> None:
    @TABLE.rule(code, scope=LINE)
    def _check(case: Case, line: Element) -> Iterator[Hit]:
        if case.operation == "0503" and not exists(line, f"{_PROPERTY}[cbc:NameCode='{concept}']"):
            yield Hit(f"{_PROPERTY}/cbc:NameCode", concept)


for _concept, _missing in _OF_GOLD.items():
    _gold(_concept, _missing)


@TABLE.rule("3064", scope=f"{LINE}/{_PROPERTY}")
def _no_value(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, "cbc:NameCode") in _OF_GOLD and not text(node, "cbc:Value"):
        yield Hit(f"{_PROPERTY}/cbc:Value", text(node, "cbc:NameCode"))


@TABLE.rule("4280", scope=f"{LINE}/{_PROPERTY}")
def _law(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, "cbc:Value")
    if text(node, "cbc:NameCode") == "6004" and not re.fullmatch(
        r"[0-9]{1,3}(\.[0-9]{1,2})?", value, re.ASCII
    ):
        yield Hit(f"{_PROPERTY}/cbc:Value", value)


@TABLE.rule("4235", scope=f"{LINE}/{_PROPERTY}")
def _nameless(case: Case, node: Element) -> Iterator[Hit]:
    if exists(node, "cbc:Name") and not text(node, "cbc:Name"):
        yield Hit(f"{_PROPERTY}/cbc:Name")


@TABLE.rule("3105", scope=LINE)
def _no_igv(case: Case, line: Element) -> Iterator[Hit]:
    if not any(case.base(line, code) > 0 for code in _FAMILY):
        yield Hit(f"{LINE}/cac:TaxTotal")


@TABLE.rule("3223", scope=LINE)
def _combination(case: Case, line: Element) -> Iterator[Hit]:
    found = {code_of(node) for node in nodes(line, "cac:TaxTotal/cac:TaxSubtotal") if base_of(node) > 0}
    family = found & set(_FAMILY)
    if len(family) > 1 or not found - family <= {INCOME, "9999"}:
        yield Hit(_CODE, " ".join(sorted(found)))


@TABLE.rule("4294", scope=LINE)
def _base(case: Case, line: Element) -> Iterator[Hit]:
    """The bases of IGV and income tax are the valor de compra."""
    value = amount(line, "cbc:LineExtensionAmount")
    for code in (*_FAMILY, INCOME):
        node = case.tax(line, code)
        if node is not None and base_of(node) > 0 and base_of(node) != value:
            yield Hit("cac:TaxSubtotal/cbc:TaxableAmount", text(node, "cbc:TaxableAmount"))


@TABLE.rule("3050", scope=SUBTOTAL)
def _affectation_of_other_tax(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) in (INCOME, "9999") and exists(node, _REASON):
        yield Hit(_REASON, text(node, _REASON))


@TABLE.rule("2464", scope=SUBTOTAL)
def _withheld(case: Case, node: Element) -> Iterator[Hit]:
    value = base_of(node) * amount(node, PERCENT) / 100
    if code_of(node) == INCOME and abs(amount(node, "cbc:TaxAmount") - value) > TOLERANCE:
        yield Hit("cac:TaxSubtotal/cbc:TaxAmount", text(node, "cbc:TaxAmount"))
