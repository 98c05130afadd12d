"""Versions, number, dates and issuer of a guía (1001, 1034 to 1038, 1050, 1052, 2110 to 2113, 2329, 3437, 3438)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, text
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

IDENTITY = Table("09", "31")
TABLE = Table("09", "31")

ISSUER = "cac:DespatchSupplierParty/cac:Party"
ISSUER_ID = f"{ISSUER}/cac:PartyIdentification/cbc:ID"
_NAME = f"{ISSUER}/cac:PartyLegalEntity/cbc:RegistrationName"
_TYPE = "cbc:DespatchAdviceTypeCode"
_LETTER = {"09": "T", "31": "V"}


@IDENTITY.rule("1001")
def _format(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if not re.fullmatch(rf"({_LETTER[case.tipo]}[A-Z0-9]{{3}}|[0-9]{{4}})-[0-9]{{1,8}}", value, re.ASCII):
        yield Hit("cbc:ID", value)


@IDENTITY.rule("1035")
def _serie(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if value.partition("-")[0] != case.name.serie:
        yield Hit("cbc:ID", value)


@IDENTITY.rule("1036")
def _number(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if value.partition("-")[2] != case.name.number:
        yield Hit("cbc:ID", value)


IDENTITY.required("1050", _TYPE)


@IDENTITY.rule("1052")
def _type(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, _TYPE)
    if value and value != case.tipo:
        yield Hit(_TYPE, value)


@IDENTITY.rule("1034")
def _ruc(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, ISSUER_ID) != case.name.ruc:
        yield Hit(ISSUER_ID, text(root, ISSUER_ID))


TABLE.required("2111", "cbc:UBLVersionID")
TABLE.equals("2110", "cbc:UBLVersionID[normalize-space()]", "2.1")
TABLE.required("2113", "cbc:CustomizationID")
TABLE.equals("2112", "cbc:CustomizationID[normalize-space()]", "2.0")


@TABLE.rule("2329")
def _future(case: Case, root: Element) -> Iterator[Hit]:
    if case.issue_date is not None and case.issue_date > case.now.date():
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


TABLE.required("3437", "cbc:IssueTime")
TABLE.matches("3438", "cbc:IssueTime[normalize-space()]", r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9].*")
TABLE.required("2541", f"{ISSUER_ID}/@schemeID")
TABLE.matches("2542", f"{ISSUER_ID}/@schemeID[normalize-space()]", "6")
TABLE.required("1037", _NAME)
TABLE.matches("1038", f"{_NAME}[normalize-space()]", any_text(1, 250))
