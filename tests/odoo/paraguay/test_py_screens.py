"""The screens of Paraguay in a real browser, kept as images in ``build/odoo-pantallas``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from scripts.odoo.paraguay import PyBooks
from scripts.odoo.place import Server
from tests.odoo.paraguay.looking import approved


@pytest.fixture(scope="module")
def screen(server: Server, books: PyBooks) -> Iterator[Any]:
    """The administrator's browser."""
    from tests.odoo import test_screens as screens

    if screens.CHROMIUM is None:
        pytest.skip("no chromium: apt-get install chromium")
    with screens.browsing(server.url) as screen:
        yield screen


def test_screens(screen: Any, books: PyBooks, market: int, iva: dict[int, int]) -> None:
    factura = books.invoice(
        market, books.line("YERBA MATE 500 G", 12, 18500, iva[10]), books.line("AZÚCAR", 2.5, 6200, iva[5])
    )
    approved(books, factura)
    screen.record("account.move", factura)
    text = screen.keep("py-factura")
    for word in ("FE 001-001-", "Aceptado", "Nota de remisión"):
        assert word in text
    screen.page.click("button[name=action_emitir_py_remision]")
    screen.page.wait_for_selector(".modal div[name=transporte_id]")
    assert "Kilómetros" in screen.keep("py-remision")
    screen.record("account.journal", books.journal)
    screen.page.click(".nav-link[name=emitir]")
    screen.page.wait_for_timeout(300)
    assert "Establecimiento y punto" in screen.keep("py-diario")
    screen.open("settings#account", ".o_setting_container")
    screen.page.click(".settings_tab .tab[data-key=account]")
    screen.page.locator("#emitir_py").scroll_into_view_if_needed()
    assert "SIFEN" in screen.keep("py-ajustes")
    screen.open("action-emitir_py.action_emitir_py_inutilizacion", ".modal div[name=desde], div[name=desde]")
    assert "Inutilizar" in screen.keep("py-inutilizar")
