"""Real documents, signed, sent to the sandbox and asked for: what survives a lost answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from emitir.country import Submission
from emitir.peru.country import COUNTRY
from emitir.peru.sunat.authority import SunatAuthority, connect
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner
from emitir.signing.throwaway import throwaway
from emitir.soap.exchange import Limits
from emitir.verdict import Accepted, AlreadyRegistered, NoVerdict, Observed, Unknown
from tests.peru_sunat.material import RUC

LIMITS = Limits(connect=2, read=10)
NOW = datetime.now(UTC)
COMPANY: dict[str, Any] = COUNTRY.check_company({"ruc": RUC, "razon_social": "EMPRESA DE PRUEBA S.A.C."})
Make = Callable[[str, int], Submission]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with SandboxServer() as running:
        yield running.url


@pytest.fixture(scope="module")
def make() -> Make:
    signer = LocalSigner(*throwaway(RUC, "EMPRESA", NOW - timedelta(1), NOW + timedelta(1)))
    factura, boleta = COUNTRY.examples(NOW)

    def build(tipo: str, numero: int) -> Submission:
        properties = {**(factura if tipo == "01" else boleta), "numero": numero}
        prepared = COUNTRY.prepare(properties, COMPANY, NOW)
        signed = prepared.sign(signer)
        return Submission(
            prepared.codigo_documento, tipo, prepared.serie, numero, signed.xml, signed.valor_resumen
        )

    return build


@pytest.fixture
def authority(server: str, monkeypatch: pytest.MonkeyPatch) -> SunatAuthority:
    monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", server)
    return connect(COMPANY, {"consulta_client_id": "id", "consulta_client_secret": "x"}, LIMITS)


def test_a_factura_and_its_cdr(authority: SunatAuthority, make: Make) -> None:
    factura = make("01", 1)
    verdict = authority.submit(factura)
    assert isinstance(verdict, Accepted | Observed), verdict
    assert verdict.code == "0"
    assert verdict.cdr
    again = authority.ask(factura)
    assert isinstance(again, Accepted | Observed)
    assert again.cdr == verdict.cdr
    assert isinstance(authority.submit(factura), AlreadyRegistered)


def test_a_boleta_is_asked_for_by_date_and_amount(authority: SunatAuthority, make: Make) -> None:
    boleta = make("03", 1)
    assert isinstance(authority.ask(boleta), Unknown)
    assert isinstance(authority.submit(boleta), Accepted | Observed)
    assert authority.ask(boleta) == Accepted(
        "0", "El comprobante existe y está aceptado (consulta integrada; sin CDR)"
    )


@pytest.mark.parametrize(
    ("name", "known"), [("drop_before", False), ("drop_after_commit", True), ("http_503", False)]
)
def test_after_a_lost_answer_asking_tells(
    name: str, known: bool, authority: SunatAuthority, make: Make, server: str
) -> None:
    factura = make("01", {"drop_before": 10, "drop_after_commit": 11, "http_503": 12}[name])
    what = {"operation": "sendBill", "fault": name, "times": 1}
    requests.post(f"{server}/_sandbox/faults", json=what, timeout=5).raise_for_status()
    assert isinstance(authority.submit(factura), NoVerdict)
    assert isinstance(authority.ask(factura), Accepted | Observed if known else Unknown)
