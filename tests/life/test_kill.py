"""kill -9 at random through the whole life: issued, informed, annulled. Nothing twice, nothing lost."""

from __future__ import annotations

import itertools
import json
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emitir.engine import Engine, Settings
from tests.life.conftest import API, DATA, World

ROOT = Path(__file__).parents[2]
DOCUMENTS = 12
FAULTS = ("drop_before", "drop_after_commit", "http_503", "empty", "html")


def start(config: dict[str, Any], folder: Path, url: str) -> subprocess.Popen[str]:
    file = folder / f"life-{time.monotonic_ns()}.json"
    file.write_text(json.dumps(config))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.life.worker", str(file)],
        cwd=ROOT,
        env={
            "PYTHONPATH": f"{ROOT / 'core'}:{ROOT}",
            "PATH": "/usr/bin:/bin",
            "NO_PROXY": "127.0.0.1",
            "EMITIR_PE_SANDBOX_URL": url,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready", process.communicate()[1]
    return process


def live_and_die(
    world: World, folder: Path, settings: Settings, kills: int, at_once: int = 1
) -> dict[str, int]:
    """Kill a worker ``kills`` times under faults, let ``at_once`` finish, and count what SUNAT saw."""
    world.engine = Engine(settings)
    given = {**DATA, "envio_boletas": "resumen"}
    company, _ = world.engine.companies.create("pe", given, API, world.p12, "x")
    world.engine.close()
    fecha = f"{world.now():%Y-%m-%d}"
    config = {
        "data_dir": str(settings.data_dir),
        "database_url": settings.database_url,
        "uuid": company.uuid,
        "documents": DOCUMENTS,
        "fecha": fecha,
    }
    dice = random.Random(20261121)
    world.control("POST", "mode", ticket_seconds=0.5)
    for turn in range(kills):
        world.control("DELETE", "faults")
        for operation in ("sendBill", "sendSummary", "getStatus"):
            world.fault(operation, dice.choice(FAULTS))
        process = start({**config, "seed": turn}, folder, world.url)
        time.sleep(dice.uniform(0.1, 2.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    world.control("DELETE", "faults")
    last = [start({**config, "until": "settled"}, folder, world.url) for _ in range(at_once)]
    for process in last:
        out, err = process.communicate(timeout=200)
        assert process.returncode == 0, err[-3000:]
        assert "done" in out
    return count(world, settings, company.uuid, kills)


def count(world: World, settings: Settings, uuid: str, kills: int) -> dict[str, int]:
    engine = Engine(settings)
    company = engine.companies.get(uuid)
    documents = engine.latest(company, 10_000)
    engine.close()
    mine = {one.codigo_documento: one for one in documents if one.clase == "comprobante"}
    assert len(mine) == 2 * DOCUMENTS
    for one in mine.values():
        expected = "dado_de_baja" if one.numero % 2 == 0 else "aceptado"
        # A resumen whose answer was lost may leave its boletas observed: SUNAT has them.
        assert one.estado_comprobante in {expected, *(["observado"] if expected == "aceptado" else [])}, one
    envios = [one for one in documents if one.clase == "envio"]
    for tipo in ("RA", "RC"):
        numbers = sorted(one.numero for one in envios if one.tipo == tipo)
        assert numbers == list(range(1, len(numbers) + 1)), "no correlativo is skipped or used twice"

    state = {one["name"]: one["state"] for one in world.control("GET", "documents")}
    for name, one in mine.items():
        assert state[name] == ("anulado" if one.numero % 2 == 0 else "aceptado"), name
    calls: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for call in world.control("GET", "log"):
        calls[call["file_name"].removesuffix(".zip")].append((call["operation"], call["sha256"]))
    resent = 0
    for one in [*mine.values(), *envios]:
        sent = {sha for operation, sha in calls[one.codigo_documento] if operation.startswith("send") and sha}
        assert len(sent) <= 1, f"other bytes under {one.codigo_documento}"
        times = sum(operation.startswith("send") for operation, _ in calls[one.codigo_documento])
        resent += max(times - 1, 0)
    for name in (name for name in mine if "-01-" in name):
        operations = [operation for operation, _ in calls[name] if operation != "getStatus"]
        for pair in itertools.pairwise(operations):
            assert pair != ("sendBill", "sendBill"), f"{name} was sent again without asking"
    return {
        "kills": kills,
        "documents": len(mine),
        "annulled": sum(one.numero % 2 == 0 for one in mine.values()),
        "RA and RC": len(envios),
        "sent again": resent,
        "tickets": sum(bool(one.ticket) for one in envios),
    }


@pytest.mark.slow
def test_killed_through_the_whole_life_on_sqlite(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = live_and_die(world, tmp_path, Settings(data_dir=tmp_path / "life"), kills=14)
    with capsys.disabled():
        print("\nkill -9 through the life of documents, SQLite:", counts)
    assert counts["RA and RC"] >= DOCUMENTS // 2


@pytest.mark.slow
def test_killed_through_the_whole_life_on_postgresql(
    world: World, tmp_path: Path, postgres: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data_dir=tmp_path / "life", database_url=postgres())
    counts = live_and_die(world, tmp_path, settings, kills=6)
    with capsys.disabled():
        print("\nkill -9 through the life of documents, PostgreSQL:", counts)
    assert counts["RA and RC"] >= DOCUMENTS // 2


@pytest.mark.slow
def test_three_processes_at_once_make_each_file_once(
    world: World, tmp_path: Path, postgres: Callable[[], str]
) -> None:
    """All of them issue the same documents, ask for the same bajas and look after the same resúmenes."""
    settings = Settings(data_dir=tmp_path / "life", database_url=postgres())
    counts = live_and_die(world, tmp_path, settings, kills=0, at_once=3)
    assert counts["sent again"] == 0
    assert counts["annulled"] == DOCUMENTS
