"""The vendor of a liquidación de compra, who has no RUC, and where the purchase is made (2450 to 2462, 2593, 2778...)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import CUSTOMER, Case
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("04")

_ID = f"{CUSTOMER}/cac:PartyIdentification/cbc:ID"
_NAME = f"{CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName"
_ADDRESS = f"{CUSTOMER}/cac:PartyLegalEntity/cac:RegistrationAddress"
_LINE = "cac:AddressLine/cbc:Line"
_COUNTRY = "cac:Country/cbc:IdentificationCode"
#: An address that tells where to find a place: 3 to 250 characters, no blank in front.
_REACHABLE = rf"(?=[^ \t]){any_text(3, 250)}"


@TABLE.rule("2800")
def _kind(case: Case, root: Element) -> Iterator[Hit]:
    if case.customer_type not in ("1", "4", "7"):
        yield Hit(f"{_ID}/@schemeID", case.customer_type)


@TABLE.rule("2450")
def _unknown(case: Case, root: Element) -> Iterator[Hit]:
    number = case.customer_number
    known = re.fullmatch(r"[0-9]{8}", number, re.ASCII) and number not in case.lists.dni_inexistente
    if case.customer_type == "1" and not known:
        yield Hit(_ID, number)


@TABLE.rule("2802")
def _foreign(case: Case, root: Element) -> Iterator[Hit]:
    if case.customer_type in ("4", "7") and not re.fullmatch(r"\S{1,15}", case.customer_number):
        yield Hit(_ID, case.customer_number)


TABLE.matches("2022", f"{_NAME}[normalize-space()]", any_text(1, 1500))
TABLE.required("2452", f"{_ADDRESS}/{_LINE}")
TABLE.matches("2593", f"{_ADDRESS}/{_LINE}[normalize-space()]", _REACHABLE)
TABLE.matches("4341", f"{_ADDRESS}/cbc:CitySubdivisionName", any_text(1, 25))
TABLE.matches("4342", f"{_ADDRESS}/cbc:CityName", any_text(1, 30))
TABLE.required("2453", f"{_ADDRESS}/cbc:ID")
TABLE.in_catalog("4339", f"{_ADDRESS}/cbc:ID[normalize-space()]", "13")
TABLE.matches("4343", f"{_ADDRESS}/cbc:CountrySubentity", any_text(1, 30))
TABLE.matches("4344", f"{_ADDRESS}/cbc:District", any_text(1, 30))
TABLE.equals("4041", f"{_ADDRESS}/{_COUNTRY}", "PE")
TABLE.required("2456", f"{_ADDRESS}/cbc:AddressTypeCode")
TABLE.in_catalog("2457", f"{_ADDRESS}/cbc:AddressTypeCode[normalize-space()]", "60")

_PLACE = "cac:DeliveryTerms/cac:DeliveryLocation"
_OPERATION = f"{_PLACE}/cac:Address"

TABLE.required("2454", f"{_OPERATION}/{_LINE}")
TABLE.matches("2778", f"{_OPERATION}/{_LINE}[normalize-space()]", _REACHABLE)
TABLE.matches("4238", f"{_OPERATION}/cbc:CitySubdivisionName", any_text(1, 25))
TABLE.matches("4239", f"{_OPERATION}/cbc:CityName", any_text(1, 30))
TABLE.required("2455", f"{_OPERATION}/cbc:ID")
TABLE.in_catalog("2917", f"{_OPERATION}/cbc:ID[normalize-space()]", "13")
TABLE.matches("4240", f"{_OPERATION}/cbc:CountrySubentity", any_text(1, 30))
TABLE.matches("4241", f"{_OPERATION}/cbc:District", any_text(1, 30))
TABLE.equals("4041", f"{_OPERATION}/{_COUNTRY}", "PE")
TABLE.required("2458", f"{_PLACE}/cbc:LocationTypeCode")
TABLE.in_catalog("2459", f"{_PLACE}/cbc:LocationTypeCode[normalize-space()]", "60")
