"""The CDR (Constancia de Recepción): SUNAT's signed answer, in its forms of UBL 2.0 and of an OSE's 2.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from emitir.peru.sunat.archive import unpack
from emitir.soap.reader import local_name, parse, text_of
from emitir.verdict import Note

_FILE_NAME = re.compile(r"R-(\d{11})-(\w{2})-", re.IGNORECASE)
_NOTE = re.compile(r"(\d{4})\s*[-:]\s*(.+)", re.DOTALL)


class CdrError(ValueError):
    """The answer is no CDR."""


@dataclass(frozen=True, slots=True)
class Cdr:
    """What a CDR says. ``reference``: the document's number as SUNAT writes it (``F001-22``).

    ``document_hash``: the digest of the document, which only an OSE repeats. ``url``: the address to print
    as the QR of a GRE. ``xml``: the CDR itself.
    """

    reference: str
    code: int
    description: str
    notes: tuple[Note, ...]
    document_hash: str
    url: str
    file_name: str
    xml: bytes = field(repr=False)

    def speaks_of(self, codigo_documento: str) -> bool:
        """Whether this is the CDR of that document (``20123456786-01-F001-22``), leading zeros aside."""
        ruc, tipo, serie, numero = codigo_documento.split("-")
        if (named := _FILE_NAME.match(self.file_name)) and named.groups() != (ruc, tipo):
            return False
        return _plain(self.reference) in (_plain(f"{serie}-{numero}"), _plain(f"{tipo}-{serie}-{numero}"))


def read_cdr(content: bytes) -> Cdr:
    """Read the zip (or bare XML) that SUNAT or an OSE answered. Raises ValueError when there is no CDR in it."""
    file_name, xml = unpack(content)
    root = parse(xml)
    if local_name(root) != "ApplicationResponse":
        raise CdrError("no es un ApplicationResponse")
    response = _first(root, "DocumentResponse", "Response")
    code = text_of(_first(response, "ResponseCode"))
    if not code.isascii() or not code.isdigit():
        raise CdrError("sin ResponseCode")
    document = _first(root, "DocumentResponse", "DocumentReference")
    return Cdr(
        reference=text_of(_first(response, "ReferenceID")) or text_of(_first(document, "ID")),
        code=int(code),
        description=text_of(_first(response, "Description")),
        notes=tuple(dict.fromkeys(_notes(root))),
        document_hash=text_of(_first(document, "Attachment", "ExternalReference", "DocumentHash")),
        url=text_of(_first(document, "DocumentDescription")),
        file_name=file_name,
        xml=xml,
    )


def _notes(root: etree._Element) -> Iterator[Note]:
    """Observations: ``Note`` wherever it stands, and the ``Status`` of an OSE."""
    for element in root.iter():
        name = local_name(element)
        if name == "Note" and (said := text_of(element)):
            coded = _NOTE.match(said)
            yield Note(coded[1], coded[2]) if coded else Note("", said)
        elif name == "Status":
            reason = text_of(_first(element, "StatusReason")) or text_of(_first(element, "Description"))
            if reason:
                yield Note(text_of(_first(element, "StatusReasonCode")), reason)


def _first(parent: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along ``path`` by local names: an OSE chooses its own prefixes."""
    for name in path:
        if parent is None:
            return None
        parent = next((child for child in parent if local_name(child) == name), None)
    return parent


def _plain(reference: str) -> str:
    head, dash, number = reference.strip().upper().rpartition("-")
    return f"{head}{dash}{number.lstrip('0') or '0'}"
