"""A received DE looked over: sound ones hold, every kind of harm is noticed and named, and SIFEN has the last word."""

from __future__ import annotations

import base64
import dataclasses
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from emitir.country_files import FileReport
from emitir.errors import EmitirError
from emitir.paraguay.country import COUNTRY
from emitir.paraguay.eventos.prepare import prepare_evento
from emitir.paraguay.eventos.write import message, sign
from emitir.paraguay.prepare import prepare
from emitir.paraguay.sifen.authority import SifenAuthority
from emitir.paraguay.sifen.services import Sifen
from emitir.signing.keys import LocalSigner
from emitir.verdict import Accepted, Observed

from .bad import A, C, F, R
from .conftest import HERE, NOW, SECRETS
from .oracles import NS
from .sandboxed import submission
from .test_golden import CASES

Look = Callable[..., FileReport]


@pytest.fixture
def look(company: dict[str, Any]) -> Look:
    def looked(content: bytes, authority: Any = None, **more: Any) -> FileReport:
        return COUNTRY.verify_file(content, company, authority, NOW, **more)

    return looked


def outcome(report: FileReport, name: str) -> str:
    return next(check.resultado for check in report.checks if check.nombre == name)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden_documents_hold(path: Path, look: Look) -> None:
    report = look((HERE / "expected" / f"{path.stem}.xml").read_bytes(), secrets=SECRETS)
    wrong = {check.nombre: check.detalle for check in report.checks if check.resultado == "mal"}
    assert wrong == {}
    assert {
        outcome(report, name) for name in ("esquema", "firma", "certificado", "cdc", "qr", "totales")
    } == {"bien"}
    assert outcome(report, "cadena") == outcome(report, "autoridad") == "sin_comprobar"
    assert report.resultado == "sin_comprobar"


