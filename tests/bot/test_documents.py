"""Conversations about comprobantes: the card, its files, states, tickets, bajas with roles, mail, sentences."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from pypdf import PdfReader

from emitir.client import EmitirApiError
from emitir.peru.examples import boleta, factura
from emitir.wire import write
from tests.bot.conftest import World

_numbers = itertools.count(7001)


def issue(world: World, other: bool = False, kind: str = "f", **changes: Any) -> dict[str, Any]:
    """A comprobante of today, accepted."""
    made = (factura if kind == "f" else boleta)(datetime.now(UTC))
    properties = json.loads(write(made, "json")) | {"numero": next(_numbers)} | changes
    with world.client(other) as client:
        answer = client.emitir(properties).respuesta
    return answer | {"numero": properties["numero"], "_fecha": properties["fecha"]}


def test_the_card_and_its_three_files(world: World) -> None:
    made, ana = issue(world), world.linked()
    ana.says(f"/comprobante f001 {made['numero']}")
    card = ana.reads(f"Factura F001-{made['numero']} · aceptado", "ABC CONSULTORES S.A.C.", "S/ 90.00")
    assert card.buttons == [
        "📄 PDF",
        "🧾 XML",
        "📥 CDR",
        "✉️ Enviar por correo",
        "🗑 Dar de baja",
        "🔄 Actualizar",
    ]
    ana.presses("PDF")
    pdf = ana.receives(".pdf")
    assert f"F001-{made['numero']}" in pdf.file_name
    assert pdf.content.startswith(b"%PDF")
    ana.presses("XML")
    assert b"<Invoice" in ana.receives(".xml").content[:400]
    ana.presses("CDR")
    assert b"ApplicationResponse" in ana.receives(".xml").content


def test_what_does_not_exist_and_what_is_not_said(world: World) -> None:
    ana = world.linked()
    ana.says("/comprobante F001-999999")
    ana.reads("No encontré ningún comprobante con «F001-999999»")
    ana.says("/comprobante")
    ana.reads("¿Cuál comprobante?")
    ana.says("/comprobante <b>&")
    ana.reads("No encontré ningún comprobante con «<b>&»")


def test_the_state_in_words(world: World) -> None:
    made, ana = issue(world), world.linked("vendedor")
    ana.says(f"/estado F001-{made['numero']}")
    ana.reads(f"Factura F001-{made['numero']}: aceptado")


def test_companies_never_see_each_other(world: World) -> None:
    made = issue(world, other=True)
    ana, otto = world.linked(), world.linked(name="Otto", other=True)
    ana.says(f"/comprobante F001-{made['numero']}")
    ana.reads("No encontré")
    otto.says(f"/comprobante F001-{made['numero']}")
    card = otto.reads("aceptado")
    # The button of another chat, pressed in this one.
    data = card.keyboard[0][0]["callback_data"]
    ana.press_data(ana.messages[-1], data)
    ana.reads("⚠️")
    assert not [one for one in ana.messages if one.kind == "document"]


def test_a_baja_in_two_steps(world: World) -> None:
    made, ana = issue(world), world.linked("contador")
    ana.says(f"/comprobante F001-{made['numero']}")
    ana.reads("aceptado")
    ana.presses("Dar de baja")
    ana.reads("dejará de valer", "Se puede hasta el", "Escriba el motivo")
    ana.says("error en el RUC del cliente")
    ana.reads("¿Dar de baja Factura", "«error en el RUC del cliente»")
    ana.presses("Sí, dar de baja")
    shown = ana.reads("baja")
    assert "dado de baja" in shown.text or "en proceso (ticket" in shown.text
    ana.presses("Sí, dar de baja") if "Sí, dar de baja" in shown.buttons else None
    with world.client() as client:
        state = client.comando("consultar", {"codigo_documento": made["codigo_documento"]})
    assert state["estado_comprobante"] in ("baja_en_proceso", "dado_de_baja")
    ticket = state["baja"]["ticket"]
    ana.says(f"/ticket {ticket}")
    ana.reads(ticket, f"F001-{made['numero']}")


def test_a_seller_may_not(world: World) -> None:
    made, sam = issue(world), world.linked("vendedor", "Sam")
    sam.says(f"/comprobante F001-{made['numero']}")
    assert "🗑 Dar de baja" not in sam.reads("aceptado").buttons
    sam.says(f"/baja F001-{made['numero']}")
    sam.reads("Solo el dueño y el contador")
    # A button that was never shown, made up: the service refuses it, whatever the bot thinks.
    sam.press_data(sam.messages[-1], f"baja:pedir:{made['codigo_documento']}")
    with world.client() as client:
        link = client.comando("vinculos")["vinculos"][-1]
    from emitir.client import EmitirApiError, EmitirClient

    with (
        EmitirClient(world.service, link["vinculo"], world.bot_token) as bot,
        pytest.raises(EmitirApiError) as no,
    ):
        bot.comando("baja", {"codigo_documento": made["codigo_documento"], "motivo": "prueba"})
    assert (no.value.http, no.value.code) == (403, "SIN_PERMISO")


def test_a_baja_that_is_cancelled_or_confirmed_too_late(world: World) -> None:
    made, ana = issue(world), world.linked()
    ana.says(f"/baja F001-{made['numero']}")
    ana.reads("Escriba el motivo")
    ana.says("motivo de prueba")
    confirm = ana.reads("¿Dar de baja")
    yes = confirm.keyboard[0][0]["callback_data"]
    ana.presses("Cancelar")
    ana.reads("Cancelado")
    ana.press_data(confirm, yes)
    ana.says("/start")
    ana.reads("Este chat ve")
    with world.client() as client:
        state = client.comando("consultar", {"codigo_documento": made["codigo_documento"]})
    assert state["estado_comprobante"] == "aceptado"


def test_a_dialogue_survives_a_kill_of_the_bot(world: World) -> None:
    made, ana = issue(world), world.linked()
    ana.says(f"/baja F001-{made['numero']}")
    ana.reads("Escriba el motivo")
    world.bot.kill()
    ana.says("escrito mientras el bot no estaba")
    world.bot.start()
    ana.reads("¿Dar de baja", "escrito mientras el bot no estaba")
    ana.presses("Cancelar")
    ana.reads("Cancelado")


def test_sentences(world: World) -> None:
    issue(world, razon_social="FERRETERÍA EL TORNILLO S.A.C.")
    last, ana = issue(world, razon_social="FERRETERÍA EL TORNILLO S.A.C."), world.linked()
    ana.says("la última factura de el tornillo")
    ana.reads(f"Factura F001-{last['numero']}", "TORNILLO")
    ana.says("facturas de El Tornillo")
    assert len(ana.reads("Los más recientes").buttons) == 2
    ana.says(f"mándame la F001-{last['numero']} porfa")
    ana.reads(f"Factura F001-{last['numero']}")
    ana.says("blablá")
    ana.reads("No entendí")


def test_a_long_list_has_more_pages(world: World) -> None:
    made = [issue(world, razon_social="LISTA LARGA S.A.C.")["numero"] for _ in range(9)]
    ana = world.linked()
    ana.says("lista larga")
    first = ana.reads("Los más recientes")
    assert (len(first.buttons), first.buttons[-1]) == (7, "⬇️ Más")
    ana.presses("Más")
    second = ana.reads("Los que siguen")
    assert len(second.buttons) == 3
    shown = " ".join(first.buttons + second.buttons)
    assert all(f"F001-{number}" in shown for number in made)
    ana.presses(f"F001-{made[0]}")
    ana.reads(f"Factura F001-{made[0]} · aceptado")
    ana.presses(f"F001-{made[1]}")
    ana.reads(f"Factura F001-{made[1]} · aceptado")
    ana.says("/comprobante una lista que es demasiado larga para un botón de Telegram")
    ana.reads("No encontré")


def test_pending_and_rejected(world: World) -> None:
    otto = world.linked(name="Otto", other=True)
    fault = {"operation": "sendBill", "fault": "fault", "code": "2335", "times": 1}
    requests.post(f"{world.sandbox}/_sandbox/faults", json=fault, timeout=10).raise_for_status()
    with pytest.raises(EmitirApiError, match="2335"):
        issue(world, other=True, numero=6999)
    otto.says("/rechazados")
    otto.reads("Rechazados", "❌ Factura F001-6999", "2335 El documento")
    otto.presses("F001-6999")
    shown = otto.reads("Factura F001-6999 · rechazado", "emítalo otra vez con un número nuevo")
    assert "✉️ Enviar por correo" not in shown.buttons
    otto.says("/pendientes")
    otto.reads("No hay comprobantes pendientes")


def test_sales_with_a_chart(world: World) -> None:
    issue(world)
    ana = world.linked()
    ana.says("/ventas mes")
    shown = ana.reads("Ventas de COMERCIAL", "Mes:", "IGV", "Factura")
    assert "S/ " in shown.text
    assert (shown.kind, shown.content[:4]) == ("photo", b"\x89PNG")
    ana.presses("Hoy")
    ana.reads("Hoy:")


def test_the_chart_is_a_picture() -> None:
    import io
    from decimal import Decimal

    from PIL import Image

    from emitir_bot.chart import Bar, chart

    bars = [Bar(f"{number:02d}/11", Decimal(number * 100 - 300)) for number in range(1, 31)]
    image = Image.open(io.BytesIO(chart("Ventas", bars)))
    assert (image.format, image.size) == ("PNG", (900, 480))
    assert len(image.getcolors(100_000) or []) > 3


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        (["0"], ["0", "1"]),
        (["100", "40"], ["0", "50", "100"]),
        (["-800", "4000"], ["-2000", "0", "2000", "4000"]),
        (["-300", "-100"], ["-300", "-200", "-100", "0", "100"]),
        (["14000000"], ["0", "5000000", "10000000", "15000000"]),
    ],
)
def test_the_lines_of_the_chart_hold_every_bar(values: list[str], levels: list[str]) -> None:
    from decimal import Decimal

    from emitir_bot.chart import _levels

    assert _levels([Decimal(value) for value in values]) == [Decimal(level) for level in levels]


def test_the_pdf_is_that_of_the_document(world: World) -> None:
    import io

    made, ana = issue(world, kind="b"), world.linked()
    ana.says(f"B001-{made['numero']}")
    ana.reads("Boleta")
    ana.presses("PDF")
    text = PdfReader(io.BytesIO(ana.receives(".pdf").content)).pages[0].extract_text()
    assert f"B001-{made['numero']}" in text.replace(" ", "") or str(made["numero"]) in text
