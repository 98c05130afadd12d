"""The screens in a real browser: what an accountant and an administrator see, kept as images to be looked at.

The images go to ``build/odoo-pantallas``; the tests assert what must stand on them, in Spanish.
"""

from __future__ import annotations

import json
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from scripts.odoo.books import Books
from scripts.odoo.place import REPOSITORY, Server
from scripts.odoo.service import Service
from tests.odoo.test_end_to_end import fault
from tests.odoo.test_peru import RUC_GONE, load_padron

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
IMAGES = REPOSITORY / "build" / "odoo-pantallas"
#: Milliseconds that a page may take: the first one builds the assets of the web client.
PATIENCE = 60_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")


class Screen:
    """A browser window with a session in Odoo."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.url = url
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def login(self) -> None:
        """Enter as the administrator."""
        self.page.goto(f"{self.url}/web/login")
        self.page.fill("input[name=login]", "admin")
        self.page.fill("input[name=password]", "admin")
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".o_main_navbar")

    def open(self, path: str, ready: str) -> None:
        """Open a page of the web client and wait until ``ready`` is there."""
        self.page.goto(f"{self.url}/odoo/{path}")
        self.page.wait_for_selector(ready)
        self.page.wait_for_timeout(1500)  # the chatter and the PDF come after the form

    def record(self, model: str, record: int) -> None:
        """Open one record."""
        self.open(f"{model}/{record}", ".o_form_sheet")

    def keep(self, name: str) -> str:
        """Keep the image; the text that stands on it."""
        IMAGES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(IMAGES / f"{name}.png"))
        assert not self.page.query_selector(".o_error_dialog"), self.page.inner_text(".o_error_dialog")
        return str(self.page.inner_text("body"))


@contextmanager
def browsing(url: str) -> Iterator[Screen]:
    """A browser in which the administrator has entered; at the end nothing may have failed in it."""
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="es")
        page.set_default_timeout(PATIENCE)
        screen = Screen(page, url)
        screen.login()
        yield screen
        browser.close()
    assert screen.errors == []


@pytest.fixture(scope="module")
def screen(server: Server, books: Books) -> Iterator[Screen]:
    for image in IMAGES.glob("*.png"):
        if not image.name.startswith("py-"):  # those of Paraguay are made by its own test
            image.unlink()
    with browsing(server.url) as screen:
        yield screen


def slow_tickets(service: Service) -> None:
    """From now on the sandbox leaves every ticket in process."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{service.sandbox.url}/_sandbox/mode",
        data=json.dumps({"ticket_asks": 1000}).encode(),
        headers={"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310


@pytest.fixture(scope="module")
def moves(books: Books, service: Service) -> dict[str, int]:
    """An invoice in each state that people meet."""
    igv = books.tax("1000")
    market, person = books.customer(), books.customer("QUISPE MAMANI, ROSA", "45678912", "l10n_pe.it_DNI")
    line: Callable[..., list[Any]] = books.line
    made = {
        "aceptada": books.invoice(
            market, line("CUADERNO A4 RAYADO", 24, 6.5, igv), line("LAPICERO", 50, 1.2, igv)
        ),
        "boleta": books.invoice(person, line("MOCHILA ESCOLAR", 1, 89.9, igv)),
    }
    fault(service, operation="sendBill", fault="fault", code="2335")
    made["rechazada"] = books.invoice(market, line("ESCRITORIO", 1, 350, igv))
    service.down()
    made["por_enviar"] = books.invoice(market, line("SILLA", 4, 99.9, igv))
    service.up()
    made["anulada"] = books.invoice(market, line("PAPEL", 10, 15, igv))
    books.call("account.move", "emitir_baja", [made["anulada"]], "Error en el pedido del cliente")
    for _ in range(20):
        if books.state(made["anulada"])["estado"] == "dado_de_baja":
            break
        time.sleep(1)
        books.run_cron("emitir.cron_enviar", due=[made["anulada"]])
    made["baja"] = books.invoice(market, line("TINTA", 2, 45, igv))
    slow_tickets(service)
    books.call("account.move", "emitir_baja", [made["baja"]], "Precio equivocado")
    made["borrador"] = books.invoice(market, line("ESTANTE", 2, 180, igv), post=False)
    return made


def test_settings(screen: Screen, books: Books) -> None:
    screen.open("settings#account", ".o_setting_container")
    screen.page.click(".settings_tab .tab[data-key=account]")
    screen.page.locator("#emitir_conexion").scroll_into_view_if_needed()
    before = screen.keep("ajustes")
    assert "Facturación electrónica (Emitir)" in before
    assert books.read("res.company", 1, "emitir_token")["emitir_token"] not in screen.page.content()
    screen.page.click("button[name=action_emitir_probar]")
    screen.page.wait_for_selector("#emitir_conexion .alert-success")
    screen.page.locator("#emitir_bot").scroll_into_view_if_needed()
    after = screen.keep("ajustes-prueba")
    assert "todo listo para emitir" in after
    assert "Sandbox" in after


def test_link_of_the_bot(screen: Screen, service: Service) -> None:
    service.engine.bots.create("emitir_pantallas_bot")
    screen.open("settings#account", ".o_setting_container")
    screen.page.click(".settings_tab .tab[data-key=account]")
    screen.page.click("button[name=action_emitir_vincular]")
    screen.page.wait_for_selector(".modal div[name=rol]")
    screen.keep("vincular")
    screen.page.click(".modal button[name=action_pedir]")
    screen.page.wait_for_selector(".modal img[alt=QR]")
    screen.page.wait_for_timeout(500)
    assert "https://t.me/emitir_pantallas_bot?start=" in screen.keep("vincular-codigo")


def test_journal(screen: Screen, books: Books) -> None:
    screen.record("account.journal", books.journal)
    screen.page.click(".nav-link[name=emitir]")
    screen.page.wait_for_timeout(300)
    assert "Notas de débito de boletas" in screen.keep("diario")


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("aceptada", ["Aceptado", "ha sido aceptada", "PDF", "XML", "CDR", "Solicitar"]),
        ("boleta", ["B001-", "Aceptado"]),
        ("rechazada", ["Rechazado", "Corregir y emitir de nuevo", "2335"]),
        ("por_enviar", ["Por enviar", "Enviar ahora", "horas restantes"]),
        ("baja", ["Baja en proceso"]),
        ("anulada", ["Dado de baja"]),
        ("borrador", ["Confirmar"]),
    ],
)
def test_invoice(screen: Screen, moves: dict[str, int], which: str, words: list[str]) -> None:
    screen.record("account.move", moves[which])
    text = screen.keep(f"factura-{which}")
    for word in words:
        assert word in text, (word, text[:3000])


