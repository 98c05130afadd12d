"""Liquidación de compra (04): ``SelfBilledInvoice-2``. Who issues it is the buyer."""

from __future__ import annotations

from emitir.sandbox.sunat.documents.common import read, rename
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.documents.sale import judge_sale
from emitir.sandbox.sunat.rules import PURCHASE, PURCHASE_IDENTITY

_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:SelfBilledInvoice-2}SelfBilledInvoice"
#: What the rules call the issuer's node is the customer's here, and the other way round.
_NAMES = {
    "AccountingSupplierParty": "AccountingCustomerParty",
    "AccountingCustomerParty": "AccountingSupplierParty",
}


def judge(arrival: Arrival) -> Judgement:
    """Judge one liquidación de compra. Raises Refusal for what is not read at all."""
    judgement = Judgement(title="La Liquidacion de Compra numero")
    root = read(arrival, _ROOT, "UBL-SelfBilledInvoice-2.1.xsd", judgement)
    rename(root, _NAMES)
    return judge_sale(arrival, root, judgement, PURCHASE_IDENTITY, PURCHASE, _NAMES)
