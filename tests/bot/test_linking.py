"""Linking: one-time codes, roles, several companies, leaving, revocation; strangers get the explanation."""

from __future__ import annotations

import re

import pytest

from emitir.client import EmitirApiError, EmitirClient
from emitir_bot.language import LANGUAGES, said
from emitir_bot.texts import general
from emitir_bot.texts.menu import MENU
from tests.bot.conftest import World


def test_a_stranger_gets_the_explanation_and_nothing_else(world: World) -> None:
    ana = world.stranger()
    for order in ("/start", "/ventas", "/comprobante F001-21", "hola", "/ayuda", "/avisos", "/empresa"):
        ana.says(order)
        ana.reads("vincule este chat con su empresa")


def test_a_code_links_once(world: World) -> None:
    ana, code = world.stranger(), world.code("contador")
    ana.says(code.lower().replace("-", " "))
    ana.reads("vinculado", "COMERCIAL ÑANDÚ & HIJOS S.A.C.", "20512345671", "contador", "ambiente de pruebas")
    ana.says("/start")
    ana.reads("Este chat ve COMERCIAL", "contador")
    eva = world.stranger("Eva")
    eva.says(f"/start {code}")
    eva.reads("El código no es correcto, ya se usó o venció")
    eva.says("/start")
    eva.reads("vincule este chat")


def test_wrong_codes_are_limited_even_for_a_right_one(world: World) -> None:
    eva = world.stranger("Eva")
    for _ in range(5):
        eva.says("/start ABCD-2345")
        eva.reads("El código no es correcto")
    eva.says(f"/start {world.code()}")
    eva.reads("demasiados códigos equivocados", "15 minutos")
    ana = world.linked()
    assert ana.last is not None


def test_several_companies_and_the_one_in_use(world: World) -> None:
    ana = world.linked()
    ana.says(world.code("vendedor", other=True))
    ana.reads("vinculado", "OTRA EMPRESA", "vendedor")
    ana.says("/empresa")
    shown = ana.reads("¿De qué empresa hablamos?")
    assert [label[:2] == "👉 " for label in shown.buttons] == [False, True]
    ana.presses("COMERCIAL")
    ana.reads("Ahora hablamos de COMERCIAL", "dueño")
    ana.says("/start")
    ana.reads("Este chat ve COMERCIAL")


def test_leaving_asks_first(world: World) -> None:
    ana = world.linked()
    ana.says("/salir")
    ana.reads("¿Desvincular este chat de COMERCIAL")
    ana.presses("No")
    ana.reads("Cancelado")
    ana.says("/salir")
    ana.reads("¿Desvincular")
    ana.presses("Sí, desvincular")
    ana.reads("ya no está vinculado")
    ana.says("/ventas")
    ana.reads("vincule este chat")


def test_the_administrator_sees_and_revokes(world: World) -> None:
    ana = world.linked("vendedor", "Ana Quispe")
    with world.client() as client:
        mine = [one for one in client.comando("vinculos")["vinculos"] if one["nombre"] == "Ana Quispe"]
        assert [(one["rol"], one["bot"]) for one in mine] == [("vendedor", "emitir_bot")]
        after = client.comando("vinculos", {"revocar": mine[0]["vinculo"]})["vinculos"]
        assert mine[0] not in after
    with world.client(other=True) as client, pytest.raises(EmitirApiError) as refused:
        client.comando("vinculos", {"revocar": after[0]["vinculo"]})
    assert refused.value.code == "VINCULO_NO_EXISTE"
    assert "Ana Quispe" not in world.emitir("bot", "links", world.company)
    assert ana.last is not None


def test_a_link_opens_its_company_to_its_bot_only(world: World) -> None:
    world.linked("vendedor", "Rosa")
    with world.client() as client:
        link = next(one for one in client.comando("vinculos")["vinculos"] if one["nombre"] == "Rosa")[
            "vinculo"
        ]
    with EmitirClient(world.service, link, world.bot_token) as bot:
        assert bot.hola()["ruc"] == "20512345671"
        with pytest.raises(EmitirApiError) as refused:
            bot.comando("vincular")
        assert (refused.value.http, refused.value.code) == (403, "SIN_PERMISO")
    for uuid, token in (
        (link, world.token),
        (link, "0" * 64),
        (world.company, world.bot_token),
        (world.other, world.bot_token),
    ):
        with EmitirClient(world.service, uuid, token) as wrong, pytest.raises(EmitirApiError) as refused:
            wrong.hola()
        assert (refused.value.http, refused.value.code) == (403, "NO_AUTORIZADO")


def test_the_menu_is_set_by_language(world: World) -> None:
    menus = world.telegram.state.commands
    assert {name: len(menus[name]) for name in ("", "en")} == {"": 14, "en": 14}
    assert menus[""][0]["description"] == "Ver un comprobante y sus archivos"
    assert menus["en"][0]["description"] == "See a comprobante and its files"


def test_the_language_is_chosen_and_kept_over_a_restart(world: World) -> None:
    ana = world.linked()
    ana.says("/idioma")
    ana.reads("¿En qué idioma")
    ana.presses("English")
    ana.reads("we speak English")
    assert world.telegram.state.commands[f"chat {ana.chat_id}"][0]["description"].startswith("See a")
    world.bot.stop()
    world.bot.start()
    ana.says("/pendientes")
    ana.reads("No comprobantes are pending")
    ana.says("/idioma")
    ana.reads("Which language")
    ana.presses("Español")
    ana.reads("hablamos en español")


def test_the_help_fits_a_phones_screen() -> None:
    """Some 24 lines of 42 letters are seen at once on a small phone."""
    for language in LANGUAGES:
        lines = re.sub(r"<[^>]+>", "", said(general.HELP, language)).split("\n")
        assert sum(max(1, -(-len(line) // 42)) for line in lines) <= 24
        named = set(re.findall(r"/([a-z]+)", "\n".join(lines)))
        assert set(MENU) - named <= {"cancelar", "ayuda"}


@pytest.mark.parametrize("text", ["/foto", "/frase", "/lista x", "/inline F001", "/aviso:v:1", "/nada"])
def test_what_is_no_command(world: World, text: str) -> None:
    ana = world.linked()
    ana.says(text)
    ana.reads("No entendí")


def test_groups_are_told_to_write_in_private(world: World) -> None:
    ana = world.linked()
    chat = {"id": -99, "type": "group", "title": "Ventas"}
    ana.says("/ventas", chat=chat)
    group = world.telegram.person(-99)
    group.reads("solo en privado")


def test_tokens_and_codes_are_in_no_log(world: World) -> None:
    code = world.code()
    ana = world.stranger()
    ana.says(f"/start {code}")
    ana.reads("vinculado")
    logs = world.bot.log + (world.folder / "serve.log").read_text("utf-8")
    for secret in (world.telegram.state.token, world.bot_token, world.token, code, code.replace("-", "")):
        assert secret not in logs
