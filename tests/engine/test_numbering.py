"""Numbers on request: the next of the serie, without gaps, whoever asks at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emitir.engine import Company, Engine, Settings
from emitir.errors import EmitirError
from tests.engine.conftest import properties
from tests.engine.loopback import LoopbackCountry, LoopbackServer
from tests.engine.test_kill import Worker


def unnumbered(**more: Any) -> dict[str, Any]:
    content = properties(0, **more)
    del content["numero"]
    return content


def test_threads_get_every_number_once(engine: Engine, company: Company) -> None:
    engine.emitir(company, properties(7))  # a number of the caller's own
    numbers: list[int] = []

    def issue() -> None:
        for _ in range(5):
            numbers.append(engine.emitir(company, unnumbered()).comprobante.numero)

    threads = [threading.Thread(target=issue) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(8, 38))


def test_series_count_apart_and_go_on_after_numbers_of_the_caller(engine: Engine, company: Company) -> None:
    assert engine.emitir(company, unnumbered()).comprobante.numero == 1
    assert engine.emitir(company, unnumbered(serie="F002")).comprobante.numero == 1
    engine.emitir(company, properties(10))
    assert engine.emitir(company, unnumbered()).comprobante.numero == 11


def test_bad_input_burns_no_number(engine: Engine, company: Company) -> None:
    for _ in range(3):
        with pytest.raises(EmitirError):
            engine.emitir(company, unnumbered(fecha="2020-01-01"))
    assert engine.emitir(company, unnumbered()).comprobante.numero == 1


def test_referencia_makes_a_repeated_request_the_same(
    engine: Engine, company: Company, authority: LoopbackServer
) -> None:
    results = []
    lock = threading.Lock()

    def issue() -> None:
        result = engine.emitir(company, unnumbered(referencia="pedido-77"))
        with lock:
            results.append(result)

    threads = [threading.Thread(target=issue) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {result.comprobante.numero for result in results} == {1}
    assert sum(not result.repeated for result in results) == 1
    assert authority.count("submit") == 1
    with pytest.raises(EmitirError) as raised:
        engine.emitir(company, unnumbered(referencia="pedido-77", total="1.00"))
    assert raised.value.code == "REFERENCIA_USADA"
    with pytest.raises(EmitirError) as raised:
        engine.emitir(company, properties(5, referencia="pedido-77"))
    assert raised.value.code == "REFERENCIA_USADA"
    assert engine.emitir(company, unnumbered(referencia="pedido-78")).comprobante.numero == 2


def test_referencia_of_what_was_not_received_is_mended_under_its_number(
    engine: Engine, company: Company, authority: LoopbackServer
) -> None:
    authority.fault("submit", "refuse")
    first = engine.emitir(company, unnumbered(referencia="r"))
    assert first.estado == "no_recibido"
    mended = engine.emitir(company, unnumbered(referencia="r", total="2.00"))
    assert (mended.comprobante.numero, mended.estado) == (first.comprobante.numero, "aceptado")


@pytest.mark.parametrize("value", ["", " ", "x" * 65, "a\nb", True, ["a"]])
def test_bad_referencia(engine: Engine, company: Company, value: object) -> None:
    with pytest.raises(EmitirError) as raised:
        engine.emitir(company, unnumbered(referencia=value))
    assert [problem.path for problem in raised.value.problems] == ["referencia"]


def test_processes_on_postgresql_share_the_serie(
    tmp_path: Path, postgres: Callable[[], str], new_company: Callable[..., tuple[Company, str]]
) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url=postgres())
    engine = Engine(settings, country_map={"xx": LoopbackCountry()})
    company, _ = new_company(engine)
    shared = {
        "data_dir": str(settings.data_dir),
        "database_url": settings.database_url,
        "uuid": company.uuid,
        "unnumbered": True,
        "threads": 4,
    }
    workers = [Worker(tmp_path, numbers=list(range(20)), **shared) for _ in range(3)]
    found = [line["numero"] for worker in workers for line in worker.finish() if "codigo" in line]
    engine.close()
    assert sorted(found) == list(range(1, 61))
