"""Notas on documents of ours: completed from the store, held against what is left, sent after what they modify."""

from __future__ import annotations

import threading
from decimal import Decimal
from typing import Any

import pytest

from emitir.errors import EmitirError
from emitir.peru.examples import factura
from tests.life.conftest import World


def nota(world: World, numero: int | None = 1, **more: Any) -> dict[str, Any]:
    named = {} if numero is None else {"numero": numero}
    return {
        "tipo": "c",
        "serie": "FC01",
        **named,
        "fecha": f"{world.now():%Y-%m-%d}",
        "motivo": "01",
        "sustento": "ANULACIÓN DE LA OPERACIÓN",
        "documento": "F001-21",
        **more,
    }


def problem(error: pytest.ExceptionInfo[EmitirError]) -> tuple[str, str]:
    (found,) = error.value.problems
    return found.path, found.authority_code


def test_total_annulment_names_the_document_and_nothing_else(world: World) -> None:
    world.open()
    document = world.factura()
    credit = world.emitir(nota(world))
    assert (credit.estado, credit.total) == ("aceptado", document.total)
    assert (credit.receptor_numero, credit.moneda) == (document.receptor_numero, document.moneda)
    again = world.engine.emitir(world.company, nota(world))
    assert (again.repeated, again.comprobante.id) == (True, credit.id)
    assert world.calls("sendBill") == 2
    with pytest.raises(EmitirError, match="indique las líneas"):
        world.emitir(nota(world, 2))


def test_not_more_than_what_is_left(world: World) -> None:
    world.open()
    document = world.factura()
    line = {"descripcion": "DEVOLUCIÓN", "cantidad": 1, "precio_unitario": "40.00"}
    assert world.emitir(nota(world, 1, motivo="07", items=[line])).estado == "aceptado"
    assert document.total == Decimal("90.00")
    with pytest.raises(EmitirError, match=r"quedan 50\.00") as raised:
        world.emitir(nota(world, 2, motivo="07", items=[{**line, "precio_unitario": "50.01"}]))
    assert problem(raised) == ("total", "3286")
    assert world.emitir(nota(world, 2, motivo="07", items=[{**line, "precio_unitario": "50.00"}])).accepted
    with pytest.raises(EmitirError, match=r"quedan 0\.00"):
        world.emitir(nota(world, 3, motivo="07", items=[{**line, "precio_unitario": "0.10"}]))


def test_ten_at_once_do_not_credit_more_than_there_is(world: World) -> None:
    world.open()
    document = world.factura()
    line = {"descripcion": "DEVOLUCIÓN", "cantidad": 1, "precio_unitario": "40.00"}
    done: list[Decimal] = []

    def credit() -> None:
        try:
            found = world.emitir(nota(world, None, motivo="07", items=[line]))
        except EmitirError:
            return
        done.append(found.total)

    threads = [threading.Thread(target=credit) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [Decimal("40.00"), Decimal("40.00")]
    assert sum(done) <= document.total


def test_a_line_that_names_its_product_costs_what_it_cost(world: World) -> None:
    world.open()
    sale = factura(world.now())
    item = {**sale["items"][0], "codigo": "P-77"}
    world.emitir({**sale, "items": [item, *sale["items"][1:]]})
    credit = world.emitir(nota(world, motivo="07", items=[{"codigo": "P-77", "cantidad": 1}]))
    assert credit.estado == "aceptado"


@pytest.mark.parametrize(
    ("change", "expected"),
    [({"moneda": "USD"}, ("moneda", "3209")), ({"motivo": "13", "cuotas": []}, ("motivo", "3260"))],
)
def test_contradictions(world: World, change: dict[str, Any], expected: tuple[str, str]) -> None:
    world.open()
    world.factura()
    if change.get("motivo") == "13":
        tomorrow = f"{world.now().year + 1}-01-01"
        change = {**change, "cuotas": [{"monto": "10.00", "fecha": tomorrow}]}
    with pytest.raises(EmitirError) as raised:
        world.emitir(nota(world, **change))
    assert problem(raised) == expected


def test_what_is_annulled_admits_no_nota(world: World) -> None:
    world.open()
    world.baja(world.factura())
    with pytest.raises(EmitirError) as raised:
        world.emitir(nota(world))
    assert problem(raised) == ("documento", "2990")


def test_a_nota_waits_for_the_verdict_on_its_factura(world: World) -> None:
    world.open()
    world.fault("sendBill", "http_503", times=3)
    document = world.engine.emitir(world.company, factura(world.now()), wait=0.1).comprobante
    credit = world.engine.emitir(world.company, nota(world), wait=0.1).comprobante
    assert not credit.settled
    world.until(document, "aceptado")
    world.until(credit, "aceptado")
    calls = [call["file_name"] for call in world.control("GET", "log") if call["operation"] == "sendBill"]
    assert calls.index(credit.codigo_documento) == len(calls) - 1