GOOD = (HERE / "expected" / "factura-descuentos-y-anticipos.xml").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        (b"<dSisFact>1", b"<dSisFact>3", {"esquema", "firma"}),
        (b"<dNomRec>Cliente", b"<dNomRec>cliente", {"firma"}),
        (b"<SignatureValue>", b"<SignatureValue>AAAA", {"firma"}),
        (b"<dNumDoc>0000208", b"<dNumDoc>0000209", {"firma", "cdc"}),
        (b"<dCodSeg>549571809", b"<dCodSeg>549571808", {"firma", "cdc"}),
        (b'<DE Id="01800000005', b'<DE Id="01800000004', {"esquema", "firma", "cdc", "qr"}),
        (b"<dTotGralOpe>", b"<dTotGralOpe>1", {"firma", "qr", "totales"}),
        (b"<dTotOpeItem>", b"<dTotOpeItem>1", {"firma", "totales"}),
        (b"<dLiqIVAItem>", b"<dLiqIVAItem>1", {"firma", "totales"}),
        (b"<dTotDesc>", b"<dTotDesc>1", {"firma", "totales"}),
        (b"cItems=3", b"cItems=4", {"qr"}),
        (b"cHashQR=", b"cHashQR=0", {"qr"}),
        (b"https://ekuatia.set.gov.py", b"https://ekuatia.set.gov.pe", {"qr"}),
        (b"<dRucEm>80000000", b"<dRucEm>80012345", {"firma", "certificado", "cdc"}),
        (b"<dFecFirma>2026", b"<dFecFirma>2066", {"firma", "certificado"}),
    ],
)
def test_harm_is_noticed_and_named(old: bytes, new: bytes, names: set[str], look: Look) -> None:
    assert old in GOOD
    report = look(GOOD.replace(old, new, 1), secrets=SECRETS)
    wrong = {check.nombre for check in report.checks if check.resultado == "mal"}
    assert names - {"esquema"} <= wrong
    assert wrong <= names | {"esquema"}
    assert report.resultado == "sin_validez"


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
@pytest.mark.parametrize(
    "form",
    ["http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"],
)
def test_other_algorithms_of_the_dnit(
    form: str, algorithm: str, look: Look, tmp_path: Path, signer: LocalSigner
) -> None:
    """Signed anew by xmlsec1, inclusive or exclusive, with either digest (NT-016)."""
    key = tmp_path / "key.pem"
    key.write_bytes(
        serialization.load_pem_private_key(signer.encrypted_pem(b"x"), b"x").private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    certificate = tmp_path / "certificate.der"
    certificate.write_bytes(signer.certificate_der)
    root = etree.fromstring(GOOD)
    signature = root.find("ds:Signature", NS)
    assert signature is not None
    ds = f"{{{NS['ds']}}}"
    long = "xmldsig-more#rsa-sha512" if algorithm == "sha512" else "xmldsig-more#rsa-sha256"
    for node in signature.iter(f"{ds}CanonicalizationMethod"):
        node.set("Algorithm", form)
    for node in list(signature.iter(f"{ds}Transform"))[1:]:
        node.set("Algorithm", form)
    for node in signature.iter(f"{ds}SignatureMethod"):
        node.set("Algorithm", f"http://www.w3.org/2001/04/{long}")
    for node in signature.iter(f"{ds}DigestMethod"):
        node.set("Algorithm", f"http://www.w3.org/2001/04/xmlenc#{algorithm}")
    for tag in ("DigestValue", "SignatureValue", "X509Certificate"):
        for node in signature.iter(f"{ds}{tag}"):
            node.text = ""
    template = tmp_path / "template.xml"
    template.write_bytes(etree.tostring(root))
    signed = tmp_path / "signed.xml"
    command = ["xmlsec1", "--sign", "--privkey-pem", str(key), "--id-attr:Id", f"{NS['s']}:DE"]
    subprocess.run(
        [*command, "--output", str(signed), str(template)], check=True, capture_output=True, timeout=30
    )
    done = etree.fromstring(signed.read_bytes())
    for node in done.iter(f"{ds}X509Certificate"):
        node.text = base64.b64encode(signer.certificate_der).decode()
    report = look(etree.tostring(done))
    assert outcome(report, "firma") == "bien", [c.detalle for c in report.checks]
    assert outcome(look(etree.tostring(done).replace(b"Cliente", b"cliente")), "firma") == "mal"


def authority_of(
    name: str, above: tuple[Any, Any] | None = None, ca: bool = True
) -> tuple[Any, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above[1].subject if above else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(above[0] if above else key, hashes.SHA256())
    )
    return key, certificate


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


def test_chain(company: dict[str, Any], look: Look) -> None:
    """Root, intermediate and signer; the intermediate comes with the trust file."""
    root = authority_of("RAIZ MIC")
    middle = authority_of("PSC", root)
    other = authority_of("OTRA")
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "EMPRESA"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, "RUC80000000-5"),
        ]
    )
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    own = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(middle[1].subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2028, 1, 1, tzinfo=UTC))
        .sign(middle[0], hashes.SHA256())
    )
    signer = LocalSigner(key, own)
    xml = prepare(F, company, NOW).sign_with(signer, SECRETS).xml
    for trust, said in (
        (pem(root[1], middle[1]), "bien"),
        (pem(middle[1]), "bien"),
        (pem(root[1]), "mal"),  # nobody between
        (pem(other[1]), "mal"),
        (pem(own), "bien"),
    ):
        assert outcome(look(xml, trust=trust), "cadena") == said
    with pytest.raises(EmitirError, match="PEM"):
        look(xml, trust=b"nada")


def test_the_word_of_sifen(
    there: dict[str, Any], signer: LocalSigner, authority: SifenAuthority, sifen: Sifen, look: Look
) -> None:
    for base in (F, A, C, R):
        sent = submission(base, there, signer)
        assert isinstance(authority.submit(sent), Accepted)
        report = look(sent.xml, authority)
        assert (report.resultado, outcome(report, "autoridad")) == ("valido", "bien")
    cancel = {"evento": "cancelacion", "cdc": sent.codigo_documento, "motivo": "Error en el traslado"}
    sifen.evento(message([sign(prepare_evento(cancel, there, NOW), signer)]))
    facts = look(sent.xml).facts
    assert isinstance(authority.ask_about(facts), Observed)
    report = look(sent.xml, authority)
    assert (report.resultado, outcome(report, "autoridad")) == ("sin_validez", "mal")
    forged = dataclasses.replace(facts, valor_resumen="otro")
    assert type(authority.ask_about(forged)).__name__ == "Rejected"


