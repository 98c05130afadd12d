"""Factura (01) and boleta (03): ``Invoice-2``."""

from __future__ import annotations

from emitir.sandbox.sunat.documents.common import check_signature, read
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement, taken
from emitir.sandbox.sunat.rules import IDENTITY, INVOICE, judge_tables
from emitir.sandbox.sunat.rules.case import TOTAL, Case, text
from emitir.sandbox.sunat.rules.table import Finding

_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"
_TITLES = {"01": "La Factura numero", "03": "La Boleta numero"}


def judge(arrival: Arrival) -> Judgement:
    """Judge one invoice. Raises Refusal for what is not read at all."""
    judgement = Judgement(title=_TITLES[arrival.name.tipo])
    root = read(arrival, _ROOT, "UBL-Invoice-2.1.xsd", judgement)
    case = Case(root, arrival.name, arrival.sender, arrival.now, arrival.lists)
    judgement.document_id = text(root, "cbc:ID")
    judgement.issue_date = text(root, "cbc:IssueDate")
    judgement.total = text(root, f"{TOTAL}/cbc:PayableAmount")
    if case.customer_number:
        judgement.customer = f"{case.customer_type}-{case.customer_number}"
    judgement.findings.extend(judge_tables(case, IDENTITY))
    if judgement.error:
        return judgement
    name = arrival.name
    code = taken(arrival.store.document(name.ruc, name.tipo, name.serie, name.numero))
    if code:
        judgement.findings.append(Finding(code, "cbc:ID", judgement.document_id, "INFO"))
        return judgement
    judgement.findings.extend(check_signature(arrival))
    judgement.findings.extend(judge_tables(case, INVOICE))
    return judgement
