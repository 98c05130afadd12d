"""The mail addresses of a customer as the company's Odoo knows them, over its own protocol."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from emitir_bot.odoo import Odoo
from emitir_bot.settings import SettingsError
from tests.bot.conftest import World
from tests.bot.odoo_server import PASSWORD, OdooServer
from tests.bot.test_documents import issue

RUC = "20512345671"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OdooServer]:
    monkeypatch.setenv("CLAVE_ODOO", PASSWORD)
    with OdooServer() as running:
        running.partners = [
            {"id": 1, "vat": "20600000005", "email": "compras@cliente.example"},
            {"id": 2, "vat": "20600000005", "email": "a@cliente.example; b@cliente.example"},
            {"id": 3, "vat": "20600000005", "email": False},
            {"id": 4, "vat": "80012345-0", "email": "asuncion@cliente.example"},
            {"id": 5, "vat": "80012345", "email": "sin-dv@cliente.example"},
            {"id": 6, "vat": False, "email": "otro@cliente.example"},
        ]
        yield running


@pytest.fixture
def odoo(server: OdooServer, tmp_path: Path) -> Odoo:
    file = tmp_path / "odoo.json"
    file.write_text(server.settings(RUC), "utf-8")
    return Odoo.from_file(file)


def test_addresses_of_the_partners_with_that_number(odoo: Odoo) -> None:
    assert odoo.addresses(RUC, "20600000005") == [
        "compras@cliente.example",
        "a@cliente.example",
        "b@cliente.example",
    ]
    assert odoo.addresses(RUC, "80012345-0") == ["asuncion@cliente.example", "sin-dv@cliente.example"]
    assert odoo.addresses(RUC, "20999999999") == []
    assert odoo.addresses("20600000005", "20600000005") == [], "another company's Odoo is not asked"


def test_an_odoo_that_fails_is_a_missing_proposal(
    odoo: Odoo, server: OdooServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        server.down = True
        assert odoo.addresses(RUC, "20600000005") == []
        server.down = False
        monkeypatch.setenv("CLAVE_ODOO", "equivocada-y-secreta")
        assert odoo.addresses(RUC, "20600000005") == []
    ours = [record.getMessage() for record in caplog.records if record.name == "emitir_bot"]
    assert len(ours) == 2
    assert "secreta" not in " ".join(ours)
    server.__exit__(None, None, None)
    assert odoo.addresses(RUC, "20600000005") == []


@pytest.mark.parametrize("content", ["", "[]", "{}x", '{"20512345671": {"url": "http://x"}}', '{"1": 2}'])
def test_a_bad_file_is_told_at_the_start(content: str, tmp_path: Path) -> None:
    file = tmp_path / "odoo.json"
    file.write_text(content, "utf-8")
    with pytest.raises(SettingsError):
        Odoo.from_file(file)


def test_they_are_proposed_in_the_chat(world: World) -> None:
    world.odoo.partners = [{"id": 1, "vat": "20600000005", "email": "desde@odoo.example"}]
    made = issue(world, numero_doc="20600000005", razon_social="CLIENTE DE ODOO S.A.C.")
    ana = world.linked()
    ana.says(f"/correo F001-{made['numero']}")
    assert "desde@odoo.example" in ana.reads("¿A qué correo envío").buttons
    ana.presses("desde@odoo.example")
    ana.reads("¿Envío Factura", "a desde@odoo.example?")
    ana.presses("Otra dirección")
    ana.reads("¿A qué correo envío")
    ana.says("/cancelar")
    ana.reads("Cancelado")
    assert PASSWORD not in world.bot.log
