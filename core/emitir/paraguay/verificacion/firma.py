"""The signature of a received DE, with every algorithm that the DNIT admits (NT-016)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import Certificate, load_der_x509_certificate
from lxml import etree

from emitir.country_files import MAL, Check
from emitir.i18n import N_
from emitir.paraguay.verificacion.documento import NS, Recibido
from emitir.signing.keys import BROKEN

_ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
#: Canonicalization to whether it is exclusive; comments are refused in a DE (spec.md §9), so none matter.
_CANONICAL = {
    f"http://www.w3.org/{name}{comments}": exclusive
    for name, exclusive in (("2001/10/xml-exc-c14n#", True), ("TR/2001/REC-xml-c14n-20010315", False))
    for comments in ("", "WithComments" if exclusive else "#WithComments")
}
_HASHES: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    "sha256": ("sha256", hashes.SHA256()),
    "sha384": ("sha384", hashes.SHA384()),
    "sha512": ("sha512", hashes.SHA512()),
}
_MIN_BITS, _MAX_BITS = 2048, 4096


class _BrokenError(Exception):
    """Why the signature does not hold."""


def certificates(received: Recibido) -> list[Certificate]:
    """The certificates in the signature, the signer's first; those of which some part cannot be read are left out."""
    found = []
    for node in received.rde.findall("ds:Signature/ds:KeyInfo/ds:X509Data/ds:X509Certificate", NS):
        try:
            one = load_der_x509_certificate(base64.b64decode("".join((node.text or "").split())))
            # Each is read from the file when it is asked for, and may be broken there.
            _ = (
                one.public_key(),
                one.subject,
                one.issuer,
                one.extensions,
                one.not_valid_before_utc,
                one.not_valid_after_utc,
            )
        except BROKEN:
            continue
        found.append(one)
    return found


def signature(received: Recibido) -> Check:
    """Whether the certificate in the signature signed exactly this DE."""
    try:
        _verify(received)
    except _BrokenError as broken:
        return Check("firma", MAL, broken.args[0], broken.args[1] if len(broken.args) > 1 else {})
    return Check("firma", "bien")


def _canonical(element: etree._Element, exclusive: bool) -> bytes:
    """Its canonical form where it stands: with the namespaces in scope, which inclusive C14N writes."""
    alone = etree.Element(element.tag, nsmap=element.nsmap)
    alone.attrib.update(element.attrib)
    alone.text = element.text
    alone.extend([_copied(child) for child in element])
    try:
        canonical: bytes = etree.tostring(alone, method="c14n", exclusive=exclusive, with_comments=False)
    except etree.C14NError:  # a namespace that is no absolute address has no canonical form
        raise _BrokenError(N_("El contenido no tiene forma canónica.")) from None
    return canonical


def _copied(element: etree._Element) -> etree._Element:
    copied = etree.fromstring(etree.tostring(element, with_tail=False))
    copied.tail = element.tail
    return copied


def _one(place: etree._Element, path: str) -> str:
    found = place.xpath(path, namespaces=NS)
    if not isinstance(found, list) or len(found) != 1:
        raise _BrokenError(N_("La firma no tiene una sola vez {part}."), {"part": path})
    part = found[0]
    return "".join(str(part.text if isinstance(part, etree._Element) else part).split())


def _verify(received: Recibido) -> None:
    following = received.de.getnext()
    if following is None or following.tag != f"{{{NS['ds']}}}Signature":
        raise _BrokenError(N_("No está firmado."))
    if len(received.rde.findall(".//ds:Signature", NS)) != 1:
        raise _BrokenError(N_("Tiene más de una firma."))
    info = following.find("ds:SignedInfo", NS)
    if info is None or _one(info, "ds:Reference/@URI") != f"#{received.cdc}":
        raise _BrokenError(N_("La firma es de otra parte del archivo."))
    transforms = [
        node.get("Algorithm", "") for node in info.findall("ds:Reference/ds:Transforms/ds:Transform", NS)
    ]
    methods = [_one(info, "ds:CanonicalizationMethod/@Algorithm"), *transforms[1:]]
    digest_name = _one(info, "ds:Reference/ds:DigestMethod/@Algorithm").rpartition("#")[2]
    signed_with = _one(info, "ds:SignatureMethod/@Algorithm").rpartition("#rsa-")[2]
    known = digest_name in _HASHES and signed_with in _HASHES and all(m in _CANONICAL for m in methods)
    if not known or not transforms or transforms[0] != _ENVELOPED or len(transforms) > 2:
        raise _BrokenError(N_("Está firmado con un algoritmo que la DNIT no admite."))
    shown = certificates(received)
    key = shown[0].public_key() if shown else None
    if not isinstance(key, rsa.RSAPublicKey) or not _MIN_BITS <= key.key_size <= _MAX_BITS:
        raise _BrokenError(N_("No trae un certificado con una clave RSA de 2048 a 4096 bits."))
    try:
        digest = base64.b64decode(received.digest, validate=True)
        value = base64.b64decode(_one(following, "ds:SignatureValue"), validate=True)
    except ValueError:
        raise _BrokenError(N_("La firma no se puede leer.")) from None
    # Without a canonicalization of its own the reference takes the inclusive one (XML-DSig §4.4.3.2).
    form = _canonical(received.de, _CANONICAL[transforms[1]] if len(transforms) > 1 else False)
    if not hmac.compare_digest(hashlib.new(_HASHES[digest_name][0], form).digest(), digest):
        raise _BrokenError(N_("El contenido cambió después de firmado."))
    try:
        key.verify(
            value, _canonical(info, _CANONICAL[methods[0]]), padding.PKCS1v15(), _HASHES[signed_with][1]
        )
    except InvalidSignature:
        raise _BrokenError(N_("La firma no es de la clave del certificado.")) from None
