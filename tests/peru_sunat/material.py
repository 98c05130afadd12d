"""Recorded answers, and the documents they speak of."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

from emitir.country import Submission
from tests.soap.raw_server import Behaviour, answer

ANSWERS = Path(__file__).parent / "answers"
RUC = "20123456786"
NAMESPACE = "http://service.sunat.gob.pe"
#: The least of a document that consulta integrada asks about.
XML = (
    b'<Invoice xmlns:cbc="c" xmlns:cac="a"><cbc:IssueDate>2026-11-20</cbc:IssueDate><cac:LegalMonetaryTotal>'
    b"<cbc:PayableAmount>118.50</cbc:PayableAmount></cac:LegalMonetaryTotal></Invoice>"
)


def recorded(name: str) -> bytes:
    """The recorded answer ``name``."""
    return (ANSWERS / name).read_bytes()


def zipped(xml: bytes, entry: str = "R-20123456786-01-F001-21.xml", dummy: str = "") -> bytes:
    """A CDR's zip as SUNAT makes it, with a ``dummy`` entry or without."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if dummy:
            archive.writestr(dummy, b"")
        archive.writestr(entry, xml)
    return buffer.getvalue()


def submission(
    codigo: str = f"{RUC}-01-F001-21", ticket: str = "", valor_resumen: str = "abc="
) -> Submission:
    """A document ready to go, by its name."""
    _, tipo, serie, numero = codigo.split("-")
    return Submission(codigo, tipo, serie, int(numero), XML, valor_resumen, ticket)


def soap(body: str) -> bytes:
    """An envelope as SUNAT writes it."""
    envelope = "http://schemas.xmlsoap.org/soap/envelope/"
    return (
        f'<?xml version="1.0"?><S:Envelope xmlns:S="{envelope}"><S:Body>{body}</S:Body></S:Envelope>'.encode()
    )


def bill_response(content: bytes, element: str = "applicationResponse") -> Behaviour:
    """The answer to sendBill with this CDR zip."""
    text = base64.encodebytes(content).decode()
    body = f"<{element}>{text}</{element}>"
    return answer(soap(f'<br:sendBillResponse xmlns:br="{NAMESPACE}">{body}</br:sendBillResponse>'))


def status_response(operation: str, code: str, message: str = "", content: bytes = b"") -> Behaviour:
    """The answer to getStatus or getStatusCdr."""
    wrapper = "statusCdr" if operation == "getStatusCdr" else "status"
    fields = f"<content>{base64.b64encode(content).decode()}</content>" if content else ""
    fields += f"<statusCode>{code}</statusCode>"
    fields += f"<statusMessage>{message}</statusMessage>" if message else ""
    name = f"{operation}Response"
    return answer(soap(f'<n:{name} xmlns:n="{NAMESPACE}"><{wrapper}>{fields}</{wrapper}></n:{name}>'))
