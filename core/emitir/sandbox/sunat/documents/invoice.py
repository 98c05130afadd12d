"""Factura (01) and boleta (03): ``Invoice-2``."""

from __future__ import annotations

from emitir.sandbox.sunat.documents.common import read
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.documents.sale import judge_sale
from emitir.sandbox.sunat.rules import IDENTITY, INVOICE

_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"
_TITLES = {"01": "La Factura numero", "03": "La Boleta numero"}


def judge(arrival: Arrival) -> Judgement:
    """Judge one invoice. Raises Refusal for what is not read at all."""
    judgement = Judgement(title=_TITLES[arrival.name.tipo])
    root = read(arrival, _ROOT, "UBL-Invoice-2.1.xsd", judgement)
    return judge_sale(arrival, root, judgement, IDENTITY, INVOICE)