def test_what_sifen_never_saw(
    there: dict[str, Any], signer: LocalSigner, authority: SifenAuthority, look: Look
) -> None:
    report = look(submission(F, there, signer).xml, authority)
    assert report.resultado in {"sin_validez", "desconocido"}
    assert outcome(report, "autoridad") == "mal"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nada",
        b"<x/>",
        b"<rDE></rDE>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><rDE>&a;</rDE>',
        b'<rDE xmlns="http://ekuatia.set.gov.py/sifen/xsd"><DE Id="1"></DE></rDE>',
        b"<rDE>1</rDE><rDE>2</rDE>",
        b"<rDE><a></rDE>",
    ],
)
def test_what_is_no_document(content: bytes, look: Look) -> None:
    with pytest.raises(EmitirError) as caught:
        look(content)
    assert [problem.path for problem in caught.value.problems] == ["xml"]


def test_what_a_consulta_gave_back(look: Look) -> None:
    """The text of xContenDE: the document with its protocol and events after it."""
    bare = GOOD[GOOD.index(b"<rDE") :]
    report = look(b'<?xml version="1.0"?>' + bare + b"\n<dProtAut>5</dProtAut>\n<xContEv></xContEv>")
    assert outcome(report, "firma") == "bien"


def signed_part(xml: bytes) -> bytes:
    de = etree.fromstring(xml[xml.index(b"<rDE") : xml.rindex(b"</rDE>") + 6]).find("s:DE", NS)
    assert de is not None
    return bytes(etree.tostring(de, method="c14n", exclusive=True))


SOUND = signed_part(GOOD)
#: Cut out, doubled or replaced: where, how much, and by what.
HARM = st.tuples(
    st.integers(0, len(GOOD) - 1),
    st.integers(0, 60),
    st.binary(max_size=3) | st.sampled_from([b"<", b"&", b"0"]),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HARM)
def test_no_harm_passes_and_none_is_a_crash(look: Look, harm: tuple[int, int, bytes]) -> None:
    where, length, instead = harm
    harmed = GOOD[:where] + instead + GOOD[where + length :]
    try:
        report = look(harmed, secrets=SECRETS)
    except EmitirError:
        return
    if report.resultado != "sin_validez":
        assert signed_part(harmed) == SOUND


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"AAAA",
        b"no es base64",
        base64.b64encode(b"\x30\x82\x01\x00" + b"\x00" * 256),
    ],
)
def test_certificates_that_cannot_be_read(broken: bytes, look: Look) -> None:
    start = GOOD.index(b"<X509Certificate>") + len(b"<X509Certificate>")
    report = look(GOOD[:start] + broken + GOOD[GOOD.index(b"</X509Certificate>") :])
    assert outcome(report, "firma") == outcome(report, "certificado") == "mal"


def test_a_certificate_broken_inside(look: Look, signer: LocalSigner) -> None:
    """One that is read, and whose key is not."""
    own = base64.b64encode(signer.certificate_der)
    der = bytearray(signer.certificate_der)
    modulus = der.index(b"\x02\x82\x01\x01")
    der[modulus + 2 : modulus + 4] = b"\x7f\xff"
    report = look(GOOD.replace(own, base64.b64encode(bytes(der))))
    assert outcome(report, "firma") == "mal"


def test_a_namespace_without_canonical_form(look: Look) -> None:
    harmed = GOOD.replace(b"<dSisFact>1", b'<dSisFact xmlns:a="b" a:c="d">1', 1)
    assert outcome(look(harmed), "firma") == "mal"
