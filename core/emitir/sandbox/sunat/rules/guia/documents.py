"""Documents that go with the goods (3340, 3403, 3440)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, nodes, text, texts
from emitir.sandbox.sunat.rules.guia.parties import REASON
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")

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


@TABLE.rule("3440")
def _no_declaration(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) in _CUSTOMS and not _DECLARATIONS & set(texts(root, f"{_DOCUMENT}/{_TYPE}")):
        yield Hit(f"{_DOCUMENT}/{_TYPE}", text(root, REASON))
