"""Motive, weight, modality and dates of a transfer (2523, 2532, 2556, 2880, 2881, 3343, 3344, 3392 to 3422,
3457)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.rules.case import Case, nodes, text, texts, to_date
from emitir.sandbox.sunat.rules.guia.parties import REASON
from emitir.sandbox.sunat.rules.table import Hit, Table, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")
SENDER = Table("09")

STAGE = "cac:Shipment/cac:ShipmentStage"
MODE = f"{STAGE}/cbc:TransportModeCode"
PUBLIC, PRIVATE = "01", "02"
_START = f"{STAGE}/cac:TransitPeriod/cbc:StartDate"
_WEIGHT = "cac:Shipment/cbc:GrossWeightMeasure"
_INDICATORS = "cac:Shipment/cbc:SpecialInstructions"
#: Indicators: a vehicle of category M1 or L; vehicle and driver of the transportista are told here.
SMALL_VEHICLE = "SUNAT_Envio_IndicadorTrasladoVehiculoM1L"
WITH_VEHICLE = "SUNAT_Envio_IndicadorVehiculoConductoresTransp"
WHOLE_DECLARATION = "SUNAT_Envio_IndicadorTrasladoTotalDAMoDS"
_CUSTOMS = ("08", "09")
_PACKAGES = "cac:Shipment/cbc:TotalTransportHandlingUnitQuantity"
_CONTAINER = "cac:Shipment/cac:TransportHandlingUnit/cac:Package"
#: Of foreign goods; newer than the catalog at hand.
_FOREIGN_GOODS = "19"


def indicated(case: Case, name: str) -> bool:
    """Whether a guía carries an indicator."""
    return name in texts(case.root, _INDICATORS)


SENDER.required("3404", REASON)


@SENDER.rule("3405")
def _reason(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, REASON)
    if value and value not in codes("20") | {_FOREIGN_GOODS}:
        yield Hit(REASON, value)


@SENDER.rule("3457")
def _other_reason(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) == "13" and not text(root, "cac:Shipment/cbc:HandlingInstructions"):
        yield Hit("cac:Shipment/cbc:HandlingInstructions")


TABLE.required("2880", _WEIGHT)
TABLE.matches("2523", f"{_WEIGHT}[normalize-space()]", rf"(?=.*[1-9]){decimal(12, 3)}")


@TABLE.rule("2881")
def _unit(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, _WEIGHT) and text(root, f"{_WEIGHT}/@unitCode") not in ("KGM", "TNE"):
        yield Hit(f"{_WEIGHT}/@unitCode", text(root, f"{_WEIGHT}/@unitCode"))


TABLE.distinct("3344", _INDICATORS)
SENDER.required("2532", MODE)
SENDER.one_of("2556", f"{MODE}[normalize-space()]", frozenset({PUBLIC, PRIVATE}))
TABLE.required("3406", _START)


@TABLE.rule("3407")
def _start_format(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, _START) and to_date(text(root, _START)) is None:
        yield Hit(_START, text(root, _START))


@TABLE.rule("3343")
def _start(case: Case, root: Element) -> Iterator[Hit]:
    start = to_date(text(root, _START))
    if start is not None and case.issue_date is not None and start < case.issue_date:
        yield Hit(_START, start.isoformat())


@SENDER.rule("3450")
def _vehicle_of_nobody(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, MODE) == PRIVATE and indicated(case, WITH_VEHICLE):
        yield Hit(_INDICATORS, WITH_VEHICLE)


@SENDER.rule("3392")
def _no_declaration(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) not in _CUSTOMS and indicated(case, WHOLE_DECLARATION):
        yield Hit(_INDICATORS, WHOLE_DECLARATION)


@SENDER.rule("3419")
def _no_packages(case: Case, root: Element) -> Iterator[Hit]:
    if (
        text(root, REASON) in _CUSTOMS
        and not text(root, _PACKAGES)
        and not text(root, f"{_CONTAINER}/cbc:ID")
    ):
        yield Hit(_PACKAGES)


@SENDER.rule("3422")
def _no_seal(case: Case, root: Element) -> Iterator[Hit]:
    for node in nodes(root, _CONTAINER):
        if text(root, REASON) in _CUSTOMS and not text(node, "cbc:TraceID"):
            yield Hit(f"{_CONTAINER}/cbc:TraceID", text(node, "cbc:ID"))


@SENDER.rule("4437")
def _balance(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) == "08" and not indicated(case, WHOLE_DECLARATION):
        yield Hit(_INDICATORS)


def _of_customs(code: str, path: str, observed: str) -> None:
    """Only imports and exports tell it, and those that do not move everything have to."""

    @SENDER.rule(code)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        if text(root, REASON) not in _CUSTOMS and text(root, path):
            yield Hit(path, text(root, path))

    @SENDER.rule(observed)
    def _wanted(case: Case, root: Element) -> Iterator[Hit]:
        whole = indicated(case, WHOLE_DECLARATION)
        if text(root, REASON) in _CUSTOMS and not whole and not text(root, path):
            yield Hit(path)


_of_customs("3395", "cac:Shipment/cbc:NetWeightMeasure", "4383")
_of_customs("3418", "cac:Shipment/cbc:Information", "4387")
