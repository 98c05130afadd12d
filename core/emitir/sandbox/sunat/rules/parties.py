"""Issuer and customer: RUC, names, addresses, identity documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.names import ruc_exists
from emitir.sandbox.sunat.rules.case import CUSTOMER, SUPPLIER, Case, exists, text
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_ID = "cac:PartyIdentification/cbc:ID"
_NAME = "cac:PartyLegalEntity/cbc:RegistrationName"
_ADDRESS = f"{SUPPLIER}/cac:PartyLegalEntity/cac:RegistrationAddress"
_PLACE = f"{_ADDRESS}/cbc:AddressTypeCode"
_DELIVERY = "cac:Delivery/cac:DeliveryLocation/cac:Address"

TABLE.at_most_one("3089", f"{SUPPLIER}/cac:PartyIdentification")
TABLE.required("1008", f"{SUPPLIER}/{_ID}/@schemeID")
TABLE.equals("1007", f"{SUPPLIER}/{_ID}/@schemeID", "6")


@TABLE.rule("2010")
def _inactive(case: Case, root: Element) -> Iterator[Hit]:
    if case.name.ruc in case.lists.ruc_inactivo:
        yield Hit(f"{SUPPLIER}/{_ID}", case.name.ruc)


@TABLE.rule("2011")
def _not_found(case: Case, root: Element) -> Iterator[Hit]:
    if case.name.ruc in case.lists.ruc_no_habido:
        yield Hit(f"{SUPPLIER}/{_ID}", case.name.ruc)


TABLE.matches("4092", f"{SUPPLIER}/cac:PartyName/cbc:Name", any_text(1, 1500))
TABLE.required("1037", f"{SUPPLIER}/{_NAME}")
TABLE.matches("4338", f"{SUPPLIER}/{_NAME}", any_text(1, 1500))
TABLE.matches("4094", f"{_ADDRESS}/cac:AddressLine/cbc:Line", any_text(3, 200))
TABLE.matches("4095", f"{_ADDRESS}/cbc:CitySubdivisionName", any_text(1, 25))
TABLE.matches("4096", f"{_ADDRESS}/cbc:CityName", any_text(1, 30))
TABLE.in_catalog("4093", f"{_ADDRESS}/cbc:ID", "13")
TABLE.matches("4097", f"{_ADDRESS}/cbc:CountrySubentity", any_text(1, 30))
TABLE.matches("4098", f"{_ADDRESS}/cbc:District", any_text(1, 30))
TABLE.equals("4041", f"{_ADDRESS}/cac:Country/cbc:IdentificationCode", "PE")

TABLE.matches("4236", f"{_DELIVERY}/cac:AddressLine/cbc:Line", any_text(3, 200))
TABLE.matches("4238", f"{_DELIVERY}/cbc:CitySubdivisionName", any_text(1, 25))
TABLE.matches("4239", f"{_DELIVERY}/cbc:CityName", any_text(1, 30))
TABLE.in_catalog("4231", f"{_DELIVERY}/cbc:ID", "13")
TABLE.matches("4240", f"{_DELIVERY}/cbc:CountrySubentity", any_text(1, 30))
TABLE.matches("4241", f"{_DELIVERY}/cbc:District", any_text(1, 30))


@TABLE.rule("3030", None)
def _place_missing(case: Case, root: Element) -> Iterator[Hit]:
    if not case.contingency and not text(root, _PLACE):
        yield Hit(_PLACE)


@TABLE.rule("4198")
def _place_missing_observed(case: Case, root: Element) -> Iterator[Hit]:
    if (case.contingency or not case.strict) and not text(root, _PLACE):
        yield Hit(_PLACE)


def _undeclared_place(case: Case, root: Element) -> str:
    """The establishment's code when SUNAT knows this RUC's establishments and this is none of them."""
    value = text(root, _PLACE)
    known = {entry for entry in case.lists.establecimientos if entry.startswith(f"{case.name.ruc}-")}
    return value if known and value not in ("", "0000") and f"{case.name.ruc}-{value}" not in known else ""


@TABLE.rule("3239", None)
def _place_unknown(case: Case, root: Element) -> Iterator[Hit]:
    if not case.contingency and (value := _undeclared_place(case, root)):
        yield Hit(_PLACE, value)


@TABLE.rule("4199")
def _place_unknown_observed(case: Case, root: Element) -> Iterator[Hit]:
    if (case.contingency or not case.strict) and (value := _undeclared_place(case, root)):
        yield Hit(_PLACE, value)


TABLE.matches("4242", f"{_PLACE}[normalize-space()]", r"\s*[0-9]{4}\s*")

TABLE.at_most_one("3090", f"{CUSTOMER}/cac:PartyIdentification")
TABLE.present("2014", f"{CUSTOMER}/{_ID}")
TABLE.present("2015", f"{CUSTOMER}/{_ID}/@schemeID")

_EXPORT = frozenset({"0200", "0201", "0202", "0203", "0204", "0205", "0206", "0207", "0208", "0401"})


@TABLE.rule("2800", None)
def _customer_type(case: Case, root: Element) -> Iterator[Hit]:
    kind = case.customer_type
    if case.operation in _EXPORT:
        taxed_abroad = case.operation in ("0200", "0201", "0204") and "2008" not in case.legends
        wrong = (taxed_abroad and kind == "6") or (kind != "-" and kind not in codes("06"))
    elif case.operation == "0112":
        wrong = kind not in ("1", "6")
    elif case.operation == "2106":
        wrong = kind not in ("7", "B", "G")
    else:
        wrong = kind != "6"
    if wrong:
        yield Hit(f"{CUSTOMER}/{_ID}/@schemeID", kind)


@TABLE.rule(None, "2800")
def _customer_abroad(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation in _EXPORT - {"0202"} and case.customer_type == "6":
        yield Hit(f"{CUSTOMER}/{_ID}/@schemeID", "6")


@TABLE.rule("2017")
def _customer_ruc(case: Case, root: Element) -> Iterator[Hit]:
    if case.customer_type == "6" and not re.fullmatch(r"\d{11}", case.customer_number, re.ASCII):
        yield Hit(f"{CUSTOMER}/{_ID}", case.customer_number)


@TABLE.rule("1083")
def _customer_unknown(case: Case, root: Element) -> Iterator[Hit]:
    number = case.customer_number
    if case.customer_type == "6" and (not ruc_exists(number) or number in case.lists.ruc_inexistente):
        yield Hit(f"{CUSTOMER}/{_ID}", number)


@TABLE.rule("4013")
def _customer_inactive(case: Case, root: Element) -> Iterator[Hit]:
    if case.customer_type == "6" and case.customer_number in case.lists.ruc_inactivo:
        yield Hit(f"{CUSTOMER}/{_ID}", case.customer_number)


@TABLE.rule("4014")
def _customer_not_found(case: Case, root: Element) -> Iterator[Hit]:
    if case.customer_type == "6" and case.customer_number in case.lists.ruc_no_habido:
        yield Hit(f"{CUSTOMER}/{_ID}", case.customer_number)


@TABLE.rule("2802", "4208")
def _customer_other(case: Case, root: Element) -> Iterator[Hit]:
    kinds = "470ABCDEG" if case.tipo == "01" else "470ABCDEFG"
    number = case.customer_number
    if case.customer_type and case.customer_type in kinds and not re.fullmatch(r"\S{1,15}", number):
        yield Hit(f"{CUSTOMER}/{_ID}", number)


@TABLE.rule("2801", "4207")
def _customer_dni(case: Case, root: Element) -> Iterator[Hit]:
    if case.customer_type == "1" and not re.fullmatch(r"\d{8}", case.customer_number, re.ASCII):
        yield Hit(f"{CUSTOMER}/{_ID}", case.customer_number)


TABLE.required("2021", f"{CUSTOMER}/{_NAME}")
TABLE.matches("2022", f"{CUSTOMER}/{_NAME}", any_text(3, 1500))


@TABLE.rule("3098")
def _country_of_use(case: Case, root: Element) -> Iterator[Hit]:
    path = f"{_DELIVERY}/cac:Country/cbc:IdentificationCode"
    if case.operation in ("0201", "0208") and not text(root, path):
        yield Hit(path)


@TABLE.rule("3099")
def _country_of_use_wrong(case: Case, root: Element) -> Iterator[Hit]:
    path = f"{_DELIVERY}/cac:Country/cbc:IdentificationCode"
    value = text(root, path)
    if (
        case.operation in ("0201", "0208")
        and exists(root, path)
        and (value == "PE" or value not in codes("04"))
    ):
        yield Hit(path, value)