def test_page_of_sunat(screen: Screen, moves: dict[str, int]) -> None:
    screen.record("account.move", moves["borrador"])
    screen.page.click(".nav-link[name=emitir_pe]")
    screen.page.wait_for_timeout(300)
    text = screen.keep("factura-sunat")
    for word in ("Detracción", "Guías de remisión", "Tipo de operación"):
        assert word in text


def test_mail(screen: Screen, moves: dict[str, int]) -> None:
    screen.record("account.move", moves["aceptada"])
    screen.page.click("button[name=action_emitir_reenviar]")
    screen.page.wait_for_selector(".modal div[name=para] input")
    assert "PDF, el XML y el CDR" in screen.keep("correo")


def test_lists(screen: Screen, moves: dict[str, int]) -> None:
    screen.open("action-account.action_move_out_invoice", ".o_list_view")
    assert "Aceptado" in screen.keep("facturas-lista")
    screen.open("action-emitir.action_emitir_todos", ".o_list_view")
    assert "Rechazado" in screen.keep("comprobantes-lista")
    screen.page.click(".o_switch_view.o_kanban")
    screen.page.wait_for_selector(".o_kanban_record")
    assert "Aceptado" in screen.keep("comprobantes-kanban")
    screen.open("action-emitir.action_emitir_tablero", ".o_graph_view canvas")
    screen.page.wait_for_timeout(1500)
    screen.keep("tablero")
    screen.page.click(".o_switch_view.o_pivot")
    screen.page.wait_for_selector(".o_pivot table")
    assert "Rechazado" in screen.keep("tablero-tabla")


def test_document_and_baja(screen: Screen, moves: dict[str, int]) -> None:
    screen.record("account.move", moves["aceptada"])
    screen.page.click("button[name=action_emitir_comprobante]")
    screen.page.wait_for_selector("div[name=codigo_documento]")
    screen.page.wait_for_timeout(500)
    assert "20512345671-01-F001" in screen.keep("comprobante")
    screen.record("account.move", moves["aceptada"])
    screen.page.click("button[name=button_request_cancel]")
    screen.page.wait_for_selector(".modal div[name=motivo] input")
    screen.page.fill(".modal div[name=motivo] input", "Error en el pedido del cliente")
    assert "No se puede deshacer" in screen.keep("baja")


def test_partner(screen: Screen, books: Books) -> None:
    partner = books.customer("INVERSIONES DUDOSAS S.A.C.", "20512345671")
    books.call(
        "res.partner",
        "write",
        [partner],
        {"emitir_pe_estado": "BAJA DE OFICIO", "emitir_pe_condicion": "NO HABIDO"},
    )
    screen.record("res.partner", partner)
    text = screen.keep("cliente")
    assert "NO HABIDO" in text
    assert "Completar con los datos de SUNAT" in text


def test_a_new_partner_is_filled_in_while_typing(screen: Screen, service: Service, tmp_path: Path) -> None:
    load_padron(service, tmp_path)
    screen.open("res.partner/new", ".o_form_sheet")
    screen.page.fill("div[name=vat] input", RUC_GONE)
    screen.page.keyboard.press("Tab")
    screen.page.wait_for_function(
        "document.querySelector('div[name=name] input, div[name=name] textarea')?.value.includes('DUDOSAS')"
    )
    assert "NO HABIDO" in screen.keep("cliente-nuevo")
    assert screen.page.input_value("div[name=l10n_latam_identification_type_id] input") == "RUC"


def test_images_are_there(screen: Screen) -> None:
    assert len(list(Path(IMAGES).glob("*.png"))) >= 20
