"""Versions, name, dates and issuer of a resumen diario (2072 to 2075, 2218 to 2220, 2236, 2346, 2671, 4443)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from emitir.sandbox.sunat.rules.case import Case, text, to_date
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("RC")

_SUPPLIER = "cac:AccountingSupplierParty"
_NAME = f"{_SUPPLIER}/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"
#: Days after the issue date of the documents in which a resumen is on time.
ON_TIME = timedelta(days=7)

TABLE.required("2075", "cbc:UBLVersionID")
TABLE.equals("2074", "cbc:UBLVersionID[normalize-space()]", "2.0")


@TABLE.rule("2072")
def _version(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:CustomizationID")
    if value != "1.1":
        yield Hit("cbc:CustomizationID", value)


@TABLE.rule("2220")
def _id(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if f"{case.name.ruc}-{value}" != case.name.base:
        yield Hit("cbc:ID", value)


@TABLE.rule("2346")
def _date_of_name(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:IssueDate")
    if value.replace("-", "") != case.name.serie:
        yield Hit("cbc:IssueDate", value)


@TABLE.rule("2236")
def _future(case: Case, root: Element) -> Iterator[Hit]:
    if case.issue_date is not None and case.issue_date > case.now.date():
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


@TABLE.rule("2671")
def _reference(case: Case, root: Element) -> Iterator[Hit]:
    day = to_date(text(root, "cbc:ReferenceDate"))
    if day is not None and case.issue_date is not None and day > case.issue_date:
        yield Hit("cbc:ReferenceDate", day.isoformat())


@TABLE.rule("4443")
def _late(case: Case, root: Element) -> Iterator[Hit]:
    day = to_date(text(root, "cbc:ReferenceDate"))
    if day is not None and case.now.date() - day > ON_TIME:
        yield Hit("cbc:ReferenceDate", day.isoformat())


@TABLE.rule("1034")
def _ruc(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, f"{_SUPPLIER}/cbc:CustomerAssignedAccountID")
    if value != case.name.ruc:
        yield Hit(f"{_SUPPLIER}/cbc:CustomerAssignedAccountID", value)


TABLE.required("2219", f"{_SUPPLIER}/cbc:AdditionalAccountID")
TABLE.equals("2218", f"{_SUPPLIER}/cbc:AdditionalAccountID[normalize-space()]", "6")
TABLE.required("2229", _NAME)
TABLE.matches("2228", f"{_NAME}[normalize-space()]", any_text(3, 100))
