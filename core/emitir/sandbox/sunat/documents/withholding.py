"""Comprobante de retención (20), ``Retention-1``, and de percepción (40), ``Perception-1``."""

from __future__ import annotations

from emitir.sandbox.sunat.documents.common import read
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.documents.sale import judge_numbered
from emitir.sandbox.sunat.rules import WITHHOLDING, WITHHOLDING_IDENTITY
from emitir.sandbox.sunat.rules.case import Case, text

_KINDS = {"20": "Retention", "40": "Perception"}
_TITLES = {"20": "El Comprobante de Retencion numero", "40": "El Comprobante de Percepcion numero"}
_RECEIVER = "cac:ReceiverParty/cac:PartyIdentification/cbc:ID"


def judge(arrival: Arrival) -> Judgement:
    """Judge one retención or percepción. Raises Refusal for what is not read at all."""
    kind = _KINDS[arrival.name.tipo]
    judgement = Judgement(title=_TITLES[arrival.name.tipo])
    tag = f"{{urn:sunat:names:specification:ubl:peru:schema:xsd:{kind}-1}}{kind}"
    root = read(arrival, tag, f"UBLPE-{kind}-1.0.xsd", judgement, family="sunat-1.0")
    case = Case(root, arrival.name, arrival.sender, arrival.now, arrival.lists, arrival.find)
    judgement.document_id = text(root, "cbc:ID")
    judgement.issue_date = text(root, "cbc:IssueDate")
    judgement.total = text(root, "cbc:TotalInvoiceAmount")
    judgement.currency = text(root, "cbc:TotalInvoiceAmount/@currencyID")
    if number := text(root, _RECEIVER):
        judgement.customer = f"{text(root, f'{_RECEIVER}/@schemeID')}-{number}"
    return judge_numbered(arrival, case, judgement, WITHHOLDING_IDENTITY, WITHHOLDING)
