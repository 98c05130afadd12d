"""Taxes of a line: their codes (catalogs 05 and 07), IGV and IVAP."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat import catalogs
from emitir.sandbox.sunat.rules.case import LINE, ZERO, Case, amount, exists, nodes, text
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

SUBTOTAL = f"{LINE}/cac:TaxTotal/cac:TaxSubtotal"
CATEGORY = "cac:TaxCategory"
_CODE = f"{CATEGORY}/cac:TaxScheme/cbc:ID"
_REASON = f"{CATEGORY}/cbc:TaxExemptionReasonCode"
PERCENT = f"{CATEGORY}/cbc:Percent"

#: Taxes of the IGV family: a line has a base in exactly one of them.
FAMILY = ("1000", "1016", "9995", "9996", "9997", "9998")
#: Affectations of gifts that carry IGV (or IVAP), and those that carry none.
_TAXED_GIFTS = frozenset({"11", "12", "13", "14", "15", "16", "17"})
_FREE_GIFTS = frozenset({"21", "31", "32", "33", "34", "35", "36", "37", "40"})
_SMALL = Decimal("0.06")


def code_of(subtotal: Element) -> str:
    """Tax code (catalog 05) of a subtotal."""
    return text(subtotal, _CODE)


def base_of(subtotal: Element) -> Decimal:
    """Base of a subtotal."""
    return amount(subtotal, "cbc:TaxableAmount")


TABLE.present("3195", "cac:TaxTotal", scope=LINE)
TABLE.at_most_one("3026", "cac:TaxTotal", scope=LINE)
TABLE.matches("3021", "cac:TaxTotal/cbc:TaxAmount", AMOUNT, scope=LINE)


@TABLE.rule("3292", "4293", scope=LINE)
def _line_total(case: Case, line: Element) -> Iterator[Hit]:
    value = ZERO
    for node in nodes(line, "cac:TaxTotal/cac:TaxSubtotal"):
        if code_of(node) in ("1000", "1016", "2000", "7152", "9999"):
            value += amount(node, "cbc:TaxAmount")
    path = "cac:TaxTotal/cbc:TaxAmount"
    if exists(line, path) and abs(amount(line, path) - value) > TOLERANCE:
        yield Hit(path, text(line, path))


TABLE.required("2037", _CODE, scope=SUBTOTAL)


@TABLE.rule("2036", scope=SUBTOTAL)
def _unknown_tax(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) and code_of(node) not in catalogs.taxes():
        yield Hit(_CODE, code_of(node))


TABLE.distinct("3067", "cac:TaxTotal/cac:TaxSubtotal/" + _CODE, scope=LINE)
TABLE.required("2996", f"{CATEGORY}/cac:TaxScheme/cbc:Name", scope=SUBTOTAL)


@TABLE.rule("3051", scope=SUBTOTAL)
def _tax_name(case: Case, node: Element) -> Iterator[Hit]:
    path = f"{CATEGORY}/cac:TaxScheme/cbc:Name"
    if text(node, path) != catalogs.taxes().get(code_of(node), (text(node, path), ""))[0]:
        yield Hit(path, text(node, path))


@TABLE.rule("2377", scope=SUBTOTAL)
def _tax_type(case: Case, node: Element) -> Iterator[Hit]:
    path = f"{CATEGORY}/cac:TaxScheme/cbc:TaxTypeCode"
    if text(node, path) != catalogs.taxes().get(code_of(node), ("", text(node, path)))[1]:
        yield Hit(path, text(node, path))


@TABLE.rule("3105", scope=LINE)
def _no_tax(case: Case, line: Element) -> Iterator[Hit]:
    free_of_it = {"2100", "2101", "2102", "2103", "2104"} | ({"0112"} if case.tipo == "01" else set())
    if case.operation not in free_of_it and not any(case.base(line, code) > 0 for code in FAMILY):
        yield Hit(f"{LINE}/cac:TaxTotal")


@TABLE.rule("3223", scope=LINE)
def _combination(case: Case, line: Element) -> Iterator[Hit]:
    found = {code for code in (*FAMILY, "2000", "9999") if case.base(line, code) > 0}
    family = found & set(FAMILY)
    beside = {"9999"} if family & {"1016", "9995"} else {"2000", "9999"}
    if len(family) > 1 or (family and not found - family <= beside):
        yield Hit(_CODE, " ".join(sorted(found)))


TABLE.matches("3031", "cbc:TaxableAmount", AMOUNT, scope=SUBTOTAL)


@TABLE.rule("3272", "4294", scope=LINE)
def _base(case: Case, line: Element) -> Iterator[Hit]:
    """IGV base = valor de venta + ISC (within 1), or exactly the valor de venta when there is no ISC."""
    excise = case.tax(line, "2000")
    with_excise = excise is not None and base_of(excise) > 0
    value = amount(line, "cbc:LineExtensionAmount")
    if excise is not None and with_excise:
        value += amount(excise, "cbc:TaxAmount")
    for code in FAMILY:
        node = case.tax(line, code)
        if node is None or not exists(node, "cbc:TaxableAmount"):
            continue
        # A tax that is there with a base of zero says nothing of this line.
        if base_of(node) > 0 and abs(base_of(node) - value) > (TOLERANCE if with_excise else ZERO):
            yield Hit("cac:TaxSubtotal/cbc:TaxableAmount", text(node, "cbc:TaxableAmount"))


TABLE.matches("2033", "cbc:TaxAmount", AMOUNT, scope=SUBTOTAL)


@TABLE.rule("3110", scope=SUBTOTAL)
def _tax_where_none_is(case: Case, node: Element) -> Iterator[Hit]:
    untaxed = code_of(node) in ("9995", "9997", "9998")
    gift = code_of(node) == "9996" and base_of(node) > 0 and text(node, _REASON) in _FREE_GIFTS
    if (untaxed or gift) and amount(node, "cbc:TaxAmount") != 0:
        yield Hit("cac:TaxSubtotal/cbc:TaxAmount", text(node, "cbc:TaxAmount"))


def _is_taxed(node: Element) -> bool:
    """Whether the subtotal must carry IGV or IVAP."""
    return code_of(node) in ("1000", "1016") or (
        code_of(node) == "9996" and text(node, _REASON) in _TAXED_GIFTS
    )


@TABLE.rule("3111", scope=SUBTOTAL)
def _no_tax_where_some_is(case: Case, node: Element) -> Iterator[Hit]:
    if (
        case.operation != "0113"
        and _is_taxed(node)
        and base_of(node) > _SMALL
        and amount(node, "cbc:TaxAmount") == 0
    ):
        yield Hit("cac:TaxSubtotal/cbc:TaxAmount", text(node, "cbc:TaxAmount"))


@TABLE.rule("3103", scope=SUBTOTAL)
def _igv(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, _REASON) not in _TAXED_GIFTS | {"10"} or case.operation == "0113":
        return
    value = base_of(node) * amount(node, PERCENT) / 100
    if abs(amount(node, "cbc:TaxAmount") - value) > TOLERANCE:
        yield Hit("cac:TaxSubtotal/cbc:TaxAmount", text(node, "cbc:TaxAmount"))


@TABLE.rule(None, "3240", scope=SUBTOTAL)
def _nrus(case: Case, node: Element) -> Iterator[Hit]:
    if case.operation == "0113" and amount(node, "cbc:TaxAmount") > 0:
        yield Hit("cac:TaxSubtotal/cbc:TaxAmount", text(node, "cbc:TaxAmount"))


@TABLE.rule("2992", scope=SUBTOTAL)
def _no_rate(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) != "7152" and not exists(node, PERCENT):
        yield Hit(PERCENT)


TABLE.matches("3102", PERCENT, decimal(3, 5), scope=SUBTOTAL)


@TABLE.rule("2993", scope=SUBTOTAL)
def _zero_rate(case: Case, node: Element) -> Iterator[Hit]:
    if case.operation != "0113" and _is_taxed(node) and base_of(node) > 0 and amount(node, PERCENT) == 0:
        yield Hit(PERCENT, text(node, PERCENT))


@TABLE.rule("2371", scope=SUBTOTAL)
def _no_affectation(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) in FAMILY and base_of(node) > 0 and not text(node, _REASON):
        yield Hit(_REASON)


@TABLE.rule("3050", scope=SUBTOTAL)
def _affectation_of_other_tax(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) in ("2000", "9999") and exists(node, _REASON):
        yield Hit(_REASON, text(node, _REASON))


@TABLE.rule("2040", scope=SUBTOTAL)
def _affectation(case: Case, node: Element) -> Iterator[Hit]:
    allowed = catalogs.AFFECTATIONS.get(code_of(node))
    value = text(node, _REASON)
    if allowed and base_of(node) > 0 and value and value not in allowed:
        yield Hit(_REASON, value)


_EXPORT = frozenset({"0200", "0201", "0202", "0203", "0204", "0205", "0206", "0207", "0208"})


@TABLE.rule("2642", scope=SUBTOTAL)
def _export(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, _REASON)
    if case.operation in _EXPORT and value and value != "40":
        yield Hit(_REASON, value)


@TABLE.rule("2644")
def _ivap_alone(case: Case, root: Element) -> Iterator[Hit]:
    found = {
        text(node, _REASON) == "17"
        for node in nodes(root, SUBTOTAL)
        if base_of(node) > 0 and text(node, _REASON)
    }
    if len(found) > 1:
        yield Hit(_REASON, "17")
