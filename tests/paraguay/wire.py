"""A SIFEN on loopback that answers what it is told and remembers what it was sent, in the clear or with mutual TLS."""

from __future__ import annotations

import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope">'
    "<env:Header/><env:Body>{}</env:Body></env:Envelope>"
)
NAMESPACE = 'xmlns:ns2="http://ekuatia.set.gov.py/sifen/xsd"'


@dataclass
class Said:
    """One answer: a body inside an envelope, or raw bytes; seconds to wait before it; nothing at all (``drop``)."""

    body: str = ""
    status: int = 200
    content_type: str = "application/soap+xml; charset=utf-8"
    raw: bytes | None = None
    wait: float = 0.0
    drop: bool = False

    def content(self) -> bytes:
        return ENVELOPE.format(self.body).encode() if self.raw is None else self.raw


@dataclass
class Wire:
    """``answers``: what is said next, by path; the last one of a path stays."""

    answers: dict[str, list[Said]] = field(default_factory=dict)
    received: list[tuple[str, bytes, str]] = field(default_factory=list)
    subjects: list[object] = field(default_factory=list)
    url: str = ""

    def say(self, path: str, *said: Said) -> None:
        self.answers[path] = list(said)

    def calls(self, path: str) -> list[bytes]:
        return [body for there, body, _ in self.received if there == path]


def _handler(wire: Wire) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            wire.received.append((self.path, body, self.headers["Content-Type"]))
            if isinstance(self.connection, ssl.SSLSocket):
                wire.subjects.append((self.connection.getpeercert() or {}).get("subject"))
            queue = wire.answers[self.path]
            said = queue.pop(0) if len(queue) > 1 else queue[0]
            time.sleep(said.wait)
            if said.drop:
                self.close_connection = True
                self.connection.close()
                return
            content = said.content()
            self.send_response(said.status)
            self.send_header("Content-Type", said.content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler


class Server:
    """Context manager over a running :class:`Wire`; with ``certificate`` and ``trusted`` it speaks mutual TLS."""

    def __init__(self, certificate: Path | None = None, trusted: Path | None = None) -> None:
        self.wire = Wire()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.wire))
        self._server.daemon_threads = True
        scheme = "http"
        if certificate is not None:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(trusted)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.wire.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Wire:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self.wire

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
