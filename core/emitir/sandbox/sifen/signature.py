"""The signature of a ``DE`` or ``rEve``: by reference to its Id, checked with lxml's own canonical form.

Written apart from the library's signer on purpose: what both take for right is right.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import Certificate, load_der_x509_certificate
from lxml import etree

from emitir.sandbox.sifen.messages import NS
from emitir.sandbox.sunat.dsig import subject_texts
from emitir.sandbox.sunat.xmlsafe import Element

_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
_RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


class BrokenSignatureError(Exception):
    """The signature is not right; its text says why."""


def _canonical(element: Element) -> bytes:
    alone = etree.fromstring(etree.tostring(element, with_tail=False))
    try:
        canonical: bytes = etree.tostring(alone, method="c14n", exclusive=True, with_comments=False)
    except etree.C14NError:
        raise BrokenSignatureError("sin forma canónica") from None
    return canonical


def _text(parent: Element, path: str) -> str:
    found = parent.xpath(path, namespaces=NS)
    if len(found) != 1:
        raise BrokenSignatureError(f"{path} no está una sola vez")
    element: Element = found[0]
    return "".join((element.text or "").split())


def _algorithms(info: Element) -> None:
    for path, wanted in (
        ("ds:CanonicalizationMethod/@Algorithm", [_EXCLUSIVE]),
        ("ds:SignatureMethod/@Algorithm", [_RSA_SHA256]),
        ("ds:Reference/ds:Transforms/ds:Transform/@Algorithm", [_ENVELOPED, _EXCLUSIVE]),
        ("ds:Reference/ds:DigestMethod/@Algorithm", [_SHA256]),
    ):
        if info.xpath(path, namespaces=NS) != wanted:
            raise BrokenSignatureError(f"algoritmo no admitido: {path}")


def verify(signed: Element) -> Certificate:
    """The certificate that signed ``signed``, whose Signature comes right after it. Raises BrokenSignatureError."""
    signature = signed.getnext()
    if signature is None or etree.QName(signature).localname != "Signature":
        raise BrokenSignatureError("falta la firma después del elemento firmado")
    info = signature.find("ds:SignedInfo", NS)
    if info is None:
        raise BrokenSignatureError("falta SignedInfo")
    _algorithms(info)
    if info.xpath("ds:Reference/@URI", namespaces=NS) != [f"#{signed.get('Id')}"]:
        raise BrokenSignatureError("la referencia no es la del Id")
    try:
        digest = base64.b64decode(_text(info, "ds:Reference/ds:DigestValue"), validate=True)
        value = base64.b64decode(_text(signature, "ds:SignatureValue"), validate=True)
        der = base64.b64decode(_text(signature, "ds:KeyInfo/ds:X509Data/ds:X509Certificate"), validate=True)
        certificate = load_der_x509_certificate(der)
        key = certificate.public_key()
        _ = certificate.subject, certificate.extensions  # read from the file only when asked for
    except (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension) as error:
        raise BrokenSignatureError("base64 o certificado ilegible") from error
    if not hmac.compare_digest(hashlib.sha256(_canonical(signed)).digest(), digest):
        raise BrokenSignatureError("DigestValue")
    if not isinstance(key, rsa.RSAPublicKey):
        raise BrokenSignatureError("la clave no es RSA")
    try:
        key.verify(value, _canonical(info), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise BrokenSignatureError("SignatureValue") from None
    return certificate


def speaks_of(certificate: Certificate, ruc: str) -> bool:
    """Whether the certificate names this RUC with its digit."""
    return any(ruc in text for text in subject_texts(certificate))
