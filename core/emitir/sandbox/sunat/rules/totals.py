"""``cac:LegalMonetaryTotal``: what the sale is worth and what is to be paid (3278 to 3280, 3300 to 3305)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from emitir.sandbox.sunat.rules.case import TOTAL, ZERO, Case, amount, exists, text
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_IVAP_RATE = Decimal("0.04")

for _code, _name in (
    ("2065", "AllowanceTotalAmount"),
    ("2064", "ChargeTotalAmount"),
    ("2062", "PayableAmount"),
    ("2031", "LineExtensionAmount"),
    ("3019", "TaxInclusiveAmount"),
):
    TABLE.matches(_code, f"{TOTAL}/cbc:{_name}", AMOUNT)

TABLE.present("3288", f"{TOTAL}/cbc:LineExtensionAmount", "4212")
TABLE.present("3305", f"{TOTAL}/cbc:TaxInclusiveAmount", "4317")


def _sums(factura: str, boleta: str, name: str, expected: Callable[[Case], Decimal]) -> None:
    """A rule: the total ``name``, when it is there, is what ``expected`` says, within 1."""
    path = f"{TOTAL}/cbc:{name}"

    @TABLE.rule(factura, boleta)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        if exists(root, path) and abs(amount(root, path) - expected(case)) > TOLERANCE:
            yield Hit(path, text(root, path))


def _in_lines(case: Case, *reasons: str) -> Decimal:
    return sum((case.line_charges(line, *reasons) for line in case.lines), ZERO)


def _sale_value(case: Case) -> Decimal:
    return case.extension("1000", "1016", "9995", "9997", "9998") + case.charges("49") - case.charges("02")


def _tax_total(case: Case, code: str) -> Decimal:
    node = case.totals.get(code)
    return amount(node, "cbc:TaxAmount") if node is not None else ZERO


def _with_taxes(case: Case) -> Decimal:
    ivap = bool(case.with_base("1016"))
    code, rate = ("1016", _IVAP_RATE) if ivap else ("1000", case.igv_rate)
    base = sum((case.base(line, code) for line in case.lines), ZERO) + case.charges("49") - case.charges("02")
    value = (
        amount(case.root, f"{TOTAL}/cbc:LineExtensionAmount")
        + _tax_total(case, "9999")
        + _tax_total(case, "7152")
    )
    if not ivap:
        value += _tax_total(case, "2000") + case.charges("20")
    return value + base * rate


def _to_pay(case: Case) -> Decimal:
    def part(name: str) -> Decimal:
        return amount(case.root, f"{TOTAL}/cbc:{name}")

    return (
        part("TaxInclusiveAmount")
        + part("ChargeTotalAmount")
        - part("AllowanceTotalAmount")
        - part("PrepaidAmount")
        + part("PayableRoundingAmount")
    )


_sums(
    "3300", "4307", "AllowanceTotalAmount",
    lambda case: _in_lines(case, "01") + case.charges("03", *(("63",) if case.tipo == "01" else ())),
)  # fmt: skip
_sums(
    "3301", "4308", "ChargeTotalAmount", lambda case: _in_lines(case, "48") + case.charges("45", "46", "50")
)
_sums("3278", "4309", "LineExtensionAmount", _sale_value)


@TABLE.rule("3279", "4310")
def _tax_inclusive(case: Case, root: Element) -> Iterator[Hit]:
    path = f"{TOTAL}/cbc:TaxInclusiveAmount"
    if case.operation == "0113" or not exists(root, path):  # Nuevo RUS charges no IGV
        return
    if abs(amount(root, path) - _with_taxes(case)) > TOLERANCE:
        yield Hit(path, text(root, path))


_sums("3280", "4312", "PayableAmount", _to_pay)


@TABLE.rule("3303", "4314")
def _rounding(case: Case, root: Element) -> Iterator[Hit]:
    path = f"{TOTAL}/cbc:PayableRoundingAmount"
    if abs(amount(root, path)) > 1:
        yield Hit(path, text(root, path))
