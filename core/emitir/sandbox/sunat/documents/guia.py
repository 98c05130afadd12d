"""Guía de remisión electrónica: remitente (09) and transportista (31), ``DespatchAdvice-2``."""

from __future__ import annotations

import base64
import hashlib

from emitir.sandbox.sunat.documents.common import read
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.documents.sale import judge_numbered
from emitir.sandbox.sunat.rules import GUIA, GUIA_IDENTITY
from emitir.sandbox.sunat.rules.case import Case, text

_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2}DespatchAdvice"
_TO = "cac:DeliveryCustomerParty/cac:Party/cac:PartyIdentification/cbc:ID"
#: Where SUNAT shows a guía: what its QR says.
_LINK = "https://e-factura.sunat.gob.pe/v1/contribuyente/gre/comprobantes/descargaqr?hashqr="


def judge(arrival: Arrival) -> Judgement:
    """Judge one guía. Raises Refusal for what is not read at all."""
    judgement = Judgement()
    root = read(arrival, _ROOT, "UBL-DespatchAdvice-2.1.xsd", judgement)
    case = Case(root, arrival.name, arrival.sender, arrival.now, arrival.lists, arrival.find)
    judgement.document_id = text(root, "cbc:ID")
    judgement.issue_date = text(root, "cbc:IssueDate")
    if number := text(root, _TO):
        judgement.customer = f"{text(root, f'{_TO}/@schemeID')}-{number}"
    digest = hashlib.sha256(arrival.xml).digest()
    judgement.link = _LINK + base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return judge_numbered(arrival, case, judgement, GUIA_IDENTITY, GUIA)
