"""Guías and other documents that the comprobante names (2364, 2365, 4005, 4006, 4009, 4010)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, nodes, text
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_GUIA = "cac:DespatchDocumentReference"
_OTHER = "cac:AdditionalDocumentReference[not(cbc:DocumentStatusCode)]"

TABLE.matches(
    "4006",
    f"{_GUIA}/cbc:ID",
    r"([TV][A-Z0-9]{3}|[0-9]{4}|EG0[1-47]|G[0-9]{3})-[0-9]{1,8}",
)
TABLE.one_of("4005", f"{_GUIA}/cbc:DocumentTypeCode", frozenset({"09", "31"}))
TABLE.matches("4010", f"{_OTHER}/cbc:ID", r"\S{1,30}")
TABLE.one_of(
    "4009",
    f"{_OTHER}/cbc:DocumentTypeCode",
    frozenset({"02", "03", "04", "05", "06", "07", "08", "09", "99"}),
)


def _repeated(root: Element, path: str) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for node in nodes(root, path):
        key = text(node, "cbc:DocumentTypeCode"), text(node, "cbc:ID")
        if key in seen:
            yield Hit(f"{path}/cbc:ID", key[1])
        seen.add(key)


@TABLE.rule("2364")
def _guia_repeated(case: Case, root: Element) -> Iterator[Hit]:
    yield from _repeated(root, _GUIA)


@TABLE.rule("2365")
def _other_repeated(case: Case, root: Element) -> Iterator[Hit]:
    yield from _repeated(root, "cac:AdditionalDocumentReference")
