"""``consultarruc`` and ``hola`` of a Paraguayan company, against the sandbox SIFEN."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emitir.client import EmitirApiError, EmitirClient
from emitir.paraguay.examples import evento
from emitir.signing.throwaway import throwaway_pkcs12

from .conftest import SECRETS, Life, factura


def test_a_taxpayer_is_asked_for_once_a_day(life: Life) -> None:
    first = life.client.consultar_ruc(numero_doc="80012345-0")
    assert first["razon_social"] == "CONTRIBUYENTE 80012345-0"
    assert (first["ruc"], first["activo"], first["fuente"]) == ("80012345-0", True, "SIFEN")
    assert first["facturador_electronico"] is True
    again = life.client.consultar_ruc(ruc="80012345")
    assert again["fuente"] == "SIFEN (guardado)"
    assert again["fecha"] == first["fecha"]
    assert len(life.calls("consulta-ruc")) == 1
    assert life.client.consultar_ruc(numero_doc="80012345", actualizar=True)["fuente"] == "SIFEN"
    assert len(life.calls("consulta-ruc")) == 2
    life.fault("consulta-ruc", "html")
    kept = life.client.consultar_ruc(numero_doc="80012345", actualizar=True)
    assert kept["fuente"] == "SIFEN (guardado)", "SIFEN does not answer: what it said before, with its date"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("80012345-1", "NUMERO_IDENTIDAD_INVALIDO"),
        ("abc", "NUMERO_IDENTIDAD_INVALIDO"),
        ("", "PROPIEDAD_FALTANTE"),
        ("99912345", "CONTRIBUYENTE_NO_EXISTE"),
    ],
)
def test_no_taxpayer(life: Life, number: str, code: str) -> None:
    with pytest.raises(EmitirApiError) as caught:
        life.client.consultar_ruc(numero_doc=number)
    assert caught.value.code == code


def test_nobody_answers(life: Life) -> None:
    life.fault("consulta-ruc", "empty")
    with pytest.raises(EmitirApiError) as caught:
        life.client.consultar_ruc(numero_doc="80012345")
    assert (caught.value.code, caught.value.http) == ("AUTORIDAD_NO_RESPONDE", 503)


def test_hola_tells_of_timbrado_csc_ruc_and_clock(life: Life) -> None:
    answer = life.client.hola()
    assert (answer["timbrado"], answer["csc_id"], answer["ruc_estado"]) == ("12345678", "0001", "ACTIVO")
    assert abs(answer["reloj_diferencia"]) < 30
    assert "advertencias" not in answer or all(one["propiedad"] != "reloj" for one in answer["advertencias"])


def test_hola_finds_everything_at_once(life: Life) -> None:
    life.set(timbrado_inicio="2090-01-01")
    life.engine.companies.set_secrets(life.company.uuid, {"csc": "corto"})
    with pytest.raises(EmitirApiError) as caught:
        life.client.hola()
    assert {one["propiedad"] for one in caught.value.errores} == {"timbrado_inicio", "csc"}
    assert "corto" not in str(caught.value.respuesta)


def test_hola_and_a_clock_that_is_ahead(life: Life) -> None:
    from datetime import timedelta

    life.clock.ahead = timedelta(minutes=5)  # ours alone
    (warning,) = (one for one in life.client.hola()["advertencias"] if one["propiedad"] == "reloj")
    assert "1004" in warning["descripcion"]


def test_consultar_by_cdc(life: Life) -> None:
    issued = life.client.emitir(factura())
    found = life.client.comando("consultar", {"cdc": issued.codigo_documento})
    assert (found["estado_comprobante"], found["numero"]) == ("aceptado", 1)


def test_consultar_of_another_issuer(life: Life, settings: dict[str, Any]) -> None:
    """What was issued elsewhere is told by SIFEN, with its events."""
    issued = life.client.emitir(factura())
    life.client.baja(issued.codigo_documento, "Error en el cliente")
    other = "80012345-0"
    now = datetime.now(UTC)
    p12 = throwaway_pkcs12(f"RUC{other}", "OTRA", "x", now - timedelta(days=1), now + timedelta(days=90))
    there = {**settings, "ruc": other, "ambiente": "sandbox", "endpoints": {"sifen": life.sandbox}}
    company, token = life.engine.companies.create("py", there, SECRETS, p12, "x")
    with EmitirClient(life.client.url, company.uuid, token) as client:
        found = client.comando("consultar", {"cdc": issued.codigo_documento})
        assert (found["propio"], found["emisor_ruc"], found["numero"]) == (False, "80000000-5", 1)
        assert found["autoridad"]["resultado"] == "aceptado"
        assert [one["evento"] for one in found["eventos"]] == ["cancelacion"]
        nobody = evento(now)["cdc"]
        assert client.comando("consultar", {"cdc": nobody})["autoridad"]["resultado"] == "desconocido"
        with pytest.raises(EmitirApiError) as caught:
            client.comando("consultar", {"cdc": "123"})
        assert caught.value.code == "COMPROBANTE_NO_EXISTE"
