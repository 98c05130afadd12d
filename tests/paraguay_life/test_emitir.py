"""A factura of Paraguay over HTTP: issued, repeated, downloaded, refused."""

from __future__ import annotations

import pytest

from emitir.client import EmitirApiError

from .conftest import Life, factura


def test_a_factura_over_http(life: Life) -> None:
    issued = life.client.emitir(factura())
    assert issued.estado_comprobante == "aceptado", issued
    assert issued.sunat_respuesta == "0260"
    assert len(issued.codigo_documento) == 44
    assert life.client.emitir(factura()).codigo_documento == issued.codigo_documento
    assert len(life.calls("recibe")) == 1
    assert life.client.descargar(issued.codigo_descarga, "xml").contenido.endswith(b"</rDE>")
    assert b"Aprobado" in life.client.descargar(issued.codigo_descarga, "cdr").contenido
    assert life.client.descargar(issued.codigo_descarga, "pdf").contenido.startswith(b"%PDF")
    found = life.client.consultar({"tipo": "f", "serie": "12345678-001-001", "numero": 1})
    assert found.codigo_documento == issued.codigo_documento
    assert life.client.consultar(issued.codigo_documento).estado_comprobante == "aceptado"
    assert life.client.hola()["autoridad"] == "SIFEN"


def test_every_problem_at_once(life: Life) -> None:
    with pytest.raises(EmitirApiError) as caught:
        life.client.emitir(factura(numero_doc="80012345-1", moneda="USD"))
    assert {one["propiedad"] for one in caught.value.errores} >= {"numero_doc", "tipo_cambio"}
    assert life.calls("recibe") == []
