"""``cac:Signature``, the block that says who signed (2076 to 2083; sheet "Firma")."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, text
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

_PARTY = "cac:Signature/cac:SignatoryParty"
_URI = "cac:Signature/cac:DigitalSignatureAttachment/cac:ExternalReference/cbc:URI"


def _signatory(case: Case, root: Element) -> Iterator[Hit]:
    path = f"{_PARTY}/cac:PartyIdentification/cbc:ID"
    value = text(root, path)
    if value not in (case.name.ruc, case.sender):
        yield Hit(path, value)


def block(*types: str) -> Table:
    """The rules of the block for these documents."""
    table = Table(*types)
    table.present("2076", "cac:Signature/cbc:ID")
    table.required("2077", "cac:Signature/cbc:ID")
    table.present("2079", f"{_PARTY}/cac:PartyIdentification/cbc:ID")
    table.rule("2078")(_signatory)
    table.present("2081", f"{_PARTY}/cac:PartyName/cbc:Name")
    table.matches("2080", f"{_PARTY}/cac:PartyName/cbc:Name", r"(?s)(?=.*\S).{1,3000}")
    table.present("2083", _URI)
    table.matches("2082", _URI, r"(?s)(?=.*\S).{1,3000}")
    return table


TABLE = block()
VOIDED = block("RA", "RR")
