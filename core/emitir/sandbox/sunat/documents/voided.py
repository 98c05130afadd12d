"""Comunicación de baja (RA) and resumen de reversiones (RR): ``VoidedDocuments-1``. What it accepts is void."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from emitir.sandbox.records import ACCEPTED, REJECTED, VOIDED, Registered
from emitir.sandbox.sunat.documents.common import check_signature, read
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.rules import VOIDED_DOCUMENTS, judge_tables
from emitir.sandbox.sunat.rules.case import Case, nodes, text
from emitir.sandbox.sunat.rules.table import Finding
from emitir.sandbox.sunat.rules.voided import LINE
from emitir.sandbox.sunat.xmlsafe import Element

_ROOT = "{urn:sunat:names:specification:ubl:peru:schema:xsd:VoidedDocuments-1}VoidedDocuments"
#: Days after the issue date in which a document can be given of baja.
_DEADLINE = timedelta(days=7)


_TITLES = {"RA": "La Comunicación de baja", "RR": "El Resumen de reversiones"}
#: Codes of a file presented before, a document unknown, rejected, void already.
_CODES = {"RA": ("2324", "2105", "2398", "2323"), "RR": ("2223", "2750", "2398", "2751")}


def judge(arrival: Arrival) -> Judgement:
    """Judge one of the two. Raises Refusal for what is not read at all."""
    judgement = Judgement(title=_TITLES[arrival.name.tipo])
    root = read(arrival, _ROOT, "UBLPE-VoidedDocuments-1.0.xsd", judgement, family="sunat-1.0")
    case = Case(root, arrival.name, arrival.sender, arrival.now, arrival.lists, arrival.find)
    judgement.document_id = text(root, "cbc:ID")
    judgement.issue_date = text(root, "cbc:IssueDate")
    if arrival.presented:
        judgement.findings.append(Finding(_CODES[case.tipo][0], "cbc:ID", judgement.document_id, "INFO"))
    judgement.findings.extend(check_signature(arrival))
    judgement.findings.extend(judge_tables(case, VOIDED_DOCUMENTS))
    judgement.findings.extend(_registered(case))
    judgement.commit = lambda cdr, moment: _void(case, arrival)
    return judgement


def _lines(case: Case) -> Iterator[tuple[Element, str, str, int]]:
    for line in nodes(case.root, LINE):
        number = text(line, "sac:DocumentNumberID")
        if number.isascii() and number.isdigit():
            yield line, text(line, "cbc:DocumentTypeCode"), text(line, "sac:DocumentSerialID"), int(number)


def _registered(case: Case) -> Iterator[Finding]:
    """What SUNAT knows of the documents: 2105, 2398, 2323, 2375, 2957; in an RR 2750, 2398, 2751, 2958."""
    for line, tipo, serie, numero in _lines(case):
        code = _objection(case, case.find(tipo, serie, numero))
        if code:
            where = f"Error en la linea: {text(line, 'cbc:LineID')}"
            yield Finding(code, "sac:DocumentNumberID", f"{tipo}-{serie}-{numero}", where)


def _objection(case: Case, document: Registered | None) -> str:
    _, unknown, rejected, void = _CODES[case.tipo]
    if document is None:
        return unknown
    if document.state != ACCEPTED:
        return rejected if document.state == REJECTED else void
    late = case.now.date() - date.fromisoformat(document.issue_date) > _DEADLINE
    if document.serie.isdigit():
        late = False
    if case.tipo == "RR":
        return "2958" if late and document.tipo == "04" else ""
    if document.issue_date != text(case.root, "cbc:ReferenceDate"):
        return "2375"
    return "2957" if late else ""


def _void(case: Case, arrival: Arrival) -> None:
    for _, tipo, serie, numero in _lines(case):
        document = case.find(tipo, serie, numero)
        if document is not None:
            arrival.store.change(document, state=VOIDED)
