"""A small SOAP client of the sandbox's tests, written apart from the library."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

import requests
from lxml import etree

from tests.sandbox.invoice import Invoice
from tests.sandbox.names import BILL, CONSULT, NS, RUC


def zipped(name: str, xml: bytes) -> bytes:
    """A zip with one XML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.xml", xml)
    return buffer.getvalue()


@dataclass
class Answer:
    """An answer of a SOAP service, taken apart. ``code``: of the CDR, or of the fault."""

    http: requests.Response
    code: str = ""
    description: str = ""
    notes: list[str] = field(default_factory=list)
    cdr: bytes = b""
    fault: bool = False
    fields: dict[str, str] = field(default_factory=dict)


def envelope(operation: str, fields: dict[str, str], user: str, password: str) -> bytes:
    """A SOAP request as SUNAT wants it."""
    wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return (
        f'<soapenv:Envelope xmlns:soapenv="{NS["s"]}" xmlns:ser="{NS["br"]}" xmlns:wsse="{wsse}"><soapenv:Header>'
        f"<wsse:Security><wsse:UsernameToken><wsse:Username>{user}</wsse:Username><wsse:Password>{password}"
        f"</wsse:Password></wsse:UsernameToken></wsse:Security></soapenv:Header><soapenv:Body><ser:{operation}>{inner}"
        f"</ser:{operation}></soapenv:Body></soapenv:Envelope>"
    ).encode()


@dataclass
class Client:
    """A small SOAP client for the sandbox at ``url``."""

    url: str
    user: str = RUC + "MODDATOS"
    password: str = "moddatos"
    timeout: float = 20

    def call(self, path: str, operation: str, **fields: str) -> Answer:
        """Call an operation."""
        body = envelope(operation, fields, self.user, self.password)
        response = requests.post(
            self.url + path,
            data=body,
            headers={"Content-Type": "text/xml; charset=utf-8"},
            timeout=self.timeout,
        )
        return read_answer(response)

    def send(self, name: str, xml: bytes, operation: str = "sendBill") -> Answer:
        """Send one XML in its zip."""
        content = base64.b64encode(zipped(name, xml)).decode()
        return self.call(BILL, operation, fileName=f"{name}.zip", contentFile=content)

    def send_invoice(self, invoice: Invoice, **options: Any) -> Answer:
        """Sign and send."""
        return self.send(invoice.name, invoice.signed(**options))

    def consult(self, operation: str, ruc: str, tipo: str, serie: str, number: str) -> Answer:
        """Ask billConsultService."""
        return self.call(
            CONSULT,
            operation,
            rucComprobante=ruc,
            tipoComprobante=tipo,
            serieComprobante=serie,
            numeroComprobante=number,
        )

    def control(self, method: str, path: str, **body: Any) -> Any:
        """Call a control path; returns its JSON."""
        response = requests.request(
            method, f"{self.url}/_sandbox/{path}".rstrip("/"), json=body or None, timeout=self.timeout
        )
        assert response.ok, response.text
        return response.json()

    def findings(self) -> list[str]:
        """Codes found in the last call."""
        return [finding["code"] for finding in self.control("GET", "log")[-1]["findings"]]


def read_answer(response: requests.Response) -> Answer:
    """Take an answer apart."""
    answer = Answer(response)
    if "xml" not in response.headers.get("content-type", "") or not response.content:
        return answer
    root = etree.fromstring(response.content)
    fault = root.find("s:Body/s:Fault", NS)
    if fault is not None:
        answer.fault = True
        answer.code = (fault.findtext("faultcode") or "").rpartition(".")[2]
        answer.description = fault.findtext("faultstring") or ""
        answer.fields["detail"] = fault.findtext("detail/message") or ""
        return answer
    for element in root.iterfind("s:Body/br:*/", NS):
        answer.fields[etree.QName(element).localname] = element.text or ""
        for child in element:
            answer.fields[etree.QName(child).localname] = child.text or ""
    content = answer.fields.get("applicationResponse") or answer.fields.get("content")
    if content:
        read_cdr(answer, base64.b64decode(content))
    return answer


def read_cdr(answer: Answer, data: bytes) -> None:
    """Take the CDR in a zip apart."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = next(name for name in archive.namelist() if name.startswith("R-"))
        answer.cdr = archive.read(name)
        answer.fields["cdr_name"] = name
        answer.fields["cdr_entries"] = " ".join(archive.namelist())
    root = etree.fromstring(answer.cdr)
    response = root.find("cac:DocumentResponse/cac:Response", NS)
    assert response is not None
    answer.code = response.findtext("cbc:ResponseCode", namespaces=NS) or ""
    answer.description = response.findtext("cbc:Description", namespaces=NS) or ""
    answer.notes = [note.text or "" for note in root.findall("cbc:Note", NS)]
