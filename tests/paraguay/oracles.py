"""Independent judges of a document: the DNIT's schema, lxml's canonical form, xmlsec1, and the QR taken apart."""

from __future__ import annotations

import atexit
import hashlib
import importlib.util
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from emitir.xml import DECLARATION

NS = {"s": "http://ekuatia.set.gov.py/sifen/xsd", "ds": "http://www.w3.org/2000/09/xmldsig#"}


@lru_cache(maxsize=8)
def schema(name: str) -> etree.XMLSchema:
    """A schema of the DNIT, of the package that `make test` installs for its XSDs alone.

    The schema as published names an element ``"dEntCont "``, with a blank, which no document can have.
    """
    package = importlib.util.find_spec("pysifen")
    assert package is not None, "make test installs sifen for its XSDs"
    assert package.submodule_search_locations is not None
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for file in (Path(package.submodule_search_locations[0]) / "de" / "schemas" / "v150").glob("*.xsd"):
        (folder / file.name).write_bytes(file.read_bytes().replace(b'"dEntCont "', b'"dEntCont"'))
    return etree.XMLSchema(etree.parse(str(folder / name)))


def verified_by_xmlsec1(file: Path, signed: str = "DE") -> bool:
    """Whether xmlsec1 finds the signature right, with the key of the certificate in the document."""
    program = shutil.which("xmlsec1")
    assert program, "make test installs xmlsec1"
    options = ["--verify", "--enabled-key-data", "x509", "--insecure", "--id-attr:Id", f"{NS['s']}:{signed}"]
    result = subprocess.run([program, *options, str(file)], capture_output=True, check=False, timeout=30)
    return result.returncode == 0


def parse(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(xml, parser)


def assert_qr(root: etree._Element, csc: str) -> None:
    """The QR says what the document says, and its hash is right (2500, 2501)."""
    url = root.findtext("s:gCamFuFD/s:dCarQR", namespaces=NS)
    assert url is not None
    assert 100 <= len(url) <= 600
    assert csc not in url
    query = urlsplit(url).query
    said = dict(parse_qsl(query, strict_parsing=True))
    signed, _, seal = query.rpartition("&cHashQR=")
    assert hashlib.sha256((signed + csc).encode()).hexdigest() == seal
    document = root.find("s:DE", NS)
    assert document is not None

    def value(path: str) -> str:
        return document.findtext(f".//s:{path}", default="", namespaces=NS)

    assert said["Id"] == document.get("Id")
    assert bytes.fromhex(said["dFeEmiDE"]).decode() == value("dFeEmiDE")
    assert said.get("dRucRec", said.get("dNumIDRec")) == (value("dRucRec") or value("dNumIDRec"))
    assert said["dTotGralOpe"] == (value("dTotGralOpe") or "0")
    assert said["dTotIVA"] == (value("dTotIVA") or "0")
    assert int(said["cItems"]) == len(document.findall(".//s:gCamItem", NS))
    digest = root.findtext(".//ds:DigestValue", default="", namespaces=NS)
    assert bytes.fromhex(said["DigestValue"]).decode() == digest


def assert_sound(xml: bytes, folder: Path, csc: str) -> etree._Element:
    """Valid by its schema, its own canonical form, signed so that one changed byte is noticed, and the QR right.

    And signed still inside a SOAP envelope, whose namespaces exclusive canonicalization leaves out.
    """
    root = parse(xml)
    rules = schema("siRecepDE_v150.xsd")
    assert rules.validate(root), rules.error_log.last_error
    bare = xml[len(DECLARATION) :]
    assert etree.tostring(root, method="c14n", exclusive=False, with_comments=False) == bare
    assert_qr(root, csc)
    file = folder / "document.xml"
    file.write_bytes(xml)
    assert verified_by_xmlsec1(file)
    file.write_bytes(xml.replace(b"<dSisFact>1", b"<dSisFact>2", 1))
    assert not verified_by_xmlsec1(file)
    file.write_bytes(
        b'<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:x="urn:x"><env:Body>'
        b'<rEnviDe xmlns="http://ekuatia.set.gov.py/sifen/xsd"><dId>1</dId><xDE>'
        + bare
        + b"</xDE></rEnviDe></env:Body></env:Envelope>"
    )
    assert verified_by_xmlsec1(file)
    return root
