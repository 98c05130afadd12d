"""What is Paraguay's own, with the store on PostgreSQL: lotes, events, numbers given up, notas, rejections."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from emitir.client import EmitirApiError

from .conftest import SECRETS, Life, factura
from .test_lotes import until_settled
from .test_notas import nota


@pytest.mark.slow
def test_on_postgresql(start: Callable[..., Life], postgres: Callable[[], str]) -> None:
    life = start(url=postgres(), envio="lote", lote_espera=3)
    numbers = range(1, 4)
    for number in numbers:
        life.client.emitir(factura(number))
    assert until_settled(life, numbers) == dict.fromkeys(numbers, "aceptado")
    assert len(life.calls("recibe-lote")) == 1

    life.set(envio="sync")
    void = {"tipo": "f", "serie": "001-001", "desde": 4, "hasta": 6, "motivo": "Salto de numeración"}
    assert life.client.inutilizar(void)["estado_evento"] == "aceptado"
    assert life.client.inutilizar(void)["estado_evento"] == "aceptado"
    assert life.client.emitir(factura(None)).numero == 7
    assert life.client.emitir(nota()).estado_comprobante == "aceptado"
    assert life.client.baja({"tipo": "f", "serie": "001-001", "numero": 2}, "Error").estado_comprobante == (
        "dado_de_baja"
    )
    life.engine.companies.set_secrets(life.company.uuid, {"csc": "Z" * 32})
    with pytest.raises(EmitirApiError) as caught:
        life.client.emitir(factura(8))
    assert caught.value.respuesta["numero_libre"] is True
    life.engine.companies.set_secrets(life.company.uuid, SECRETS)
    assert life.client.emitir(factura(8)).estado_comprobante == "aceptado"
    (total,) = life.client.resumen_ventas(periodo="hoy")["ventas"]
    assert total["cantidad"] == 5
    assert len(list(life.client.listar(serie="001-001", tipo="f"))) == 5
