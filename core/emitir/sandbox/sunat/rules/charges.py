"""Charges and discounts of the whole document (3016, 3025, 3071, 3072, 3114, 3282, 3307, 4291)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import TOTAL, Case, amount, text
from emitir.sandbox.sunat.rules.lines import off_factor
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

CHARGE = "cac:AllowanceCharge"
REASON = "cbc:AllowanceChargeReasonCode"
#: Codes of percepción: their amounts are in soles and have rules of their own.
PERCEPTION = frozenset({"51", "52", "53"})

_TRUE = frozenset({"45", "46", "49", "50", "51", "52", "53"})
_FALSE = frozenset({"02", "03", "04", "05", "06", "20", "62", "63"})


@TABLE.rule("3114", scope=CHARGE)
def _indicator(case: Case, charge: Element) -> Iterator[Hit]:
    reason, value = text(charge, REASON), text(charge, "cbc:ChargeIndicator")
    if (reason in _TRUE and value != "true") or (reason in _FALSE and value != "false"):
        yield Hit(f"{CHARGE}/cbc:ChargeIndicator", value)


TABLE.required("3072", REASON, scope=CHARGE)
TABLE.in_catalog("3071", REASON, "53", scope=CHARGE)


@TABLE.rule("4291", scope=CHARGE)
def _line_reason(case: Case, charge: Element) -> Iterator[Hit]:
    if text(charge, REASON) in ("00", "01", "47", "48"):
        yield Hit(REASON, text(charge, REASON))


TABLE.matches("3025", "cbc:MultiplierFactorNumeric", decimal(3, 5), scope=CHARGE)
TABLE.matches("2968", "cbc:Amount", AMOUNT, scope=CHARGE)
TABLE.matches("3016", "cbc:BaseAmount", AMOUNT, scope=CHARGE)


@TABLE.rule("3307", "4322", scope=CHARGE)
def _factor(case: Case, charge: Element) -> Iterator[Hit]:
    if text(charge, REASON) not in PERCEPTION | {"62"}:  # 2798 and 3263 say the same of these
        yield from off_factor(charge)


@TABLE.rule("3282", scope=CHARGE)
def _advance(case: Case, charge: Element) -> Iterator[Hit]:
    prepaid = amount(case.root, f"{TOTAL}/cbc:PrepaidAmount")
    if text(charge, REASON) in ("04", "05", "06", "20") and amount(charge, "cbc:Amount") > 0 and prepaid == 0:
        yield Hit(f"{CHARGE}/cbc:Amount", text(charge, "cbc:Amount"))


@TABLE.rule("3074", scope=CHARGE)
def _fise(case: Case, charge: Element) -> Iterator[Hit]:
    if text(charge, REASON) == "45" and amount(charge, "cbc:Amount") == 0:
        yield Hit(f"{CHARGE}/cbc:Amount", text(charge, "cbc:Amount"))


@TABLE.rule("3092", scope=CHARGE)
def _fise_base(case: Case, charge: Element) -> Iterator[Hit]:
    if text(charge, REASON) == "45" and amount(charge, "cbc:BaseAmount") == 0:
        yield Hit(f"{CHARGE}/cbc:BaseAmount", text(charge, "cbc:BaseAmount"))
