"""SOAP 1.1, document/literal, as SUNAT's services speak it (contract: spec.md §11)."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from lxml import etree

from emitir.sandbox.sunat.refusal import Refusal
from emitir.sandbox.sunat.xmlsafe import Element, UnreadableError, parse

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SERVICE = "http://service.sunat.gob.pe"
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_NS = {"s": SOAP, "w": _WSSE}

FaultStyle = Literal["faultcode", "faultstring"]


@dataclass(frozen=True, slots=True)
class Request:
    """One operation as it came: its name, its parameters, and who calls."""

    operation: str
    fields: dict[str, str]
    username: str = ""
    password: str = field(default="", repr=False)
    has_security: bool = False


class NotSoapError(Exception):
    """The body is not a SOAP envelope with one operation of SUNAT's."""


def read(body: bytes) -> Request:
    """Read an envelope. Raises NotSoapError."""
    try:
        root = parse(body)
    except UnreadableError as error:
        raise NotSoapError(str(error)) from None
    operations = root.xpath("/s:Envelope/s:Body/*", namespaces=_NS)
    if len(operations) != 1:
        raise NotSoapError("el cuerpo debe tener una operación")
    name = etree.QName(operations[0])
    if name.namespace != SERVICE:
        raise NotSoapError(f"operación desconocida: {name.text}")
    tokens = root.xpath("/s:Envelope/s:Header/w:Security/w:UsernameToken", namespaces=_NS)
    return Request(
        operation=name.localname,
        fields={
            etree.QName(child).localname: (child.text or "").strip()
            for child in operations[0].iterchildren("*")
        },
        username=_child(tokens, "Username"),
        password=_child(tokens, "Password"),
        has_security=bool(tokens),
    )


def _child(tokens: list[Element], name: str) -> str:
    return (tokens[0].findtext(f"{{{_WSSE}}}{name}") or "").strip() if tokens else ""


def answer(operation: str, *fields: tuple[str, str | bytes], wrapper: str = "") -> bytes:
    """The envelope of ``<operation>Response`` with ``fields`` inside (bytes go as base64), in ``wrapper`` if given."""
    inner = "".join(
        f"<{name}>{base64.b64encode(value).decode() if isinstance(value, bytes) else escape(value, quote=False)}</{name}>"
        for name, value in fields
    )
    if wrapper:
        inner = f"<{wrapper}>{inner}</{wrapper}>"
    return _envelope(f'<br:{operation}Response xmlns:br="{SERVICE}">{inner}</br:{operation}Response>')


def fault(refusal: Refusal, ticket: str, style: FaultStyle = "faultcode") -> bytes:
    """A SOAP fault. SUNAT writes the code in ``faultcode`` or, elsewhere, only in ``faultstring``."""
    if style == "faultstring":
        code, text = "soap-env:Client", refusal.code
    else:
        code = f"soap-env:Client.{refusal.code}"
        text = (
            f"{refusal.text} - Detalle: xxx.xxx.xxx value='ticket: {ticket} error: {refusal.where}: {refusal.code} "
            f'(nodo: "{refusal.node}" valor: "{refusal.value}")\''
        )
    return _fault(code, text, f"{refusal.text} : {refusal.detail}")


def malformed(reason: str) -> bytes:
    """The fault of a body that is not understood at all: no SUNAT code in it."""
    return _fault("soap-env:Client", "Internal Error (from client)", reason)


def _fault(code: str, text: str, detail: str) -> bytes:
    return _envelope(
        f"<soap-env:Fault><faultcode>{code}</faultcode><faultstring>{escape(text, quote=False)}</faultstring>"
        f"<detail><message>{escape(detail, quote=False)}</message></detail></soap-env:Fault>"
    )


def _envelope(body: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soap-env:Envelope xmlns:soap-env="{SOAP}">'
        f"<soap-env:Header/><soap-env:Body>{body}</soap-env:Body></soap-env:Envelope>"
    ).encode()
