"""Nota de crédito (07), ``CreditNote-2``, and nota de débito (08), ``DebitNote-2``."""

from __future__ import annotations

from emitir.sandbox.sunat.documents.common import read, rename
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.documents.sale import judge_sale
from emitir.sandbox.sunat.rules import NOTE, NOTE_IDENTITY

_KINDS = {"07": "CreditNote", "08": "DebitNote"}
_TITLES = {"07": "La Nota de Credito numero", "08": "La Nota de Debito numero"}
#: How a nota calls what a factura has too.
_NAMES = {
    "07": {"InvoiceLine": "CreditNoteLine", "InvoicedQuantity": "CreditedQuantity"},
    "08": {
        "InvoiceLine": "DebitNoteLine",
        "InvoicedQuantity": "DebitedQuantity",
        "LegalMonetaryTotal": "RequestedMonetaryTotal",
    },
}


def judge(arrival: Arrival) -> Judgement:
    """Judge one nota. Raises Refusal for what is not read at all."""
    tipo = arrival.name.tipo
    kind, names = _KINDS[tipo], _NAMES[tipo]
    judgement = Judgement(title=_TITLES[tipo])
    tag = f"{{urn:oasis:names:specification:ubl:schema:xsd:{kind}-2}}{kind}"
    root = read(arrival, tag, f"UBL-{kind}-2.1.xsd", judgement)
    rename(root, names)
    return judge_sale(arrival, root, judgement, NOTE_IDENTITY, NOTE, names)
