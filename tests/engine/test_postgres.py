"""Several processes on one PostgreSQL: places, one sending per document, workers apart from the API."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from emitir.engine import Company, Engine, Settings
from emitir.engine.storage.database import Database
from emitir.engine.work import rounds as rounds_module
from emitir.engine.work.executor import take_place
from tests.engine.conftest import RUC
from tests.engine.loopback import LoopbackCountry, LoopbackServer
from tests.engine.test_kill import Worker

NewCompany = Callable[..., tuple[Company, str]]
Props = Callable[..., dict[str, Any]]


@pytest.fixture
def settings(tmp_path: Path, postgres: Callable[[], str]) -> Settings:
    return Settings(
        data_dir=tmp_path / "data", database_url=postgres(), workers=8, watch_seconds=1, wait_seconds=10
    )


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    made = Database(settings.url)
    yield made
    made.close()


def worker(tmp_path: Path, settings: Settings, company: Company, **config: Any) -> Worker:
    shared = {"data_dir": str(settings.data_dir), "database_url": settings.database_url, "uuid": company.uuid}
    return Worker(tmp_path, **shared, **config)


def test_the_same_story_as_on_sqlite(
    engine: Engine,
    company: Company,
    authority: LoopbackServer,
    props: Props,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rounds_module, "PAUSES", (0.2, 0.2, 0.5))
    authority.fault("submit", "drop_after")
    authority.fault("submit", "html")
    for numero in range(1, 6):
        document = engine.emitir(company, props(numero)).comprobante
        assert (document.estado, str(document.total)) == ("aceptado", "118.00")
        assert engine.emitir(company, props(numero)).comprobante == document
    assert engine.download(document.codigo_descarga, "cdr").content.startswith(b"<cdr>")
    assert len(authority.registered) == 5
    assert authority.count("submit") == 6


def test_places_are_taken_from_the_lowest_and_inherited(database: Database) -> None:
    first, second = take_place(database, "emitir"), take_place(database, "emitir")
    assert (first.executor_id, second.executor_id) == ("emitir-0", "emitir-1")
    assert second.live("emitir-0")
    assert not second.live("emitir-2")
    first.release()
    assert not second.live("emitir-0")
    heir = take_place(database, "emitir")
    assert heir.executor_id == "emitir-0"
    heir.release()
    second.release()


def test_a_place_whose_connection_was_cut_is_not_held(database: Database) -> None:
    place = take_place(database, "emitir")
    assert place.held()
    _cut_places(database)
    assert not place.held()
    taken = take_place(database, "emitir")
    assert taken.executor_id == "emitir-0"
    taken.release()


def test_an_engine_that_lost_its_place_takes_another_and_goes_on(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, props: Props, database: Database
) -> None:
    with Engine(replace(settings, watch_seconds=600), country_map={"xx": LoopbackCountry()}) as engine:
        company, _ = new_company(engine)
        assert engine.emitir(company, props(1)).estado == "aceptado"
        _cut_places(database)
        rival = take_place(database, "emitir")
        assert rival.executor_id == "emitir-0"
        workshop = engine._workshop
        assert workshop is not None
        workshop._keep_place()  # what the watcher does first at each look
        assert workshop._log.executor == "emitir-1"
        assert engine.emitir(company, props(2)).estado == "aceptado"
        rival.release()


def test_two_processes_with_the_same_documents_at_once(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, tmp_path: Path
) -> None:
    engine = Engine(settings, country_map={"xx": LoopbackCountry()})
    company, _ = new_company(engine)
    engine.close()
    numbers = list(range(1, 41))
    both = [worker(tmp_path, settings, company, numbers=numbers) for _ in range(2)]
    answers = [{a["numero"]: a for a in w.finish(120) if "numero" in a} for w in both]
    assert answers[0] == answers[1], "the same answers, download codes included"
    assert {answer["estado"] for answer in answers[0].values()} == {"aceptado"}
    assert authority.count("submit") == len(numbers)
    assert authority.count("ask") == 0


def test_an_api_without_workers_hands_its_documents_over(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, tmp_path: Path, props: Props
) -> None:
    api = Settings(data_dir=settings.data_dir, database_url=settings.database_url, workers=0, wait_seconds=15)
    with Engine(api, country_map={"xx": LoopbackCountry()}) as engine:
        company, _ = new_company(engine)
        assert engine.emitir(company, props(1), wait=1.5).estado == "por_enviar"
        assert authority.calls == []
        other = worker(tmp_path, settings, company, numbers=[], stay=120)
        other.wait_ready()
        for numero in (1, 2, 3):
            assert engine.emitir(company, props(numero)).estado == "aceptado"
        executors = {a.ejecutor for n in (1, 2, 3) for a in engine.attempts(_found(engine, company, n))}
        assert executors == {"emitir-1"}
        other.kill()


def test_a_dead_workers_documents_are_taken_over_by_a_living_one(
    settings: Settings, new_company: NewCompany, authority: LoopbackServer, tmp_path: Path, props: Props
) -> None:
    """No replacement comes for the dead one's place: the watcher of another process finds its documents."""
    with Engine(settings, country_map={"xx": LoopbackCountry()}) as engine:
        company, _ = new_company(engine)
        authority.delay = 1.0
        dying = worker(tmp_path, settings, company, numbers=[1, 2, 3, 4], threads=4)
        dying.wait_ready()
        until = time.monotonic() + 10
        while len(authority.calls) < 4 and time.monotonic() < until:
            time.sleep(0.02)
        dying.kill()
        authority.delay = 0.0
        assert [_found(engine, company, n).estado for n in (1, 2, 3, 4)] == ["enviando"] * 4
        # The lease of a sending is five minutes; it has run out.
        with engine._database.write() as connection:
            connection.execute(sa.text("UPDATE comprobante SET vence = 1"))
        for numero in (1, 2, 3, 4):
            assert engine.emitir(company, props(numero)).estado == "aceptado"
    assert authority.count("submit") == 4
    for numero in (1, 2, 3, 4):
        assert authority.sequence(f"{RUC}-01-F001-{numero}") == ["submit:accept", "ask:accept"]


def _found(engine: Engine, company: Company, numero: int) -> Any:
    document = engine.comprobante(company, "01", "F001", numero)
    assert document is not None
    return document


def _cut_places(database: Database) -> None:
    with database.write() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks"
                " WHERE locktype = 'advisory' AND classid = 1162692948 AND objsubid = 2"
            )
        )
