"""What is left behind is found: restarts, stuck documents, places, pauses, prunes."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from dbos import DBOS

from emitir.engine import Company, Engine, Settings
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import COMPROBANTE, INTENTO
from emitir.engine.work import rounds as rounds_module
from emitir.engine.work import workflow as workflow_module
from emitir.errors import EmitirError
from emitir.verdict import Accepted
from tests.engine.conftest import RUC
from tests.engine.loopback import LoopbackCountry, LoopbackServer
from tests.engine.test_kill import Worker

NewCompany = Callable[..., tuple[Company, str]]
Props = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds_module, "PAUSES", (0.2, 0.2, 0.5))
    monkeypatch.setattr(rounds_module, "ASK_AFTER", 0.1)


def start(settings: Settings) -> Engine:
    engine = Engine(settings, country_map={"xx": LoopbackCountry()})
    engine.start()
    return engine


def test_second_process_on_the_same_sqlite_is_refused(
    engine: Engine, company: Company, settings: Settings, tmp_path: Path
) -> None:
    worker = Worker(tmp_path, data_dir=str(settings.data_dir), uuid=company.uuid, numbers=[])
    out, _ = worker.process.communicate(timeout=60)
    said = json.loads(out.splitlines()[0])
    assert worker.process.returncode == 3
    assert said["error"] == "CONFIGURACION_INVALIDA"
    assert f"número {os.getpid()}" in said["text"]
    assert str(settings.data_dir / "emitir.sqlite") in said["text"]


def test_second_engine_in_this_process_is_refused_and_leaves_the_first_alone(
    engine: Engine, company: Company, settings: Settings, props: Props
) -> None:
    second = Engine(settings, country_map={"xx": LoopbackCountry()})
    with pytest.raises(EmitirError, match="ya trabaja"):
        second.start()
    with pytest.raises(RuntimeError, match="not started"):
        second.emitir(company, props(1))
    second.close()
    assert engine.emitir(company, props(1)).estado == "aceptado"


def test_restart_takes_up_pending_work(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, props: Props
) -> None:
    engine = start(settings)
    company, _ = new_company(engine)
    authority.fault("submit", "busy", 100)
    for numero in range(1, 6):
        engine.emitir(company, props(numero), wait=0.1)
    engine.close()
    authority.heal()
    again = start(settings)
    for numero in range(1, 6):
        assert again.emitir(company, props(numero)).estado == "aceptado"
    again.close()
    for numero in range(1, 6):
        assert authority.sequence(f"{RUC}-01-F001-{numero}")[-2:] == ["ask:unknown", "submit:accept"]


def test_closing_lets_a_sending_end(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, props: Props
) -> None:
    engine = start(settings)
    company, _ = new_company(engine)
    authority.fault("submit", "slow")
    engine.emitir(company, props(1), wait=0.3)
    engine.close()
    engine = start(settings)
    assert engine.emitir(company, props(1)).estado == "aceptado"
    assert (authority.count("submit"), authority.count("ask")) == (1, 0)
    engine.close()


def test_stored_but_never_started_is_found_at_start(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, props: Props
) -> None:
    engine = start(settings)
    company, _ = new_company(engine)
    engine._workshop.start_round = lambda *_: None  # type: ignore[union-attr,method-assign]  # dies in between
    assert engine.emitir(company, props(1), wait=0).estado == "por_enviar"
    engine.close()
    engine = start(settings)
    document = wait_for(engine, company, 1)
    assert document == "aceptado"
    assert authority.count("submit") == 1
    engine.close()


def test_repeating_the_request_starts_what_nobody_started(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(engine._workshop, "start_round", lambda *_: None)
        engine.emitir(company, props(1), wait=0)
    assert engine.emitir(company, props(1)).estado == "aceptado"
    assert authority.count("submit") == 1


def test_the_watcher_finds_a_document_whose_workflow_failed(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ArithmeticError("a bug")

    monkeypatch.setattr("tests.engine.loopback.LoopbackAuthority.submit", broken)
    engine.emitir(company, props(1), wait=0.3)
    monkeypatch.undo()
    with engine._database.write() as connection:  # its lease runs out
        connection.execute(sa.update(COMPROBANTE).values(vence=time.time() - 1))
    assert wait_for(engine, company, 1) == "aceptado"
    assert authority.sequence(f"{RUC}-01-F001-1") == ["ask:unknown", "submit:accept"]


def test_a_lost_workflow_database_loses_nothing(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, props: Props
) -> None:
    engine = start(settings)
    company, _ = new_company(engine)
    assert engine.emitir(company, props(1)).estado == "aceptado"
    authority.fault("submit", "busy", 100)
    engine.emitir(company, props(2), wait=0.3)
    engine.close()
    authority.heal()
    for file in settings.data_dir.glob("emitir.sqlite-dbos*"):
        file.unlink()
    engine = start(settings)
    assert wait_for(engine, company, 2) == "aceptado"
    assert authority.count("submit", f"{RUC}-01-F001-1") == 1
    engine.close()


def test_a_new_database_beside_old_workflows_is_not_confused(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, props: Props
) -> None:
    """The same numbers again under the same workflow ids would silently return the old results."""
    engine = start(settings)
    company, _ = new_company(engine)
    engine.emitir(company, props(1))
    engine.close()
    for name in ("emitir.sqlite", "emitir.sqlite-wal", "emitir.sqlite-shm"):
        (settings.data_dir / name).unlink(missing_ok=True)
    authority.registered.clear()
    engine = start(settings)
    company, _ = new_company(engine)
    assert engine.emitir(company, props(1)).estado == "aceptado"
    engine.close()


def test_the_intent_is_committed_before_the_wire(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props, settings: Settings
) -> None:
    """While the authority holds the request, another connection sees the open attempt."""
    authority.delay = 1.0
    thread = threading.Thread(target=engine.emitir, args=(company, props(1)))
    thread.start()
    until = time.monotonic() + 5
    while not authority.calls and time.monotonic() < until:
        time.sleep(0.01)
    beside = Database(settings.url)
    with beside.read() as connection:
        row = connection.execute(sa.select(INTENTO)).one()
        assert (row.operacion, row.terminado_en, row.resultado) == ("submit", None, None)
        assert connection.scalar(sa.select(COMPROBANTE.c.estado)) == "enviando"
    beside.close()
    thread.join()
    assert len(authority.calls) == 1


def test_a_registered_document_survives_a_verdict_that_came_first(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    """Two generations at work on one document: the acceptance wins over the other's "not received"."""
    authority.fault("submit", "refuse")
    document = engine.emitir(company, props(1)).comprobante
    assert document.estado == "no_recibido"
    log = engine._workshop._log  # type: ignore[union-attr]
    accepted = Accepted("0", "aceptado", b"<cdr/>")
    settled = log.settle(document, 1, accepted, accepted)
    assert settled is not None
    assert settled.estado == "aceptado"
    assert log.settle(document, 1, accepted, accepted) is None, "and the first word stays"


