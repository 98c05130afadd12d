"""Events to a company's own system: signed, tried again, told apart, and never into our own network."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from emitir.engine import Company, Engine, Settings
from emitir.engine.entregas.deliveries import WEBHOOK, Delivered, Later
from emitir.engine.entregas.webhooks_http import allowed, post
from emitir.errors import EmitirError
from tests.engine.conftest import properties
from tests.engine.loopback import LoopbackCountry, LoopbackServer
from tests.engine.test_mail import MovedClock, until
from tests.engine.webhook_receiver import Receiver, receiving

SECRET = "secreto-del-webhook"
NewCompany = Callable[..., tuple[Company, str]]


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def engine(settings: Settings, clock: MovedClock) -> Iterator[Engine]:
    with Engine(settings, clock, country_map={"xx": LoopbackCountry()}) as started:
        yield started


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def told(engine: Engine, new_company: NewCompany, receiver: Receiver) -> Callable[..., Company]:
    """A company that is told of its events."""

    def make(**more: Any) -> Company:
        company, _ = new_company(engine, webhook={"url": receiver.url, **more})
        return engine.companies.set_secrets(company.uuid, {"webhook_secreto": SECRET})

    return make


def test_an_event_arrives_signed(
    engine: Engine, told: Callable[..., Company], receiver: Receiver, authority: LoopbackServer
) -> None:
    company = told()
    engine.emitir(company, properties(1))
    authority.fault("submit", "reject")
    engine.emitir(company, properties(2))
    until(lambda: len(receiver.got) == 2)
    for got in receiver.got:
        assert got.path == "/avisos?de=emitir"
        assert got.headers["content-type"] == "application/json"
        seconds, _, hexes = got.headers["x-emitir-firma"].partition(",")
        signed = seconds.removeprefix("t=").encode() + b"." + got.body
        assert hexes == "v1=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    bodies = {json.loads(got.body)["evento"]: json.loads(got.body) for got in receiver.got}
    assert set(bodies) == {"aceptado", "rechazado"}
    accepted = bodies["aceptado"]
    assert (accepted["empresa"], accepted["ambiente"]) == (company.uuid, "sandbox")
    assert accepted["datos"]["codigo_documento"] == "20123456786-01-F001-1"
    assert accepted["datos"]["estado_comprobante"] == "aceptado"
    assert bodies["rechazado"]["datos"]["respuesta_codigo"] == "2800"
    assert accepted["id"] != bodies["rechazado"]["id"]


def test_it_is_tried_again_and_is_the_same_event(
    engine: Engine, told: Callable[..., Company], receiver: Receiver, clock: MovedClock
) -> None:
    receiver.answers = [500, 302]
    document = engine.emitir(told(), properties(1)).comprobante
    deliveries = engine._outgoing.deliveries
    for tries, said in ((1, "HTTP 500"), (2, "redirige")):
        until(
            lambda tries=tries: bool(  # type: ignore[misc]
                (found := deliveries.of_document(document.id, WEBHOOK))
                and (found[0].intentos, found[0].estado) == (tries, "pendiente")
            )
        )
        assert said in deliveries.of_document(document.id, WEBHOOK)[0].detalle
        clock.ahead += timedelta(minutes=1)
    until(lambda: deliveries.of_document(document.id, WEBHOOK)[0].estado == "entregado")
    assert len(receiver.got) == 3
    assert len({got.body for got in receiver.got}) == 1
    assert len({got.headers["x-emitir-evento"] for got in receiver.got}) == 1
    assert len({got.headers["x-emitir-firma"] for got in receiver.got}) == 3, "the time is signed too"


def test_only_what_is_wanted(
    engine: Engine, told: Callable[..., Company], receiver: Receiver, authority: LoopbackServer
) -> None:
    company = told(eventos=["rechazado"])
    engine.emitir(company, properties(1))
    authority.fault("submit", "reject")
    engine.emitir(company, properties(2))
    until(lambda: len(receiver.got) == 1)
    assert json.loads(receiver.got[0].body)["evento"] == "rechazado"


@pytest.mark.parametrize(
    ("webhook", "path"),
    [
        ({"url": "http://empresa.pe/x"}, "webhook-url"),
        ({"url": "ftp://empresa.pe/x"}, "webhook-url"),
        ({"url": "https://yo:clave@empresa.pe/x"}, "webhook-url"),
        ({"url": "https://empresa.pe:99999/x"}, "webhook-url"),
        ({"url": "https://"}, "webhook-url"),
        ({"url": "https://empresa.pe/#x"}, "webhook-url"),
        ({"url": "https://empresa.pe", "eventos": ["Aceptado!"]}, "webhook-eventos-1"),
        ("https://empresa.pe", "webhook"),
    ],
)
def test_addresses_that_are_refused(
    engine: Engine, new_company: NewCompany, webhook: object, path: str
) -> None:
    with pytest.raises(EmitirError) as caught:
        new_company(engine, webhook=webhook)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_private_network_has_to_be_allowed(engine: Engine, new_company: NewCompany) -> None:
    company, _ = new_company(engine, webhook={"url": "http://10.0.0.5/x", "red_privada": True})
    assert company.ajustes["webhook"]["red_privada"] is True


@pytest.mark.parametrize(
    ("address", "open_to_all", "open_to_private"),
    [
        ("200.48.225.130", True, True),
        ("127.0.0.1", True, True),
        ("::1", True, True),
        ("10.1.2.3", False, True),
        ("192.168.0.1", False, True),
        ("::ffff:10.1.2.3", False, True),
        ("fd00::1", False, True),
        ("169.254.169.254", False, False),
        ("fe80::1", False, False),
        ("0.0.0.0", False, False),
        ("224.0.0.1", False, False),
        ("::ffff:169.254.169.254", False, False),
    ],
)
def test_where_webhooks_go(address: str, open_to_all: bool, open_to_private: bool) -> None:
    judged = ipaddress.ip_address(address)
    assert allowed(judged, False) is open_to_all
    assert allowed(judged, True) is open_to_private


def test_a_public_name_with_a_private_address_is_not_reached(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is judged by what it stands for, at the moment of connecting."""
    port = int(receiver.url.rpartition(":")[2].partition("/")[0])
    real = socket.getaddrinfo

    def resolved(host: str, *rest: Any, **more: Any) -> Any:
        return real("10.9.9.9" if host == "publico.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    outcome = post(f"http://publico.example:{port}/x", b"{}", {}, private=False)
    assert isinstance(outcome, Later)
    assert "red privada" in outcome.detail
    assert isinstance(post(receiver.url, b"{}", {}, private=False), Delivered)
