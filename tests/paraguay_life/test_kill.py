"""kill -9 at random moments, sync and in lotes, under faults: every document approved once, asked for before a resend."""

from __future__ import annotations

import itertools
import random
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from emitir.engine import Company, Engine, Settings
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import INTENTO
from emitir.sandbox.server import SandboxServer
from emitir.verdict import Accepted
from tests.engine.test_kill import Worker

from .conftest import PARAGUAY, SECRETS, factura, settings_of

TIPO, SERIE = "1", "12345678-001-001"
SENDING = {"sync": "recibe", "lote": "recibe-lote"}


def log_of(url: str) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = requests.get(f"{url}/_sandbox/log", timeout=30).json()
    return calls


def spoil(url: str, dice: random.Random, operation: str) -> None:
    requests.delete(f"{url}/_sandbox/faults", timeout=10)
    kinds = ["drop_before", "drop_after_commit", "html", "http_503", "empty", "fault"]
    for fault in dice.sample(kinds, 2):
        body = {"operation": operation, "fault": fault}
        requests.post(f"{url}/_sandbox/faults", json=body, timeout=10).raise_for_status()


def states(engine: Engine, company: Company, numbers: list[int]) -> dict[int, str]:
    found = {number: engine.comprobante(company, TIPO, SERIE, number) for number in numbers}
    return {number: document.estado if document else "" for number, document in found.items()}


@pytest.mark.slow
@pytest.mark.parametrize("envio", ["sync", "lote"])
def test_killed_again_and_again(
    envio: str, tmp_path: Path, settings: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    kills, documents = 10, 8
    dice = random.Random(20261121)
    with SandboxServer() as sandbox:
        how = settings_of(tmp_path / "data", workers=8)
        engine = Engine(how)
        there = {"ambiente": "sandbox", "endpoints": {"sifen": sandbox.url}, "envio": envio, "lote_espera": 0}
        p12 = (PARAGUAY / "empresa.p12").read_bytes()
        company, _ = engine.companies.create("py", {**settings, **there}, SECRETS, p12, "prueba")
        engine.close()
        shared = {
            "data_dir": str(how.data_dir),
            "uuid": company.uuid,
            "properties": factura(),
            "peru": True,  # every registered country, not the one of the engine's tests
            "wait": 3.0,
            "stay": 30,
        }
        for turn in range(kills):
            numbers = list(range(1 + turn * documents, 1 + (turn + 1) * documents))
            again = dice.sample(range(1, numbers[0]), min(5, numbers[0] - 1)) if turn else []
            spoil(sandbox.url, dice, SENDING[envio])
            worker = Worker(tmp_path, numbers=again + numbers, **shared)
            worker.wait_ready()
            time.sleep(dice.uniform(0.0, 2.5))
            worker.kill()
        requests.delete(f"{sandbox.url}/_sandbox/faults", timeout=10)
        everything = list(range(1, 1 + kills * documents))
        finish(how, everything, company.uuid)
        with Engine(how) as done:
            company = done.companies.get(company.uuid)
            assert states(done, company, everything) == dict.fromkeys(everything, "aceptado")
            for number in dice.sample(everything, 8):  # the digest of what SIFEN keeps is compared with ours
                asked = {"tipo": "f", "serie": "001-001", "numero": number, "en_autoridad": True}
                assert isinstance(done.consultar(company, asked).autoridad, Accepted)
            cdcs = {n: done.comprobante(company, TIPO, SERIE, n) for n in everything}
        calls = log_of(sandbox.url)
    counts = judge(envio, calls, {one.codigo_documento for one in cdcs.values() if one is not None})
    counts["contacts cut by a kill"] = _cut_contacts(how)
    with capsys.disabled():
        print(f"\nkill -9, Paraguay, {envio}:", {"kills": kills, "documents": len(everything), **counts})
    assert counts["contacts cut by a kill"] > 0, "no kill fell into a sending: the test proved nothing"
    assert counts["sent again after asking"] > 0


def finish(how: Settings, numbers: list[int], uuid: str) -> None:
    """Post what is missing, and let everything come to its end."""
    with Engine(how) as engine:
        company = engine.companies.get(uuid)
        for number in numbers:
            engine.emitir(company, factura(number), wait=0.0)
        deadline = time.monotonic() + 180
        while set(states(engine, company, numbers).values()) != {"aceptado"}:
            assert time.monotonic() < deadline, states(engine, company, numbers)
            time.sleep(0.5)


def judge(envio: str, calls: list[dict[str, Any]], cdcs: set[str]) -> dict[str, int]:
    """Nothing went out twice without a question, and nothing is there that we do not know."""
    sending = SENDING[envio]
    asking = {"recibe": {"consulta"}, "recibe-lote": {"consulta-lote", "consulta"}}[sending]
    ways: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for call in calls:
        if call["operation"] in {sending, *asking}:
            ways[call["file_name"]].append(call)
    resent = 0
    for name, way in ways.items():
        operations = [call["operation"] for call in way]
        assert (sending, sending) not in itertools.pairwise(operations), f"{name}: {operations}"
        resent += max(0, operations.count(sending) - 1)
    sent = [call for call in calls if call["operation"] == sending]
    approved = {call["file_name"] for call in calls if call["outcome"] == "aprobado"}
    assert approved <= cdcs, "nothing is registered that is not in the store"
    return {
        "sendings": len(sent),
        "sent again after asking": resent,
        "asked": sum(call["operation"] in asking for call in calls),
    }


def _cut_contacts(how: Settings) -> int:
    """Attempts that were committed before the wire and that nobody lived to close."""
    database = Database(how.url)
    with database.read() as connection:
        query = sa.select(sa.func.count()).select_from(INTENTO).where(INTENTO.c.terminado_en.is_(None))
        found: int = connection.execute(query).scalar_one()
    database.close()
    return found
