"""Vehicles and drivers (2566 to 2573, 3354, 3357, 3358, 3360 to 3362, 3455, 4376, 4389)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.rules.case import Case, exists, nodes, text
from emitir.sandbox.sunat.rules.guia.parties import wrong_number
from emitir.sandbox.sunat.rules.guia.shipment import (
    MODE,
    PRIVATE,
    PUBLIC,
    SMALL_VEHICLE,
    STAGE,
    WITH_VEHICLE,
    indicated,
)
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")

DRIVER = f"{STAGE}/cac:DriverPerson"
_VEHICLE = "cac:Shipment/cac:TransportHandlingUnit/cac:TransportEquipment"
_PLATE = f"{_VEHICLE}/cbc:ID"
_CARD = f"{_VEHICLE}/cac:ApplicableTransportMeans/cbc:RegistrationNationalityID"
_SECOND = f"{_VEHICLE}/cac:AttachedTransportEquipment"
_MAIN = f"{DRIVER}[cbc:JobTitle='Principal']"
_LICENCE = "cac:IdentityDocumentReference/cbc:ID"
_MOST = 2


def _needed(case: Case) -> bool:
    """Whether vehicle and driver have to be told: by who carries the goods, unless the vehicle is small."""
    private = case.tipo == "09" and text(case.root, MODE) == PRIVATE
    return (private or case.tipo == "31" or indicated(case, WITH_VEHICLE)) and not indicated(
        case, SMALL_VEHICLE
    )


def _untold(case: Case) -> bool:
    """Whether neither vehicle nor driver is told: a small vehicle's, or that of somebody else who carries."""
    public = case.tipo == "09" and text(case.root, MODE) == PUBLIC
    return indicated(case, SMALL_VEHICLE) or (public and not indicated(case, WITH_VEHICLE))


@TABLE.rule("3354")
def _of_another(case: Case, root: Element) -> Iterator[Hit]:
    if _untold(case) and exists(root, _PLATE):
        yield Hit(_PLATE, text(root, _PLATE))


@TABLE.rule("3455")
def _driver_of_another(case: Case, root: Element) -> Iterator[Hit]:
    if _untold(case) and exists(root, DRIVER):
        yield Hit(DRIVER, text(root, f"{DRIVER}/cbc:ID"))


@TABLE.rule("4399")
def _no_card(case: Case, root: Element) -> Iterator[Hit]:
    told = case.tipo == "31" or indicated(case, WITH_VEHICLE)
    if told and exists(root, _PLATE) and not text(root, _CARD):
        yield Hit(_CARD)


@TABLE.rule("3452")
def _card_of_nobody(case: Case, root: Element) -> Iterator[Hit]:
    if case.tipo == "09" and not indicated(case, WITH_VEHICLE) and text(root, _CARD):
        yield Hit(_CARD, text(root, _CARD))


@TABLE.rule("2566")
def _no_plate(case: Case, root: Element) -> Iterator[Hit]:
    if _needed(case) and not text(root, _PLATE):
        yield Hit(_PLATE)


@TABLE.rule("2567")
def _plate(case: Case, root: Element) -> Iterator[Hit]:
    for path in (_PLATE, f"{_SECOND}/cbc:ID"):
        for node in nodes(root, path):
            value = text(node, ".")
            if value and not (re.fullmatch(r"[0-9A-Z]{6,8}", value, re.ASCII) and value.strip("0")):
                yield Hit(path, value)


@TABLE.rule("4389")
def _many_vehicles(case: Case, root: Element) -> Iterator[Hit]:
    if len(nodes(root, _SECOND)) > _MOST:
        yield Hit(_SECOND)


@TABLE.rule("3357")
def _no_driver(case: Case, root: Element) -> Iterator[Hit]:
    if _needed(case) and not exists(root, _MAIN):
        yield Hit(f"{DRIVER}/cbc:JobTitle")


@TABLE.rule("3358")
def _two_drivers(case: Case, root: Element) -> Iterator[Hit]:
    if len(nodes(root, _MAIN)) > 1:
        yield Hit(f"{DRIVER}/cbc:JobTitle", "Principal")


@TABLE.rule("4376")
def _many_drivers(case: Case, root: Element) -> Iterator[Hit]:
    if len(nodes(root, f"{DRIVER}[cbc:JobTitle='Secundario']")) > _MOST:
        yield Hit(f"{DRIVER}/cbc:JobTitle", "Secundario")


TABLE.required("2568", "cbc:ID", scope=DRIVER)
TABLE.required("2570", "cbc:ID/@schemeID", scope=DRIVER)


@TABLE.rule("2571", scope=DRIVER)
def _kind(case: Case, driver: Element) -> Iterator[Hit]:
    kind = text(driver, "cbc:ID/@schemeID")
    if kind and (kind == "6" or kind not in codes("06")):
        yield Hit(f"{DRIVER}/cbc:ID/@schemeID", kind)


@TABLE.rule("2569", scope=DRIVER)
def _number(case: Case, driver: Element) -> Iterator[Hit]:
    number = text(driver, "cbc:ID")
    if number and wrong_number(text(driver, "cbc:ID/@schemeID"), number):
        yield Hit(f"{DRIVER}/cbc:ID", number)


TABLE.required("3360", "cbc:FirstName", scope=DRIVER)
TABLE.required("3361", "cbc:FamilyName", scope=DRIVER)
TABLE.required("2572", _LICENCE, scope=DRIVER)
TABLE.matches("2573", f"{_LICENCE}[normalize-space()]", r"[A-Z0-9]{9,10}", scope=DRIVER)
TABLE.distinct("3362", f"{DRIVER}/cbc:ID")
