"""Every golden document goes to the sandbox SUNAT over HTTP and is accepted without an observation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from emitir.country import Submission
from emitir.peru.country import COUNTRY
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner
from emitir.verdict import Accepted

from .conftest import NOW

CASES = sorted((Path(__file__).parent / "cases").glob("[bf]*.json"))
SECRETS = {"usuario_sol": "MODDATOS", "clave_sol": "moddatos"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    with SandboxServer() as server:
        requests.post(
            f"{server.url}/_sandbox/clock", json={"now": NOW.isoformat()}, timeout=5
        ).raise_for_status()
        # 10.5 % is for those on SUNAT's list of restaurants and hotels (4439 otherwise).
        lists = {"tasa_especial": ["20123456786"]}
        requests.post(f"{server.url}/_sandbox/lists", json=lists, timeout=5).raise_for_status()
        yield server.url


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_accepted(
    path: Path, sandbox: str, company: dict[str, Any], signer: LocalSigner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", sandbox)
    case = json.loads(path.read_text(encoding="utf-8"))
    checked = COUNTRY.check_company(company)
    comprobante = COUNTRY.prepare(case["propiedades"], checked, datetime.fromisoformat(case["ahora"]))
    signed = comprobante.sign(signer)
    verdict = COUNTRY.authority(checked, SECRETS, signer).submit(
        Submission(
            comprobante.codigo_documento,
            comprobante.tipo,
            comprobante.serie,
            comprobante.numero,
            signed.xml,
            signed.valor_resumen,
        )
    )
    assert isinstance(verdict, Accepted), verdict
    assert verdict.code == "0"
    assert verdict.cdr is not None
