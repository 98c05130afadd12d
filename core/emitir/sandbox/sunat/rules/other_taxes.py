"""Taxes of a line beside the IGV: ISC, ICBPER (plastic bags) and others; catalog 08."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat import catalogs
from emitir.sandbox.sunat.rules.case import LINE, Case, amount, exists, nodes, text
from emitir.sandbox.sunat.rules.line_taxes import CATEGORY, PERCENT, SUBTOTAL, base_of, code_of
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.table import Hit, Table, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_UNIT = f"{CATEGORY}/cbc:PerUnitAmount"
#: ICBPER per bag in soles, by year; from 2023 on 0.50 (spec.md §5).
_ICBPER = {2019: "0.10", 2020: "0.20", 2021: "0.30", 2022: "0.40"}


@TABLE.rule("3108", scope=SUBTOTAL)
def _excise(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) == "2000" and base_of(node) > 0:
        yield from _off_rate(node)


@TABLE.rule("3109", scope=SUBTOTAL)
def _other(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) == "9999" and base_of(node) > 0:
        yield from _off_rate(node)


def _off_rate(node: Element) -> Iterator[Hit]:
    value = base_of(node) * amount(node, PERCENT) / 100
    if abs(amount(node, "cbc:TaxAmount") - value) > TOLERANCE:
        yield Hit("cac:TaxSubtotal/cbc:TaxAmount", text(node, "cbc:TaxAmount"))


@TABLE.rule("3104", scope=SUBTOTAL)
def _excise_rate(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) == "2000" and base_of(node) > 0 and amount(node, PERCENT) == 0:
        yield Hit(PERCENT, text(node, PERCENT))


_SYSTEM = f"{CATEGORY}/cbc:TierRange"


@TABLE.rule("2373", scope=SUBTOTAL)
def _no_system(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) == "2000" and base_of(node) > 0 and not exists(node, _SYSTEM):
        yield Hit(_SYSTEM)


@TABLE.rule("3210", scope=SUBTOTAL)
def _system_of_other_tax(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) != "2000" and exists(node, _SYSTEM):
        yield Hit(_SYSTEM, text(node, _SYSTEM))


@TABLE.rule("2041", scope=SUBTOTAL)
def _system(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, _SYSTEM)
    if code_of(node) == "2000" and base_of(node) > 0 and value and value not in catalogs.codes("08"):
        yield Hit(_SYSTEM, value)


@TABLE.rule("3237", scope=SUBTOTAL)
def _no_bags(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) == "7152" and not exists(node, "cbc:BaseUnitMeasure"):
        yield Hit("cbc:BaseUnitMeasure")


@TABLE.rule("2892", scope=SUBTOTAL)
def _bag_formats(case: Case, node: Element) -> Iterator[Hit]:
    for path, pattern in (("cbc:BaseUnitMeasure", r"[0-9]{1,5}"), (_UNIT, decimal(3, 5))):
        if exists(node, path) and not re.fullmatch(pattern, text(node, path), re.ASCII):
            yield Hit(path, text(node, path))


@TABLE.rule("3236", scope=LINE)
def _bags(case: Case, line: Element) -> Iterator[Hit]:
    for node in nodes(line, "cac:TaxTotal/cac:TaxSubtotal[cbc:BaseUnitMeasure]"):
        bags = amount(node, "cbc:BaseUnitMeasure")
        if bags > 0 and bags != amount(line, "cbc:InvoicedQuantity"):
            yield Hit("cbc:BaseUnitMeasure", text(node, "cbc:BaseUnitMeasure"))


@TABLE.rule("3238", scope=SUBTOTAL)
def _bag_price(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) == "7152" and amount(node, "cbc:BaseUnitMeasure") > 0 and amount(node, _UNIT) == 0:
        yield Hit(_UNIT, text(node, _UNIT))


@TABLE.rule("4318", scope=SUBTOTAL)
def _bag_tax(case: Case, node: Element) -> Iterator[Hit]:
    bags = amount(node, "cbc:BaseUnitMeasure")
    if code_of(node) == "7152" and bags > 0 and amount(node, "cbc:TaxAmount") != bags * amount(node, _UNIT):
        yield Hit("cac:TaxSubtotal/cbc:TaxAmount", text(node, "cbc:TaxAmount"))


@TABLE.rule("4237", scope=SUBTOTAL)
def _bag_rate(case: Case, node: Element) -> Iterator[Hit]:
    if code_of(node) != "7152" or amount(node, "cbc:BaseUnitMeasure") == 0 or case.currency != "PEN":
        return
    year = (case.issue_date or case.now.date()).year
    if amount(node, _UNIT) != Decimal(_ICBPER.get(year, "0.50")):
        yield Hit(_UNIT, text(node, _UNIT))


TABLE.equals("4320", "cbc:BaseUnitMeasure/@unitCode", "NIU", scope=SUBTOTAL)
