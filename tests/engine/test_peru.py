"""The engine with the real Peru: signed UBL over SOAP to the sandbox SUNAT, faults included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from emitir.engine import Company, Engine, Settings
from emitir.engine.work import rounds as rounds_module
from emitir.errors import EmitirError
from emitir.peru.examples import boleta, factura
from emitir.sandbox.server import SandboxServer
from emitir.signing.throwaway import throwaway_pkcs12

RUC = "20512345671"
DATA = {
    "ruc": RUC,
    "razon_social": "COMERCIAL ÑANDÚ & HIJOS S.A.C.",
    "direccion": "AV. AREQUIPA 1234",
    "ubigeo": "150131",
    "departamento": "LIMA",
    "provincia": "LIMA",
    "distrito": "SAN ISIDRO",
}
API = {"consulta_client_id": "cliente", "consulta_client_secret": "secreto"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    with SandboxServer() as server:
        yield server.url


@pytest.fixture(autouse=True)
def quick(sandbox: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds_module, "PAUSES", (0.2, 0.2, 0.5))
    monkeypatch.setattr(rounds_module, "ASK_AFTER", 0.1)
    monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", sandbox)
    requests.delete(f"{sandbox}/_sandbox/state", timeout=10)
    requests.delete(f"{sandbox}/_sandbox/faults", timeout=10)


@pytest.fixture(scope="module")
def p12() -> bytes:
    now = datetime.now(UTC)
    return throwaway_pkcs12(RUC, DATA["razon_social"], "x", now - timedelta(days=1), now + timedelta(days=99))


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    with Engine(settings) as started:
        yield started


@pytest.fixture
def company(engine: Engine, p12: bytes) -> Company:
    return engine.companies.create("pe", DATA, None, p12, "x")[0]


@pytest.fixture
def fault(sandbox: str) -> Callable[..., None]:
    def add(operation: str, kind: str, **more: Any) -> None:
        body = {"operation": operation, "fault": kind, **more}
        requests.post(f"{sandbox}/_sandbox/faults", json=body, timeout=10).raise_for_status()

    return add


def contacts(sandbox: str, name: str) -> list[str]:
    found = requests.get(f"{sandbox}/_sandbox/documents/{name}", timeout=10).json()
    return [call["operation"] for call in found["calls"]]


def test_factura_to_accepted_with_its_three_files(engine: Engine, company: Company, sandbox: str) -> None:
    assert engine.hola(company).ok
    document = engine.emitir(company, factura(datetime.now(UTC))).comprobante
    assert (document.estado, document.respuesta_codigo) == ("aceptado", "0")
    assert document.codigo_documento == f"{RUC}-01-F001-21"
    xml = engine.download(document.codigo_descarga, "xml").content
    assert document.valor_resumen.encode() in xml
    at_sunat = requests.get(f"{sandbox}/_sandbox/documents/{document.codigo_documento}/xml", timeout=10)
    assert at_sunat.content == xml
    cdr = engine.download(document.codigo_descarga, "cdr").content
    assert b"ApplicationResponse" in cdr
    assert engine.download(document.codigo_descarga, "pdf").content.startswith(b"%PDF-")


@pytest.mark.parametrize("kind", ["drop_after_commit", "timeout"])
def test_lost_answer_of_a_factura_is_recovered_by_its_cdr(
    settings: Settings,
    p12: bytes,
    sandbox: str,
    fault: Callable[..., None],
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EMITIR_PE_TIMEOUT", "1")
    with Engine(settings) as engine:
        company, _ = engine.companies.create("pe", DATA, None, p12, "x")
        fault("sendBill", kind, seconds=3)
        document = engine.emitir(company, factura(datetime.now(UTC))).comprobante
        assert document.estado == "aceptado"
        assert contacts(sandbox, document.codigo_documento) == ["sendBill", "getStatusCdr"]
        assert b"ApplicationResponse" in engine.download(document.codigo_descarga, "cdr").content


@pytest.mark.parametrize("kind", ["html", "empty", "http_503", "http_500", "garbled", "drop_before", "fault"])
def test_what_never_arrived_goes_out_again_after_asking(
    engine: Engine, company: Company, sandbox: str, fault: Callable[..., None], kind: str
) -> None:
    fault("sendBill", kind, code="0109")
    document = engine.emitir(company, factura(datetime.now(UTC))).comprobante
    assert document.estado == "aceptado"
    operations = contacts(sandbox, document.codigo_documento)
    assert operations.count("sendBill") == 2
    assert operations[0] == operations[-1] == "sendBill"
    assert "getStatusCdr" in operations


def test_lost_answer_of_a_boleta_without_any_way_to_ask(
    engine: Engine, company: Company, sandbox: str, fault: Callable[..., None]
) -> None:
    """SUNAT does not tell of boletas without the API's credentials: 1033 to the same bytes settles it."""
    fault("sendBill", "drop_after_commit")
    document = engine.emitir(company, boleta(datetime.now(UTC))).comprobante
    assert (document.estado, document.respuesta_codigo) == ("observado", "1033")
    assert document.problem() is None
    assert contacts(sandbox, document.codigo_documento).count("sendBill") == 2


def test_lost_answer_of_a_boleta_with_consulta_integrada(
    engine: Engine, company: Company, sandbox: str, fault: Callable[..., None]
) -> None:
    company = engine.companies.set_secrets(company.uuid, API)
    fault("sendBill", "drop_after_commit")
    document = engine.emitir(company, boleta(datetime.now(UTC))).comprobante
    assert document.estado == "aceptado"
    assert contacts(sandbox, document.codigo_documento).count("sendBill") == 1
    with pytest.raises(EmitirError) as raised:
        engine.download(document.codigo_descarga, "cdr")
    assert raised.value.code == "ARCHIVO_NO_DISPONIBLE"


def test_a_number_that_another_system_issued(
    engine: Engine, company: Company, settings: Settings, p12: bytes, tmp_path: Any
) -> None:
    """Two installations of one company: the second one's document is not the one that SUNAT has."""
    document = engine.emitir(company, factura(datetime.now(UTC))).comprobante
    assert document.estado == "aceptado"
    engine.close()
    with Engine(Settings(data_dir=tmp_path / "other", workers=4)) as other:
        company, _ = other.companies.create("pe", DATA, None, p12, "x")
        late = other.emitir(company, factura(datetime.now(UTC))).comprobante
        assert (late.estado, late.respuesta_codigo) == ("rechazado", "1033")
        problem = late.problem()
        assert problem is not None
        assert "otro sistema" in problem.message()


def test_wrong_credentials_are_not_received_and_mended(
    engine: Engine, company: Company, sandbox: str, fault: Callable[..., None]
) -> None:
    fault("sendBill", "fault", code="0102")
    document = engine.emitir(company, factura(datetime.now(UTC))).comprobante
    assert (document.estado, document.respuesta_codigo) == ("no_recibido", "0102")
    problem = document.problem()
    assert problem is not None
    assert problem.code == "AUTORIDAD_NO_RECIBE"
    assert engine.emitir(company, factura(datetime.now(UTC))).estado == "aceptado"


def test_production_is_never_reached_by_default(engine: Engine, p12: bytes) -> None:
    company, _ = engine.companies.create("pe", {**DATA, "ambiente": ""}, None, p12, "x")
    assert company.ambiente == "sandbox"
    with pytest.raises(EmitirError, match="ambiente"):
        engine.companies.update(company.uuid, {"ambiente": "production"})
