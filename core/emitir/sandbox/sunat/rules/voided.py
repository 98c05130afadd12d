"""Comunicación de baja (RA) and resumen de reversiones (RR): what stands in the file.

Sheets "Comunicación de Baja 1.0" and "Resumen de reversiones 1.0": two for one form, but for the documents named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, nodes, text, to_date
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("RA", "RR")
ANNULLED = Table("RA")
REVERSED = Table("RR")

LINE = "sac:VoidedDocumentsLine"
_SUPPLIER = "cac:AccountingSupplierParty"
_NAME = f"{_SUPPLIER}/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName"
_SERIES = {
    "01": r"F[A-Z0-9]{3}|[0-9]{1,4}",
    "07": r"F[A-Z0-9]{3}|[0-9]{1,4}",
    "08": r"F[A-Z0-9]{3}|[0-9]{1,4}",
}
_OTHERS = ("30", "34", "42")
#: What an RR undoes: first letter of its series, and the code of a wrong one.
_REVERSED = {"20": ("R", "2674"), "40": ("P", "2675"), "04": ("L", "2345")}

TABLE.required("2075", "cbc:UBLVersionID")
TABLE.equals("2074", "cbc:UBLVersionID", "2.0")
TABLE.equals("2072", "cbc:CustomizationID", "1.0")


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


@TABLE.rule("2301")
def _future(case: Case, root: Element) -> Iterator[Hit]:
    if case.issue_date is not None and case.issue_date > case.now.date():
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


@TABLE.rule("2671")
def _reference(case: Case, root: Element) -> Iterator[Hit]:
    day = to_date(text(root, "cbc:ReferenceDate"))
    if day is not None and case.issue_date is not None and day > case.issue_date:
        yield Hit("cbc:ReferenceDate", day.isoformat())


@TABLE.rule("1034")
def _ruc(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, f"{_SUPPLIER}/cbc:CustomerAssignedAccountID")
    if value != case.name.ruc:
        yield Hit(f"{_SUPPLIER}/cbc:CustomerAssignedAccountID", value)


TABLE.required("2288", f"{_SUPPLIER}/cbc:AdditionalAccountID")
TABLE.equals("2287", f"{_SUPPLIER}/cbc:AdditionalAccountID", "6")
TABLE.required("2229", _NAME)
TABLE.matches("2228", _NAME, any_text(3, 100))
TABLE.required("2307", "cbc:LineID", scope=LINE)
TABLE.matches("2305", "cbc:LineID", r"[0-9]{1,5}", scope=LINE)
TABLE.matches("2306", "cbc:LineID", r"0*[1-9][0-9]*", scope=LINE)
TABLE.distinct("2752", f"{LINE}/cbc:LineID")
TABLE.required("2309", "cbc:DocumentTypeCode", scope=LINE)
ANNULLED.one_of("2308", "cbc:DocumentTypeCode", frozenset({*_SERIES, *_OTHERS}), scope=LINE)
REVERSED.one_of("2308", "cbc:DocumentTypeCode[normalize-space()]", frozenset(_REVERSED), scope=LINE)
TABLE.required("2311", "sac:DocumentSerialID", scope=LINE)


@ANNULLED.rule("2310", scope=LINE)
def _serie(case: Case, line: Element) -> Iterator[Hit]:
    pattern = _SERIES.get(text(line, "cbc:DocumentTypeCode"), r"F[A-Z0-9]{3}")
    value = text(line, "sac:DocumentSerialID")
    if not re.fullmatch(pattern, value, re.ASCII):
        yield Hit("sac:DocumentSerialID", value)


def _reversed_serie(tipo: str, letter: str, code: str) -> None:
    @REVERSED.rule(code, scope=LINE)
    def _check(case: Case, line: Element) -> Iterator[Hit]:
        value = text(line, "sac:DocumentSerialID")
        good = re.fullmatch(rf"{letter}[A-Z0-9]{{3}}|[0-9]{{1,4}}", value, re.ASCII)
        if text(line, "cbc:DocumentTypeCode") == tipo and value and not good:
            yield Hit("sac:DocumentSerialID", value)


for _tipo, (_letter, _code) in _REVERSED.items():
    _reversed_serie(_tipo, _letter, _code)


TABLE.required("2313", "sac:DocumentNumberID", scope=LINE)
TABLE.matches("2312", "sac:DocumentNumberID", r"[0-9]{1,8}", scope=LINE)


@TABLE.rule("2348")
def _repeated(case: Case, root: Element) -> Iterator[Hit]:
    seen: set[tuple[str, str, str]] = set()
    for line in nodes(root, LINE):
        number = text(line, "sac:DocumentNumberID").lstrip("0")
        key = text(line, "cbc:DocumentTypeCode"), text(line, "sac:DocumentSerialID"), number
        if key in seen:
            yield Hit(LINE, "-".join(key))
        seen.add(key)


TABLE.required("2315", "sac:VoidReasonDescription", scope=LINE)
TABLE.matches("4203", "sac:VoidReasonDescription", r"(?s).{3,}", scope=LINE)
