"""SOAP 1.1 and 1.2: writing a request, reading an answer (W3C Note SOAP 1.1; SOAP 1.2 part 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from emitir.soap.outcome import Answer, Body, Failure, Fault, Outcome
from emitir.soap.reader import UnsafeXmlError, local_name, parse, text_of
from emitir.xml import text

Version = Literal["1.1", "1.2"]

_NAMESPACES: dict[Version, str] = {
    "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
    "1.2": "http://www.w3.org/2003/05/soap-envelope",
}
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_PASSWORD_TEXT = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText"  # noqa: S105
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TITLE = re.compile(rb"<title[^>]*>(.{0,200}?)</title>", re.IGNORECASE | re.DOTALL)
_MAX_DETAIL = 4000


@dataclass(frozen=True, slots=True)
class UsernameToken:
    """WS-Security UsernameToken with the password as text, without timestamp (SUNAT, spec.md §11)."""

    username: str
    password: str = field(repr=False)

    def header(self) -> str:
        """The header element."""
        return (
            f'<wsse:Security xmlns:wsse="{_WSSE}"><wsse:UsernameToken>'
            f"<wsse:Username>{text(self.username)}</wsse:Username>"
            f'<wsse:Password Type="{_PASSWORD_TEXT}">{text(self.password)}</wsse:Password>'
            "</wsse:UsernameToken></wsse:Security>"
        )


def write(body: str, version: Version = "1.1", token: UsernameToken | None = None) -> bytes:
    """An envelope around ``body`` (XML, its values already escaped)."""
    header = f"<soap:Header>{token.header()}</soap:Header>" if token else "<soap:Header/>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="{_NAMESPACES[version]}">'
        f"{header}<soap:Body>{body}</soap:Body></soap:Envelope>"
    ).encode()


def headers(action: str, version: Version = "1.1") -> dict[str, str]:
    """The HTTP headers of a request for ``action``."""
    if version == "1.2":
        content_type = "application/soap+xml; charset=utf-8"
        return {"Content-Type": f'{content_type}; action="{action}"' if action else content_type}
    return {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{action}"'}


def read(answer: Answer, *, any_status: bool = False) -> Outcome:
    """What an HTTP answer says. A fault counts with any HTTP status; a body only with a good one.

    ``any_status``: a body counts whatever the status, for services that refuse with HTTP 400 and a whole
    answer (SIFEN, spec.md §10).
    """
    if not answer.body.strip():
        return _failure(answer, "empty", "")
    try:
        root = parse(answer.body)
    except UnsafeXmlError as error:
        html = "html" in answer.content_type or bool(_HTML.search(answer.body[:2000]))
        return _failure(answer, "html" if html else "garbled", _title(answer.body) if html else str(error))
    if local_name(root) != "Envelope":
        html = local_name(root).lower() == "html"
        return _failure(answer, "html" if html else "garbled", _title(answer.body) if html else "no es SOAP")
    body = _child(root, "Body")
    content = next((child for child in body if local_name(child)), None) if body is not None else None
    if content is None:
        return _failure(answer, "garbled", "SOAP sin cuerpo")
    if local_name(content) == "Fault":
        return _fault(content)
    if answer.status >= 400 and not any_status:
        return _failure(answer, "garbled", "")
    return Body(content)


def _failure(answer: Answer, reason: Literal["empty", "html", "garbled"], detail: str) -> Failure:
    """An HTTP status that is none of success says more than the form of what came with it."""
    if answer.status < 300:
        return Failure(reason, detail, answer.status, retry_after=answer.retry_after)
    said = f"HTTP {answer.status}{': ' if detail else ''}{detail}"
    return Failure("http", said, answer.status, retry_after=answer.retry_after)


def _fault(fault: etree._Element) -> Fault:
    code = text_of(_child(fault, "faultcode"))
    string, detail = text_of(_child(fault, "faultstring")), _child(fault, "detail")
    if (outer := _child(fault, "Code")) is not None:
        code, detail = text_of(_child(outer, "Value")), _child(fault, "Detail")
        reason = _child(fault, "Reason")
        string = text_of(_child(reason, "Text")) if reason is not None else ""
        while (inner := _child(outer, "Subcode")) is not None:
            outer, code = inner, text_of(_child(inner, "Value"))
    said = " ".join(" ".join(detail.itertext()).split()) if detail is not None else ""
    return Fault(code, string[:_MAX_DETAIL], said[:_MAX_DETAIL])


def _child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child called ``name`` in any namespace: senders do not agree on them."""
    return next((child for child in parent if local_name(child) == name), None)


def _title(page: bytes) -> str:
    found = _TITLE.search(page)
    return " ".join(found[1].decode("utf-8", "replace").split()) if found else ""
