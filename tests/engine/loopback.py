"""A country of three lines with an authority on loopback: real HTTP, faults on demand, a log of what arrived.

The engine's tests need an authority whose every contact can be counted and spoiled; it knows no tax law.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from emitir.country import Authority, Prepared, Properties, Signed, Submission
from emitir.error_codes import EMPRESA_INCOMPLETA, FECHA_FUERA_DE_PLAZO, PROPIEDAD_FALTANTE
from emitir.errors import EmitirError, Problem
from emitir.signing.certificates import check_certificate
from emitir.signing.signer import Signer
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    InProcess,
    Note,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)


@dataclass(frozen=True)
class Call:
    """One request that reached the authority."""

    operation: str
    codigo: str
    sha256: str
    outcome: str
    at: float


class LoopbackServer:
    """The authority. ``fault(operation, kind, times)`` spoils the next requests of an operation.

    Kinds: ``drop_before`` (closes without looking), ``drop_after`` (registers, then closes), ``html``,
    ``busy`` (not received, retry), ``refuse`` (not received), ``reject``, ``observe``, ``ticket`` (registers and
    says "in process"), ``unknown``, ``unsupported``, ``slow`` (answers after 1.5 s), ``already`` (says that the
    number is registered).
    """

    def __init__(self, delay: float = 0.0, port: int = 0) -> None:
        self.calls: list[Call] = []
        self.registered: dict[str, str] = {}
        self.delay = delay
        self._faults: dict[str, list[str]] = {"submit": [], "ask": [], "ping": []}
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server._answer(self, body)

            def log_message(self, format: str, *args: object) -> None:
                return

        class Http(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                return  # a killed client hangs up

        self._http = Http(("127.0.0.1", port), Handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def fault(self, operation: str, kind: str, times: int = 1) -> None:
        with self._lock:
            self._faults[operation] += [kind] * times

    def heal(self) -> None:
        with self._lock:
            for faults in self._faults.values():
                faults.clear()

    def count(self, operation: str, codigo: str | None = None) -> int:
        with self._lock:
            return sum(c.operation == operation and codigo in (None, c.codigo) for c in self.calls)

    def sequence(self, codigo: str) -> list[str]:
        """``operation:outcome`` of every contact about one document, in order of arrival."""
        with self._lock:
            return [f"{c.operation}:{c.outcome}" for c in self.calls if c.codigo == codigo]

    def _answer(self, request: BaseHTTPRequestHandler, body: dict[str, str]) -> None:
        operation = request.path.strip("/")
        codigo, sha = body["codigo"], body["sha256"]
        with self._lock:
            fault = self._faults[operation].pop(0) if self._faults[operation] else ""
            outcome = getattr(self, f"_{operation}")(codigo, sha, fault)
            self.calls.append(Call(operation, codigo, sha, fault or outcome, time.time()))
        if self.delay or fault == "slow":
            time.sleep(1.5 if fault == "slow" else self.delay)
        if fault.startswith("drop"):
            request.close_connection = True
            request.connection.shutdown(socket.SHUT_RDWR)
            return
        content = b"<html>mantenimiento</html>" if fault == "html" else json.dumps({"say": outcome}).encode()
        request.send_response(503 if fault == "html" else 200)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    def _submit(self, codigo: str, sha: str, fault: str) -> str:
        if fault in ("drop_before", "html", "busy", "refuse", "already"):
            return fault
        if codigo in self.registered:
            return "already"
        self.registered[codigo] = sha
        return fault if fault in ("reject", "observe", "ticket") else "accept"

    def _ask(self, codigo: str, sha: str, fault: str) -> str:
        if fault in ("unknown", "unsupported", "ticket", "busy", "drop_before"):
            return fault
        return "accept" if codigo in self.registered else "unknown"

    def _ping(self, codigo: str, sha: str, fault: str) -> str:
        return fault or "accept"


class LoopbackAuthority:
    """The client side, as a country would write it."""

    def __init__(self, url: str, usuario: str, clave: str) -> None:
        self._address = urlsplit(url)
        self._auth = base64.b64encode(f"{usuario}:{clave}".encode()).decode()

    def submit(self, submission: Submission) -> Verdict:
        return self._call("submit", submission.codigo_documento, submission.xml)

    def ask(self, submission: Submission) -> Verdict:
        return self._call("ask", submission.codigo_documento, submission.xml)

    def ping(self) -> Verdict:
        return self._call("ping", "", b"")

    def _call(self, operation: str, codigo: str, xml: bytes) -> Verdict:
        connection = http.client.HTTPConnection(
            str(self._address.hostname), int(self._address.port or 0), timeout=5
        )
        try:
            connection.connect()
        except OSError:
            return NoVerdict("unreachable")
        body = {"codigo": codigo, "sha256": hashlib.sha256(xml).hexdigest()}
        try:
            connection.request("POST", f"/{operation}", json.dumps(body), {"Authorization": self._auth})
            answer = connection.getresponse()
            content = answer.read()
        except TimeoutError:
            return NoVerdict("timeout")
        except (OSError, http.client.HTTPException):
            return NoVerdict("empty")
        finally:
            connection.close()
        if content.startswith(b"<"):
            return NoVerdict("html", content.decode())
        return _verdict(json.loads(content)["say"], codigo)


def _verdict(say: str, codigo: str) -> Verdict:
    cdr = f"<cdr>{codigo}</cdr>".encode()
    answers: dict[str, Verdict] = {
        "accept": Accepted("0", f"{codigo} ha sido aceptado", cdr),
        "observe": Observed("0", f"{codigo} ha sido aceptado", (Note("4031", "Dirección rara"),), cdr),
        "reject": Rejected("2800", "El dato es incorrecto", (), cdr),
        "busy": NotReceived("0109", "El sistema no puede responder", retryable=True),
        "refuse": NotReceived("0151", "El nombre del archivo es incorrecto", retryable=False),
        "ticket": InProcess("777"),
        "already": AlreadyRegistered("1033", "Ya fue presentado"),
        "unknown": Unknown("0011", "No existe"),
        "unsupported": NoVerdict("unsupported"),
    }
    return answers[say]


class LoopbackPrepared:
    """A document of a few fields."""

    tipo = "01"
    moneda = "PEN"

    def __init__(self, properties: Properties, company: Properties) -> None:
        self._properties = dict(properties)
        self.serie = str(properties["serie"])
        self.numero = int(properties["numero"])
        self.codigo_documento = f"{company['ruc']}-01-{self.serie}-{self.numero}"
        self.fecha_emision = date.fromisoformat(str(properties["fecha"]))
        self.total = Decimal(str(properties["total"]))
        self.receptor_numero = "20100070970"
        self.receptor_nombre = str(properties.get("cliente", "CLIENTE S.A."))
        self.warnings: list[Problem] = []
        content = json.dumps(self._properties, sort_keys=True, default=str)
        self.content_hash = hashlib.sha256(content.encode()).hexdigest()

    def sign(self, signer: Signer) -> Signed:
        text = json.dumps(self._properties, sort_keys=True, default=str).encode()
        # PKCS#1 v1.5 gives equal bytes for equal data; a real document carries its moment of signing.
        stamp = time.time_ns().to_bytes(8, "big")
        value = base64.b64encode(signer.sign(text + stamp)).decode()
        return Signed(b"<doc>" + text + value.encode() + b"</doc>", value[:44])

    def printable(self) -> dict[str, Any]:
        return {"codigo": self.codigo_documento, "total": format(self.total, "f")}


class LoopbackCountry:
    """Country code ``xx``. Settings: ruc, razon_social, url, ambiente."""

    code = "xx"
    name = "Ninguno"
    authority_name = "AUTORIDAD"
    environments = ("sandbox", "produccion")
    secret_names = ("usuario", "clave")

    def check_company(self, company: Properties) -> dict[str, Any]:
        problems = [
            Problem(EMPRESA_INCOMPLETA, "Falta {nombre}.", path=name, params={"nombre": name})
            for name in ("ruc", "razon_social", "url")
            if not company.get(name)
        ]
        if problems:
            raise EmitirError(problems)
        return dict(company)

    def check_signer(self, company: Properties, signer: Signer, now: datetime) -> list[Problem]:
        return check_certificate(signer.certificate_der, str(company["ruc"]), now, r"20\d{9}")

    def prepare(self, properties: Properties, company: Properties, now: datetime) -> Prepared:
        missing = [name for name in ("serie", "numero", "fecha", "total") if name not in properties]
        if missing:
            raise EmitirError([Problem(PROPIEDAD_FALTANTE, "Falta.", path=name) for name in missing])
        if now.date() - date.fromisoformat(str(properties["fecha"])) > timedelta(days=3):
            raise EmitirError(Problem(FECHA_FUERA_DE_PLAZO, "La fecha es vieja.", path="fecha"))
        return LoopbackPrepared(properties, company)

    def input_schema(self) -> dict[str, Any]:
        return {"type": "object"}

    def examples(self, now: datetime) -> list[dict[str, Any]]:
        return [{"serie": "F001", "numero": 1, "fecha": now.date().isoformat(), "total": "118.00"}]

    def authority(self, company: Properties, secrets: Mapping[str, str], signer: Signer) -> Authority:
        if not secrets.get("clave"):
            raise EmitirError(Problem(EMPRESA_INCOMPLETA, "Falta la clave.", path="clave"))
        return LoopbackAuthority(str(company["url"]), secrets.get("usuario", ""), secrets["clave"])

    def pdf(self, printable: Properties, layout: str, logo: bytes | None) -> bytes:
        return f"%PDF {layout} {printable['codigo']} {printable['total']} {time.time_ns()}".encode()

    def deadline(self, tipo: str, fecha_emision: date, serie: str = "") -> datetime:
        return datetime.combine(fecha_emision + timedelta(days=4), datetime.min.time(), UTC)
