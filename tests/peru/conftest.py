"""The fixed company, clock and certificate of the Peruvian tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from emitir.signing.keys import LocalSigner, load_pkcs12

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


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
