"""Which SUNAT a company reaches, and that production is never reached by accident."""

from __future__ import annotations

from typing import Any

import pytest

from emitir.errors import EmitirError
from emitir.peru.emisor import check_emisor
from emitir.peru.sunat.authority import connect
from emitir.peru.sunat.endpoints import endpoints_of
from tests.peru_sunat.material import RUC

PRODUCTION = "https://e-factura.sunat.gob.pe/ol-ti-itcpfegem/billService"


def problems(company: dict[str, Any], secrets: dict[str, str] | None = None) -> list[tuple[str, str]]:
    with pytest.raises(EmitirError) as caught:
        connect(
            {"ruc": RUC, **company}, {"usuario_sol": "A", "clave_sol": "b"} if secrets is None else secrets
        )
    return [(problem.code, problem.path) for problem in caught.value.problems]


@pytest.mark.parametrize("company", [{}, {"ambiente": ""}, {"ambiente": "sandbox"}])
def test_the_sandbox_is_the_default(company: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMITIR_PE_SANDBOX_URL", raising=False)
    found = endpoints_of(company)
    assert found.billService == "http://127.0.0.1:8019/ol-ti-itcpfegem-beta/billService"
    assert found.billConsultService == "http://127.0.0.1:8019/ol-it-wsconscpegem/billConsultService"
    monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", "http://127.0.0.1:9/")
    assert endpoints_of(company).otrosCpe.startswith("http://127.0.0.1:9/ol-ti-itemision-otroscpe")


def test_beta_and_production() -> None:
    beta, real = endpoints_of({"ambiente": "beta"}), endpoints_of({"ambiente": "produccion"})
    assert beta.billService == "https://e-beta.sunat.gob.pe/ol-ti-itcpfegem-beta/billService"
    assert (beta.billConsultService, beta.consultaIntegrada) == ("", "")
    assert real.billService == PRODUCTION
    assert real.billConsultService == "https://e-factura.sunat.gob.pe/ol-it-wsconscpegem/billConsultService"
    assert real.consultaIntegrada.endswith("/{ruc}/validarcomprobante")


def test_own_addresses_replace_those_of_the_environment() -> None:
    own = {"billService": "https://ose.example/ol-ti-itcpe/billService", "otrosCpe": ""}
    found = endpoints_of({"ambiente": "ose", "endpoints": own})
    assert found.billService == own["billService"]
    assert found.consultaToken.startswith("https://api-seguridad.sunat.gob.pe/")
    real = endpoints_of({"ambiente": "produccion", "endpoints": own})
    assert (real.billService, real.otrosCpe != "") == (own["billService"], True)


def test_settings_as_the_company_check_leaves_them() -> None:
    company = {"ruc": RUC, "razon_social": "EMPRESA", "endpoints": {"billService": "http://127.0.0.1:1/x"}}
    assert endpoints_of(check_emisor(company).model_dump()).billService == "http://127.0.0.1:1/x"


@pytest.mark.parametrize("ambiente", ["sandbox", "beta", "ose"])
@pytest.mark.parametrize("name", ["billService", "otrosCpe", "billConsultService"])
def test_production_by_the_back_door_is_refused(ambiente: str, name: str) -> None:
    company = {"ambiente": ambiente, "endpoints": {"billService": "https://ose.example/x", name: PRODUCTION}}
    assert problems(company) == [("CONFIGURACION_INVALIDA", f"endpoints-{name}")]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://ose.example/x",
        "https:///x",
        "no es una dirección",
        "https://usuario:clave@ose.example/x",
        "http://ose.example/x",
        "https://[::1/x",
    ],
)
def test_addresses_that_do_not_serve(url: str) -> None:
    company = {"ambiente": "ose", "endpoints": {"billService": url}}
    assert problems(company) == [("CONFIGURACION_INVALIDA", "endpoints-billService")]


def test_an_ose_without_address() -> None:
    assert problems({"ambiente": "ose"}) == [("EMPRESA_INCOMPLETA", "endpoints-billService")]


def test_an_environment_that_does_not_exist() -> None:
    assert problems({"ambiente": "production"}) == [("CONFIGURACION_INVALIDA", "ambiente")]


def test_credentials() -> None:
    both = [("EMPRESA_INCOMPLETA", "usuario_sol"), ("EMPRESA_INCOMPLETA", "clave_sol")]
    assert problems({"ambiente": "produccion"}, {}) == both
    assert problems({"ambiente": "beta"}, {"usuario_sol": "A"}) == both[1:]
    hidden = {"usuario_sol": "A\0", "clave_sol": "b"}
    assert problems({"ambiente": "beta"}, hidden) == [("CONFIGURACION_INVALIDA", "usuario_sol")]
    assert connect({"ruc": RUC, "ambiente": "beta"}, {})


@pytest.mark.parametrize("value", ["0", "-1", "mucho", "1.5"])
def test_a_timeout_that_is_none(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMITIR_PE_TIMEOUT", value)
    assert problems({})[0][0] == "CONFIGURACION_INVALIDA"
