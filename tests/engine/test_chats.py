"""Chats, their links and their alerts, on SQLite and on PostgreSQL, with a clock that is moved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from emitir.engine import Company, Comprobante, Engine, Settings
from emitir.engine.chats.avisos import Aviso
from emitir.engine.chats.bots import Bot
from emitir.engine.chats.chats import AVISOS
from emitir.errors import EmitirError
from emitir.signing.certificates import describe_certificate
from emitir.signing.keys import load_pkcs12
from tests.engine.conftest import PASSWORD
from tests.engine.loopback import LoopbackCountry, LoopbackServer
from tests.engine.test_mail import until

NewCompany = Callable[..., tuple[Company, str]]
Props = Callable[..., dict[str, Any]]
CHAT = 7_000_000_001  # beyond 32 bits, as Telegram's are


class MovedClock:
    """The machine's clock, moved at will; ``stopped`` stands still."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self.stopped: datetime | None = None

    def __call__(self) -> datetime:
        return (self.stopped or datetime.now(UTC)) + self.ahead


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    made: Callable[[], str] = request.getfixturevalue("postgres")
    return made()


@pytest.fixture
def engine(tmp_path: Path, database_url: str, clock: MovedClock) -> Iterator[Engine]:
    settings = Settings(
        data_dir=tmp_path / "data", database_url=database_url, wait_seconds=8.0, watch_seconds=1.0
    )
    with Engine(settings, clock, country_map={"xx": LoopbackCountry()}) as started:
        yield started


@pytest.fixture
def bot(engine: Engine) -> Bot:
    return engine.bots.create("emitir_bot")[0]


def link(engine: Engine, bot: Bot, company: Company, chat: int = CHAT, rol: str = "dueno") -> str:
    """Tie a chat to the company, and have it told of everything."""
    code = engine.links.new_code(company, rol).codigo
    uuid = engine.links.link(bot, chat, code, "Ana", "es")
    engine.chats.prefer(bot, chat, uuid, list(AVISOS))
    return uuid


def due(engine: Engine, bot: Bot, sesion: str = "s1") -> list[Aviso]:
    """What the bot is given now."""
    return engine.avisos.take(bot, sesion, 50)


def waited(engine: Engine, bot: Bot, count: int, clock: MovedClock) -> list[Aviso]:
    """The same, once the fan-out of events has made that many."""
    until, found = time.monotonic() + 10, list[Aviso]()
    while len(found) < count and time.monotonic() < until:
        found += due(engine, bot)
        time.sleep(0.05)
    assert len(found) == count
    return found


# -- codes


def test_a_code_is_spent_once_even_by_two_at_the_same_moment(
    engine: Engine, bot: Bot, company: Company
) -> None:
    code = engine.links.new_code(company, "contador").codigo

    def use(chat: int) -> str:
        try:
            return engine.links.link(bot, chat, code.lower(), "Ana", "es")
        except EmitirError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(use, range(1, 9)))
    assert outcomes.count("CODIGO_DE_VINCULO_INVALIDO") == 7
    assert [one.rol for one in engine.links.of_company(company)] == ["contador"]


def test_a_code_lives_fifteen_minutes(engine: Engine, bot: Bot, company: Company, clock: MovedClock) -> None:
    code = engine.links.new_code(company, "dueno").codigo
    clock.ahead = timedelta(minutes=14, seconds=50)
    late = engine.links.new_code(company, "dueno").codigo
    assert engine.links.link(bot, 1, code, "Ana", "es")
    clock.ahead = timedelta(minutes=30)
    with pytest.raises(EmitirError) as refused:
        engine.links.link(bot, 2, late, "Eva", "es")
    assert refused.value.code == "CODIGO_DE_VINCULO_INVALIDO"


def test_wrong_codes_stop_a_chat_for_fifteen_minutes(
    engine: Engine, bot: Bot, company: Company, clock: MovedClock
) -> None:
    for _ in range(5):
        with pytest.raises(EmitirError, match="no es correcto"):
            engine.links.link(bot, CHAT, "ABCDEFGH", "Ana", "es")
    with pytest.raises(EmitirError) as refused:
        engine.links.link(bot, CHAT, engine.links.new_code(company, "dueno").codigo, "Ana", "es")
    assert refused.value.code == "DEMASIADOS_INTENTOS"
    assert engine.links.link(bot, 2, engine.links.new_code(company, "dueno").codigo, "Eva", "es")
    clock.ahead = timedelta(minutes=16)
    assert engine.links.link(bot, CHAT, engine.links.new_code(company, "dueno").codigo, "Ana", "es")


def test_what_a_chat_remembers(engine: Engine, bot: Bot, company: Company) -> None:
    uuid = link(engine, bot, company)
    engine.chats.save(bot, CHAT, {"orden": "baja", "paso": "motivo", "ñ": ["€"]})
    engine.chats.quiet(bot, CHAT, "22:00", "07:00")
    chat = engine.chats.get(bot, CHAT)
    assert (chat.vinculo, dict(chat.conversacion)) == (
        uuid,
        {"orden": "baja", "paso": "motivo", "ñ": ["€"]},
    )
    assert (chat.silencio_desde, chat.silencio_hasta) == ("22:00", "07:00")
    assert engine.chats.get(bot, CHAT + 1).vinculos == ()
    engine.links.revoke(company, uuid)
    assert engine.chats.get(bot, CHAT).vinculos == ()


