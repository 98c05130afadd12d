"""Anticipos: what was paid before, and the comprobantes that say so (2503 to 2529, 3211 to 3220, 3287)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.records import ACCEPTED
from emitir.sandbox.sunat.names import ruc_exists
from emitir.sandbox.sunat.rules.case import TOTAL, Case, amount, exists, nodes, text, texts, total
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_PAYMENT = "cac:PrepaidPayment"
_REFERENCE = "cac:AdditionalDocumentReference"
#: Documents of an advance: those that carry the identifier of a payment.
_OF_ADVANCE = f"{_REFERENCE}[cbc:DocumentStatusCode]"
_KINDS = f"{_REFERENCE}[cbc:DocumentTypeCode='02' or cbc:DocumentTypeCode='03']"
_ISSUER = "cac:IssuerParty/cac:PartyIdentification/cbc:ID"
_PREPAID = f"{TOTAL}/cbc:PrepaidAmount"
#: Type of the comprobante (catalog 01) that each type of document of an advance is.
_TYPES = {"02": "01", "03": "03"}
_FORMATS = {
    "02": re.compile(r"(F[A-Z0-9]{3}|E001|[0-9]{1,4})-[0-9]{1,8}", re.ASCII),
    "03": re.compile(r"(B[A-Z0-9]{3}|EB01|[0-9]{1,4})-[0-9]{1,8}", re.ASCII),
}


@TABLE.rule("3211", scope=_PAYMENT)
def _no_id(case: Case, node: Element) -> Iterator[Hit]:
    if exists(node, "cbc:PaidAmount") and not text(node, "cbc:ID"):
        yield Hit(f"{_PAYMENT}/cbc:ID")


TABLE.distinct("3212", f"{_PAYMENT}/cbc:ID")


@TABLE.rule("3213", scope=_PAYMENT)
def _no_document(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, "cbc:ID")
    if value and value not in texts(case.root, f"{_KINDS}/cbc:DocumentStatusCode"):
        yield Hit(f"{_PAYMENT}/cbc:ID", value)


@TABLE.rule("2503", scope=_PAYMENT)
def _nothing_paid(case: Case, node: Element) -> Iterator[Hit]:
    if exists(node, "cbc:PaidAmount") and amount(node, "cbc:PaidAmount") <= 0:
        yield Hit(f"{_PAYMENT}/cbc:PaidAmount", text(node, "cbc:PaidAmount"))


@TABLE.rule("3220")
def _no_total(case: Case, root: Element) -> Iterator[Hit]:
    if total(root, f"{_PAYMENT}/cbc:PaidAmount") > 0 and amount(root, _PREPAID) <= 0:
        yield Hit(_PREPAID, text(root, _PREPAID))


@TABLE.rule("3214", scope=_KINDS)
def _no_payment(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, "cbc:DocumentStatusCode")
    if value and value not in texts(case.root, f"{_PAYMENT}/cbc:ID"):
        yield Hit(f"{_REFERENCE}/cbc:DocumentStatusCode", value)


TABLE.distinct("3215", f"{_KINDS}/cbc:DocumentStatusCode")
TABLE.present("3216", "cbc:DocumentStatusCode", scope=_KINDS)
TABLE.one_of("2505", "cbc:DocumentTypeCode", frozenset({"02", "03"}), scope=_OF_ADVANCE)


@TABLE.rule("2521", scope=_OF_ADVANCE)
def _number(case: Case, node: Element) -> Iterator[Hit]:
    pattern = _FORMATS.get(text(node, "cbc:DocumentTypeCode"))
    if pattern and exists(node, f"{_ISSUER}/@schemeID") and not pattern.fullmatch(text(node, "cbc:ID")):
        yield Hit(f"{_REFERENCE}/cbc:ID", text(node, "cbc:ID"))


TABLE.required("3217", _ISSUER, scope=_OF_ADVANCE)


@TABLE.rule("2529", scope=_OF_ADVANCE)
def _issuer(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, _ISSUER)
    own = value == case.name.ruc
    if value and not own and (not ruc_exists(value) or value in case.lists.ruc_inexistente):
        yield Hit(f"{_REFERENCE}/{_ISSUER}", value)


@TABLE.rule("3218", scope=_OF_ADVANCE)
def _unknown(case: Case, node: Element) -> Iterator[Hit]:
    """One of the issuer's own that SUNAT must know, and has accepted."""
    serie, _, number = text(node, "cbc:ID").partition("-")
    tipo = _TYPES.get(text(node, "cbc:DocumentTypeCode"))
    own = text(node, _ISSUER) == case.name.ruc and serie[:1] in ("B", "F", "E") and number.isdecimal()
    if (
        tipo is None
        or not own
        or f"{case.name.ruc}-{tipo}-{serie}-{number}" in case.lists.comprobantes_externos
    ):
        return
    document = case.find(tipo, serie, int(number))
    if document is None or document.state != ACCEPTED:
        yield Hit(f"{_REFERENCE}/{_ISSUER}", f"{serie}-{number}")


@TABLE.rule("2520", scope=_OF_ADVANCE)
def _issuer_kind(case: Case, node: Element) -> Iterator[Hit]:
    if exists(node, _ISSUER) and text(node, f"{_ISSUER}/@schemeID") != "6":
        yield Hit(f"{_REFERENCE}/{_ISSUER}/@schemeID", text(node, f"{_ISSUER}/@schemeID"))


@TABLE.rule("2509")
def _sum(case: Case, root: Element) -> Iterator[Hit]:
    value = amount(root, _PREPAID)
    if value > 0 and value != total(root, f"{_PAYMENT}/cbc:PaidAmount"):
        yield Hit(_PREPAID, text(root, _PREPAID))


@TABLE.rule("3287")
def _no_discount(case: Case, root: Element) -> Iterator[Hit]:
    found = any(
        amount(node, "cbc:Amount") > 0
        for node in nodes(root, "cac:AllowanceCharge")
        if text(node, "cbc:AllowanceChargeReasonCode") in ("04", "05", "06")
    )
    if amount(root, _PREPAID) > 0 and not found:
        yield Hit(_PREPAID, text(root, _PREPAID))
