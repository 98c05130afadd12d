"""The bot speaks first: to those who chose it, once, in their hours, after restarts and kills too."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, datetime

import pytest
import requests

from emitir.client import EmitirApiError
from emitir.engine.chats.avisos_spread import CHOICE_OF
from emitir.engine.chats.quiet import quiet_until
from emitir.peru.examples import boleta, factura
from emitir.wire import write
from emitir_bot.alert_text import alert_message
from tests.bot.conftest import World
from tests.bot.outbox import add_events
from tests.bot.telegram.methods import shown
from tests.bot.telegram.people import Person


@pytest.fixture(scope="module", autouse=True)
def _a_comprobante(world: World) -> None:
    """Each company has one: events are about comprobantes."""
    for other in (False, True):
        with world.client(other) as client:
            client.emitir({**json.loads(write(boleta(datetime.now(UTC)), "json")), "numero": 4001})


def alerted(world: World, name: str = "Ana", other: bool = False, language: str = "es") -> Person:
    """Somebody who wants alerts."""
    person = world.linked("dueno", name, other, language=language)
    person.presses("🔔")
    person.reads("/avisos")
    return person


def test_only_those_who_chose_it_are_told_and_once(world: World) -> None:
    ana, eva, other = alerted(world), world.linked(name="Eva"), alerted(world, "Otto", other=True)
    add_events(world.folder, world.company, "rechazado", 1)
    shown = ana.reads("COMERCIAL ÑANDÚ", "Factura F900-1: rechazado. 2335")
    assert shown.buttons == ["👁 Ver"]
    ana.hears_nothing(2.5)
    eva.hears_nothing(0)
    other.hears_nothing(0)


def test_the_button_of_another_company_makes_the_chat_speak_of_it(world: World) -> None:
    ana = alerted(world)
    ana.says(world.code("vendedor", other=True))
    ana.reads("vinculado", "OTRA EMPRESA")
    ana.presses("🔔")
    ana.reads("/avisos")
    ana.says("/empresa")
    ana.reads("¿De qué empresa")
    ana.presses("COMERCIAL")
    ana.reads("Ahora hablamos de COMERCIAL")
    fault = {"operation": "sendBill", "fault": "fault", "code": "2335", "times": 1}
    requests.post(f"{world.sandbox}/_sandbox/faults", json=fault, timeout=10).raise_for_status()
    with world.client(other=True) as client, pytest.raises(EmitirApiError):
        client.emitir({**json.loads(write(factura(datetime.now(UTC)), "json")), "numero": 4777})
    ana.reads("OTRA EMPRESA", "F001-4777: rechazado")
    ana.presses("👁 Ver")
    ana.reads("Ahora hablamos de OTRA EMPRESA", "vendedor")
    ana.reads("Factura F001-4777 · rechazado", "2335")


@pytest.mark.parametrize("pais", ["pe", "py", "xx"])
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("clase", [*CHOICE_OF, "certificado", "autoridad_caida", "autoridad_vuelve", "nueva"])
def test_every_alert_is_a_message_that_telegram_takes(pais: str, language: str, clase: str) -> None:
    facts = {
        "codigo_documento": "01800000005001001000011322026100915495718099",
        "tipo": "1",
        "serie": "12345678-001-001",
        "numero": 113,
        "respuesta_codigo": "0160",
        "respuesta_descripcion": "<XML> & mal formado" * 200,
        "plazo": "2026-11-28T04:59:59+00:00",
        "detalle": "El servidor de correo no acepta <a@b>",
        "destino": "a@b.example",
        "vence": "2026-12-01",
        "dias": 7,
    }
    text, keyboard = alert_message(
        {
            "aviso": 10**9,
            "zona": "America/Lima",
            "idioma": language,
            "pais": pais,
            "empresa": "A & B <S.A.>",
            "clase": clase,
            "datos": facts,
        }
    )
    read = shown(text, "HTML")
    assert read.startswith("A & B <S.A.>\n")
    assert 10 < len(read) < 4096
    assert "{" not in read
    if clase == "por_vencer":
        assert "27/11/2026 23:59" in read, "in the company's own time"
    assert len(str(keyboard.inline_keyboard[0][0].callback_data).encode()) <= 64


def test_what_is_told_is_chosen(world: World) -> None:
    ana = world.linked()
    ana.says("/avisos")
    shown = ana.reads("Avisos de", "Horas de silencio: ninguna").buttons
    assert [label[0] for label in shown[:7]] == ["⬜"] * 7
    ana.presses("Observados")
    assert "✅ Observados" in ana.reads("Avisos de").buttons
    add_events(world.folder, world.company, "observado", 1)
    add_events(world.folder, world.company, "baja_aceptada", 1)
    ana.reads("con observaciones")
    ana.hears_nothing(1.5)


def test_in_english_for_who_speaks_it(world: World) -> None:
    ann = alerted(world, "Ann", language="en")
    add_events(world.folder, world.company, "baja_rechazada", 1)
    ann.reads("The baja of Factura F900-1 was rejected")


def test_quiet_hours_are_kept_and_what_waited_comes_after(world: World) -> None:
    ana = alerted(world)
    ana.says("/avisos")
    ana.reads("Avisos de")
    ana.presses("Otras horas")
    ana.reads("Escriba las horas")
    ana.says("de noche")
    ana.reads("Escriba las horas")
    ana.says("0:00 a 23:59")
    ana.reads("Horas de silencio: de 00:00 a 23:59")
    add_events(world.folder, world.company, "rechazado", 1)
    ana.hears_nothing(3)
    ana.presses("Sin horas de silencio")
    ana.reads("Horas de silencio: ninguna")
    ana.reads("F900-1: rechazado")


@pytest.mark.parametrize(
    ("hour", "end"),
    [("12:00", None), ("22:00", "07:00+1"), ("23:59", "07:00+1"), ("03:00", "07:00"), ("07:00", None)],
)
def test_quiet_hours_over_midnight_in_lima(hour: str, end: str | None) -> None:
    now = datetime.fromisoformat(f"2026-11-21T{hour}:00-05:00").astimezone(UTC)
    until = quiet_until("22:00", "07:00", "America/Lima", now)
    if end is None:
        assert until is None
    else:
        day = 22 if end.endswith("+1") else 21
        assert until == datetime.fromisoformat(f"2026-11-{day}T{end[:5]}:00-05:00")


def test_a_flood_limit_is_waited_out_and_a_block_is_respected(world: World) -> None:
    ana, eva = alerted(world), alerted(world, "Eva")
    world.telegram.state.limits[ana.chat_id] = [2]
    eva.blocks()
    started = time.monotonic()
    add_events(world.folder, world.company, "no_recibido", 1)
    ana.reads(": no recibido")
    assert time.monotonic() - started >= 2
    calls = len(world.telegram.state.calls)
    time.sleep(2)
    sends = [name for name, _ in world.telegram.state.calls[calls:] if name == "sendmessage"]
    assert sends == []
    eva.unblocks()
    eva.says("/start")
    eva.reads(": no recibido")


def test_an_alert_that_was_on_the_wire_is_not_repeated(world: World) -> None:
    """Killed between Telegram's taking it and the bot's hearing of it: it is found in its chat."""
    ana = alerted(world)
    world.bot.kill()
    add_events(world.folder, world.company, "rechazado", 1)
    journal = world.folder / "bot" / "avisos.journal"
    # The bot of the test plays the moment of the crash: the message is in the chat, the journal is open.
    from emitir.client import EmitirClient

    with EmitirClient(
        f"{world.service}/bot", world.bot.environment["EMITIR_BOT_UUID"], world.bot_token
    ) as bot:
        until = time.monotonic() + 45
        mine: list[dict[str, object]] = []
        while not mine and time.monotonic() < until:
            found = bot.comando("avisos", {"sesion": "killed"}).get("avisos", [])
            mine = [one for one in found if one["chat"] == ana.chat_id]
            time.sleep(0.2)
    text, keyboard = alert_message(mine[0])
    with journal.open("a") as file:
        file.write(f"> {mine[0]['aviso']} {world.telegram.state.next_message_id()}\n")
    buttons = json.loads(json.dumps(keyboard.to_dict()["inline_keyboard"]))
    world.telegram.state.add_sent(ana.chat_id, "text", "F900-1: rechazado", buttons)
    assert text
    world.bot.start()
    ana.reads("F900-1: rechazado")
    ana.says("/start")
    ana.reads("Este chat ve")
    time.sleep(2)
    assert sum("rechazado" in one.text for one in ana.messages) == 1


@pytest.mark.slow
def test_a_thousand_alerts_to_a_hundred_chats_once_each_across_three_kills(world: World) -> None:
    people = [alerted(world, f"P{number}") for number in range(100)]
    add_events(world.folder, world.company, "baja_aceptada", 10)
    for target in (150, 400, 700):
        until = time.monotonic() + 120
        while _told(world, people).total() < target:
            assert time.monotonic() < until, world.bot.log
            time.sleep(0.01)
        world.bot.kill()
        world.bot.start()
    until = time.monotonic() + 120
    while _told(world, people).total() < 1000 and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(3)
    told = _told(world, people)
    assert len(told) == 1000
    assert set(told.values()) == {1}


def _told(world: World, people: list[Person]) -> Counter[tuple[int, str]]:
    chats = {one.chat_id for one in people}
    with world.telegram.state.changed:
        return Counter(
            (one.chat_id, one.text)
            for one in world.telegram.state.sent
            if one.chat_id in chats and "dado de baja" in one.text
        )
