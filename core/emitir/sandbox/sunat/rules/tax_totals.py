"""Taxes of the whole document: one TaxTotal with a subtotal per tax (3273 to 3299, 3302, 3306, 3462)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from emitir.sandbox.sunat import catalogs
from emitir.sandbox.sunat.rules.case import LINE, NOTES, ZERO, Case, amount, exists, nodes, text
from emitir.sandbox.sunat.rules.line_taxes import FAMILY, base_of, code_of
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_SUBTOTAL = "cac:TaxTotal/cac:TaxSubtotal"
_SCHEME = "cac:TaxCategory/cac:TaxScheme"
_BASE = "cbc:TaxableAmount"
_TAX = "cbc:TaxAmount"
_IVAP_RATE = Decimal("0.04")
_PERCENT = "cac:TaxCategory/cbc:Percent"

TABLE.present("2956", "cac:TaxTotal")
TABLE.at_most_one("3024", "cac:TaxTotal")
TABLE.matches("3020", "cac:TaxTotal/cbc:TaxAmount", AMOUNT)


@TABLE.rule("3294", "4301")
def _sum(case: Case, root: Element) -> Iterator[Hit]:
    path = "cac:TaxTotal/cbc:TaxAmount"
    value = sum((amount(node, _TAX) for node in nodes(root, _SUBTOTAL) if _counts(node)), ZERO)
    if exists(root, path) and abs(amount(root, path) - value) > TOLERANCE:
        yield Hit(path, text(root, path))


def _counts(node: Element) -> bool:
    return code_of(node) in ("1000", "1016", "2000", "7152", "9999")


@TABLE.rule("2638")
def _missing(case: Case, root: Element) -> Iterator[Hit]:
    for code in FAMILY:
        if case.with_base(code) and code not in case.totals:
            yield Hit(f"{_SUBTOTAL}/{_SCHEME}/cbc:ID", code)


TABLE.required("3059", f"{_SCHEME}/cbc:ID", scope=_SUBTOTAL)


@TABLE.rule("3007", scope=_SUBTOTAL)
def _unknown(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) and code_of(node) not in catalogs.taxes():
        yield Hit(f"{_SCHEME}/cbc:ID", code_of(node))


TABLE.distinct("3068", f"{_SUBTOTAL}/{_SCHEME}/cbc:ID")
TABLE.required("2054", f"{_SCHEME}/cbc:Name", scope=_SUBTOTAL)
TABLE.required("2052", f"{_SCHEME}/cbc:TaxTypeCode", scope=_SUBTOTAL)


@TABLE.rule("2964", scope=_SUBTOTAL)
def _name(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, f"{_SCHEME}/cbc:Name")
    if value != catalogs.taxes().get(code_of(node), (value, ""))[0]:
        yield Hit(f"{_SCHEME}/cbc:Name", value)


@TABLE.rule("2961", scope=_SUBTOTAL)
def _type(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, f"{_SCHEME}/cbc:TaxTypeCode")
    if value != catalogs.taxes().get(code_of(node), ("", value))[1]:
        yield Hit(f"{_SCHEME}/cbc:TaxTypeCode", value)


@TABLE.rule("3107")
def _export(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation in ("0200", "0201", "0202", "0203", "0204", "0205", "0206", "0207", "0208"):
        for code in sorted(case.totals.keys() & {"1000", "1016", "2000", "9997", "9998", "9999"}):
            yield Hit(f"{_SCHEME}/cbc:ID", code)


@TABLE.rule("3003", scope=_SUBTOTAL)
def _no_base(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) != "7152" and not exists(node, _BASE):
        yield Hit(f"cac:TaxSubtotal/{_BASE}")


TABLE.matches("2999", _BASE, AMOUNT, scope=_SUBTOTAL)
TABLE.matches("2048", _TAX, AMOUNT, scope=_SUBTOTAL)


@TABLE.rule("3000", scope=_SUBTOTAL)
def _untaxed(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) in ("9995", "9997", "9998") and amount(node, _TAX) != 0:
        yield Hit(f"cac:TaxSubtotal/{_TAX}", text(node, _TAX))


def _sums(
    factura: str, boleta: str, tax: str, path: str, expected: Callable[[Case], Decimal], *, exact: str = ""
) -> None:
    """A rule: in the subtotal of ``tax``, ``path`` is what ``expected`` says, within 1.

    ``exact``: the document types for which SUNAT gives no tolerance.
    """

    @TABLE.rule(factura, boleta)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        node = case.totals.get(tax)
        if node is None or not exists(node, path):
            return
        if abs(amount(node, path) - expected(case)) > (ZERO if case.tipo in exact.split() else TOLERANCE):
            yield Hit(f"cac:TaxSubtotal[{tax}]/{path}", text(node, path))


def _line_sum(case: Case, code: str, path: str, *, gifts: bool = True) -> Decimal:
    """Sum over the lines of ``path`` in the tax ``code``, without the gratuitas when not ``gifts``."""
    value = ZERO
    for line in case.lines:
        node = case.tax(line, code)
        if node is not None and (gifts or not case.free(line)):
            value += amount(node, path)
    return value


def _igv(case: Case) -> Decimal:
    base = _line_sum(case, "1000", _BASE) + case.charges("49") - case.charges("02", "04", "20")
    return base * case.igv_rate


def _ivap(case: Case) -> Decimal:
    return (_line_sum(case, "1016", _BASE) + case.charges("49") - case.charges("02", "04")) * _IVAP_RATE


def _gift_tax(case: Case) -> Decimal:
    value = ZERO
    for line in case.with_base("9996"):
        node = case.tax(line, "9996")
        if node is not None:
            value += amount(node, _TAX)
    return value


_sums("3273", "4295", "9995", _BASE, lambda case: case.extension("9995"))
_sums("3275", "4297", "9997", _BASE, lambda case: case.extension("9997") - case.charges("05"))
_sums("3274", "4296", "9998", _BASE, lambda case: case.extension("9998") - case.charges("06"))
_sums("3276", "4298", "9996", _BASE, lambda case: case.extension("9996"))
_sums("3302", "4311", "9996", _TAX, _gift_tax)
_sums(
    "3277", "4299", "1000", _BASE,
    lambda case: case.extension("1000") + case.charges("49") - case.charges("02", "04"),
)  # fmt: skip
_sums(
    "3293", "4300", "1016", _BASE,
    lambda case: case.extension("1016") + case.charges("49") - case.charges("02", "04"),
)  # fmt: skip
_sums("3295", "4302", "1016", _TAX, _ivap)
_sums("3296", "4303", "2000", _BASE, lambda case: _line_sum(case, "2000", _BASE, gifts=False))
_sums(
    "3298", "4305", "2000", _TAX, lambda case: _line_sum(case, "2000", _TAX, gifts=False) - case.charges("20")
)
_sums("3297", "4304", "9999", _BASE, lambda case: _line_sum(case, "9999", _BASE), exact="01")
_sums("3299", "4306", "9999", _TAX, lambda case: _line_sum(case, "9999", _TAX))
_sums("3306", "4321", "7152", _TAX, lambda case: _line_sum(case, "7152", _TAX), exact="01 03 07 08")


@TABLE.rule("3291", "4290")
def _igv_total(case: Case, root: Element) -> Iterator[Hit]:
    node = case.totals.get("1000")
    if node is None:
        return
    value = amount(node, _TAX)
    if case.operation == "0113" and value == 0:  # Nuevo RUS charges no IGV
        return
    if abs(value - _igv(case)) > TOLERANCE:
        yield Hit(f"cac:TaxSubtotal[1000]/{_TAX}", text(node, _TAX))


#: Rates of the IGV in force; a nota may modify what was sold at 10 %, the special rate until 2025.
_RATES = {Decimal(18), Decimal("10.5")}
_NOTE_RATES = {Decimal(10)}
_IGV_GIFTS = ("11", "12", "13", "14", "15", "16")


@TABLE.rule("3462")
def _one_rate(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation == "0113":
        return
    rates: set[Decimal] = set()
    for node in nodes(root, f"{LINE}/cac:TaxTotal/cac:TaxSubtotal"):
        gift = (
            code_of(node) == "9996" and text(node, "cac:TaxCategory/cbc:TaxExemptionReasonCode") in _IGV_GIFTS
        )
        if base_of(node) > 0 and (code_of(node) == "1000" or gift):
            rates.add(amount(node, _PERCENT))
    if len(rates) > 1 or not rates <= _RATES | (_NOTE_RATES if case.tipo in NOTES else set()):
        yield Hit(f"{LINE}/{_PERCENT}", " ".join(format(rate, "f") for rate in sorted(rates)))


@TABLE.rule("4439")
def _special_rate(case: Case, root: Element) -> Iterator[Hit]:
    if (
        case.with_base("1000")
        and case.igv_rate * 100 in (_RATES | _NOTE_RATES) - {Decimal(18)}
        and case.name.ruc not in case.lists.tasa_especial
    ):
        yield Hit(f"{LINE}/{_PERCENT}", "10.5")


@TABLE.rule("2650")
def _excise_with_ivap(case: Case, root: Element) -> Iterator[Hit]:
    node = case.totals.get("2000")
    if node is not None and base_of(node) > 0 and case.with_base("1016"):
        yield Hit(f"{_SCHEME}/cbc:ID", "2000")


@TABLE.rule("2641")
def _gift_without_total(case: Case, root: Element) -> Iterator[Hit]:
    node = case.totals.get("9996")
    reference = "cac:PricingReference/cac:AlternativeConditionPrice[cbc:PriceTypeCode='02']/cbc:PriceAmount"
    if node is not None and base_of(node) == 0 and any(amount(line, reference) > 0 for line in case.lines):
        yield Hit(f"cac:TaxSubtotal[9996]/{_BASE}", text(node, _BASE))


@TABLE.rule("2416")
def _gift_legend_without_total(case: Case, root: Element) -> Iterator[Hit]:
    node = case.totals.get("9996")
    if node is not None and base_of(node) == 0 and "1002" in case.legends:
        yield Hit(f"cac:TaxSubtotal[9996]/{_BASE}", text(node, _BASE))


def _exempt_legend(legend: str, factura: str, boleta: str) -> None:
    @TABLE.rule(factura, boleta)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        node = case.totals.get("9997")
        if legend in case.legends and (node is None or base_of(node) == 0):
            yield Hit(f"cac:TaxSubtotal[9997]/{_BASE}", legend)


_exempt_legend("2001", "3283", "4022")
_exempt_legend("2002", "3284", "4023")
_exempt_legend("2003", "3285", "4024")
_exempt_legend("2008", "3289", "4244")
