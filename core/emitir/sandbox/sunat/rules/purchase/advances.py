"""Anticipos of a liquidación de compra: liquidaciones that were issued for them (2465, 2521, 3213 to 3218)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.records import ACCEPTED
from emitir.sandbox.sunat.rules.case import Case, exists, text, texts
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

REFERENCES = Table("04")
TABLE = Table("04")

_PAYMENT = "cac:PrepaidPayment"
_REFERENCE = "cac:AdditionalDocumentReference"
_STATUS = "cbc:DocumentStatusCode"
_OF_ADVANCE = f"{_REFERENCE}[{_STATUS}]"
#: Catalog 12: liquidación de compra emitida por anticipos.
_KIND = "10"
_KINDS = f"{_REFERENCE}[cbc:DocumentTypeCode='{_KIND}']"
_ISSUER = "cac:IssuerParty/cac:PartyIdentification/cbc:ID"

REFERENCES.one_of("4009", f"{_REFERENCE}[not({_STATUS})]/cbc:DocumentTypeCode", frozenset({_KIND, "99"}))


@TABLE.rule("3213", scope=_PAYMENT)
def _no_document(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, "cbc:ID")
    if value and value not in texts(case.root, f"{_KINDS}/{_STATUS}"):
        yield Hit(f"{_PAYMENT}/cbc:ID", value)


@TABLE.rule("3214", scope=_KINDS)
def _no_payment(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, _STATUS)
    if value and value not in texts(case.root, f"{_PAYMENT}/cbc:ID"):
        yield Hit(f"{_REFERENCE}/{_STATUS}", value)


TABLE.distinct("3215", f"{_KINDS}/{_STATUS}")
TABLE.present("3216", _STATUS, scope=_KINDS)
TABLE.equals("2465", "cbc:DocumentTypeCode", _KIND, scope=_OF_ADVANCE)


@TABLE.rule("2521", scope=_OF_ADVANCE)
def _number(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, "cbc:ID")
    good = re.fullmatch(r"(L[A-Z0-9]{3}|E001|[0-9]{1,4})-[0-9]{1,8}", value, re.ASCII)
    if text(node, "cbc:DocumentTypeCode") == _KIND and exists(node, f"{_ISSUER}/@schemeID") and not good:
        yield Hit(f"{_REFERENCE}/cbc:ID", value)


@TABLE.rule("3218", scope=_OF_ADVANCE)
def _unknown(case: Case, node: Element) -> Iterator[Hit]:
    """One of the issuer's own that SUNAT must know."""
    serie, _, number = text(node, "cbc:ID").partition("-")
    if serie[:1] not in ("L", "E") or text(node, _ISSUER) != case.name.ruc or not number.isdecimal():
        return
    document = case.find("04", serie, int(number))
    elsewhere = f"{case.name.ruc}-04-{serie}-{number}" in case.lists.comprobantes_externos
    if not elsewhere and (document is None or document.state != ACCEPTED):
        yield Hit(f"{_REFERENCE}/{_ISSUER}", f"{serie}-{number}")
