"""The fixed company, clock, CSC and certificate of the Paraguayan tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from emitir.country import Submission
from emitir.paraguay.prepare import prepare
from emitir.paraguay.sifen.authority import SifenAuthority, connect, sifen_of
from emitir.paraguay.sifen.services import Sifen
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner, load_pkcs12
from emitir.soap.exchange import Limits

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
#: The DNIT's generic pair for tests: 0001.
SECRETS = {"csc": "ABCD0000000000000000000000000000"}


@pytest.fixture(scope="session")
def signer() -> LocalSigner:
    """The test certificate: its key is fixed, so signatures are too (RSA PKCS#1 v1.5)."""
    return load_pkcs12((HERE / "empresa.p12").read_bytes(), "prueba")


@pytest.fixture
def company() -> dict[str, Any]:
    """The test company, as Country.check_company takes it."""
    settings: dict[str, Any] = json.loads((HERE / "company.json").read_text(encoding="utf-8"))
    del settings["pais"]
    return settings


@pytest.fixture
def factura() -> dict[str, Any]:
    """The plainest factura: at once, in cash, to nobody in particular."""
    return {
        "tipo": "f",
        "serie": "001-001",
        "numero": 1,
        "fecha": "2026-11-21",
        "items": [{"codigo": "A1", "descripcion": "Cuaderno", "cantidad": 2, "precio_unitario": 15000}],
    }


@pytest.fixture
def submission(company: dict[str, Any], factura: dict[str, Any], signer: LocalSigner) -> Submission:
    prepared = prepare(factura, company, NOW)
    signed = prepared.sign_with(signer, SECRETS)
    number = (prepared.codigo_documento, prepared.tipo, prepared.serie, prepared.numero)
    return Submission(*number, signed.xml, signed.valor_resumen)


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[SandboxServer]:
    with SandboxServer() as running:
        yield running


@pytest.fixture
def server(running_sandbox: SandboxServer) -> SandboxServer:
    """The sandbox at :data:`NOW`, without faults; what it approved before it remembers."""
    requests.delete(f"{running_sandbox.url}/_sandbox/faults", timeout=5)
    now = {"now": NOW.isoformat(), "frozen": True}
    requests.post(f"{running_sandbox.url}/_sandbox/clock", json=now, timeout=5).raise_for_status()
    return running_sandbox


@pytest.fixture
def there(company: dict[str, Any], server: SandboxServer) -> dict[str, Any]:
    """The company of the sandbox."""
    return company | {"ambiente": "sandbox", "endpoints": {"sifen": server.url}}


@pytest.fixture
def authority(there: dict[str, Any], signer: LocalSigner) -> SifenAuthority:
    return connect(there, signer, Limits(connect=2, read=2, total=5))


@pytest.fixture
def sifen(there: dict[str, Any], signer: LocalSigner) -> Sifen:
    return sifen_of(there, signer, Limits(connect=2, read=2, total=5))