# -- alerts


def test_an_alert_is_given_until_it_is_delivered(
    engine: Engine, bot: Bot, company: Company, authority: LoopbackServer, props: Props, clock: MovedClock
) -> None:
    link(engine, bot, company)
    authority.fault("submit", "reject")
    engine.emitir(company, props(1))
    (alert,) = waited(engine, bot, 1, clock)
    assert (alert.clase, alert.chat, alert.dudoso, alert.datos["numero"]) == ("rechazado", CHAT, False, 1)
    assert due(engine, bot) == [], "held by this run of the bot"
    (again,) = due(engine, bot, "s2")
    assert (again.id, again.dudoso) == (alert.id, True)
    engine.avisos.later(bot, [alert.id], 30)
    assert due(engine, bot, "s2") == []
    clock.ahead += timedelta(seconds=31)
    assert [one.id for one in due(engine, bot, "s3")] == [alert.id]
    engine.avisos.delivered(bot, [alert.id])
    clock.ahead += timedelta(hours=1)
    assert due(engine, bot, "s4") == []


def test_who_blocked_the_bot_hears_it_later_and_old_news_never(
    engine: Engine, bot: Bot, company: Company, authority: LoopbackServer, props: Props, clock: MovedClock
) -> None:
    link(engine, bot, company)
    link(engine, bot, company, CHAT + 1)
    authority.fault("submit", "observe")
    engine.emitir(company, props(1))
    first, second = waited(engine, bot, 2, clock)
    engine.avisos.blocked(bot, first.chat)
    engine.avisos.later(bot, [second.id], 1)
    clock.ahead += timedelta(seconds=5)
    assert [one.id for one in due(engine, bot, "s2")] == [second.id]
    engine.chats.get(bot, first.chat)  # they write again
    assert first.id in [one.id for one in due(engine, bot, "s3")]
    clock.ahead += timedelta(days=8)
    assert due(engine, bot, "s4") == []


def test_quiet_hours_hold_an_alert_back_and_their_end_lets_it_go(
    engine: Engine, bot: Bot, company: Company, authority: LoopbackServer, props: Props, clock: MovedClock
) -> None:
    link(engine, bot, company)
    now = clock()
    hours = [f"{(now + timedelta(hours=shift)):%H}:00" for shift in (-1, 3)]
    engine.chats.quiet(bot, CHAT, *hours)
    authority.fault("submit", "reject")
    engine.emitir(company, props(1))
    with pytest.raises(AssertionError):
        waited(engine, bot, 1, clock)
    clock.ahead = timedelta(hours=3, minutes=1)
    (alert,) = due(engine, bot)
    engine.avisos.later(bot, [alert.id], 3600)
    engine.chats.quiet(bot, CHAT, "00:00", "23:59")
    assert due(engine, bot) == []
    engine.chats.quiet(bot, CHAT, "", "")
    assert [one.id for one in due(engine, bot)] == [alert.id], "nobody waits for hours that are over"


def test_a_certificate_is_announced_at_30_7_and_1_days_and_when_it_is_over(
    engine: Engine, bot: Bot, company: Company, clock: MovedClock, certificate: bytes
) -> None:
    link(engine, bot, company)
    ends = describe_certificate(load_pkcs12(certificate, PASSWORD).certificate_der).valid_to
    told = []
    for hours in (31 * 24, 30 * 24, 29 * 24, 8 * 24, 7 * 24, 5 * 24, 30, 24, 2, -2, -48, -40 * 24):
        clock.stopped = ends - timedelta(hours=hours)
        found = due(engine, bot)
        told += [(hours, one.clase, one.datos["dias"]) for one in found]
        engine.avisos.delivered(bot, [one.id for one in found])
    assert told == [
        (30 * 24, "certificado", 30),
        (7 * 24, "certificado", 7),
        (30, "certificado", 1),
        (-2, "certificado", -1),
    ]


def _contacted(engine: Engine, document: Comprobante) -> bool:
    """Whether one contact with the authority about it is over."""
    return any(one.terminado_en for one in engine.attempts(document))


def test_the_authority_is_down_and_comes_back_once_each(
    engine: Engine, bot: Bot, company: Company, authority: LoopbackServer, props: Props, clock: MovedClock
) -> None:
    link(engine, bot, company)

    def told() -> list[str]:
        clock.ahead += timedelta(seconds=61)
        found = due(engine, bot)
        engine.avisos.delivered(bot, [one.id for one in found])
        return [one.clase for one in found]

    assert told() == []
    authority.fault("submit", "html", 50)
    authority.fault("ask", "drop_before", 50)
    for numero in (1, 2, 3):
        document = engine.emitir(company, props(numero), wait=0.1).comprobante
        until(partial(_contacted, engine, document), 30)
        clock.ahead += timedelta(seconds=20)
    assert told() == [], "three minutes have not gone by"
    clock.ahead += timedelta(minutes=2)
    assert told() == ["autoridad_caida"]
    assert told() == []
    authority.heal()
    assert engine.emitir(company, props(9)).estado == "aceptado"
    assert told() == ["autoridad_vuelve"]
    assert told() == []
