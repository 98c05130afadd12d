"""Lines: number, unit, quantity, description, prices, valor de venta, line charges and discounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat.rules.case import LINE, Case, amount, exists, nodes, text
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table, any_text, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

#: SUNAT's tolerance in every sum: one unit of the currency, up or down.
TOLERANCE = Decimal(1)

_PRICE = "cac:Price/cbc:PriceAmount"
_WITH_TAX = "cac:PricingReference/cac:AlternativeConditionPrice"
_ITEM = "cac:Item"
_PRODUCT = f"{_ITEM}/cac:CommodityClassification/cbc:ItemClassificationCode"
_GTIN = f"{_ITEM}/cac:StandardItemIdentification/cbc:ID"
_CHARGE = f"{LINE}/cac:AllowanceCharge"
_UNIT_PRICE = decimal(12, 10)


@TABLE.rule("2023", scope=LINE)
def _order(case: Case, line: Element) -> Iterator[Hit]:
    value = text(line, "cbc:ID")
    if not re.fullmatch(r"\d{1,3}", value, re.ASCII) or int(value) == 0:
        yield Hit("cac:InvoiceLine/cbc:ID", value)


TABLE.distinct("2752", f"{LINE}/cbc:ID")
TABLE.required("2883", "cbc:InvoicedQuantity/@unitCode", scope=LINE)
TABLE.in_catalog("2936", "cbc:InvoicedQuantity/@unitCode", "03", scope=LINE)


@TABLE.rule("2024", scope=LINE)
def _quantity(case: Case, line: Element) -> Iterator[Hit]:
    if amount(line, "cbc:InvoicedQuantity") == 0:
        yield Hit("cbc:InvoicedQuantity", text(line, "cbc:InvoicedQuantity"))


TABLE.matches("2025", "cbc:InvoicedQuantity", decimal(12, 10), scope=LINE)
TABLE.matches("4269", f"{_ITEM}/cac:SellersItemIdentification/cbc:ID", any_text(1, 30), scope=LINE)
TABLE.matches("4332", _PRODUCT, r"[0-9]{8}", scope=LINE)
TABLE.matches("4337", _PRODUCT, r"(?!.{4}0000$|.{2}000000$).*|00000000", scope=LINE)


@TABLE.rule("3181", None)
def _deductible(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation == "0112" and not any(
        text(line, _PRODUCT) in ("84121901", "80131501") for line in case.lines
    ):
        yield Hit(f"{LINE}/{_PRODUCT}")


@TABLE.rule("4334", scope=LINE)
def _gtin_length(case: Case, line: Element) -> Iterator[Hit]:
    kind, value = text(line, f"{_GTIN}/@schemeID"), text(line, _GTIN)
    if kind in ("GTIN-8", "GTIN-12", "GTIN-13", "GTIN-14") and len(value) != int(kind[5:]):
        yield Hit(_GTIN, value)


@TABLE.rule("4333", scope=LINE)
def _gtin_kind(case: Case, line: Element) -> Iterator[Hit]:
    if exists(line, _GTIN) and not exists(line, f"{_GTIN}/@schemeID"):
        yield Hit(_GTIN)


TABLE.one_of("4335", f"{_GTIN}/@schemeID", frozenset({"GTIN-8", "GTIN-12", "GTIN-13", "GTIN-14"}), scope=LINE)
TABLE.required("2026", f"{_ITEM}/cbc:Description", scope=LINE)
TABLE.matches("2027", f"{_ITEM}/cbc:Description", r"(?s)(?=.*\S).{1,500}", scope=LINE)
TABLE.present("2068", _PRICE, scope=LINE)
TABLE.matches("2369", _PRICE, _UNIT_PRICE, scope=LINE)


@TABLE.rule("2640", scope=LINE)
def _free_price(case: Case, line: Element) -> Iterator[Hit]:
    if case.free(line) and amount(line, _PRICE) > 0:
        yield Hit(_PRICE, text(line, _PRICE))


TABLE.present("2028", f"{_WITH_TAX}/cbc:PriceAmount", scope=LINE)
TABLE.matches("2367", f"{_WITH_TAX}/cbc:PriceAmount", _UNIT_PRICE, scope=LINE)


@TABLE.rule("3270", "4287", scope=LINE)
def _price_with_tax(case: Case, line: Element) -> Iterator[Hit]:
    """The price with tax: (valor de venta + tributos - descuentos 01 + cargos 48) / cantidad."""
    quantity = amount(line, "cbc:InvoicedQuantity")
    path = f"{_WITH_TAX}[cbc:PriceTypeCode='01']/cbc:PriceAmount"
    if case.free(line) or quantity == 0 or not exists(line, path):
        return
    value = amount(line, "cbc:LineExtensionAmount") + amount(line, "cac:TaxTotal/cbc:TaxAmount")
    value += case.line_charges(line, "48") - case.line_charges(line, "01")
    if abs(amount(line, path) - value / quantity) > TOLERANCE:
        yield Hit(path, text(line, path))


TABLE.in_catalog("2410", f"{_WITH_TAX}/cbc:PriceTypeCode", "16", scope=LINE)
TABLE.distinct("2409", f"{_WITH_TAX}/cbc:PriceTypeCode", scope=LINE)


@TABLE.rule("3224", scope=LINE)
def _reference_value_of_a_sale(case: Case, line: Element) -> Iterator[Hit]:
    path = f"{_WITH_TAX}[cbc:PriceTypeCode='02']/cbc:PriceAmount"
    if not case.free(line) and amount(line, path) > 0:
        yield Hit(path, text(line, path))


@TABLE.rule("3234", scope=LINE)
def _price_of_a_gift(case: Case, line: Element) -> Iterator[Hit]:
    for node in nodes(line, f"{_WITH_TAX}/cbc:PriceTypeCode"):
        if case.free(line) and text(node, ".") != "02":
            yield Hit(f"{_WITH_TAX}/cbc:PriceTypeCode", text(node, "."))


TABLE.matches("2370", "cbc:LineExtensionAmount", AMOUNT, scope=LINE)


@TABLE.rule("3271", "4288", scope=LINE)
def _value(case: Case, line: Element) -> Iterator[Hit]:
    """Valor de venta: precio (or referential value) * cantidad - descuentos 00 + cargos 47."""
    price = f"{_WITH_TAX}[cbc:PriceTypeCode='02']/cbc:PriceAmount" if case.free(line) else _PRICE
    value = amount(line, price) * amount(line, "cbc:InvoicedQuantity")
    value += case.line_charges(line, "47") - case.line_charges(line, "00")
    if abs(amount(line, "cbc:LineExtensionAmount") - value) > TOLERANCE:
        yield Hit("cbc:LineExtensionAmount", text(line, "cbc:LineExtensionAmount"))


@TABLE.rule("3114", scope=_CHARGE)
def _line_indicator(case: Case, charge: Element) -> Iterator[Hit]:
    wanted = {"47": "true", "48": "true", "00": "false", "01": "false"}
    value = text(charge, "cbc:ChargeIndicator")
    if wanted.get(text(charge, "cbc:AllowanceChargeReasonCode"), value) != value:
        yield Hit("cac:AllowanceCharge/cbc:ChargeIndicator", value)


TABLE.required("3073", "cbc:AllowanceChargeReasonCode", scope=_CHARGE)
TABLE.in_catalog("2954", "cbc:AllowanceChargeReasonCode", "53", scope=_CHARGE)
TABLE.one_of("4268", "cbc:AllowanceChargeReasonCode", frozenset({"00", "01", "47", "48"}), scope=_CHARGE)
TABLE.matches("3052", "cbc:MultiplierFactorNumeric", decimal(3, 5), scope=_CHARGE)
TABLE.matches("2955", "cbc:Amount", AMOUNT, scope=_CHARGE)
TABLE.matches("3053", "cbc:BaseAmount", AMOUNT, scope=_CHARGE)


def off_factor(charge: Element) -> Iterator[Hit]:
    """Amount = base * factor, where a factor is given."""
    factor = amount(charge, "cbc:MultiplierFactorNumeric")
    if factor > 0 and text(charge, "cbc:AllowanceChargeReasonCode"):
        value = amount(charge, "cbc:BaseAmount") * factor
        if abs(amount(charge, "cbc:Amount") - value) > TOLERANCE:
            yield Hit("cac:AllowanceCharge/cbc:Amount", text(charge, "cbc:Amount"))


@TABLE.rule("3290", "4289", scope=_CHARGE)
def _line_factor(case: Case, charge: Element) -> Iterator[Hit]:
    yield from off_factor(charge)
