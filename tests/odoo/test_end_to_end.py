"""Post an invoice in Odoo, and the comprobante is accepted by the sandbox SUNAT."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from scripts.odoo.books import Books
from scripts.odoo.service import Service


def sandbox_log(service: Service) -> list[dict[str, Any]]:
    """Every call that the sandbox SUNAT has received."""
    with urllib.request.urlopen(f"{service.sandbox.url}/_sandbox/log", timeout=10) as answer:  # noqa: S310
        found = json.load(answer)
    return list(found["calls"] if isinstance(found, dict) else found)


def fault(service: Service, **what: Any) -> None:
    """Make the sandbox misbehave for its next calls."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{service.sandbox.url}/_sandbox/faults",
        data=json.dumps({"times": 1, **what}).encode(),
        headers={"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310


def accepted(books: Books, move: int) -> dict[str, Any]:
    """The state of an invoice that must have been accepted with its three files."""
    state = books.state(move)
    assert state["estado"] in ("aceptado", "observado"), state
    assert sorted(state["archivos"]) == ["cdr", "pdf", "xml"]
    return state


def amounts(books: Books, move: int) -> dict[str, Decimal]:
    """Totals that the XML carries, and those of Odoo."""
    xml = etree.fromstring(books.file(move, "xml"))
    odoo = books.read("account.move", move, "amount_total", "amount_untaxed", "amount_tax")
    payable = xml.xpath(
        "string(//*[local-name()='LegalMonetaryTotal' or local-name()='RequestedMonetaryTotal']/*[local-name()='PayableAmount'])"
    )
    tax = xml.xpath("string(/*/*[local-name()='TaxTotal']/*[local-name()='TaxAmount'])")
    return {
        "xml_total": Decimal(payable),
        "xml_tax": Decimal(tax),
        "odoo_total": Decimal(str(odoo["amount_total"])).quantize(Decimal("0.01")),
        "odoo_tax": Decimal(str(odoo["amount_tax"])).quantize(Decimal("0.01")),
    }


def to_the_cent(books: Books, move: int) -> None:
    found = amounts(books, move)
    assert (found["xml_total"], found["xml_tax"]) == (found["odoo_total"], found["odoo_tax"])


@pytest.fixture(scope="module")
def market(books: Books) -> int:
    return books.customer()


@pytest.fixture(scope="module")
def person(books: Books) -> int:
    return books.customer("QUISPE MAMANI, ROSA", "45678912", "l10n_pe.it_DNI")


@pytest.fixture(scope="module")
def igv(books: Books) -> int:
    return books.tax("1000")


def test_a_posted_invoice_is_accepted_with_its_files_in_the_chatter(
    books: Books, market: int, igv: int
) -> None:
    move = books.invoice(market, books.line("CUADERNO A4 & <rayado>", 2, 100, igv))
    state = accepted(books, move)
    assert state["documento"].startswith("F001-")
    assert state["codigo_documento"] == f"20512345671-01-{state['documento']}"
    assert "CUADERNO A4 & <rayado>" in "".join(etree.fromstring(books.file(move, "xml")).itertext())
    assert books.file(move, "pdf").startswith(b"%PDF-")
    assert b"ApplicationResponse" in books.file(move, "cdr")
    to_the_cent(books, move)
    domain = [["model", "=", "account.move"], ["res_id", "=", move]]
    messages = books.call("mail.message", "search_read", domain, ["attachment_ids", "body"])
    (told,) = [message for message in messages if len(message["attachment_ids"]) == 3]
    assert state["documento"] in told["body"]


def test_kinds_of_sale(books: Books, market: int, person: int, igv: int) -> None:
    exonerado, inafecto = books.tax("9997"), books.tax("9998")
    usd = books.ref("base.USD")
    books.call("res.currency", "write", [usd], {"active": True})
    term = books.ref("account.account_payment_term_30days")
    sales = {
        "boleta": books.invoice(person, books.line("MOCHILA", 1, 89.9, igv)),
        "mixta": books.invoice(
            market,
            books.line("gravado", 3, 33.33, igv),
            books.line("exonerado", 2, 7.77, exonerado),
            books.line("inafecto", 1, 5, inafecto),
        ),
        "descuento": books.invoice(market, books.line("con descuento", 7, 12.34, igv, discount=12.5)),
        "dolares": books.invoice(market, books.line("SOFTWARE", 1, 1234.56, igv), currency_id=usd),
        "credito": books.invoice(market, books.line("ESCRITORIO", 3, 350, igv), invoice_payment_term_id=term),
        "larga": books.invoice(
            market, *(books.line(f"Artículo {number}", 1, 0.99, igv) for number in range(60))
        ),
    }
    for move in sales.values():
        accepted(books, move)
        to_the_cent(books, move)
    assert books.state(sales["boleta"])["documento"].startswith("B001-")
    xml = etree.fromstring(books.file(sales["credito"], "xml"))
    assert "Cuota001" in xml.xpath("//*[local-name()='PaymentMeansID']/text()")


def note(books: Books, move: int, motivo: str) -> int:
    """The nota de crédito of an invoice, made with the wizard and posted."""
    wizard = books.call(
        "account.move.reversal",
        "create",
        {"emitir_pe_motivo": motivo, "journal_id": books.journal},
        context={"active_model": "account.move", "active_ids": [move]},
    )
    action = books.call(
        "account.move.reversal", "refund_moves", wizard if isinstance(wizard, list) else [wizard]
    )
    books.post(action["res_id"])
    return int(action["res_id"])


def test_notas(books: Books, market: int, person: int, igv: int) -> None:
    factura = books.invoice(market, books.line("TELEVISOR", 1, 999.99, igv))
    boleta = books.invoice(person, books.line("MOCHILA", 1, 89.9, igv))
    for move, serie in ((factura, "FC01-"), (boleta, "BC01-")):
        nota = note(books, move, "01")
        assert accepted(books, nota)["documento"].startswith(serie)
        to_the_cent(books, nota)
    wizard = books.call(
        "account.debit.note",
        "create",
        {"emitir_pe_motivo": "02", "copy_lines": True, "reason": "Aumento pactado"},
        context={"active_model": "account.move", "active_ids": [factura]},
    )
    debit = books.call("account.debit.note", "create_debit", wizard if isinstance(wizard, list) else [wizard])
    books.post(debit["res_id"])
    assert accepted(books, debit["res_id"])["documento"] == "FD01-1"


def test_a_rejection_is_corrected_with_another_number(
    books: Books, service: Service, market: int, igv: int
) -> None:
    fault(service, operation="sendBill", fault="fault", code="2335")
    move = books.invoice(market, books.line("A", 1, 10, igv))
    state = books.state(move)
    assert (state["estado"], state["atencion"]) == ("rechazado", True), state
    assert state["accion"]
    action = books.call("account.move", "action_emitir_corregir", [move])
    books.post(action["res_id"])
    corrected = accepted(books, action["res_id"])
    assert books.read("account.move", move, "state")["state"] == "cancel"
    serie, _, number = str(state["documento"]).partition("-")
    assert corrected["documento"] == f"{serie}-{int(number) + 1}"


def test_the_service_is_down_while_posting(books: Books, service: Service, market: int, igv: int) -> None:
    service.down()
    try:
        move = books.invoice(market, books.line("A", 1, 10, igv))
        state = books.state(move)
        assert (state["estado"], state["atencion"]) == ("por_enviar", False)
        assert books.read("account.move", move, "state")["state"] == "posted"
        assert state["mensaje"]
    finally:
        service.up()
    books.run_cron("emitir.cron_enviar", due=[move])
    accepted(books, move)


def test_a_lost_answer_is_not_sent_twice(books: Books, service: Service, market: int, igv: int) -> None:
    fault(service, operation="sendBill", fault="drop_after_commit")
    move = books.invoice(market, books.line("A", 1, 10, igv))
    books.call("account.move", "emitir_consultar", [move])
    name = accepted(books, move)["codigo_documento"]
    committed = [
        call
        for call in sandbox_log(service)
        if name in json.dumps(call) and call.get("operation") == "sendBill"
    ]
    assert len({call.get("sha256") for call in committed}) == 1


def test_cron_and_people_at_once_send_once(books: Books, service: Service, market: int, igv: int) -> None:
    service.down()
    try:
        moves = [books.invoice(market, books.line(f"A{number}", 1, 10, igv)) for number in range(3)]
    finally:
        service.up()
    before = len([call for call in sandbox_log(service) if call.get("operation") == "sendBill"])
    books.together(
        lambda other: other.run_cron("emitir.cron_enviar", due=moves),
        lambda other: other.call("account.move", "emitir_enviar", moves),
        lambda other: other.call("account.move", "emitir_enviar", moves[::-1]),
    )
    for move in moves:
        accepted(books, move)
    after = len([call for call in sandbox_log(service) if call.get("operation") == "sendBill"])
    assert after - before == len(moves)


def test_two_users_post_at_once(books: Books, service: Service, market: int, igv: int) -> None:
    drafts = [books.invoice(market, books.line(f"A{number}", 1, 10, igv), post=False) for number in range(8)]
    before = len([call for call in sandbox_log(service) if call.get("operation") == "sendBill"])
    books.together(*[lambda other, move=move: other.post(move) for move in drafts])
    names = [accepted(books, move)["documento"] for move in drafts]
    assert len(set(names)) == len(drafts)
    numbers = sorted(int(str(name).rpartition("-")[2]) for name in names)
    assert numbers == list(range(numbers[0], numbers[0] + len(drafts)))
    after = len([call for call in sandbox_log(service) if call.get("operation") == "sendBill"])
    assert after - before == len(drafts)


def test_special_sales(books: Books, market: int, igv: int) -> None:
    """Given away, detracción, retención, discount on the whole, anticipo, bags: to the cent, and accepted."""
    tax_group = books.read("account.tax", igv, "tax_group_id")["tax_group_id"][0]
    bag = books.create(
        "account.tax",
        name="ICBPER",
        amount_type="fixed",
        amount=0.5,
        type_tax_use="sale",
        l10n_pe_edi_tax_code="7152",
        tax_group_id=tax_group,
    )
    term = books.ref("account.account_payment_term_30days")
    agent = books.customer("AGENTE S.A.", "20331066703", emitir_pe_agente_retencion=True)
    advance = books.invoice(market, books.line("ANTICIPO DE OBRA", 1, 100, igv))
    accepted(books, advance)
    bags = books.line("BOLSA", 10, 0.2)
    bags[2]["tax_ids"] = [[6, 0, [igv, bag]]]
    sales = {
        "gratuita": books.invoice(
            market,
            books.line("CAFETERA", 1, 100, igv),
            books.line("MUESTRA", 2, 5, igv, discount=100, emitir_pe_afectacion="15"),
        ),
        "detraccion": books.invoice(
            market,
            books.line("ASESORÍA CONTABLE", 1, 1000, igv),
            emitir_pe_detraccion="022",
            emitir_pe_detraccion_porcentaje=12,
            invoice_payment_term_id=term,
        ),
        "retencion": books.invoice(agent, books.line("SERVIDOR", 1, 2000, igv), invoice_payment_term_id=term),
        "descuento_global": books.invoice(
            market, books.line("LOTE", 1, 500, igv), books.line("PROMOCIÓN", 1, -50, igv)
        ),
        "anticipo": books.invoice(
            market,
            books.line("OBRA", 1, 500, igv),
            books.line("ANTICIPO", 1, -100, igv, emitir_pe_anticipo_id=advance),
        ),
        "bolsas": books.invoice(market, books.line("PAN", 4, 2.5, igv), bags),
    }
    states = {name: books.state(move) for name, move in sales.items()}
    told = {
        name: state["mensaje"]
        for name, state in states.items()
        if state["estado"] not in ("aceptado", "observado")
    }
    assert told == {}
    for name, move in sales.items():
        found = amounts(books, move)
        assert found["xml_total"] == found["odoo_total"], name


def test_baja(books: Books, market: int, person: int, igv: int) -> None:
    for partner in (market, person):
        move = books.invoice(partner, books.line("A", 1, 10, igv))
        accepted(books, move)
        books.call("account.move", "emitir_baja", [move], "ERROR EN LOS DATOS DEL CLIENTE")
        for _ in range(20):
            if books.state(move)["estado"] == "dado_de_baja":
                break
            time.sleep(1)
            books.run_cron("emitir.cron_enviar", due=[move])
        assert books.state(move)["estado"] == "dado_de_baja", books.state(move)
        assert books.read("account.move", move, "state")["state"] == "cancel"


def test_command_line_finds_and_issues_what_is_missing(books: Books, market: int, igv: int) -> None:
    books.call("res.company", "write", [1], {"emitir_activo": False})
    try:
        move = books.invoice(market, books.line("A", 1, 10, igv))
    finally:
        books.call("res.company", "write", [1], {"emitir_activo": True})
    assert books.state(move)["estado"] == ""
    name = books.read("account.move", move, "name")["name"]

    def emitir(command: str) -> subprocess.CompletedProcess[str]:
        url = ["--url", books.server.url, "--database", books.server.database]
        program = [sys.executable, "-m", "emitir.cli", "odoo", command, *url]
        environment = {**os.environ, "ODOO_KEY": "admin"}
        return subprocess.run(
            program, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    found = emitir("check")
    assert (found.returncode, f"Sin emitir: {name}" in found.stdout) == (2, True), found
    done = emitir("backfill")
    assert f"{name}: aceptado" in done.stdout, done
    accepted(books, move)
