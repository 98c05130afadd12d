"""``/ruc`` with a loaded padrón: by RUC, by DNI, by name, with buttons that use what was found."""

from __future__ import annotations

import pytest

from tests.bot.conftest import World
from tests.bot.test_documents import issue
from tests.peru_padron.padrones import company, person, ruc, write_text

ACME = ruc("2010000001")
MARIA = 46664666
CLOSED = "BAJA DE OFICIO|NO HABIDO|150131|JR.|UNIÓN|-|-|12|-|-|-|-|-|"


@pytest.fixture(scope="module", autouse=True)
def _padron(world: World) -> None:
    rows = [
        company(10000001, "ACME DEL PERÚ S.A.C."),
        company(10000002, "ACME INVERSIONES E.I.R.L."),
        company(10000003, "TALLERES CERRADOS S.R.L.", CLOSED),
        person(MARIA, "QUISPE ÑAUPARI MARÍA"),
    ]
    file = write_text(world.folder / "padron.txt", rows)
    world.emitir("padron", "load", str(file), "--json")


def test_by_ruc(world: World) -> None:
    ana = world.linked()
    ana.says(f"/ruc {ACME[:2]} {ACME[2:]}")
    shown = ana.reads("ACME DEL PERÚ S.A.C.", f"RUC {ACME}", "ACTIVO · HABIDO", "LIMA")
    assert "Datos del" in shown.text
    assert shown.buttons == ["🧾 Emitirle un comprobante", "📂 Sus comprobantes"]


def test_a_wrong_digit_is_told_and_the_right_one_offered(world: World) -> None:
    ana = world.linked()
    ana.says(f"/ruc {ACME[:-1]}{(int(ACME[-1]) + 1) % 10}")
    shown = ana.reads("⚠️", ACME)
    assert shown.buttons == [f"¿Quiso decir {ACME}?"]
    ana.presses("¿Quiso decir")
    ana.reads("ACME DEL PERÚ S.A.C.")


def test_by_dni_and_by_name(world: World) -> None:
    ana = world.linked()
    ana.says(f"/dni {MARIA}")
    ana.reads("QUISPE ÑAUPARI MARÍA", str(MARIA))
    ana.says("/ruc quispe naupari")
    ana.reads("QUISPE ÑAUPARI MARÍA")
    ana.says("/ruc acme")
    shown = ana.reads("Encontré 2")
    assert sorted(shown.buttons)[0].startswith("ACME DEL PERÚ")
    ana.presses("ACME INVERSIONES")
    ana.reads("ACME INVERSIONES E.I.R.L.", "ACTIVO")


def test_one_who_is_closed_is_warned_of(world: World) -> None:
    ana = world.linked()
    ana.says("/ruc talleres cerrados")
    ana.reads("TALLERES CERRADOS", "NO HABIDO", "no está activo y habido")


def test_nobody(world: World) -> None:
    ana = world.linked()
    ana.says(f"/ruc {ruc('2010009999')}")
    ana.reads("⚠️")
    ana.says("/ruc nadie se llama así")
    ana.reads("Nadie se llama «nadie se llama así»")
    ana.says("/ruc")
    ana.reads("¿A quién busco?")


def test_the_buttons_use_it(world: World) -> None:
    made = issue(world, numero_doc=ACME, razon_social="ACME DEL PERÚ S.A.C.")
    ana = world.linked("vendedor")
    ana.says(ACME)
    ana.reads("ACME DEL PERÚ")
    ana.presses("Sus comprobantes")
    assert any(f"F001-{made['numero']}" in label for label in ana.reads("Los más recientes").buttons)
    ana.presses("Emitirle un comprobante")
    ana.reads("Cliente: ACME DEL PERÚ S.A.C.", "una línea por cosa")
    ana.says("1 x asesoría 118")
    ana.reads("1. 1 × asesoría a S/ 118.00")
    ana.presses("Ver antes")
    ana.reads("Factura para ACME DEL PERÚ S.A.C.", "Total: S/ 118.00")
    ana.presses("Cancelar")
    ana.reads("Cancelado")
    ana.says(f"/ruc {MARIA}")
    ana.reads("QUISPE")
    ana.presses("Emitirle un comprobante")
    ana.reads("Cliente: QUISPE ÑAUPARI MARÍA")
