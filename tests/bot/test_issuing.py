"""``/emitir`` step by step, and sharing in other chats."""

from __future__ import annotations

from decimal import Decimal

import pytest

from emitir_bot.items import Item, read_item
from tests.bot.conftest import World
from tests.bot.test_documents import issue


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("2 x cuaderno 5.50", Item(Decimal(2), "cuaderno", Decimal("5.50"))),
        ("café molido 28", Item(Decimal(1), "café molido", Decimal(28))),
        ("3 cuadernos A4 a S/ 5,50", Item(Decimal(3), "cuadernos A4", Decimal("5.50"))),
        ("0.75 kg azúcar rubia 4.20", Item(Decimal("0.75"), "azúcar rubia", Decimal("4.20"), "k")),
        ("10x lapicero azul: 1", Item(Decimal(10), "lapicero azul", Decimal(1))),
        ("2 cajas de 12 huevos 9.90", Item(Decimal(2), "cajas de 12 huevos", Decimal("9.90"))),
        ("laptop 3,499.90", Item(Decimal(1), "laptop", Decimal("3499.90"))),
        ("1,200 x clavo 0.05", Item(Decimal(1200), "clavo", Decimal("0.05"))),
        ("cuaderno", None),
        ("5.50", None),
        ("2 x 5.50", None),
        ("", None),
    ],
)
def test_a_line_of_what_is_sold(line: str, item: Item | None) -> None:
    assert read_item(line) == item


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("2 x cuaderno 15.000", Item(Decimal(2), "cuaderno", Decimal(15000))),
        ("yerba 18500", Item(Decimal(1), "yerba", Decimal(18500))),
        ("2,5 kg azúcar Gs. 6.200 5%", Item(Decimal("2.5"), "azúcar", Decimal(6200), "k", "5")),
        ("1.250 x tornillo 1.500", Item(Decimal(1250), "tornillo", Decimal(1500))),
        ("libro 80.000 exento", Item(Decimal(1), "libro", Decimal(80000), "", "0")),
        ("2 h asesoría a ₲ 250.000 iva 10%", Item(Decimal(2), "asesoría", Decimal(250000), "h", "10")),
        ("cuaderno 15.00.0", None),
        ("cuaderno 1.2.3,4,5", None),
    ],
)
def test_a_line_in_guaranies(line: str, item: Item | None) -> None:
    """The point groups thousands there."""
    assert read_item(line, comma=True) == item


def test_a_boleta_step_by_step(world: World) -> None:
    ana = world.linked("vendedor")
    ana.says("/emitir")
    ana.reads("¿Qué emitimos?")
    ana.presses("Boleta")
    ana.reads("DNI del cliente")
    ana.says("123")
    ana.reads("Un DNI tiene 8 dígitos")
    ana.presses("Sin datos")
    ana.reads("CLIENTES VARIOS", "una línea por cosa")
    ana.says("dos cuadernos")
    ana.reads("No entendí «dos cuadernos»")
    ana.says("2 x cuaderno 5.50\ncafé molido 28")
    ana.reads("1. 2 × cuaderno a S/ 5.50", "2. 1 × café molido a S/ 28.00")
    ana.presses("Ver antes de emitir")
    ana.reads("Boleta para CLIENTES VARIOS", "Total: S/ 39.00", "¿La emito?")
    assert ana.receives("vista-previa.pdf").content.startswith(b"%PDF")
    confirm = next(one for one in ana.messages if "¿La emito?" in one.text)
    yes = confirm.keyboard[0][0]["callback_data"]
    ana.presses("Sí, emitir")
    ana.reads("Boleta B001-", "S/ 39.00", "aceptado")
    ana.press_data(confirm, yes)
    ana.says("/start")
    ana.reads("Este chat ve")
    assert sum("aceptado" in one.text for one in ana.messages) == 1


def test_bad_content_is_told_in_the_services_words(world: World) -> None:
    ana = world.linked()
    ana.says("/emitir")
    ana.reads("¿Qué emitimos?")
    ana.presses("Factura")
    ana.reads("RUC del cliente")
    ana.says("20123456780")
    ana.reads("⚠️", "20123456786")


def test_sharing_in_another_chat(world: World) -> None:
    made, ana, eva = issue(world), world.linked(), world.stranger("Eva")
    (result,) = ana.searches(f"F001-{made['numero']}")
    assert f"Factura F001-{made['numero']} · S/ 90.00" in result["title"]
    assert result["type"] == "document"
    assert world.telegram.state.files[result["document_file_id"]].startswith(b"%PDF")
    assert "COMERCIAL" in result["caption"]
    assert not [one for one in ana.messages if one.kind == "document" and not one.deleted], "taken away again"
    assert eva.searches(f"F001-{made['numero']}") == []
    assert len(ana.searches("")) > 1


def test_a_file_is_uploaded_once_and_then_sent_by_its_name(world: World) -> None:
    made, ana, otto = issue(world), world.linked(), world.linked(name="Otto")
    for person in (ana, otto):
        person.says(f"F001-{made['numero']}")
        person.reads("aceptado")
        person.presses("PDF")
        assert person.receives(".pdf").content.startswith(b"%PDF")
    again = world.telegram.state.sent_again[-1]
    (result,) = otto.searches(f"F001-{made['numero']}")
    assert result["document_file_id"] == again
    # Telegram lost it: it is uploaded anew.
    del world.telegram.state.files[again]
    ana.presses("PDF")
    assert ana.receives(".pdf").content.startswith(b"%PDF")
    assert world.telegram.state.sent_again[-1] == again


def test_several_hits_have_the_address_of_their_pdf(world: World) -> None:
    made = [issue(world, razon_social="COMPARTIDOS S.A.C.") for _ in range(2)]
    ana = world.linked()
    results = ana.searches("compartidos")
    assert [one["type"] for one in results] == ["article", "article"]
    texts = "".join(one["input_message_content"]["message_text"] for one in results)
    assert all(f"/descarga/{one['codigo_descarga']}/pdf" in texts for one in made)
