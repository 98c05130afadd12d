"""``hola``: what is wrong, in words, all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from emitir.engine import Company, Engine, Settings
from tests.engine.conftest import RUC
from tests.engine.loopback import LoopbackCountry, LoopbackServer

NewCompany = Callable[..., tuple[Company, str]]


def test_ready(engine: Engine, company: Company, authority: LoopbackServer) -> None:
    hola = engine.hola(company)
    assert hola.ok
    assert hola.connected
    assert (hola.problems, hola.warnings) == ((), ())
    assert hola.authority == "AUTORIDAD"
    assert hola.days_left == 364
    assert hola.certificate is not None
    assert authority.count("ping") == 1
    assert authority.count("submit") == 0


@pytest.mark.parametrize(
    ("days", "expected"),
    [(200, None), (330, None), (335, "29 días"), (358, "Renuévelo esta semana"), (364, "hoy")],
)
def test_expiry_is_announced(
    settings: Settings, new_company: NewCompany, days: int, expected: str | None
) -> None:
    now = datetime.now(UTC)
    engine = Engine(settings, lambda: now, {"xx": LoopbackCountry()})
    company, _ = new_company(engine)
    now += timedelta(days=days)
    hola = engine.hola(company)
    assert hola.ok
    texts = [warning.message() for warning in hola.warnings]
    assert len(texts) == (expected is not None)
    assert expected is None or expected in texts[0]
    now += timedelta(days=400)
    hola = engine.hola(company)
    assert not hola.ok
    assert [problem.code for problem in hola.problems] == ["CERTIFICADO_VENCIDO"]
    assert hola.days_left is not None
    assert hola.days_left < 0
    engine.close()


def test_everything_that_is_missing_at_once(engine: Engine) -> None:
    company, _ = engine.companies.create("xx", {"ruc": RUC, "razon_social": "X", "url": "http://127.0.0.1:1"})
    hola = engine.hola(company)
    assert not hola.ok
    assert [problem.path for problem in hola.problems] == ["certificado"]
    assert (hola.certificate, hola.days_left, hola.connected) == (None, None, False)


def test_authority_that_does_not_answer_or_refuses(
    engine: Engine, new_company: NewCompany, authority: LoopbackServer
) -> None:
    company, _ = new_company(engine)
    authority.fault("ping", "html")
    problem = engine.hola(company).problems[0]
    assert (problem.code, problem.path) == ("AUTORIDAD_NO_RESPONDE", "conexion")
    assert "AUTORIDAD no responde" in problem.message()
    authority.fault("ping", "refuse")
    problem = engine.hola(company).problems[0]
    assert (problem.code, problem.authority_code) == ("CONEXION_RECHAZADA", "0151")
    authority.fault("ping", "ticket")
    assert engine.hola(company).problems[0].code == "AUTORIDAD_NO_RESPONDE"
    assert engine.hola(company).ok
