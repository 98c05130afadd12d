"""Numbers, referencias and notas: what a request leaves out is taken from the store, and the lists tell of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emitir.client import EmitirApiError
from emitir.paraguay.plazos import asuncion

from .conftest import Life, factura


def nota(**more: Any) -> dict[str, Any]:
    """A nota de crédito that returns all of factura 001-001-0000001."""
    day = asuncion(datetime.now(UTC)).date().isoformat()
    return {
        "tipo": "c",
        "serie": "001-001",
        "fecha": day,
        "motivo": "2",
        "documento": "001-001-0000001",
        **more,
    }


def refused(life: Life, properties: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(EmitirApiError) as caught:
        life.client.emitir(properties)
    return [(one["codigo_error"], one["propiedad"]) for one in caught.value.errores]


def test_numbers_are_given(life: Life) -> None:
    first = life.client.emitir(factura(None, referencia="P-1"))
    second = life.client.emitir(factura(None, referencia="P-2"))
    assert (first.numero, second.numero) == (1, 2)
    again = life.client.emitir(factura(None, referencia="P-1"))
    assert again.codigo_documento == first.codigo_documento
    assert len(life.calls("recibe")) == 2
    changed = factura(None, referencia="P-1", razon_social="OTRO S.A.")
    assert refused(life, changed) == [("REFERENCIA_USADA", "referencia")]


def test_a_nota_is_completed_and_cannot_take_more(life: Life) -> None:
    issued = life.client.emitir(factura(1))
    returned = life.client.emitir(nota())
    assert (returned.estado_comprobante, returned.numero) == ("aceptado", 1)
    xml = life.client.descargar(returned.codigo_descarga, "xml").contenido.decode()
    assert f"<dCdCDERef>{issued.codigo_documento}</dCdCDERef>" in xml
    assert "<dRucRec>80012345</dRucRec>" in xml
    assert "YERBA MATE" in xml
    assert refused(life, nota()) == [("REGLA_INCUMPLIDA", "total")]
    with pytest.raises(EmitirApiError) as caught:  # the factura cannot be cancelled before its nota
        life.client.baja({"tipo": "f", "serie": "001-001", "numero": 1}, "Ya no va")
    assert caught.value.code == "BAJA_NO_PROCEDE"
    life.client.baja(returned.codigo_documento, "La nota estaba mal")
    assert life.client.emitir(nota()).numero == 2, "what the cancelled nota took is there again"


def test_a_nota_on_what_is_annulled(life: Life) -> None:
    issued = life.client.emitir(factura(1))
    life.client.baja(issued.codigo_documento, "Error en el cliente")
    assert refused(life, nota()) == [("REGLA_INCUMPLIDA", "documento")]


def test_lists_and_sums(life: Life) -> None:
    life.client.emitir(factura(1))
    life.client.emitir(factura(2))
    life.client.emitir(
        nota(
            items=[
                {
                    "codigo": "AZ-1",
                    "descripcion": "AZÚCAR",
                    "cantidad": 1,
                    "precio_unitario": 6200,
                    "tasa_iva": "5",
                }
            ]
        )
    )
    assert len(list(life.client.listar(serie="001-001", tipo="f"))) == 2
    (one,) = life.client.listar(texto="001-001-0000002")
    assert (one["numero"], one["serie"]) == (2, "12345678-001-001")
    sums = life.client.resumen_ventas(periodo="hoy")
    (total,) = sums["ventas"]
    each = 12 * 18500 + 15500
    assert (total["moneda"], total["cantidad"]) == ("PYG", 3)
    assert total["total"] == 2 * each - 6200
    assert total["igv"] > 0


def test_a_repeated_request_days_later(life: Life) -> None:
    """Its date is too old by then (1150); it was issued when it was not."""
    first = life.client.emitir(factura(1))
    asked = factura(1)
    life.forward(days=40)
    again = life.client.emitir(asked)
    assert again.codigo_documento == first.codigo_documento
    assert asked["fecha"] < (asuncion(datetime.now(UTC)) + timedelta(days=40)).date().isoformat()
    assert len(life.calls("recibe")) == 1


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["drop_after_commit", "html", "empty", "http_500", "fault"])
def test_an_uncertain_answer_is_resolved_by_the_cdc(life: Life, fault: str) -> None:
    """Lost, HTML, nothing, 500, a generic 0160: asked for before anything is sent again."""
    life.fault("recibe", fault)
    assert life.client.emitir(factura()).estado_comprobante == "aceptado"
    order = [call["operation"] for call in life.calls("recibe", "consulta")]
    assert order[:2] == ["recibe", "consulta"]
    assert order.count("recibe") == (1 if fault == "drop_after_commit" else 2)
