"""The signature is verified over the bytes that arrive: what other signers make holds, what is altered does not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod

from emitir.sandbox.sunat.dsig import BrokenSignatureError, verify
from tests.sandbox.factory import (
    Client,
    Invoice,
    add_after,
    drop,
    key_and_certificate,
    set_attribute,
    set_text,
)

DS = "//ds:Signature"


def send_edited(sunat: Client, *edits: object) -> str:
    root = etree.fromstring(Invoice().signed())
    for edit in edits:
        assert callable(edit)
        edit(root)
    return sunat.send(Invoice().name, etree.tostring(root)).code


@pytest.mark.parametrize("c14n", [
    CanonicalizationMethod.CANONICAL_XML_1_0, CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    CanonicalizationMethod.CANONICAL_XML_1_0_WITH_COMMENTS,
    CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0_WITH_COMMENTS,
])  # fmt: skip
@pytest.mark.parametrize(
    ("method", "digest"),
    [
        (SignatureMethod.RSA_SHA1, DigestAlgorithm.SHA1),
        (SignatureMethod.RSA_SHA256, DigestAlgorithm.SHA256),
        (SignatureMethod.RSA_SHA512, DigestAlgorithm.SHA512),
    ],
)
def test_every_algorithm_in_use_holds(
    c14n: CanonicalizationMethod, method: SignatureMethod, digest: DigestAlgorithm
) -> None:
    assert verify(Invoice().signed(c14n=c14n, method=method, digest=digest)).digest


TEMPLATE = (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="SIGN"><ds:SignedInfo>'
    '<ds:CanonicalizationMethod Algorithm="{c14n}"/>'
    '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="">'
    '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>{more}'
    '</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/>'
    "</ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data/></ds:KeyInfo></ds:Signature>"
)
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
PREFIXES = f'<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="cac #default"/>'


@pytest.mark.parametrize(
    ("c14n", "more"),
    [
        (INCLUSIVE, ""),
        (INCLUSIVE, f'<ds:Transform Algorithm="{INCLUSIVE}"/>'),
        (EXCLUSIVE, f'<ds:Transform Algorithm="{EXCLUSIVE}"/>'),
        (EXCLUSIVE, f'<ds:Transform Algorithm="{EXCLUSIVE}">{PREFIXES}</ds:Transform>'),
    ],
)
def test_agrees_with_xmlsec1(tmp_path: Path, c14n: str, more: str) -> None:
    """xmlsec1 signs a document full of traps; we verify it, and a changed space breaks it."""
    key, certificate = key_and_certificate()
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "certificate.pem").write_bytes(certificate)
    unsigned = Invoice(
        notes='<cbc:Note languageLocaleID="1000">  A &amp; B &lt;Ñ&gt; &#13; "€" ]]&gt;  </cbc:Note>'
    ).xml()
    text = unsigned.decode().replace("<cbc:UBLVersionID>", "<!-- comment -->\n\t <cbc:UBLVersionID>")
    text = text.replace("<Invoice ", '<?before data?><Invoice xml:lang="es" xmlns:zz="urn:unused" ', 1)
    empty = "<ext:ExtensionContent/>"
    assert empty in text
    filled = f"<ext:ExtensionContent>\n {TEMPLATE.format(c14n=c14n, more=more)} tail </ext:ExtensionContent>"
    (tmp_path / "template.xml").write_text(text.replace(empty, filled), "utf-8")
    subprocess.run(
        ["xmlsec1", "--sign", "--privkey-pem", f"{tmp_path}/key.pem,{tmp_path}/certificate.pem", "--output",
         str(tmp_path / "signed.xml"), str(tmp_path / "template.xml")],
        check=True, capture_output=True,
    )  # fmt: skip
    signed = (tmp_path / "signed.xml").read_bytes()
    assert verify(signed).certificate == load_pem_x509_certificate(certificate)
    with pytest.raises(BrokenSignatureError) as broken:
        verify(signed.replace(b"  A &amp; B", b" A &amp; B"))
    assert broken.value.code == "2335"
    verify(signed.replace(b"<!-- comment -->", b"<!-- another -->"))  # comments are not signed


@pytest.mark.parametrize("edit", [
    set_text("cac:LegalMonetaryTotal/cbc:PayableAmount", "118.01"),
    set_text("cbc:IssueTime", "10:00:01"),
    set_attribute(f"{DS}/ds:SignedInfo/ds:CanonicalizationMethod", "Algorithm", EXCLUSIVE),
    set_text(f"{DS}//ds:DigestValue", "AAAA"),
    set_text(f"{DS}//ds:SignatureValue", "AAAA"),
    add_after("ext:UBLExtensions/ext:UBLExtension", "<ext:UBLExtension><ext:ExtensionContent/></ext:UBLExtension>"),
])  # fmt: skip
def test_altered_is_2335(sunat: Client, edit: object) -> None:
    sunat.control("POST", "mode", xsd=False)
    assert send_edited(sunat, edit) == "2335"


INFO = f"{DS}/ds:SignedInfo"
REFERENCE = f"{INFO}/ds:Reference"


@pytest.mark.parametrize(
    ("code", "edit"),
    [
        ("2085", drop(DS)),
        ("2085", set_attribute(DS, "Id", None)),
        ("2087", drop(f"{INFO}/ds:CanonicalizationMethod")),
        ("2086", set_attribute(f"{INFO}/ds:CanonicalizationMethod", "Algorithm", "urn:none")),
        ("2089", drop(f"{INFO}/ds:SignatureMethod")),
        ("2088", set_attribute(f"{INFO}/ds:SignatureMethod", "Algorithm", "http://www.w3.org/2000/09/xmldsig#hmac-sha1")),
        ("2091", set_attribute(REFERENCE, "URI", None)),
        ("2090", set_attribute(REFERENCE, "URI", "#SIGN")),
        ("2093", drop(f"{REFERENCE}/ds:Transforms")),
        ("2092", set_attribute(f"{REFERENCE}/ds:Transforms/ds:Transform[1]", "Algorithm", "http://www.w3.org/TR/1999/REC-xslt-19991116")),
        ("2095", drop(f"{REFERENCE}/ds:DigestMethod")),
        ("2094", set_attribute(f"{REFERENCE}/ds:DigestMethod", "Algorithm", "http://www.w3.org/2001/04/xmldsig-more#md5")),
        ("2097", drop(f"{REFERENCE}/ds:DigestValue")),
        ("2096", set_text(f"{REFERENCE}/ds:DigestValue", "¡no!")),
        ("2099", drop(f"{DS}/ds:SignatureValue")),
        ("2098", set_text(f"{DS}/ds:SignatureValue", "¡no!")),
        ("2101", drop(f"{DS}//ds:X509Certificate")),
        ("2100", set_text(f"{DS}//ds:X509Certificate", "AAAA")),
    ],
)  # fmt: skip
def test_missing_and_wrong_parts(sunat: Client, code: str, edit: object) -> None:
    sunat.control("POST", "mode", xsd=False)
    assert send_edited(sunat, edit) == code


def test_two_signatures_are_refused(sunat: Client) -> None:
    """A second signature would let one part be verified and another be read."""
    sunat.control("POST", "mode", xsd=False)
    extra = f"<ext:UBLExtension><ext:ExtensionContent>{TEMPLATE.format(c14n=INCLUSIVE, more='')}</ext:ExtensionContent></ext:UBLExtension>"
    assert send_edited(sunat, add_after("ext:UBLExtensions/ext:UBLExtension", extra)) == "2335"


def test_certificates(sunat: Client) -> None:
    """Expired, not yet valid, another RUC's, given of baja, revoked; one that names no RUC is nobody else's."""
    assert sunat.send_invoice(Invoice(number="2"), pair=key_and_certificate(start=-20, end=-1)).code == "2327"
    assert sunat.send_invoice(Invoice(number="3"), pair=key_and_certificate(start=1, end=9)).code == "2327"
    assert sunat.send_invoice(Invoice(number="4"), pair=key_and_certificate("20000000001")).code == "2325"
    assert sunat.send_invoice(Invoice(number="5"), pair=key_and_certificate("PERSONA")).code == "0"
    fingerprint = load_pem_x509_certificate(key_and_certificate()[1]).fingerprint(hashes.SHA256()).hex()
    sunat.control("POST", "lists", certificados_baja=[fingerprint])
    assert sunat.send_invoice(Invoice(number="6")).code == "2326"
    sunat.control("POST", "lists", certificados_baja=[], certificados_revocados=[fingerprint])
    assert sunat.send_invoice(Invoice(number="7")).code == "2328"


def test_a_provider_signs_for_another(sunat: Client) -> None:
    """A PSE sends and signs with its own certificate, once SUNAT knows it."""
    provider = "20000000001"
    invoice = Invoice(edits=[set_text("cac:Signature//cac:PartyIdentification/cbc:ID", provider)])
    client = Client(sunat.url, user=f"{provider}MODDATOS")
    assert client.send_invoice(invoice, pair=key_and_certificate(provider)).code == "0154"
    sunat.control("POST", "lists", proveedores=[provider])
    assert client.send_invoice(invoice, pair=key_and_certificate(provider)).code == "0"
