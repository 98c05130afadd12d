"""Paraguay: post an invoice in Odoo, and SIFEN's sandbox approves it: facturas, notas, autofactura, remisión."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from odoorpc.error import RPCError

from scripts.odoo import i18n
from scripts.odoo.paraguay import PyBooks
from scripts.odoo.place import Odoo
from scripts.odoo.service import Service
from tests.odoo.paraguay.conftest import DATABASE
from tests.odoo.paraguay.looking import approved, texts
from tests.odoo.test_end_to_end import fault


def test_the_settings_come_from_the_service(books: PyBooks, service: Service) -> None:
    known = books.read("res.company", 1, "emitir_py_timbrado", "emitir_py_envio", "emitir_prueba_bien")
    assert (known["emitir_py_timbrado"], known["emitir_py_envio"], known["emitir_prueba_bien"]) == (
        "12345678",
        "sync",
        True,
    )
    settings = books.create(
        "res.config.settings", emitir_py_csc="EFGH0000000000000000000000000000", emitir_py_csc_id="0002"
    )
    books.call("res.config.settings", "execute", [settings])
    company = service.engine.companies.get(books.uuid)
    assert company.settings["csc_id"] == "0002"
    assert service.engine.companies.open_secret(company, "csc") == "EFGH0000000000000000000000000000"
    assert not books.read("res.config.settings", settings, "emitir_py_csc")["emitir_py_csc"]


def test_every_text_has_its_spanish(odoo: Odoo, books: PyBooks, tmp_path: Path) -> None:
    assert i18n.untranslated(odoo, DATABASE, tmp_path, ["emitir_py"]) == []


def test_facturas(books: PyBooks, market: int, iva: dict[int, int]) -> None:
    usd = books.ref("base.USD")
    books.call("res.currency", "write", [usd], {"active": True})
    books.create(
        "res.currency.rate", currency_id=usd, name=time.strftime("%Y-%m-%d"), inverse_company_rate=7350
    )
    person = books.customer("GIMÉNEZ, JOSÉ", "1234567", "l10n_py_base.it_ci")
    nobody = books.customer("CONSUMIDOR FINAL", "")
    abroad = books.customer("ACME LTDA", "998877", "l10n_latam_base.it_fid", country_id=books.ref("base.br"))
    term = books.ref("account.account_payment_term_30days")
    sales = {
        "contado": books.invoice(market, books.line("YERBA & <MATE>", 12, 18500, iva[10])),
        "mixta": books.invoice(
            market,
            books.line("AZÚCAR", 2.5, 6200, iva[5]),
            books.line("PILA", 7, 3333, iva[10]),
            books.line("LIBRO", 1, 45000, iva[0]),
        ),
        "descuento": books.invoice(market, books.line("TELA", 3, 9999, iva[10], discount=12.5)),
        "global": books.invoice(
            market, books.line("LOTE", 4, 100000, iva[10]), books.line("PROMOCIÓN", 1, -50000, iva[10])
        ),
        "credito": books.invoice(
            market, books.line("ESCRITORIO", 1, 900000, iva[10]), invoice_payment_term_id=term
        ),
        "dolares": books.invoice(market, books.line("SOFTWARE", 1, 123.45, iva[10]), currency_id=usd),
        "cedula": books.invoice(person, books.line("MOCHILA", 1, 89900, iva[10])),
        "innominada": books.invoice(nobody, books.line("GASEOSA", 6, 5000, iva[10])),
        "exterior": books.invoice(abroad, books.line("CHÍA", 10, 20000, iva[0])),
    }
    states = {name: books.state(move) for name, move in sales.items()}
    told = {
        name: (state["mensaje"], state["respuesta_descripcion"])
        for name, state in states.items()
        if state["estado"] not in ("aceptado", "observado")
    }
    assert told == {}
    xml = {name: approved(books, move) for name, move in sales.items()}
    assert states["contado"]["documento"] == "FE 001-001-0000001"
    assert len(states["contado"]["codigo_documento"]) == 44
    assert texts(xml["contado"], "dNumTim") == ["12345678"]
    assert texts(xml["credito"], "iCondOpe") == ["2"]
    assert texts(xml["dolares"], "cMoneOpe") == ["USD"]
    assert texts(xml["exterior"], "cPaisRec") == ["BRA"]
    numbers = [states[name]["documento"] for name in sales]
    assert len(set(numbers)) == len(numbers)


def test_notas(books: PyBooks, market: int, iva: dict[int, int]) -> None:
    factura = books.invoice(market, books.line("TELEVISOR", 1, 2500000, iva[10]))
    approved(books, factura)
    context = {"active_model": "account.move", "active_ids": [factura]}
    wizard = books.call(
        "account.move.reversal",
        "create",
        [{"emitir_py_motivo": "2", "journal_id": books.journal}],
        context=context,
    )
    credit = books.call("account.move.reversal", "refund_moves", wizard)["res_id"]
    books.post(credit)
    xml = approved(books, credit)
    assert books.state(credit)["documento"] == "NC 001-001-0000001"
    assert texts(xml, "dCdCDERef") == [books.state(factura)["codigo_documento"]]
    wizard = books.call(
        "account.debit.note", "create", [{"emitir_py_motivo": "6", "copy_lines": True}], context=context
    )
    debit = books.call("account.debit.note", "create_debit", wizard)["res_id"]
    books.post(debit)
    approved(books, debit)
    assert books.state(debit)["documento"] == "ND 001-001-0000001"


def test_autofactura(books: PyBooks) -> None:
    seller = books.customer("BENÍTEZ, RAMONA", "2345678", "l10n_py_base.it_ci")
    values: dict[str, Any] = {
        "move_type": "in_invoice",
        "journal_id": books.purchases,
        "partner_id": seller,
        "invoice_date": time.strftime("%Y-%m-%d"),
        "l10n_latam_document_type_id": books.ref("l10n_py_account.dc_py_af"),
        "emitir_py_constancia": "2",
        "emitir_py_constancia_numero": "12345678901",
        "emitir_py_constancia_control": "ABCD1234",
    }
    move = books.create("account.move", **values, invoice_line_ids=[books.line("MANDIOCA", 100, 3000)])
    books.post(move)
    xml = approved(books, move)
    assert books.state(move)["documento"] == "AF 001-002-0000001"
    assert texts(xml, "dNomVen") == ["BENÍTEZ, RAMONA"]


def test_a_partner_is_filled_in_by_its_ruc(books: PyBooks) -> None:
    partner = books.customer("por completar", "80012345-0")
    books.call("res.partner", "action_emitir_py_consultar", [partner])
    found = books.read("res.partner", partner, "name", "emitir_py_estado", "emitir_py_alerta")
    assert found["name"] != "por completar"
    assert (found["emitir_py_estado"], found["emitir_py_alerta"]) == ("ACTIVO", False)


def test_what_is_wrong_is_told_before_posting(books: PyBooks, iva: dict[int, int]) -> None:
    nobody = books.customer("CONSUMIDOR FINAL", "")
    move = books.invoice(nobody, books.line("MOTO", 1, 9000000, iva[10]), post=False)
    with pytest.raises(RPCError, match=r"7\.000\.000"):
        books.post(move)
    untaxed = books.invoice(books.customer(), books.line("SIN IMPUESTO", 1, 1000), post=False)
    with pytest.raises(RPCError, match="SIN IMPUESTO"):
        books.post(untaxed)


def test_what_sifen_refuses_goes_again_with_its_number(
    books: PyBooks, service: Service, market: int, iva: dict[int, int]
) -> None:
    company = service.engine.companies.get(books.uuid)
    right = service.engine.companies.open_secret(company, "csc")
    service.engine.companies.set_secrets(books.uuid, {"csc": "Z" * 32})
    try:
        move = books.invoice(market, books.line("A", 1, 10000, iva[10]))
    finally:
        service.engine.companies.set_secrets(books.uuid, {"csc": right})
    state = books.state(move)
    assert (state["estado"], state["atencion"]) == ("por_enviar", True), state
    assert "QR" in state["mensaje"]
    # The settings have been corrected: the same invoice is judged anew.
    books.call("account.move", "emitir_enviar", [move])
    approved(books, move)
    assert books.state(move)["documento"] == state["documento"]
    # The invoice itself has to be corrected: it keeps its number.
    fault(service, operation="recibe", fault="fault", code="1303")
    wrong = books.invoice(market, books.line("A", 1, 10000, iva[10]))
    number = books.read("account.move", wrong, "name")["name"]
    books.call("account.move", "button_draft", [wrong])
    books.call("account.move", "write", [wrong], {"narration": "corregida"})
    books.post(wrong)
    approved(books, wrong)
    assert books.state(wrong)["documento"] == number


def test_two_users_post_at_once(books: PyBooks, market: int, iva: dict[int, int]) -> None:
    # A punto of its own, whose timbrado nobody has used: all of them want to make it.
    first = books.read("account.journal", books.journal, "default_account_id")["default_account_id"]
    journal = books.create(
        "account.journal",
        name="Caja 2",
        code="CJ2",
        type="sale",
        default_account_id=first[0],
        l10n_latam_use_documents=True,
        l10n_py_point="004",
        emitir_electronico=True,
    )
    drafts = [
        books.invoice(market, books.line(f"A{n}", 1, 1000, iva[10]), journal_id=journal, post=False)
        for n in range(4)
    ]
    books.together(*[lambda other, move=move: other.post(move) for move in drafts])
    names = []
    for move in drafts:
        approved(books, move)
        names.append(books.state(move)["documento"])
    assert len(set(names)) == 4


def test_remision(books: PyBooks, market: int, iva: dict[int, int]) -> None:
    factura = books.invoice(market, books.line("CEMENTO", 50, 62000, iva[10]))
    approved(books, factura)
    carrier = books.create(
        "emitir.py.transporte",
        nombre="TRANSPORTES DEL SUR S.A.",
        ruc="80012345-0",
        domicilio="LUQUE",
        chofer="JOSÉ GIMÉNEZ",
        chofer_documento="1234567",
        chofer_direccion="LUQUE",
        vehiculo="CAMIÓN",
        marca="SCANIA",
        matricula="ABC123",
    )
    for city in ("CIUDAD QUE NO EXISTE", "ASUNCION"):
        # What the service refuses is mended under its number.
        wizard = books.call(
            "emitir.py.remision",
            "create",
            [{"transporte_id": carrier, "kilometros": 12, "flete": "5", "entrega_ciudad": city}],
            context={"default_move_id": factura},
        )
        books.call("emitir.py.remision", "action_emitir", wizard)
    domain = [["move_id", "=", factura], ["tipo", "=", "r"]]
    (record,) = books.call(
        "emitir.comprobante", "search_read", domain, ["estado", "numero_completo", "mensaje", "xml_id"]
    )
    assert (record["estado"], record["numero_completo"]) == ("aceptado", "NR 001-001-0000001"), record
    assert record["xml_id"]
    assert books.read("account.move", factura, "emitir_py_remisiones")["emitir_py_remisiones"] == 1
    assert books.state(factura)["estado"] == "aceptado"
