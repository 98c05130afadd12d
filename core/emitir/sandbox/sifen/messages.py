"""SOAP 1.2 as SIFEN speaks it (contract: spec.md §9, §10; texts as real answers have them)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from lxml import etree

from emitir.sandbox.sunat.xmlsafe import Element, UnreadableError, parse

SOAP = "http://www.w3.org/2003/05/soap-envelope"
SIFEN = "http://ekuatia.set.gov.py/sifen/xsd"
NS = {"e": SOAP, "s": SIFEN, "ds": "http://www.w3.org/2000/09/xmldsig#"}
_PREFIX = "TEST - "
#: What the test environment says without its prefix: what went well, and the refusal that names nothing.
_PLAIN = frozenset({"0260", "0600", "0160"})


class NotSoapError(Exception):
    """The body is not a SOAP 1.2 envelope with one message of SIFEN's."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A code with its text."""

    code: str
    text: str


@dataclass(slots=True)
class Judgement:
    """What is said of a document or event: ``findings`` empty means that nothing is wrong with it."""

    findings: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)

    def refuse(self, code: str, text: str) -> None:
        """Find something wrong."""
        self.findings.append(Finding(code, text))


def read(body: bytes) -> Element:
    """The message inside an envelope. Raises NotSoapError."""
    try:
        root = parse(body)
    except UnreadableError as error:
        raise NotSoapError(str(error)) from None
    found = root.xpath("/e:Envelope/e:Body/*", namespaces=NS)
    if len(found) != 1 or etree.QName(found[0]).namespace != SIFEN:
        raise NotSoapError("el cuerpo debe tener un mensaje de SIFEN")
    message: Element = found[0]
    return message


def envelope(inside: str) -> bytes:
    """An answer: numeric references for what is not ASCII, as SIFEN writes them."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="{SOAP}"><env:Header/><env:Body>'
        f"{inside}</env:Body></env:Envelope>"
    ).encode("ascii", "xmlcharrefreplace")


def tag(name: str, value: str) -> str:
    """One element of SIFEN's."""
    return f"<ns2:{name}>{escape(value, quote=False)}</ns2:{name}>"


def message(name: str, inside: str) -> str:
    """The root of an answer."""
    return f'<ns2:{name} xmlns:ns2="{SIFEN}">{inside}</ns2:{name}>'


def results(findings: Sequence[Finding]) -> str:
    """gResProc, once per code, five at most."""
    return "".join(
        f"<ns2:gResProc>{tag('dCodRes', one.code)}"
        f"{tag('dMsgRes', one.text if one.code in _PLAIN else _PREFIX + one.text)}</ns2:gResProc>"
        for one in findings[:5]
    )


def moment(now: datetime) -> str:
    """dFecProc."""
    return now.isoformat(timespec="seconds")


def general(code: str, text: str, now: datetime) -> bytes:
    """The refusal of a whole call: always rRetEnviDe, whatever the service."""
    inside = f"{tag('dFecProc', moment(now))}{tag('dEstRes', 'Rechazado')}{results([Finding(code, text)])}"
    return envelope(message("rRetEnviDe", f"<ns2:rProtDe>{inside}</ns2:rProtDe>"))
