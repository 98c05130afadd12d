"""Paraguay as a service: engine, HTTP API and sandbox SIFEN in this process, each on its own port."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from emitir.client import EmitirClient
from emitir.engine import Company, Engine, Settings
from emitir.sandbox.server import SandboxServer
from emitir.service.server import ServiceServer
from tests.engine.conftest import postgres as postgres

PARAGUAY = Path(__file__).parents[1] / "paraguay"
#: The DNIT's generic pair for tests: 0001.
SECRETS = {"csc": "ABCD0000000000000000000000000000"}


@dataclass
class Clock:
    """A clock that can be put forward."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Life:
    """A running installation with one Paraguayan company, and its sandbox."""

    engine: Engine
    company: Company
    client: EmitirClient
    sandbox: str
    clock: Clock

    def fault(self, operation: str, fault: str, **more: Any) -> None:
        """Spoil the next call of a service."""
        body = {"operation": operation, "fault": fault, **more}
        requests.post(f"{self.sandbox}/_sandbox/faults", json=body, timeout=10).raise_for_status()

    def calls(self, *operations: str) -> list[dict[str, Any]]:
        """What the sandbox was called with, of these services."""
        log = requests.get(f"{self.sandbox}/_sandbox/log", timeout=10).json()
        return [call for call in log if not operations or call["operation"] in operations]

    def forward(self, **more: float) -> None:
        """Put both clocks forward: ours and SIFEN's."""
        self.clock.ahead += timedelta(**more)
        answer = requests.post(
            f"{self.sandbox}/_sandbox/clock",
            json={"offset_seconds": self.clock.ahead.total_seconds()},
            timeout=10,
        )
        answer.raise_for_status()

    def set(self, **settings: Any) -> None:
        """Change settings of the company."""
        self.company = self.engine.companies.update(self.company.uuid, settings)


def settings_of(data_dir: Path, **more: Any) -> Settings:
    """A small engine that looks often."""
    given: dict[str, Any] = {"wait_seconds": 8.0, "workers": 4, "watch_seconds": 1.0, "drain_seconds": 8.0}
    return Settings(data_dir=data_dir, **{**given, **more})


@pytest.fixture
def settings() -> dict[str, Any]:
    """Of the test company, as ``companies.create`` takes them."""
    company: dict[str, Any] = json.loads((PARAGUAY / "company.json").read_text(encoding="utf-8"))
    del company["pais"]
    return company


@pytest.fixture
def start(tmp_path: Path, settings: dict[str, Any]) -> Iterator[Callable[..., Life]]:
    """Start an installation; ``more``: settings of its company, ``url``: its database."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def run(url: str = "", **more: Any) -> Life:
            clock = Clock()
            sandbox = stack.enter_context(SandboxServer())
            engine = stack.enter_context(Engine(settings_of(tmp_path / "data", database_url=url), clock))
            given = {**settings, "ambiente": "sandbox", "endpoints": {"sifen": sandbox.url}, **more}
            p12 = (PARAGUAY / "empresa.p12").read_bytes()
            company, token = engine.companies.create("py", given, SECRETS, p12, "prueba")
            service = stack.enter_context(ServiceServer(engine, port=0))
            client = stack.enter_context(EmitirClient(service.url, company.uuid, token))
            return Life(engine, company, client, sandbox.url, clock)

        yield run


@pytest.fixture
def life(start: Callable[..., Life]) -> Life:
    return start()


def factura(numero: int | None = 1, **more: Any) -> dict[str, Any]:
    """The documented factura."""
    from emitir.paraguay.examples import factura as example

    properties = {**example(datetime.now(UTC)), **more}
    if numero is None:
        del properties["numero"]
    else:
        properties["numero"] = numero
    return properties
