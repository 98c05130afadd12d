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
from .schema_walk import names, schema_of, used

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
    document = prepared(case, company)
    # The payments of some cases differ from the total on purpose: SIFEN takes that, a person is told.
    assert {warning.path for warning in document.warnings} <= {"pagos"}
    signed = document.sign_with(signer, SECRETS)
    expected = HERE / "expected" / f"{path.stem}.xml"
    if request.config.getoption("--update"):
        expected.write_bytes(signed.xml)
    assert signed.xml == expected.read_bytes(), f"{path.stem} changed: see --update"
    root = assert_sound(signed.xml, tmp_path, SECRETS["csc"])
    assert root.findtext(".//ds:DigestValue", namespaces=NS) == signed.valor_resumen
    assert root[1].get("Id") == document.codigo_documento


def test_there_are_cases() -> None:
    assert len(CASES) >= 100
    assert {path.stem for path in CASES} == {path.stem for path in (HERE / "expected").glob("*.xml")}


def test_every_property_has_its_case() -> None:
    """Nothing that ``emitir`` takes goes without a golden document."""
    seen = {name for path in CASES for name in used(json.loads(path.read_text("utf-8"))["propiedades"])}
    # Compared when given, never written; the rules have their cases (bad.py).
    never_written = {"total", "items-total"}
    assert set(names(schema_of("documento"))) - seen == never_written
    assert seen <= set(names(schema_of("documento")))
