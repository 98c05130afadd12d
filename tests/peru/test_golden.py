"""Every golden case: the same bytes as stored, valid by schema, canonical, and signed as xmlsec1 sees it.

``pytest tests/peru --update`` writes the expected files anew; look at the difference before committing it.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from emitir.peru.country import COUNTRY
from emitir.signing.keys import LocalSigner

from .oracles import assert_sound, verified_by_xmlsec1

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.json"))
DS = "{http://www.w3.org/2000/09/xmldsig#}"


def signed(case: dict[str, Any], company: dict[str, Any], signer: LocalSigner) -> tuple[str, bytes]:
    now = datetime.fromisoformat(case["ahora"])
    comprobante = COUNTRY.prepare(case["propiedades"], company, now)
    return comprobante.codigo_documento, comprobante.sign(signer).xml


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(
    path: Path, company: dict[str, Any], signer: LocalSigner, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    _, xml = signed(case, company, signer)
    expected = HERE / "expected" / f"{path.stem}.xml"
    if request.config.getoption("--update"):
        expected.write_bytes(xml)
    assert xml == expected.read_bytes(), f"{path.stem} changed: see --update"

    assert_sound(xml, tmp_path)


def test_there_are_cases() -> None:
    assert len(CASES) >= 30
    assert {path.stem for path in CASES} == {path.stem for path in (HERE / "expected").glob("*.xml")}


@pytest.mark.parametrize("hash_name", ["sha256", "sha1"])
def test_both_hashes(hash_name: str, company: dict[str, Any], signer: LocalSigner, tmp_path: Path) -> None:
    case = json.loads((HERE / "cases" / "factura-documentada.json").read_text(encoding="utf-8"))
    name, xml = signed(case, company | {"hash_firma": hash_name}, signer)
    assert name == "20123456786-01-F001-21"
    assert f"#rsa-{hash_name}".encode() in xml
    file = tmp_path / "document.xml"
    file.write_bytes(xml)
    assert verified_by_xmlsec1(file)


def test_valor_resumen_is_the_digest(company: dict[str, Any], signer: LocalSigner) -> None:
    case = json.loads((HERE / "cases" / "factura-documentada.json").read_text(encoding="utf-8"))
    result = COUNTRY.prepare(case["propiedades"], company, datetime.fromisoformat(case["ahora"])).sign(signer)
    digest = etree.fromstring(result.xml).find(f".//{DS}DigestValue")
    assert digest is not None
    assert digest.text == result.valor_resumen
