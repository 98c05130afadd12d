"""``cac:Signature``, the block that says who signed (2076 to 2083; sheet "Firma")."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, text
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_PARTY = "cac:Signature/cac:SignatoryParty"
_URI = "cac:Signature/cac:DigitalSignatureAttachment/cac:ExternalReference/cbc:URI"

TABLE.present("2076", "cac:Signature/cbc:ID")
TABLE.required("2077", "cac:Signature/cbc:ID")
TABLE.present("2079", f"{_PARTY}/cac:PartyIdentification/cbc:ID")


@TABLE.rule("2078")
def _signatory(case: Case, root: Element) -> Iterator[Hit]:
    path = f"{_PARTY}/cac:PartyIdentification/cbc:ID"
    value = text(root, path)
    if value not in (case.name.ruc, case.sender):
        yield Hit(path, value)


TABLE.present("2081", f"{_PARTY}/cac:PartyName/cbc:Name")
TABLE.matches("2080", f"{_PARTY}/cac:PartyName/cbc:Name", r"(?s)(?=.*\S).{1,3000}")
TABLE.present("2083", _URI)
TABLE.matches("2082", _URI, r"(?s)(?=.*\S).{1,3000}")
