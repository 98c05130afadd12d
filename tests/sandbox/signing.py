"""Keys, self-made certificates and signatures for the sandbox's tests: signxml signs, not the library."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import (
    CanonicalizationMethod,
    DigestAlgorithm,
    SignatureConstructionMethod,
    SignatureMethod,
)
from signxml.signer import XMLSigner

from tests.sandbox.names import NS, RUC


@lru_cache(maxsize=8)
def key_and_certificate(
    ruc: str = RUC, start: int = -30, end: int = 365, serial: int = 1
) -> tuple[bytes, bytes]:
    """A key and a self-made certificate of ``ruc``, PEM; ``start`` and ``end`` in days from today."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "PRUEBA"), x509.NameAttribute(NameOID.SERIAL_NUMBER, ruc)]
    )
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(now + timedelta(days=start))
        .not_valid_after(now + timedelta(days=end))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem, certificate.public_bytes(serialization.Encoding.PEM)


def sign(
    xml: bytes,
    *,
    pair: tuple[bytes, bytes] | None = None,
    method: SignatureMethod = SignatureMethod.RSA_SHA256,
    digest: DigestAlgorithm = DigestAlgorithm.SHA256,
    c14n: CanonicalizationMethod = CanonicalizationMethod.CANONICAL_XML_1_0,
) -> bytes:
    """Sign as SUNAT wants it: enveloped, in ExtensionContent, with an Id."""
    key, certificate = pair or key_and_certificate()
    root = etree.fromstring(xml)
    place = root.find("ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent", NS)
    assert place is not None
    etree.SubElement(place, f"{{{NS['ds']}}}Signature", Id="placeholder")
    signer = _LegacySigner(
        method=SignatureConstructionMethod.enveloped,
        signature_algorithm=method,
        digest_algorithm=digest,
        c14n_algorithm=c14n,
    )
    signed = signer.sign(root, key=_loaded(key), cert=[certificate.decode()], always_add_key_value=False)
    signature = signed.find(".//ds:Signature", NS)
    assert signature is not None
    signature.set("Id", "SIGN")
    return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")


@lru_cache(maxsize=8)
def _loaded(pem: bytes) -> rsa.RSAPrivateKey:
    """The key, read once: reading takes longer than signing."""
    key = serialization.load_pem_private_key(pem, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


class _LegacySigner(XMLSigner):
    """signxml's signer, also for SHA-1, which SUNAT still takes."""

    def check_deprecated_methods(self) -> None:
        """Everything goes."""
