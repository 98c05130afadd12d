"""The service and a sandbox SUNAT in this process, with a company to issue for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from emitir.demo import COMPANY
from emitir.engine import Company, Engine, Settings
from emitir.sandbox.server import SandboxServer
from emitir.service.server import ServiceServer
from emitir.signing.throwaway import throwaway_pkcs12

_PASSWORD = "odoo"  # noqa: S105 - of a throw-away certificate
_SECRETS = {"usuario_sol": "MODDATOS", "clave_sol": "moddatos"}
_PATHS = {
    "billService": "/ol-ti-itcpfegem-beta/billService",
    "otrosCpe": "/ol-ti-itemision-otroscpe-gem-beta/billService",
    "billConsultService": "/ol-it-wsconscpegem/billConsultService",
}


class Service:
    """Sandbox, engine and HTTP service; ``down`` and ``up`` take the HTTP service away and bring it back."""

    def __init__(self, sandbox: SandboxServer, engine: Engine, port: int) -> None:
        self.sandbox = sandbox
        self.engine = engine
        self._server: ServiceServer | None = None
        self._port = port
        self.url = ""
        self.up()

    def up(self) -> None:
        """Answer."""
        if self._server is None:
            self._server = ServiceServer(self.engine, port=self._port)
            self._server.__enter__()
            self.url = self._server.url
            self._port = int(self.url.rpartition(":")[2])

    def down(self) -> None:
        """Stop answering; the engine keeps what it has."""
        if self._server is not None:
            self._server.__exit__(None, None, None)
            self._server = None

    def company(self, **changes: Any) -> tuple[Company, str]:
        """A new company that issues to the sandbox, and its token."""
        settings = {**COMPANY, "endpoints": {name: self.sandbox.url + path for name, path in _PATHS.items()}}
        settings.update(changes)
        now = datetime.now(UTC)
        certificate = throwaway_pkcs12(
            settings["ruc"],
            settings["razon_social"],
            _PASSWORD,
            now - timedelta(days=1),
            now + timedelta(days=365),
        )
        return self.engine.companies.create("pe", settings, _SECRETS, certificate, _PASSWORD)


@contextmanager
def running(data: Path, port: int = 0) -> Iterator[Service]:
    """A service whose data lie in ``data``."""
    with ExitStack() as stack:
        sandbox = stack.enter_context(SandboxServer())
        engine = stack.enter_context(Engine(Settings(data_dir=data)))
        service = Service(sandbox, engine, port)
        stack.callback(service.down)
        yield service
