"""The transportista of transporte público (2558 to 2564, 3347, 3348, 3616 to 3619, 4391, 4392)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, exists, text, to_date
from emitir.sandbox.sunat.rules.guia.parties import unknown_ruc
from emitir.sandbox.sunat.rules.guia.shipment import MODE, PRIVATE, PUBLIC, SMALL_VEHICLE, STAGE, indicated
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")

_CARRIER = f"{STAGE}/cac:CarrierParty"
_ID = f"{_CARRIER}/cac:PartyIdentification/cbc:ID"
_NAME = f"{_CARRIER}/cac:PartyLegalEntity/cbc:RegistrationName"
_MTC = f"{_CARRIER}/cac:PartyLegalEntity/cbc:CompanyID"
_DELIVERED = f"{STAGE}/cac:LoadingTransportEvent/cbc:OccurrenceDate"
_START = f"{STAGE}/cac:TransitPeriod/cbc:StartDate"


def _public(case: Case) -> bool:
    """Whether somebody else carries the goods, who has to be told."""
    return case.tipo == "09" and text(case.root, MODE) == PUBLIC and not indicated(case, SMALL_VEHICLE)


def _told(code: str, path: str) -> None:
    @TABLE.rule(code)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        if _public(case) and not text(root, path):
            yield Hit(path)


@TABLE.rule("3347")
def _nobody(case: Case, root: Element) -> Iterator[Hit]:
    if case.tipo == "09" and text(root, MODE) == PRIVATE and exists(root, _CARRIER):
        yield Hit(_CARRIER, text(root, _ID))


_told("2558", _ID)


@TABLE.rule("2559")
def _number(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, _ID)
    if _public(case) and value and not re.fullmatch(r"[0-9]{11}", value, re.ASCII):
        yield Hit(_ID, value)


@TABLE.rule("2560")
def _itself(case: Case, root: Element) -> Iterator[Hit]:
    if _public(case) and text(root, _ID) == case.name.ruc:
        yield Hit(_ID, case.name.ruc)


_told("2561", f"{_ID}/@schemeID")


@TABLE.rule("2562")
def _kind(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, f"{_ID}/@schemeID")
    if _public(case) and value not in ("", "6"):
        yield Hit(f"{_ID}/@schemeID", value)


@TABLE.rule("3348")
def _unknown(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, _ID)
    if _public(case) and re.fullmatch(r"[0-9]{11}", value, re.ASCII) and unknown_ruc(case, value):
        yield Hit(_ID, value)


_told("2563", _NAME)


@TABLE.rule("4391")
def _no_registry(case: Case, root: Element) -> Iterator[Hit]:
    if (_public(case) or case.tipo == "31") and not text(root, _MTC):
        yield Hit(_MTC)


TABLE.matches("4392", f"{_MTC}[normalize-space()]", r"[A-Z0-9]{1,20}")
_told("3617", _DELIVERED)


@TABLE.rule("3619")
def _delivered_format(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, _DELIVERED)
    if _public(case) and value and to_date(value) is None:
        yield Hit(_DELIVERED, value)


@TABLE.rule("3618")
def _delivered_early(case: Case, root: Element) -> Iterator[Hit]:
    day = to_date(text(root, _DELIVERED))
    if _public(case) and day is not None and case.issue_date is not None and day < case.issue_date:
        yield Hit(_DELIVERED, day.isoformat())


@TABLE.rule("3616")
def _started_early(case: Case, root: Element) -> Iterator[Hit]:
    day, start = to_date(text(root, _DELIVERED)), to_date(text(root, _START))
    if _public(case) and day is not None and start is not None and start < day:
        yield Hit(_START, start.isoformat())
