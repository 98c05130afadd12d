"""The way of a document that sendBill takes: number, signature, rules."""

from __future__ import annotations

from collections.abc import Mapping

from emitir.sandbox.sunat.documents.common import check_signature
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement, taken
from emitir.sandbox.sunat.rules import judge_tables
from emitir.sandbox.sunat.rules.case import TOTAL, Case, text
from emitir.sandbox.sunat.rules.table import Finding, Table
from emitir.sandbox.sunat.xmlsafe import Element


def judge_sale(
    arrival: Arrival,
    root: Element,
    judgement: Judgement,
    identity: tuple[Table, ...],
    tables: tuple[Table, ...],
    names: Mapping[str, str] | None = None,
) -> Judgement:
    """Judge a factura, a boleta, a nota or a liquidación de compra.

    ``names``: how the document calls what the rules call as in a factura.
    """
    case = Case(root, arrival.name, arrival.sender, arrival.now, arrival.lists, arrival.find, names or {})
    judgement.document_id = text(root, "cbc:ID")
    judgement.issue_date = text(root, "cbc:IssueDate")
    judgement.total = text(root, f"{TOTAL}/cbc:PayableAmount")
    judgement.currency = case.currency
    if case.customer_number:
        judgement.customer = f"{case.customer_type}-{case.customer_number}"
    return judge_numbered(arrival, case, judgement, identity, tables)


def judge_numbered(
    arrival: Arrival,
    case: Case,
    judgement: Judgement,
    identity: tuple[Table, ...],
    tables: tuple[Table, ...],
) -> Judgement:
    """Judge a document that has a number: the number first, the rest when it is free."""
    judgement.findings.extend(judge_tables(case, identity))
    if judgement.error:
        return judgement
    name = arrival.name
    code = taken(arrival.find(name.tipo, name.serie, name.numero), contingency=case.contingency)
    if code:
        judgement.findings.append(Finding(code, "cbc:ID", judgement.document_id, "INFO"))
        return judgement
    judgement.findings.extend(check_signature(arrival))
    judgement.findings.extend(judge_tables(case, tables))
    return judgement
