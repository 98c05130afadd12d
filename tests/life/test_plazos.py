"""Deadlines are announced before they pass; a rejection that came as a fault gets its CDR all the same."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa

from emitir.engine.storage.tables import EVENTO
from emitir.peru.examples import factura
from tests.life.conftest import RUC, World


def events(world: World, clase: str) -> list[dict[str, Any]]:
    query = sa.select(EVENTO.c.datos).where(EVENTO.c.clase == clase).order_by(EVENTO.c.id)
    with world.engine._database.read() as connection:
        return list(connection.scalars(query))


def test_a_document_near_its_deadline_is_announced_once(world: World) -> None:
    world.open()
    world.fault("sendBill", "http_503", times=100_000)
    world.fault("getStatusCdr", "http_503", times=100_000)
    document = world.engine.emitir(world.company, factura(world.now()), wait=0.2).comprobante
    world.engine._office.new_clerk().look()
    assert events(world, "por_vencer") == [], "three days are left"
    world.move(days=3)
    deadline = time.monotonic() + 40
    while not (told := events(world, "por_vencer")):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert told[0]["codigo_documento"] == document.codigo_documento
    assert told[0]["plazo"] == document.plazo.isoformat()
    world.engine._office.new_clerk().look()
    assert len(events(world, "por_vencer")) == 1


def test_what_has_its_verdict_is_not_announced(world: World) -> None:
    world.open()
    world.factura()
    world.move(days=4)
    world.engine._office.new_clerk().look()
    assert events(world, "por_vencer") == []
    assert len(events(world, "aceptado") + events(world, "observado")) == 1


def test_a_rejection_that_came_as_a_fault_has_its_cdr(world: World) -> None:
    world.open()
    world.control("POST", "mode", rejections="fault")
    world.control("POST", "lists", ruc_inactivo=[RUC])
    document = world.factura()
    assert document.estado == "rechazado"
    deadline = time.monotonic() + 40
    while world.engine._store.file(document, "cdr") is None:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert b"ApplicationResponse" in world.engine.download(document.codigo_descarga, "cdr").content
    assert world.calls("sendBill") == 1
