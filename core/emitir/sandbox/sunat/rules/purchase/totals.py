"""Totals of a liquidación de compra (2470, 2591, 2592, 4312, 4345, 4346)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat.rules.case import TOTAL, ZERO, Case, amount, exists, text
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.purchase.lines import INCOME
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("04")

_BASE, _TAX = "cbc:TaxableAmount", "cbc:TaxAmount"


@TABLE.rule("2470")
def _base_format(case: Case, root: Element) -> Iterator[Hit]:
    node = case.totals.get(INCOME)
    if node is not None and exists(node, _BASE) and not re.fullmatch(AMOUNT, text(node, _BASE), re.ASCII):
        yield Hit(f"cac:TaxSubtotal[{INCOME}]/{_BASE}", text(node, _BASE))


@TABLE.rule("4345")
def _base_sum(case: Case, root: Element) -> Iterator[Hit]:
    lines = [line for line in case.with_base(INCOME) if not case.free(line)]
    yield from _off(case, _BASE, sum((amount(line, "cbc:LineExtensionAmount") for line in lines), ZERO))


@TABLE.rule("4346")
def _withheld_sum(case: Case, root: Element) -> Iterator[Hit]:
    lines = [line for line in case.with_base(INCOME) if not case.free(line)]
    yield from _off(case, _TAX, sum((_tax(case, line, INCOME) for line in lines), ZERO) - case.charges("61"))


def _off(case: Case, path: str, value: Decimal) -> Iterator[Hit]:
    node = case.totals.get(INCOME)
    if node is not None and exists(node, path) and abs(amount(node, path) - value) > TOLERANCE:
        yield Hit(f"cac:TaxSubtotal[{INCOME}]/{path}", text(node, path))


def _tax(case: Case, line: Element, *codes: str) -> Decimal:
    found = [case.tax(line, code) for code in codes]
    return sum((amount(node, _TAX) for node in found if node is not None), ZERO)


TABLE.present("2591", f"{TOTAL}/cbc:LineExtensionAmount")
TABLE.present("2592", f"{TOTAL}/cbc:TaxInclusiveAmount")


@TABLE.rule("4312")
def _payable(case: Case, root: Element) -> Iterator[Hit]:
    """What the vendor gets: the subtotal without the taxes that the buyer pays for him, and without anticipos."""
    value = amount(root, f"{TOTAL}/cbc:TaxInclusiveAmount") - amount(root, f"{TOTAL}/cbc:PrepaidAmount")
    value += amount(root, f"{TOTAL}/cbc:PayableRoundingAmount")
    value -= sum((_tax(case, line, "1000", INCOME, "9999") for line in case.lines), ZERO)
    if abs(case.payable - value) > TOLERANCE:
        yield Hit(f"{TOTAL}/cbc:PayableAmount", text(root, f"{TOTAL}/cbc:PayableAmount"))
