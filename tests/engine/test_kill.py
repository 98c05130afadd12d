"""kill -9 at random moments: every document is accepted in the end, registered once, asked for before a resend."""

from __future__ import annotations

import itertools
import json
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
import requests
import sqlalchemy as sa

from emitir.engine import Company, Engine, Settings
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import INTENTO
from emitir.peru.examples import factura
from emitir.sandbox.server import SandboxServer
from emitir.signing.throwaway import throwaway_pkcs12
from tests.engine.conftest import RUC, properties
from tests.engine.loopback import LoopbackCountry, LoopbackServer

ROOT = Path(__file__).parents[2]
NewCompany = Callable[..., tuple[Company, str]]


class Worker:
    """One process of tests/engine/worker.py."""

    def __init__(self, tmp_path: Path, **config: Any) -> None:
        file = tmp_path / f"worker-{time.monotonic_ns()}.json"
        file.write_text(json.dumps({"properties": properties(0), **config}, default=str))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.engine.worker", str(file)],
            cwd=ROOT,
            env={"PYTHONPATH": f"{ROOT / 'core'}:{ROOT}", "PATH": "/usr/bin:/bin", "NO_PROXY": "127.0.0.1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def lines(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield json.loads(line)

    def wait_ready(self) -> None:
        first = next(self.lines(), None)
        assert first is not None, self.process.communicate()[1]
        assert first.get("ready"), first

    def kill(self) -> list[dict[str, Any]]:
        """SIGKILL; what it had said since it was ready."""
        self.process.send_signal(signal.SIGKILL)
        out, _ = self.process.communicate()
        return [json.loads(line) for line in out.splitlines() if line.endswith("}")]

    def finish(self, timeout: float = 60) -> list[dict[str, Any]]:
        out, err = self.process.communicate(timeout=timeout)
        assert self.process.returncode == 0, err
        return [json.loads(line) for line in out.splitlines()]


class World(Protocol):
    """An authority, and a company of its country."""

    peru: bool

    def company(self, settings: Settings) -> Company: ...

    def content(self) -> dict[str, Any]: ...

    def weather(self, dice: random.Random) -> None:
        """Spoil a few of the next contacts."""

    def contacts(self) -> dict[str, list[tuple[str, str]]]:
        """Per document, in order of arrival: operation (``submit``, ``ask``) and SHA-256 of what was sent."""

    def registered(self) -> dict[str, str]:
        """Document to SHA-256."""


class LoopbackWorld:
    """The authority of these tests."""

    peru = False

    def __init__(self, server: LoopbackServer, new_company: NewCompany) -> None:
        self._server = server
        self._new_company = new_company
        server.delay = 0.05  # so that kills fall into sendings as well as between them

    def company(self, settings: Settings) -> Company:
        engine = Engine(settings, country_map={"xx": LoopbackCountry()})
        company, _ = self._new_company(engine)
        engine.close()
        return company

    def content(self) -> dict[str, Any]:
        return properties(0)

    def weather(self, dice: random.Random) -> None:
        self._server.heal()
        for fault in dice.sample(["drop_before", "drop_after", "html", "busy"], 2):
            self._server.fault("submit", fault)

    def contacts(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for call in self._server.calls:
            found[call.codigo].append((call.operation, call.sha256))
        return found

    def registered(self) -> dict[str, str]:
        return self._server.registered


class PeruWorld:
    """The real Peru: signed UBL, SOAP, the sandbox SUNAT."""

    peru = True

    def __init__(self, server: SandboxServer) -> None:
        self._url = server.url

    def company(self, settings: Settings) -> Company:
        now = datetime.now(UTC)
        certificate = throwaway_pkcs12(RUC, "E", "x", now - timedelta(days=1), now + timedelta(days=365))
        given = {
            "ruc": RUC,
            "razon_social": "EMPRESA S.A.C.",
            "direccion": "AV. UNO 123",
            "ubigeo": "150101",
            "departamento": "LIMA",
            "provincia": "LIMA",
            "distrito": "LIMA",
            "endpoints": {
                "billService": f"{self._url}/ol-ti-itcpfegem-beta/billService",
                "billConsultService": f"{self._url}/ol-it-wsconscpegem/billConsultService",
            },
        }
        engine = Engine(settings)
        company, _ = engine.companies.create("pe", given, None, certificate, "x")
        engine.close()
        return company

    def content(self) -> dict[str, Any]:
        return factura(datetime.now(UTC))

    def weather(self, dice: random.Random) -> None:
        requests.delete(f"{self._url}/_sandbox/faults", timeout=10)
        for fault in dice.sample(
            ["drop_before", "drop_after_commit", "html", "http_503", "empty", "fault"], 2
        ):
            body = {"operation": "sendBill", "fault": fault, "code": "0109"}
            requests.post(f"{self._url}/_sandbox/faults", json=body, timeout=10).raise_for_status()

    def contacts(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for call in requests.get(f"{self._url}/_sandbox/log", timeout=30).json():
            if call["operation"] in ("sendBill", "getStatusCdr"):
                operation = "submit" if call["operation"] == "sendBill" else "ask"
                found[call["file_name"].removesuffix(".zip")].append((operation, call["sha256"]))
        return found

    def registered(self) -> dict[str, str]:
        documents = requests.get(f"{self._url}/_sandbox/documents", timeout=30).json()
        return {document["name"]: document["sha256"] for document in documents}


def kill_and_restart(
    tmp_path: Path, world: World, settings: Settings, kills: int, documents: int, within: float
) -> dict[str, int]:
    """Post, kill ``within`` so many seconds, restart, ``kills`` times; then let everything finish, and count."""
    company = world.company(settings)
    shared: dict[str, Any] = {
        "data_dir": str(settings.data_dir),
        "database_url": settings.database_url,
        "uuid": company.uuid,
        "properties": world.content(),
        "peru": world.peru,
    }
    dice = random.Random(20261121)
    answered = 0
    for turn in range(kills):
        numbers = list(range(1 + turn * documents, 1 + (turn + 1) * documents))
        # The client repeats some of what it may or may not have got an answer for, and comes with new ones.
        again = dice.sample(range(1, numbers[0]), min(5, numbers[0] - 1)) if turn else []
        world.weather(dice)
        worker = Worker(tmp_path, numbers=again + numbers, **shared)
        worker.wait_ready()
        time.sleep(dice.uniform(0.0, within))
        answered += sum(line.get("estado") == "aceptado" for line in worker.kill())
    everything = list(range(1, 1 + kills * documents))
    Worker(tmp_path, numbers=everything, until="settled", threads=8, **shared).finish(240)
    lines = Worker(tmp_path, numbers=everything, **shared).finish(120)
    states = {line["numero"]: line["estado"] for line in lines if "numero" in line}
    assert states == dict.fromkeys(everything, "aceptado")

    contacts, registered = world.contacts(), world.registered()
    names = [f"{RUC}-01-F001-{numero}" for numero in everything]
    assert sorted(registered) == sorted(names), "each registered, nothing else registered"
    resent = asked_first = 0
    for name in names:
        operations = [operation for operation, _ in contacts[name]]
        for pair in itertools.pairwise(operations):
            assert pair != ("submit", "submit"), f"{name} was sent again without asking: {operations}"
        sent = {sha for operation, sha in contacts[name] if operation == "submit" and sha}
        assert sent == {registered[name]}, "never other bytes"
        resent += operations.count("submit") - 1
        # Killed between the intent and the wire: the authority is asked, although nothing had left.
        asked_first += operations[0] == "ask"
    operations = [operation for name in names for operation, _ in contacts[name]]
    return {
        "kills": kills,
        "documents": len(everything),
        "answered before a kill": answered,
        "registered": len(registered),
        "sendings": operations.count("submit"),
        "sent again after asking": resent,
        "asked before anything had left": asked_first,
        "asked": operations.count("ask"),
        "contacts cut by a kill": _cut_contacts(settings),
    }


def _cut_contacts(settings: Settings) -> int:
    """Attempts that were committed before the wire and that nobody lived to close."""
    database = Database(settings.url)
    with database.read() as connection:
        query = sa.select(sa.func.count()).select_from(INTENTO).where(INTENTO.c.terminado_en.is_(None))
        found: int = connection.execute(query).scalar_one()
    database.close()
    return found


@pytest.mark.slow
def test_killed_twenty_two_times_with_peru_on_sqlite(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with SandboxServer() as server:
        counts = kill_and_restart(tmp_path, PeruWorld(server), settings, kills=22, documents=10, within=1.6)
    with capsys.disabled():
        print("\nkill -9, Peru, SQLite:", counts)
    assert counts["contacts cut by a kill"] > 0, "no kill fell into a sending: the test proved nothing"
    assert counts["sent again after asking"] > 0


@pytest.mark.slow
def test_killed_on_postgresql(
    tmp_path: Path,
    authority: LoopbackServer,
    postgres: Callable[[], str],
    new_company: NewCompany,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url=postgres())
    world = LoopbackWorld(authority, new_company)
    counts = kill_and_restart(tmp_path, world, settings, kills=8, documents=16, within=0.6)
    with capsys.disabled():
        print("\nkill -9, PostgreSQL:", counts)
    assert counts["contacts cut by a kill"] > 0, "no kill fell into a sending: the test proved nothing"
