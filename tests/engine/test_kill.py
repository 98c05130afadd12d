"""kill -9 at random moments: every document is accepted in the end, registered once, asked for before a resend."""

from __future__ import annotations

import itertools
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from emitir.engine import Company, Engine, Settings
from tests.engine.conftest import RUC, properties
from tests.engine.loopback import LoopbackCountry, LoopbackServer

ROOT = Path(__file__).parents[2]
NewCompany = Callable[..., tuple[Company, str]]


class Worker:
    """One process of tests/engine/worker.py."""

    def __init__(self, tmp_path: Path, **config: Any) -> None:
        file = tmp_path / f"worker-{time.monotonic_ns()}.json"
        file.write_text(json.dumps({"properties": properties(0), **config}))
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

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def finish(self, timeout: float = 60) -> list[dict[str, Any]]:
        out, err = self.process.communicate(timeout=timeout)
        assert self.process.returncode == 0, err
        return [json.loads(line) for line in out.splitlines()]


def kill_and_restart(
    tmp_path: Path,
    server: LoopbackServer,
    settings: Settings,
    new_company: NewCompany,
    kills: int,
    documents: int,
) -> dict[str, int]:
    """Post, kill, restart ``kills`` times; then let everything finish, and count."""
    engine = Engine(settings, country_map={"xx": LoopbackCountry()})
    company, _ = new_company(engine)
    engine.close()
    shared: dict[str, Any] = {
        "data_dir": str(settings.data_dir),
        "database_url": settings.database_url,
        "uuid": company.uuid,
    }
    dice = random.Random(20261121)
    answered = 0
    # A slow authority, so that kills fall into sendings as well as between them.
    server.delay = 0.06
    for turn in range(kills):
        numbers = list(range(1 + turn * documents, 1 + (turn + 1) * documents))
        # The client repeats what got no answer, and comes with new ones.
        again = dice.sample(range(1, numbers[0]), min(5, numbers[0] - 1)) if turn else []
        worker = Worker(tmp_path, numbers=again + numbers, **shared)
        worker.wait_ready()
        time.sleep(dice.uniform(0.0, 0.45))
        worker.kill()
        out = worker.process.stdout.read() if worker.process.stdout else ""
        answered += sum('"aceptado"' in line for line in out.splitlines())
    everything = list(range(1, 1 + kills * documents))
    lines = Worker(tmp_path, numbers=everything, until="settled", threads=8, **shared).finish(180)
    states = {line["numero"]: line["estado"] for line in lines if "numero" in line}
    assert states == dict.fromkeys(everything, "aceptado")

    resent = asked_first = 0
    for numero in everything:
        contacts = [step.split(":")[0] for step in server.sequence(f"{RUC}-01-F001-{numero}")]
        # Killed between the intent and the wire: the authority is asked, although nothing had left.
        asked_first += contacts[0] == "ask"
        for before, after in itertools.pairwise(contacts):
            assert (before, after) != ("submit", "submit"), (
                f"{numero} was sent again without asking: {contacts}"
            )
        resent += contacts.count("submit") - 1
    submits = [call for call in server.calls if call.operation == "submit"]
    assert sum(call.outcome == "accept" for call in submits) == len(everything) == len(server.registered)
    assert all(len({c.sha256 for c in submits if c.codigo == code}) == 1 for code in server.registered)
    return {
        "kills": kills,
        "documents": len(everything),
        "answered before a kill": answered,
        "registered": len(server.registered),
        "sendings": len(submits),
        "sent again after asking": resent,
        "asked before anything had left": asked_first,
        "asked": server.count("ask"),
    }


@pytest.mark.slow
def test_killed_twenty_times_on_sqlite(
    tmp_path: Path,
    authority: LoopbackServer,
    settings: Settings,
    new_company: NewCompany,
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts = kill_and_restart(tmp_path, authority, settings, new_company, kills=22, documents=12)
    with capsys.disabled():
        print("\nkill -9, SQLite:", counts)
    assert counts["asked"] > 0, "no kill fell into a sending: the test proved nothing"


@pytest.mark.slow
def test_killed_on_postgresql(
    tmp_path: Path,
    authority: LoopbackServer,
    postgres: Callable[[], str],
    new_company: NewCompany,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url=postgres())
    counts = kill_and_restart(tmp_path, authority, settings, new_company, kills=6, documents=12)
    with capsys.disabled():
        print("\nkill -9, PostgreSQL:", counts)
    assert counts["asked"] > 0, "no kill fell into a sending: the test proved nothing"
