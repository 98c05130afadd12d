"""Resumen diario (RC): ``SummaryDocuments-1``. What it accepts is registered, modified or annulled: all or nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime

from emitir.sandbox.records import ACCEPTED, VOIDED, Registered
from emitir.sandbox.sunat.documents.common import check_signature, read
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.rules import SUMMARY, judge_tables
from emitir.sandbox.sunat.rules.case import Case, text
from emitir.sandbox.sunat.rules.summary.lines import ADD, ANNUL, MODIFY, Entry, entries
from emitir.sandbox.sunat.rules.table import Finding

_ROOT = "{urn:sunat:names:specification:ubl:peru:schema:xsd:SummaryDocuments-1}SummaryDocuments"


def judge(arrival: Arrival) -> Judgement:
    """Judge one resumen diario. Raises Refusal for what is not read at all."""
    judgement = Judgement(title="El Resumen diario")
    root = read(arrival, _ROOT, "UBLPE-SummaryDocuments-1.0.xsd", judgement, family="sunat-1.0")
    case = Case(root, arrival.name, arrival.sender, arrival.now, arrival.lists, arrival.find)
    judgement.document_id = text(root, "cbc:ID")
    judgement.issue_date = text(root, "cbc:IssueDate")
    if arrival.presented:
        judgement.findings.append(Finding("2223", "cbc:ID", judgement.document_id, "INFO"))
    judgement.findings.extend(check_signature(arrival))
    judgement.findings.extend(judge_tables(case, SUMMARY))
    judgement.remarks.extend(_doubts(case))
    judgement.commit = lambda cdr, moment: _commit(case, arrival, cdr, moment)
    return judgement


def _doubts(case: Case) -> list[str]:
    """What SUNAT's rules let pass and is wrong all the same."""
    day = text(case.root, "cbc:ReferenceDate")
    known = ((entry, case.find(*entry.key)) for entry in entries(case))
    return [
        f"{entry.tipo}-{entry.serie}-{entry.numero} es del {document.issue_date} y el resumen dice {day}"
        for entry, document in known
        if document is not None and document.issue_date != day
    ]


def _commit(case: Case, arrival: Arrival, cdr: bytes, moment: datetime) -> None:
    """Do what the lines say, additions first."""
    found = list(entries(case))
    for entry in found:
        if entry.condition == ADD:
            arrival.store.register(_informed(case, arrival, entry, cdr, moment))
    for entry in found:
        document = arrival.find(*entry.key)
        if document is None:
            continue
        if entry.condition == MODIFY:
            arrival.store.change(
                document,
                total=text(entry.line, "sac:TotalAmount"),
                currency=text(entry.line, "sac:TotalAmount/@currencyID"),
                informed_by=arrival.name.base,
            )
        elif entry.condition == ANNUL:
            arrival.store.change(document, state=VOIDED)


def _informed(case: Case, arrival: Arrival, entry: Entry, cdr: bytes, moment: datetime) -> Registered:
    number = f"{entry.serie}-{entry.numero}"
    return Registered(
        name=f"{arrival.name.ruc}-{entry.tipo}-{number}",
        ruc=arrival.name.ruc,
        tipo=entry.tipo,
        serie=entry.serie,
        numero=entry.numero,
        sha256=hashlib.sha256(arrival.xml).hexdigest(),
        xml=arrival.xml,
        state=ACCEPTED,
        code="0",
        description=f"El comprobante {number}, fue informado en el {text(case.root, 'cbc:ID')}",
        cdr=cdr,
        issue_date=text(case.root, "cbc:ReferenceDate"),
        total=text(entry.line, "sac:TotalAmount"),
        registered_at=moment.isoformat(),
        currency=text(entry.line, "sac:TotalAmount/@currencyID"),
        informed_by=arrival.name.base,
    )
