"""A company that issues against the sandbox SUNAT, with a clock of its own that both sides follow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from emitir.engine import Company, Comprobante, Engine, Settings
from emitir.engine.work import rounds as rounds_module
from emitir.peru.examples import boleta, factura
from emitir.sandbox.server import SandboxServer
from emitir.signing.throwaway import throwaway_pkcs12
from tests.engine.conftest import postgres as postgres

RUC = "20512345671"
DATA = {
    "ruc": RUC,
    "razon_social": "COMERCIAL ÑANDÚ & HIJOS S.A.C.",
    "direccion": "AV. AREQUIPA 1234",
    "ubigeo": "150131",
    "departamento": "LIMA",
    "provincia": "LIMA",
    "distrito": "SAN ISIDRO",
}
API = {"consulta_client_id": "cliente", "consulta_client_secret": "secreto"}


@pytest.fixture(scope="session")
def p12() -> bytes:
    now = datetime.now(UTC)
    return throwaway_pkcs12(RUC, DATA["razon_social"], "x", now - timedelta(days=9), now + timedelta(days=99))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds_module, "PAUSES", (0.2, 0.2, 0.3))
    monkeypatch.setattr(rounds_module, "LATE_PAUSE", 0.3)
    monkeypatch.setattr(rounds_module, "ASK_AFTER", 0.1)
    monkeypatch.setattr(rounds_module, "TICKET_LAG", 1.0)


@dataclass
class World:
    """SUNAT, an engine that may be restarted, and the time of both."""

    url: str
    settings: Settings
    p12: bytes
    moved: timedelta = timedelta()
    engine: Engine = field(init=False)
    company: Company = field(init=False)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def open(self, **settings: Any) -> None:
        """The first start, with a company."""
        self.engine = Engine(self.settings, clock=self.now)
        self.company, _ = self.engine.companies.create("pe", {**DATA, **settings}, None, self.p12, "x")
        self.engine.start()

    def restart(self) -> None:
        self.engine.close()
        self.engine = Engine(self.settings, clock=self.now)
        self.engine.start()
        self.company = self.engine.companies.get(self.company.uuid)

    def move(self, **delta: float) -> None:
        """Time passes, here and at SUNAT."""
        self.moved += timedelta(**delta)
        self.control("POST", "clock", offset_seconds=self.moved.total_seconds())

    def control(self, method: str, path: str, **body: Any) -> Any:
        answer = requests.request(method, f"{self.url}/_sandbox/{path}", json=body or None, timeout=20)
        answer.raise_for_status()
        return answer.json()

    def fault(self, operation: str, kind: str, times: int = 1, **more: Any) -> None:
        self.control("POST", "faults", operation=operation, fault=kind, times=times, **more)

    def sendings(self, name: str) -> list[str]:
        """What was sent under that name, call by call: SHA-256."""
        calls = self.control("GET", f"documents/{name}")["calls"]
        return [call["sha256"] for call in calls if call["operation"] in ("sendBill", "sendSummary")]

    def calls(self, operation: str) -> int:
        return len(requests.get(f"{self.url}/_sandbox/log", {"operation": operation}, timeout=20).json())

    def factura(self, numero: int = 21, **more: Any) -> Comprobante:
        return self.emitir({**factura(self.now()), "numero": numero, **more})

    def boleta(self, numero: int = 21, **more: Any) -> Comprobante:
        return self.emitir({**boleta(self.now()), "numero": numero, **more})

    def emitir(self, properties: dict[str, Any]) -> Comprobante:
        return self.engine.emitir(self.company, properties).comprobante

    def fresh(self, document: Comprobante) -> Comprobante:
        found = self.engine.comprobante_by_code(self.company, document.codigo_documento)
        assert found is not None
        return found

    def until(self, document: Comprobante, *estados: str, seconds: float = 60) -> Comprobante:
        """The document once its ``estado_comprobante`` is one of these."""
        deadline = time.monotonic() + seconds
        while (found := self.fresh(document)).estado_comprobante not in estados:
            assert time.monotonic() < deadline, (found.estado_comprobante, found.detalle, estados)
            time.sleep(0.05)
        return found

    def baja(self, document: Comprobante, motivo: str = "ERROR EN EL RUC", **more: Any) -> Any:
        named = {"tipo": document.tipo, "serie": document.serie, "numero": document.numero}
        return self.engine.baja(self.company, {**named, "motivo": motivo}, **more)


@pytest.fixture
def world(tmp_path: Path, p12: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    settings = Settings(
        data_dir=tmp_path / "data", wait_seconds=8.0, workers=8, watch_seconds=1.0, drain_seconds=5.0
    )
    with SandboxServer() as server:
        monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", server.url)
        found = World(server.url, settings, p12)
        yield found
        if hasattr(found, "engine"):
            found.engine.close()


Opened = Callable[..., World]
