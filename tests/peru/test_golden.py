"""Every golden case: the same bytes as stored, valid by schema, canonical, and signed as xmlsec1 sees it.

``pytest tests/peru --update`` writes the expected files anew; look at the difference before committing it.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from emitir.peru.country import COUNTRY
from emitir.signing.keys import LocalSigner
from emitir.xml import DECLARATION

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.json"))
DS = "{http://www.w3.org/2000/09/xmldsig#}"


@lru_cache(maxsize=1)
def invoice_schema() -> etree.XMLSchema:
    """UBL-Invoice-2.1 of the package that `make test` installs for its schemas alone."""
    package = importlib.util.find_spec("sunat_py")
    assert package is not None, "make test installs sunat-py for its XSDs"
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0]) / "xsd" / "schemas" / "ubl-2.1" / "maindoc"
    return etree.XMLSchema(etree.parse(str(folder / "UBL-Invoice-2.1.xsd")))


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

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xml, parser)
    schema = invoice_schema()
    assert schema.validate(root), schema.error_log.last_error
    # The bytes after the declaration are their own canonical form.
    assert (
        etree.tostring(root, method="c14n", exclusive=False, with_comments=False) == xml[len(DECLARATION) :]
    )
    # xmlsec1 is the oracle of the signature.
    file = tmp_path / "document.xml"
    file.write_bytes(xml)
    assert verify(file)
    # And it does notice a change of one byte.
    file.write_bytes(xml.replace(b"<cbc:UBLVersionID>2.1", b"<cbc:UBLVersionID>2.2"))
    assert not verify(file)


def verify(file: Path) -> bool:
    """Whether xmlsec1 finds the signature right, with the key of the certificate in the document."""
    program = shutil.which("xmlsec1")
    assert program, "make test installs xmlsec1"
    options = ["--verify", "--enabled-key-data", "x509", "--insecure"]
    result = subprocess.run([program, *options, str(file)], capture_output=True, check=False, timeout=30)
    return result.returncode == 0


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
    assert verify(file)


def test_valor_resumen_is_the_digest(company: dict[str, Any], signer: LocalSigner) -> None:
    case = json.loads((HERE / "cases" / "factura-documentada.json").read_text(encoding="utf-8"))
    result = COUNTRY.prepare(case["propiedades"], company, datetime.fromisoformat(case["ahora"])).sign(signer)
    digest = etree.fromstring(result.xml).find(f".//{DS}DigestValue")
    assert digest is not None
    assert digest.text == result.valor_resumen
