"""Amounts of a line of a resumen diario: total, values of sale, other charges (2251 to 2266, 4027)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.rules.case import Case, amount, nodes, text, texts, total
from emitir.sandbox.sunat.rules.summary.lines import LINE
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("RC")

TOTAL = "sac:TotalAmount"
#: Tolerance of the sums of a resumen: five units of the currency, up or down.
TOLERANCE = Decimal(5)
_PAYMENT = "sac:BillingPayment"
_KIND = "cbc:InstructionID"
_CHARGE = "cac:AllowanceCharge"

TABLE.matches("2251", TOTAL, AMOUNT, scope=LINE)


@TABLE.rule("2071", scope=LINE)
def _currency(case: Case, line: Element) -> Iterator[Hit]:
    currency = text(line, f"{TOTAL}/@currencyID")
    for value in texts(line, ".//@currencyID[not(ancestor::sac:SUNATPerceptionSummaryDocumentReference)]"):
        if value != currency:
            yield Hit("currencyID", value)
            return


TABLE.present("2255", "cbc:PaidAmount", scope=f"{LINE}/{_PAYMENT}")
TABLE.matches("2254", "cbc:PaidAmount", AMOUNT, scope=f"{LINE}/{_PAYMENT}")
TABLE.present("2257", _KIND, scope=f"{LINE}/{_PAYMENT}")


@TABLE.rule("2256", scope=f"{LINE}/{_PAYMENT}")
def _kind(case: Case, payment: Element) -> Iterator[Hit]:
    """Catalog 11; from 2027 on the gratuitas are told by kind (06 to 09) instead of together (05)."""
    value = text(payment, _KIND)
    known = codes("11") - {"05"} | {"06", "07", "08", "09"} if case.rules_of_2027 else codes("11")
    if value and value not in known:
        yield Hit(_KIND, value)


TABLE.distinct("2357", f"{_PAYMENT}/{_KIND}", scope=LINE)
TABLE.equals("2263", f"{_CHARGE}/cbc:ChargeIndicator", "true", scope=LINE)
TABLE.distinct("2411", f"{_CHARGE}/cbc:ChargeIndicator", scope=LINE)
TABLE.matches("2261", f"{_CHARGE}/cbc:Amount", AMOUNT, scope=LINE)


@TABLE.rule("2266", scope=f"{LINE}/{_CHARGE}")
def _nothing_charged(case: Case, charge: Element) -> Iterator[Hit]:
    if amount(charge, "cbc:Amount") == 0:
        yield Hit(f"{_CHARGE}/cbc:Amount", text(charge, "cbc:Amount"))


def sold(line: Element, *kinds: str) -> Decimal:
    """Sum of a line's values of sale of these kinds (catalog 11)."""
    return sum(
        (amount(node, "cbc:PaidAmount") for node in nodes(line, _PAYMENT) if text(node, _KIND) in kinds),
        Decimal(0),
    )


@TABLE.rule("4027", scope=LINE)
def _sum(case: Case, line: Element) -> Iterator[Hit]:
    """Values of sale but the gratuitas, taxes and other charges."""
    value = sold(line, "01", "02", "03", "04") + total(line, "cac:TaxTotal/cbc:TaxAmount")
    value += total(line, f"{_CHARGE}/cbc:Amount")
    if abs(amount(line, TOTAL) - value) > TOLERANCE:
        yield Hit(TOTAL, text(line, TOTAL))
