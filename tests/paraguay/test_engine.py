"""Paraguay under the real engine against the sandbox SIFEN: issued, kept, repeated, mended after a refusal, printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from emitir.clock import system_clock
from emitir.engine import Company, Engine, Settings
from emitir.errors import EmitirError
from emitir.paraguay.country import COUNTRY
from emitir.sandbox.server import SandboxServer

from .conftest import HERE, SECRETS


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    settings = Settings(
        data_dir=tmp_path / "data", wait_seconds=8.0, workers=2, watch_seconds=1.0, drain_seconds=8.0
    )
    with Engine(settings, country_map={"py": COUNTRY}) as started:
        yield started


@pytest.fixture
def registered(engine: Engine, company: dict[str, Any]) -> Iterator[Company]:
    with SandboxServer() as server:
        there = company | {"ambiente": "sandbox", "endpoints": {"sifen": server.url}}
        yield engine.companies.create("py", there, SECRETS, (HERE / "empresa.p12").read_bytes(), "prueba")[0]


def examples(now: datetime) -> list[dict[str, Any]]:
    return COUNTRY.examples(now)


def test_issued_once(engine: Engine, registered: Company) -> None:
    factura, remision = examples(system_clock())
    first = engine.emitir(registered, factura)
    assert first.comprobante.estado == "aceptado", first.comprobante
    cdc = first.comprobante.codigo_documento
    assert len(cdc) == 44
    again = engine.emitir(registered, factura)
    assert again.repeated
    assert again.comprobante.codigo_documento == cdc
    assert engine.emitir(registered, remision).comprobante.estado == "aceptado"
    with pytest.raises(EmitirError) as caught:
        engine.emitir(registered, factura | {"items": factura["items"][:1]})
    assert [problem.code for problem in caught.value.problems] == ["NUMERO_USADO"]


def test_a_refused_number_goes_again_mended(engine: Engine, registered: Company) -> None:
    """SIFEN refuses the hash of another CSC (2501); the number stays free for the mended document."""
    wrong = engine.companies.set_secrets(registered.uuid, {"csc": "Z" * 32})
    factura = examples(system_clock())[0]
    refused = engine.emitir(wrong, factura).comprobante
    assert (refused.estado, refused.libre) == ("rechazado", True)
    right = engine.companies.set_secrets(registered.uuid, SECRETS)
    mended = engine.emitir(right, factura | {"observaciones": "corregida"}).comprobante
    assert mended.estado == "aceptado"
    assert mended.codigo_documento != refused.codigo_documento


def test_csc_shows_nowhere(engine: Engine, registered: Company) -> None:
    assert SECRETS["csc"] not in repr(registered)
    factura = examples(system_clock())[0]
    assert SECRETS["csc"] not in repr(engine.emitir(registered, factura))
