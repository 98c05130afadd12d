"""Paraguay: cancelación, inutilización, nominación, and what a receiver says of a supplier's document."""

from __future__ import annotations

import time

import pytest
from odoorpc.error import RPCError

from scripts.odoo import paraguay
from scripts.odoo.paraguay import PyBooks
from scripts.odoo.service import Service
from tests.odoo.paraguay.looking import approved, told


def test_cancelacion(books: PyBooks, market: int, iva: dict[int, int]) -> None:
    move = books.invoice(market, books.line("A", 1, 10000, iva[10]))
    approved(books, move)
    books.call("account.move", "emitir_baja", [move], "Error en los datos del cliente")
    for _ in range(20):
        if books.state(move)["estado"] == "dado_de_baja":
            break
        time.sleep(1)
        books.run_cron("emitir.cron_enviar", due=[move])
    assert books.state(move)["estado"] == "dado_de_baja", books.state(move)
    assert books.read("account.move", move, "state")["state"] == "cancel"


def test_a_receiver_is_named(books: PyBooks, iva: dict[int, int]) -> None:
    nobody = books.customer("CONSUMIDOR FINAL", "")
    move = books.invoice(nobody, books.line("GASEOSA", 6, 5000, iva[10]))
    approved(books, move)
    assert books.read("account.move", move, "emitir_py_innominada")["emitir_py_innominada"] is True
    named = books.customer("GIMÉNEZ, JOSÉ", "1234567", "l10n_py_base.it_ci")
    wizard = books.create(
        "emitir.py.nominacion", move_id=move, partner_id=named, motivo="El cliente pidió su factura"
    )
    books.call("emitir.py.nominacion", "action_nominar", [wizard])
    assert "Nominación" in told(books, move)


def test_numbers_are_given_up(books: PyBooks, market: int, iva: dict[int, int]) -> None:
    used = books.invoice(market, books.line("A", 1, 10000, iva[10]))
    approved(books, used)
    number = int(books.state(used)["documento"].rpartition("-")[2])
    values = {
        "journal_id": books.journal,
        "document_type_id": books.ref("l10n_py_account.dc_py_f"),
        "motivo": "Salto de numeración",
    }
    taken = books.create("emitir.py.inutilizacion", **values, desde=number, hasta=number + 3)
    with pytest.raises(RPCError, match="en uso"):
        books.call("emitir.py.inutilizacion", "action_inutilizar", [taken])
    free = books.create("emitir.py.inutilizacion", **values, desde=number + 500, hasta=number + 502)
    books.call("emitir.py.inutilizacion", "action_inutilizar", [free])
    assert books.read("emitir.py.inutilizacion", free, "respuesta")["respuesta"]


def test_what_a_receiver_says(books: PyBooks, service: Service, iva: dict[int, int]) -> None:
    """A supplier's document that the sandbox knows: one of our own service's, to this company."""
    seller, _token = paraguay.company(service, ruc="80012345-0", razon_social="PROVEEDOR S.A.")
    issued = service.engine.emitir(
        seller,
        {
            "tipo": "f",
            "serie": "001-001",
            "numero": 1,
            "fecha": time.strftime("%Y-%m-%d"),
            "tipo_doc": "r",
            "numero_doc": paraguay.RUC,
            "razon_social": "DISTRIBUIDORA ÑANDUTÍ S.A.",
            "items": [{"codigo": "1", "descripcion": "PAPEL", "cantidad": 1, "precio_unitario": 11000}],
        },
    )
    cdc = issued.comprobante.codigo_documento
    bill = books.create(
        "account.move",
        move_type="in_invoice",
        journal_id=books.other_purchases(),
        partner_id=books.customer("PROVEEDOR S.A."),
        invoice_date=time.strftime("%Y-%m-%d"),
        l10n_latam_document_type_id=books.ref("l10n_py_account.dc_py_f"),
        l10n_latam_document_number="001-001-0000001",
        emitir_py_cdc=cdc,
        invoice_line_ids=[books.line("PAPEL", 1, 10000, books.iva(10, "purchase"))],
    )
    books.post(bill)
    wizard = books.create("emitir.py.evento", move_id=bill, evento="conformidad")
    books.call("emitir.py.evento", "action_registrar", [wizard])
    assert "Conformidad" in told(books, bill)
    again = books.create("emitir.py.evento", move_id=bill, evento="disconformidad", motivo="x")
    with pytest.raises(RPCError, match="cinco letras"):
        books.call("emitir.py.evento", "action_registrar", [again])
