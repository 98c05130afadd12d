"""A guía de remisión through the service: accepted, printed with SUNAT's QR, and its ticket kept across kill -9."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import requests
from lxml import etree

from emitir.client import EmitirClient
from emitir.client.answers import Emitido, EmitirApiError
from tests.printing.paper import find_qr, picture
from tests.service.conftest import create_company, serving
from tests.service.test_restart import Killed, killed_service

RUC = "20512345671"
LIMA = timezone(timedelta(hours=-5))
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def guia(number: int = 1, **more: Any) -> dict[str, Any]:
    """A guía de remitente of a sale with the company's own vehicle."""
    today = f"{datetime.now(UTC).astimezone(LIMA):%Y-%m-%d}"
    return {
        "tipo": "09",
        "serie": "T001",
        "numero": number,
        "fecha": today,
        "fecha_traslado": today,
        "numero_doc": "20100070970",
        "razon_social": "CLIENTE DEL SUR S.A.C.",
        "motivo_traslado": "01",
        "modalidad": "privado",
        "peso_bruto": "38.25",
        "partida": {"ubigeo": "150131", "direccion": "AV. JAVIER PRADO ESTE 1234"},
        "llegada": {"ubigeo": "040101", "direccion": "CALLE MERCADERES 118"},
        "vehiculos": [{"placa": "ABC-123"}],
        "conductores": [
            {"numero_doc": "44004400", "nombres": "ROSA", "apellidos": "DÍAZ", "licencia": "Q44004400"}
        ],
        "items": [{"descripcion": "LAPTOP", "cantidad": 4}],
        **more,
    }


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.1)


def settled(client: EmitirClient, properties: dict[str, Any]) -> Emitido:
    """As an integrator would: the same call again until there is a verdict."""
    answer = client.emitir(properties)
    while answer.pendiente:
        answer = client.emitir(properties)
    return answer


@pytest.mark.slow
def test_a_guia_its_ticket_and_kill_9(tmp_path: Path) -> None:
    with (
        serving("sandbox", "--port", "0", log=tmp_path / "sandbox.log") as sandbox,
        killed_service(tmp_path) as service,
    ):
        uuid, token = create_company(tmp_path, RUC, sandbox)
        _accepted_and_printed(service, sandbox, uuid, token, tmp_path)
        _killed(service, sandbox, uuid, token)


def _accepted_and_printed(service: Killed, sandbox: str, uuid: str, token: str, folder: Path) -> None:
    with EmitirClient(service.url, uuid, token) as client:
        answer = settled(client, guia())
        assert (answer.estado_comprobante, answer.codigo_documento) == ("aceptado", f"{RUC}-09-T001-1")
        cdr = client.descargar(answer.codigo_descarga, "cdr").contenido
        link = etree.fromstring(cdr).findtext(f".//{CBC}DocumentDescription")
        assert link
        pdf = client.descargar(answer.codigo_descarga, "pdf").contenido
        assert find_qr(picture(pdf, folder)).text == link
        again = client.emitir(guia())
        assert again.codigo_descarga == answer.codigo_descarga
        observed = settled(client, guia(2, modalidad="publico", vehiculos=[], conductores=[]) | _carrier())
        assert observed.estado_comprobante == "observado"
        assert [one["codigo_autoridad"] for one in observed.respuesta["advertencias"]] == ["4391"]
        with pytest.raises(EmitirApiError) as refused:
            client.baja({"tipo": "09", "serie": "T001", "numero": 1}, "ERROR EN EL DESTINO")
        assert refused.value.code == "BAJA_NO_PROCEDE"


def _carrier() -> dict[str, Any]:
    return {
        "fecha_entrega": guia()["fecha"],
        "transportista_ruc": "20552103816",
        "transportista_nombre": "TRANSPORTES ANDINOS S.A.",
    }


def _killed(service: Killed, sandbox: str, uuid: str, token: str) -> None:
    """Killed while the ticket says "in process": the ticket is asked for again, nothing is sent twice."""
    code = f"{RUC}-09-T001-7"
    requests.post(f"{sandbox}/_sandbox/mode", json={"ticket_seconds": 4}, timeout=5).raise_for_status()
    issued: list[Emitido] = []

    def issue() -> None:
        with EmitirClient(service.url, uuid, token, retries=60, pause=0.05, timeout=(2, 30)) as client:
            issued.append(settled(client, guia(7)))

    caller = threading.Thread(target=issue)
    caller.start()
    until(lambda: _sent(sandbox, code) == 1)
    service.kill_and_start()
    caller.join(60)
    assert issued[0].estado_comprobante == "aceptado"
    assert _sent(sandbox, code) == 1


def _sent(sandbox: str, code: str) -> int:
    log = requests.get(f"{sandbox}/_sandbox/log", timeout=5).json()
    return sum(1 for call in log if call["operation"] == "enviarGuia" and call["file_name"] == code)
