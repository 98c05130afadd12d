"""Taxes of a line of a resumen diario (2048, 2268 to 2278, 2344, 2355, 3051, 4019, 4302)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat.catalogs import taxes
from emitir.sandbox.sunat.rules.case import ZERO, Case, amount, exists, nodes, text, texts
from emitir.sandbox.sunat.rules.summary.amounts import TOLERANCE, sold
from emitir.sandbox.sunat.rules.summary.lines import LINE, TYPE
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("RC")

_TAX = "cac:TaxTotal"
_SCHEME = "cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme"
_CODE = f"{_SCHEME}/cbc:ID"
_NAME = f"{_SCHEME}/cbc:Name"
_PERCENT = f"{_TAX}/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent"
#: Rates of the IGV, in percent; a nota may modify what was sold at 10 %.
_RATES = (Decimal(18), Decimal("10.5"))
_NOTE_RATES = (*_RATES, Decimal(10))
_IVAP_RATE = Decimal(4)


@TABLE.rule("2278", scope=LINE)
def _no_igv(case: Case, line: Element) -> Iterator[Hit]:
    if not {"1000", "1016"} & set(texts(line, f"{_TAX}/{_CODE}")):
        yield Hit(f"{_TAX}/{_CODE}")


@TABLE.rule("2992", scope=LINE)
def _rate(case: Case, line: Element) -> Iterator[Hit]:
    """From 2027 on the line says at what rate it paid the IGV."""
    if (
        case.rules_of_2027
        and sold(line, "01") > 0
        and _amount(line, "1000") > 0
        and not exists(line, _PERCENT)
    ):
        yield Hit(_PERCENT)


@TABLE.rule("3504", scope=f"{LINE}/{_TAX}")
def _known_rate(case: Case, node: Element) -> Iterator[Hit]:
    percent = "cac:TaxSubtotal/cac:TaxCategory/cbc:Percent"
    if text(node, _CODE) == "1000" and exists(node, percent) and amount(node, percent) not in _NOTE_RATES:
        yield Hit(percent, text(node, percent))


TABLE.matches("2048", f"{_TAX}/cbc:TaxAmount", AMOUNT, scope=LINE)


@TABLE.rule("2344", scope=f"{LINE}/{_TAX}")
def _subtotal(case: Case, node: Element) -> Iterator[Hit]:
    path = "cac:TaxSubtotal/cbc:TaxAmount"
    if amount(node, path) != amount(node, "cbc:TaxAmount"):
        yield Hit(f"{_TAX}/{path}", text(node, path))


TABLE.required("2269", _CODE, scope=f"{LINE}/{_TAX}")


@TABLE.rule("2268", scope=f"{LINE}/{_TAX}")
def _unknown(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, _CODE) and text(node, _CODE) not in taxes():
        yield Hit(_CODE, text(node, _CODE))


TABLE.distinct("2355", f"{_TAX}/{_CODE}", scope=LINE)


@TABLE.rule("2271", scope=f"{LINE}/{_TAX}")
def _nameless(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, _CODE) in ("1000", "1016") and not text(node, _NAME):
        yield Hit(_NAME)


def _named(code: str, tax: str) -> None:
    @TABLE.rule(code, scope=f"{LINE}/{_TAX}")
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        if text(node, _CODE) == tax and text(node, _NAME) != taxes()[tax][0]:
            yield Hit(_NAME, text(node, _NAME))


_named("2276", "1000")
_named("3051", "1016")
_named("2275", "2000")


def _amount(line: Element, tax: str) -> Decimal:
    return sum(
        (amount(node, "cbc:TaxAmount") for node in nodes(line, _TAX) if text(node, _CODE) == tax), ZERO
    )


def _off(line: Element, tax: str, base: Decimal, rates: tuple[Decimal, ...]) -> Iterator[Hit]:
    value = _amount(line, tax)
    if value > 0 and all(abs(value - base * rate / 100) > TOLERANCE for rate in rates):
        yield Hit(f"{_TAX}/cbc:TaxAmount", format(value, "f"))


@TABLE.rule("4019", scope=LINE)
def _igv(case: Case, line: Element) -> Iterator[Hit]:
    rates = _RATES if text(line, TYPE) == "03" else _NOTE_RATES
    yield from _off(line, "1000", sold(line, "01") + _amount(line, "2000"), rates)


@TABLE.rule("4302", scope=LINE)
def _ivap(case: Case, line: Element) -> Iterator[Hit]:
    yield from _off(line, "1016", sold(line, "01"), (_IVAP_RATE,))
