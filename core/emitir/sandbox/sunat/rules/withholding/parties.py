"""Who withholds and of whom (1037, 1038, 2133, 2134, 2511, 2516, 2548, 2604, 2605, 2617, 2620, 2621, 2678 to 2680...)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.names import ruc_exists
from emitir.sandbox.sunat.rules.case import Case, text
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.rules.withholding.header import AGENT
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("20", "40")
RETENTION = Table("20")
PERCEPTION = Table("40")

RECEIVER = "cac:ReceiverParty"
_ID = "cac:PartyIdentification/cbc:ID"
_NAME = "cac:PartyLegalEntity/cbc:RegistrationName"
_TRADE_NAME = "cac:PartyName/cbc:Name"
_ADDRESS = "cac:PostalAddress"
_LONG = any_text(1, 1500)


def _address(table: Table, party: str, street: str, others: tuple[str, ...]) -> None:
    """An address: ``street``: code of the street, ``others``: of urbanización, provincia, departamento, distrito."""
    table.in_catalog("2917", f"{party}/{_ADDRESS}/cbc:ID", "13")
    table.matches(street, f"{party}/{_ADDRESS}/cbc:StreetName", any_text(1, 100))
    names = ("CitySubdivisionName", "CityName", "CountrySubentity", "District")
    for code, name in zip(others, names, strict=True):
        table.matches(code, f"{party}/{_ADDRESS}/cbc:{name}", any_text(1, 30))
    table.equals("2548", f"{party}/{_ADDRESS}/cac:Country/cbc:IdentificationCode", "PE")


TABLE.required("2678", f"{AGENT}/{_ID}/@schemeID")
TABLE.equals("2511", f"{AGENT}/{_ID}/@schemeID", "6")
TABLE.matches("2901", f"{AGENT}/{_TRADE_NAME}", _LONG)
TABLE.required("1037", f"{AGENT}/{_NAME}")
TABLE.matches("1038", f"{AGENT}/{_NAME}[normalize-space()]", _LONG)
_address(TABLE, AGENT, "2916", ("2902", "2903", "2904", "2905"))
TABLE.required("2516", f"{RECEIVER}/{_ID}/@schemeID")
TABLE.required("2134", f"{RECEIVER}/{_NAME}")
TABLE.matches("2133", f"{RECEIVER}/{_NAME}[normalize-space()]", _LONG)


@RETENTION.rule("2617")
def _no_agent(case: Case, root: Element) -> Iterator[Hit]:
    agents = case.lists.agentes_retencion
    if agents and case.name.ruc not in agents:
        yield Hit(f"{AGENT}/{_ID}", case.name.ruc)


RETENTION.required("2723", f"{RECEIVER}/{_ID}")
RETENTION.matches("2724", f"{RECEIVER}/{_ID}[normalize-space()]", r"[0-9]{11}")
RETENTION.equals("2511", f"{RECEIVER}/{_ID}/@schemeID", "6")


def _number(case: Case) -> str:
    return text(case.root, f"{RECEIVER}/{_ID}")


def _itself(table: Table, code: str) -> None:
    @table.rule(code)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        if _number(case) == case.name.ruc:
            yield Hit(f"{RECEIVER}/{_ID}", case.name.ruc)


_itself(RETENTION, "2620")
_itself(PERCEPTION, "2604")


def _unknown(case: Case) -> bool:
    return not ruc_exists(_number(case)) or _number(case) in case.lists.ruc_inexistente


@RETENTION.rule("2621")
def _supplier_unknown(case: Case, root: Element) -> Iterator[Hit]:
    if re.fullmatch(r"[0-9]{11}", _number(case), re.ASCII) and _unknown(case):
        yield Hit(f"{RECEIVER}/{_ID}", _number(case))


@RETENTION.rule("4091")
def _excluded(case: Case, root: Element) -> Iterator[Hit]:
    if _number(case) in case.lists.agentes_retencion | case.lists.agentes_percepcion:
        yield Hit(f"{RECEIVER}/{_ID}", _number(case))


RETENTION.matches("2906", f"{RECEIVER}/{_TRADE_NAME}", _LONG)
_address(RETENTION, RECEIVER, "2918", ("2907", "2908", "2909", "2910"))


@PERCEPTION.rule("4285")
def _no_perception_agent(case: Case, root: Element) -> Iterator[Hit]:
    agents = case.lists.agentes_percepcion
    if agents and case.name.ruc not in agents:
        yield Hit(f"{AGENT}/{_ID}", case.name.ruc)


PERCEPTION.required("2679", f"{RECEIVER}/{_ID}")
PERCEPTION.matches("2680", f"{RECEIVER}/{_ID}[normalize-space()]", r"[a-zA-Z0-9-]{1,15}")


@PERCEPTION.rule("2605")
def _customer_unknown(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, f"{RECEIVER}/{_ID}/@schemeID") == "6" and _unknown(case):
        yield Hit(f"{RECEIVER}/{_ID}", _number(case))


@PERCEPTION.rule("4089")
def _of_a_retention_agent(case: Case, root: Element) -> Iterator[Hit]:
    if _number(case) in case.lists.agentes_retencion:
        yield Hit(f"{RECEIVER}/{_ID}", _number(case))


@PERCEPTION.rule("4086")
def _among_agents(case: Case, root: Element) -> Iterator[Hit]:
    if {_number(case), case.name.ruc} <= case.lists.agentes_percepcion:
        yield Hit(f"{RECEIVER}/{_ID}", _number(case))


@PERCEPTION.rule("2511")
def _customer_kind(case: Case, root: Element) -> Iterator[Hit]:
    kind = text(root, f"{RECEIVER}/{_ID}/@schemeID")
    if kind and kind != "-" and kind not in codes("06"):
        yield Hit(f"{RECEIVER}/{_ID}/@schemeID", kind)


PERCEPTION.matches("2911", f"{RECEIVER}/{_TRADE_NAME}", _LONG)
_address(PERCEPTION, RECEIVER, "2919", ("2912", "2913", "2914", "2915"))
