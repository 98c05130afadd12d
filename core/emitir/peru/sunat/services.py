"""SUNAT's SOAP operations, as its WSDLs define them (billService, billConsultService; namespace below).

Each gives what came, or the fault or failure that came instead; what it means is for :mod:`.verdicts`.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field

from lxml import etree

from emitir.peru.sunat.archive import pack
from emitir.soap.client import SoapClient
from emitir.soap.outcome import Failure, Fault
from emitir.soap.reader import local_name, text_of
from emitir.xml import text

NAMESPACE = "http://service.sunat.gob.pe"


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to a question: ``statusCode``, ``statusMessage`` (may be empty) and the CDR's zip, if any."""

    code: str
    message: str = ""
    content: bytes = field(default=b"", repr=False)


class BillService:
    """Sending, and the state of a ticket. An OSE has the same operations on its own address."""

    def __init__(self, client: SoapClient) -> None:
        self._client = client

    def send_bill(self, name: str, xml: bytes) -> bytes | Fault | Failure:
        """Send one comprobante; the zip of its CDR comes at once."""
        answer = _call(self._client, "sendBill", _file(name, xml))
        if isinstance(answer, Fault | Failure):
            return answer
        content = _content(answer, "applicationResponse", "return")
        return content or Failure("empty", "sin CDR", 200)

    def send_summary(self, name: str, xml: bytes) -> str | Fault | Failure:
        """Send a resumen or a baja; the ticket under which its CDR will be ready."""
        answer = _call(self._client, "sendSummary", _file(name, xml))
        if isinstance(answer, Fault | Failure):
            return answer
        return text_of(_find(answer, "ticket", "return")) or Failure("empty", "sin ticket", 200)

    def get_status(self, ticket: str) -> Status | Fault | Failure:
        """The state of a ticket: 0 done, 98 in process, 99 done with errors, or a code of SUNAT's list."""
        return _status(_call(self._client, "getStatus", f"<ticket>{text(ticket)}</ticket>"))


class ConsultService:
    """Questions about one comprobante by its number."""

    def __init__(self, client: SoapClient) -> None:
        self._client = client

    def get_status_cdr(self, ruc: str, tipo: str, serie: str, numero: int) -> Status | Fault | Failure:
        """The CDR of a comprobante."""
        return self._ask("getStatusCdr", ruc, tipo, serie, numero)

    def get_status(self, ruc: str, tipo: str, serie: str, numero: int) -> Status | Fault | Failure:
        """The state of a comprobante, without CDR: 0001 accepted, 0002 rejected, 0003 voided, 0011 none."""
        return self._ask("getStatus", ruc, tipo, serie, numero)

    def _ask(self, operation: str, ruc: str, tipo: str, serie: str, numero: int) -> Status | Fault | Failure:
        fields = (
            f"<rucComprobante>{text(ruc)}</rucComprobante><tipoComprobante>{text(tipo)}</tipoComprobante>"
            f"<serieComprobante>{text(serie)}</serieComprobante><numeroComprobante>{numero}</numeroComprobante>"
        )
        return _status(_call(self._client, operation, fields))


def _call(client: SoapClient, operation: str, fields: str) -> etree._Element | Fault | Failure:
    body = f'<ser:{operation} xmlns:ser="{NAMESPACE}">{fields}</ser:{operation}>'
    outcome = client.call(f"urn:{operation}", body)
    if isinstance(outcome, Fault | Failure):
        return outcome
    if local_name(outcome.element) != f"{operation}Response":
        return Failure("garbled", f"no es la respuesta a {operation}", 200)
    return outcome.element


def _file(name: str, xml: bytes) -> str:
    content = base64.b64encode(pack(name, xml)).decode("ascii")
    return f"<fileName>{text(name)}.zip</fileName><contentFile>{content}</contentFile>"


def _status(answer: etree._Element | Fault | Failure) -> Status | Fault | Failure:
    if isinstance(answer, Fault | Failure):
        return answer
    content = _content(answer, "content", "return")
    if isinstance(content, Failure):
        return content
    return Status(text_of(_find(answer, "statusCode")), text_of(_find(answer, "statusMessage")), content)


def _content(answer: etree._Element, *names: str) -> bytes | Failure:
    """The base64 of the first element with one of these names; an OSE calls it ``return``."""
    element = _find(answer, *names)
    if element is None or len(element):
        return b""
    try:
        return base64.b64decode("".join(text_of(element).split()), validate=True)
    except (binascii.Error, ValueError):
        return Failure("garbled", "no es base64", 200)


def _find(answer: etree._Element, *names: str) -> etree._Element | None:
    return next((element for element in answer.iter() if local_name(element) in names), None)
