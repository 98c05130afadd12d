"""Comunicación de baja (RA): ``VoidedDocuments-1``. What it accepts is void from then on."""

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


def judge(arrival: Arrival) -> Judgement:
    """Judge one comunicación de baja. Raises Refusal for what is not read at all."""
    judgement = Judgement(title="La Comunicación de baja")
    root = read(arrival, _ROOT, "UBLPE-VoidedDocuments-1.0.xsd", judgement, family="sunat-1.0")
    case = Case(root, arrival.name, arrival.sender, arrival.now, arrival.lists, arrival.find)
    judgement.document_id = text(root, "cbc:ID")
    judgement.issue_date = text(root, "cbc:IssueDate")
    if arrival.presented:
        judgement.findings.append(Finding("2324", "cbc:ID", judgement.document_id, "INFO"))
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
    """What SUNAT knows of the documents: 2105, 2398, 2323, 2375, 2957."""
    for line, tipo, serie, numero in _lines(case):
        code = _objection(case, case.find(tipo, serie, numero))
        if code:
            where = f"Error en la linea: {text(line, 'cbc:LineID')}"
            yield Finding(code, "sac:DocumentNumberID", f"{tipo}-{serie}-{numero}", where)


def _objection(case: Case, document: Registered | None) -> str:
    if document is None:
        return "2105"
    if document.state != ACCEPTED:
        return "2398" if document.state == REJECTED else "2323"
    if document.issue_date != text(case.root, "cbc:ReferenceDate"):
        return "2375"
    if not document.serie.isdigit() and case.now.date() - date.fromisoformat(document.issue_date) > _DEADLINE:
        return "2957"
    return ""


def _void(case: Case, arrival: Arrival) -> None:
    for _, tipo, serie, numero in _lines(case):
        document = case.find(tipo, serie, numero)
        if document is not None:
            arrival.store.change(document, state=VOIDED)
