"""Documents that go with the goods (2692, 3340, 3346, 3380, 3381, 3403, 3440, 3441, 3445)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.rules.case import Case, nodes, text, texts
from emitir.sandbox.sunat.rules.guia.parties import REASON
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")
SENDER = Table("09")
CARRIER = Table("31")

_DOCUMENT = "cac:AdditionalDocumentReference"
_TYPE = "cbc:DocumentTypeCode"
#: Motives of foreign trade, and the declarations to customs of which one is needed (catalog 61).
_CUSTOMS, _DECLARATIONS = ("08", "09"), {"50", "52"}

TABLE.required("3403", "cbc:ID", scope=_DOCUMENT)


@TABLE.rule("3340")
def _repeated(case: Case, root: Element) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for node in nodes(root, _DOCUMENT):
        key = text(node, _TYPE), text(node, "cbc:ID")
        if key in seen:
            yield Hit(f"{_DOCUMENT}/cbc:ID", key[1])
        seen.add(key)


_ISSUER = "cac:IssuerParty/cac:PartyIdentification/cbc:ID"
_OF_CUSTOMS = {"09", "49", "50", "52", "80"}
#: Papers of which SUNAT wants to know who issued them, and what their numbers look like.
_WITH_ISSUER = {"01", "03", "04", "09", "12", "48"}
_NUMBERS = {
    "01": r"(F[A-Z0-9]{3}|\d{1,4}|E001)-(?!0+$)\d{1,8}",
    "03": r"(B[A-Z0-9]{3}|\d{1,4}|EB01)-(?!0+$)\d{1,8}",
    "09": r"(T[A-Z0-9]{3}|\d{1,4}|EG0[127])-(?!0+$)\d{1,8}",
    "50": r"\d{3}-\d{4}-\d{2}-\d{1,6}",
    "52": r"\d{3}-\d{4}-\d{2}-\d{1,6}",
    "80": r"(?!0+$)\d{1,15}",
}


@TABLE.rule("2692", scope=_DOCUMENT)
def _kind(case: Case, node: Element) -> Iterator[Hit]:
    kind = text(node, _TYPE)
    if kind not in codes("61r" if case.tipo == "09" else "61t"):
        yield Hit(f"{_DOCUMENT}/{_TYPE}", kind)


@TABLE.rule("3441", scope=_DOCUMENT)
def _number(case: Case, node: Element) -> Iterator[Hit]:
    kind, number = text(node, _TYPE), text(node, "cbc:ID")
    if number and not re.fullmatch(_NUMBERS.get(kind, r"\S+"), number, re.ASCII):
        yield Hit(f"{_DOCUMENT}/cbc:ID", number)


@TABLE.rule("3380", scope=_DOCUMENT)
def _issuer(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, _TYPE) in _WITH_ISSUER and not text(node, _ISSUER):
        yield Hit(f"{_DOCUMENT}/{_ISSUER}")


@SENDER.rule("3381", scope=_DOCUMENT)
def _of_another(case: Case, node: Element) -> Iterator[Hit]:
    kind, issuer = text(node, _TYPE), text(node, _ISSUER)
    sold = text(case.root, REASON) in ("01", "03") and kind in ("01", "03", "12")
    if issuer and (sold or kind == "09") and issuer != case.name.ruc:
        yield Hit(f"{_DOCUMENT}/{_ISSUER}", issuer)


@SENDER.rule("3445")
def _of_no_customs(case: Case, root: Element) -> Iterator[Hit]:
    kinds, reason = set(texts(root, f"{_DOCUMENT}/{_TYPE}")), text(root, REASON)
    wrong = kinds - _OF_CUSTOMS if reason in _CUSTOMS else kinds & _DECLARATIONS
    if wrong and reason != "13":
        yield Hit(f"{_DOCUMENT}/{_TYPE}", min(wrong))


@CARRIER.rule("3346")
def _many(case: Case, root: Element) -> Iterator[Hit]:
    found = [(text(node, _TYPE), text(node, "cbc:ID")) for node in nodes(root, _DOCUMENT)]
    pairs = any(kind in ("31", "65", "66", "67", "68", "69") for kind, _ in found)
    electronic = any(kind == "09" and not number[:1].isdigit() for kind, number in found)
    if len(found) > 1 and not pairs and not electronic:
        yield Hit(f"{_DOCUMENT}/{_TYPE}")


@TABLE.rule("3440")
def _no_declaration(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) in _CUSTOMS and not _DECLARATIONS & set(texts(root, f"{_DOCUMENT}/{_TYPE}")):
        yield Hit(f"{_DOCUMENT}/{_TYPE}", text(root, REASON))
