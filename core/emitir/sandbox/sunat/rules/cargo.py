"""Transport of goods by road subject to detracción (operation 1004): from where, to where, at what value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.rules.case import LINE, Case, exists, nodes, text, texts
from emitir.sandbox.sunat.rules.table import AMOUNT, Check, Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

#: Tipo de operación: detracción, servicios de transporte de carga.
_CARGO = "1004"
_POSITIVE = rf"(?=.*[1-9]){AMOUNT}"
_DELIVERY = "cac:Delivery"
_FROM = f"{_DELIVERY}/cac:Despatch/cac:DespatchAddress"
_TO = f"{_DELIVERY}/cac:DeliveryLocation/cac:Address"
_TERMS = f"{_DELIVERY}/cac:DeliveryTerms"
_LOT = f"{_DELIVERY}/cac:Shipment/cac:Consignment"
_UNIT = f"{_LOT}/cac:TransportHandlingUnit"
_LOAD = f"{_UNIT}/cac:MeasurementDimension"


def _needed(code: str, path: str) -> None:
    @TABLE.rule(code, scope=LINE)
    def _check(case: Case, line: Element) -> Iterator[Hit]:
        if case.operation == _CARGO and not text(line, path):
            yield Hit(path)


_needed("3116", f"{_FROM}/cbc:ID")
_needed("3117", f"{_FROM}/cac:AddressLine/cbc:Line")
_needed("3118", f"{_TO}/cbc:ID")
_needed("3119", f"{_TO}/cac:AddressLine/cbc:Line")
_needed("3120", f"{_DELIVERY}/cac:Despatch/cbc:Instructions")
TABLE.in_catalog("4200", f"{_FROM}/cbc:ID[normalize-space()]", "13", scope=LINE)
TABLE.matches(
    "4270", f"{_DELIVERY}/cac:Despatch/cbc:Instructions[normalize-space()]", any_text(3, 500), scope=LINE
)


def _one_value(code: str, kind: str) -> None:
    """A rule: one reference value of each kind: of the service, of the effective load, of the nominal one."""

    @TABLE.rule(code, scope=LINE)
    def _check(case: Case, line: Element) -> Iterator[Hit]:
        if case.operation == _CARGO and texts(line, f"{_TERMS}/cbc:ID").count(kind) != 1:
            yield Hit(f"{_TERMS}/cbc:ID", kind)


_one_value("3124", "01")
_one_value("3125", "02")
_one_value("3126", "03")


def _of_cargo(path: str, pattern: str) -> Check:
    """Every value at ``path`` follows ``pattern``, in an operation of cargo."""

    def check(case: Case, line: Element) -> Iterator[Hit]:
        for value in texts(line, path) if case.operation == _CARGO else ():
            if not re.fullmatch(pattern, value, re.ASCII):
                yield Hit(path, value)

    return check


@TABLE.rule("3122", scope=f"{LINE}/{_TERMS}")
def _no_value(case: Case, terms: Element) -> Iterator[Hit]:
    if case.operation == _CARGO and not exists(terms, "cbc:Amount"):
        yield Hit(f"{_TERMS}/cbc:Amount", text(terms, "cbc:ID"))


TABLE.rule("3123", scope=LINE)(_of_cargo(f"{_TERMS}/cbc:Amount", _POSITIVE))


@TABLE.rule("4200", scope=LINE)
def _stops(case: Case, line: Element) -> Iterator[Hit]:
    for name in ("PlannedPickupTransportEvent", "PlannedDeliveryTransportEvent"):
        path = f"{_LOT}/cac:{name}/cac:Location/cbc:ID"
        for value in texts(line, path) if case.operation == _CARGO else ():
            if value not in codes("13"):
                yield Hit(path, value)


TABLE.rule("4271", scope=LINE)(_of_cargo(f"{_LOT}/cbc:CarrierServiceInstructions", any_text(3, 100)))
TABLE.rule("4272", scope=LINE)(_of_cargo(f"{_LOT}/cac:DeliveryTerms/cbc:Amount", _POSITIVE))
TABLE.rule("4273", scope=LINE)(_of_cargo(f"{_UNIT}/cac:TransportEquipment/cbc:SizeTypeCode", any_text(1, 15)))
TABLE.rule("4274", scope=LINE)(_of_cargo(f"{_LOAD}/cbc:AttributeID", "0[12]"))


@TABLE.rule("4275", scope=LINE)
def _no_load(case: Case, line: Element) -> Iterator[Hit]:
    for node in nodes(line, _LOAD) if case.operation == _CARGO else ():
        if text(node, "cbc:AttributeID") and not exists(node, "cbc:Measure"):
            yield Hit(f"{_LOAD}/cbc:Measure", text(node, "cbc:AttributeID"))


TABLE.rule("4276", scope=LINE)(_of_cargo(f"{_LOAD}/cbc:Measure", _POSITIVE))
TABLE.rule("4277", scope=LINE)(_of_cargo(f"{_LOAD}/cbc:Measure/@unitCode", "TNE"))
TABLE.rule("4278", scope=LINE)(_of_cargo(f"{_LOT}/cbc:DeclaredForCarriageValueAmount", _POSITIVE))