def test_pauses_grow_to_a_quarter_of_an_hour_and_go_on_after_the_deadline(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    document = engine.emitir(company, props(1)).comprobante
    rounds = engine._workshop._rounds  # type: ignore[union-attr]
    pauses = [rounds.pause_of(replace(document, vueltas=vueltas)) for vueltas in range(15)]
    assert pauses[0] < 3
    assert 800 < pauses[-1] < 1000
    assert all(later > 0.8 * earlier for earlier, later in itertools.pairwise(pauses))
    late = replace(document, plazo=datetime.now(UTC) - timedelta(days=1))
    assert 3000 < rounds.pause_of(late) < 4000


def test_stuck_tells_who_waits_why_and_who_is_late(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, props: Props
) -> None:
    now = datetime.now(UTC)
    engine = Engine(settings, lambda: now, {"xx": LoopbackCountry()})
    engine.start()
    company, _ = new_company(engine)
    authority.fault("submit", "busy", 1000)
    engine.emitir(company, props(1), wait=0.5)
    assert engine.stuck() == []
    now += timedelta(minutes=11)
    (stuck,) = engine.stuck()
    assert (stuck.comprobante.numero, stuck.late) == (1, False)
    assert "0109" in stuck.why
    now += timedelta(days=6)
    assert engine.stuck()[0].late
    engine.close()


def test_finished_workflows_are_forgotten_after_a_while(
    engine: Engine, company: Company, props: Props, monkeypatch: pytest.MonkeyPatch
) -> None:
    for numero in range(1, 4):
        engine.emitir(company, props(numero))
    time.sleep(0.3)
    workflows = engine._workshop._present()  # type: ignore[union-attr]
    assert workflows.prune() == 0
    monkeypatch.setattr(workflow_module, "_KEEP_SECONDS", -1)
    assert workflows.prune() == 3
    assert DBOS.list_workflows() == []
    assert engine.emitir(company, props(1)).repeated


def test_workflow_arguments_are_ids(engine: Engine, company: Company, props: Props) -> None:
    document = engine.emitir(company, props(1, cliente="NADIE S.A.")).comprobante
    time.sleep(0.2)
    (status,) = DBOS.list_workflows()
    assert status.input is not None
    assert list(status.input["args"]) == [document.id, 1, workflow_module.workflow_key(document)]
    assert document.codigo_descarga not in repr(status)
    assert status.app_version == workflow_module.APPLICATION_VERSION


def wait_for(engine: Engine, company: Company, numero: int, seconds: float = 15) -> str:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        document = engine.comprobante(company, "01", "F001", numero)
        if document is not None and document.settled:
            return document.estado
        time.sleep(0.1)
    return "nothing happened"


def test_settings_file_of_a_killed_process_does_not_lock(
    settings: Settings, new_company: NewCompany, tmp_path: Path, authority: LoopbackServer
) -> None:
    engine = start(settings)
    company, _ = new_company(engine)
    engine.close()
    worker = Worker(tmp_path, data_dir=str(settings.data_dir), uuid=company.uuid, numbers=[], stay=60)
    worker.wait_ready()
    worker.kill()
    start(settings).close()


def test_interpreter_ends_after_an_engine_was_left_open(tmp_path: Path) -> None:
    """A program that forgets to close must not hang at its end."""
    code = (
        "import sys; from pathlib import Path; from emitir.engine import Engine, Settings;"
        "Engine(Settings(data_dir=Path(sys.argv[1])), country_map={}).start()"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "d")], check=True, timeout=60, capture_output=True
    )
