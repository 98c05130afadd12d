"""Every golden case: the same bytes as stored, valid by schema, canonical, signed as xmlsec1 sees it, QR right.

``pytest tests/paraguay --update`` writes the expected files anew; look at the difference before committing it.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.prepare import prepare
from emitir.signing.keys import LocalSigner

from .conftest import SECRETS
from .oracles import NS, assert_sound

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.json"))


def prepared(case: dict[str, Any], company: dict[str, Any]) -> Comprobante:
    """The document of a case, with the security code of the case: everything else is determined."""
    settings = company | case.get("empresa", {})
    comprobante = prepare(case["propiedades"], settings, datetime.fromisoformat(case["ahora"]))
    comprobante.__dict__["codigo_seguridad"] = "549571809"
    return comprobante


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(
    path: Path, company: dict[str, Any], signer: LocalSigner, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    signed = prepared(case, company).sign_with(signer, SECRETS)
    expected = HERE / "expected" / f"{path.stem}.xml"
    if request.config.getoption("--update"):
        expected.write_bytes(signed.xml)
    assert signed.xml == expected.read_bytes(), f"{path.stem} changed: see --update"
    root = assert_sound(signed.xml, tmp_path, SECRETS["csc"])
    assert root.findtext(".//ds:DigestValue", namespaces=NS) == signed.valor_resumen
    assert root[1].get("Id") == prepared(case, company).codigo_documento


def test_there_are_cases() -> None:
    assert len(CASES) >= 60
    assert {path.stem for path in CASES} == {path.stem for path in (HERE / "expected").glob("*.xml")}
