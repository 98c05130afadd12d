"""The sandbox as a server: on a thread inside a test or a demo, or in the foreground."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

import uvicorn

from emitir.sandbox.app import create_app
from emitir.sandbox.connections import SeveredProtocol
from emitir.sandbox.store import Store
from emitir.sandbox.tls import TlsFiles, make_tls


class SandboxServer:
    """SUNAT and SIFEN on ``host``. ``port`` 0 takes a free one; ``state`` None keeps everything in memory.

    With ``clients`` (PEM of certificates) it answers as well on ``tls_url``, a free port, with mutual TLS: whoever
    shows none of them, or one that they did not issue, is not let in. A client trusts ``trust_file``.
    The ports are bound on construction, so ``url`` is good at once. A context manager: serves on threads inside.
    Raises ValueError for ``clients`` that hold no certificate.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        state: Path | None = None,
        clients: bytes | None = None,
        tls_port: int = 0,
    ) -> None:
        self._folder = TemporaryDirectory(prefix="emitir-sandbox-")
        self._tls: TlsFiles | None = None
        if clients is not None:
            self._tls = make_tls(Path(self._folder.name), clients)
        self._sockets = [_bound(host, port)]
        self.url = f"http://{_name(self._sockets[0])}"
        self._store = Store(state)
        self._stopping = threading.Event()
        app = create_app(self._store, self._stopping)
        self._servers = [uvicorn.Server(_config(app))]
        self.tls_url = ""
        if self._tls is not None:
            self._sockets.append(_bound(host, tls_port))
            self.tls_url = f"https://{_name(self._sockets[1])}"
            self._servers.append(uvicorn.Server(_config(app, self._tls)))
        self._threads: list[threading.Thread] = []

    @property
    def trust_file(self) -> Path:
        """PEM of the certificate that ``tls_url`` shows. Raises ValueError without mutual TLS."""
        if self._tls is None:
            raise ValueError("this sandbox has no mutual TLS: give it its clients")
        return self._tls.trust

    def run(self) -> None:
        """Serve in the foreground until interrupted."""
        self._threads = [self._thread(number) for number in range(1, len(self._servers))]
        try:
            for thread in self._threads:
                thread.start()
            self._servers[0].run(sockets=[self._sockets[0]])
        finally:
            self.stop()

    def start(self) -> None:
        """Serve on threads; returns when the server answers. Raises RuntimeError when it does not come up."""
        self._threads = [self._thread(number) for number in range(len(self._servers))]
        for thread in self._threads:
            thread.start()
        deadline = time.monotonic() + 10
        while not all(server.started for server in self._servers):
            if time.monotonic() > deadline or not all(thread.is_alive() for thread in self._threads):
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop serving and close the state."""
        for server in self._servers:
            server.should_exit = True
        self._stopping.set()
        for thread in self._threads:
            thread.join(10)
        for one in self._sockets:
            one.close()
        self._store.close()
        self._folder.cleanup()

    def _thread(self, number: int) -> threading.Thread:
        server, sockets = self._servers[number], [self._sockets[number]]
        return threading.Thread(
            target=server.run, kwargs={"sockets": sockets}, name=f"sandbox-{number}", daemon=True
        )

    def __enter__(self) -> SandboxServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _bound(host: str, port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind((host, port))
    return found


def _name(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"[{host}]:{port}" if bound.family == socket.AF_INET6 else f"{host}:{port}"


def _config(app: Any, tls: TlsFiles | None = None) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        http=SeveredProtocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    if tls is not None:
        config.ssl_certfile = str(tls.server)
        config.ssl_ca_certs = str(tls.clients)
        config.ssl_cert_reqs = ssl.CERT_REQUIRED
    return config
