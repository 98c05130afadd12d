"""XML-DSig: verify what arrives, sign what is answered (spec.md §3). Codes: sheet "Firma" of the rules.

Written apart from the library's own signer on purpose: what both take for right is right.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import Certificate, load_der_x509_certificate
from lxml import etree

from emitir.sandbox.sunat.xmlsafe import Element, parse

DS = "http://www.w3.org/2000/09/xmldsig#"
_NS = {"ds": DS, "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"}
_PLACE = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/ds:Signature"
_ENVELOPED = DS + "enveloped-signature"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"

#: Canonicalisations: (exclusive, with comments).
_C14N = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": (False, False),
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": (False, True),
    _EXCLUSIVE: (True, False),
    _EXCLUSIVE + "WithComments": (True, True),
}
_DIGESTS = {
    DS + "sha1": "sha1",
    _ENC + "sha256": "sha256",
    _MORE + "sha384": "sha384",
    _ENC + "sha512": "sha512",
}
_SIGNATURES: dict[str, hashes.HashAlgorithm] = {
    DS + "rsa-sha1": hashes.SHA1(),  # noqa: S303 -- SUNAT still takes it
    _MORE + "rsa-sha256": hashes.SHA256(),
    _MORE + "rsa-sha384": hashes.SHA384(),
    _MORE + "rsa-sha512": hashes.SHA512(),
}


@dataclass(slots=True)
class BrokenSignatureError(Exception):
    """The signature is not right. ``code``: SUNAT's, with the node and the value it was found in."""

    code: str
    node: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that holds over the bytes: who signed, and the digest that is printed."""

    certificate: Certificate = field(repr=False)
    digest: str


def verify(data: bytes) -> Verified:
    """Verify the one enveloped signature of ``data``. Raises BrokenSignatureError with the code of what is wrong."""
    root = parse(data)
    found = root.xpath(_PLACE, namespaces=_NS)
    if not found or not found[0].get("Id"):
        raise BrokenSignatureError("2085", "ds:Signature/@Id")
    if len(root.xpath("//ds:Signature", namespaces=_NS)) > 1:
        raise BrokenSignatureError("2335", "ds:Signature", "más de una firma")
    signature = found[0]
    signed_info = _one(signature, "ds:SignedInfo", "2087")
    _algorithm(signed_info, "ds:CanonicalizationMethod", "2087", "2086", _C14N)
    method = _algorithm(signed_info, "ds:SignatureMethod", "2089", "2088", _SIGNATURES)
    references = signed_info.xpath("ds:Reference", namespaces=_NS)
    if not references or references[0].get("URI") is None:
        raise BrokenSignatureError("2091", "ds:Reference/@URI")
    reference = references[0]
    if len(references) > 1 or reference.get("URI"):
        raise BrokenSignatureError("2090", "ds:Reference/@URI", reference.get("URI"))
    transforms = reference.xpath("ds:Transforms/ds:Transform", namespaces=_NS)
    if not transforms:
        raise BrokenSignatureError("2093", "ds:Transform/@Algorithm")
    hash_name = _DIGESTS[_algorithm(reference, "ds:DigestMethod", "2095", "2094", _DIGESTS)]
    digest = _base64(_one(reference, "ds:DigestValue", "2097"), "2096")
    value = _base64(_one(signature, "ds:SignatureValue", "2099"), "2098")
    certificate = _certificate(_one(signature, "ds:KeyInfo/ds:X509Data/ds:X509Certificate", "2101"))
    canonicalization = _one(signed_info, "ds:CanonicalizationMethod", "2087")
    signed_bytes = _canonical(signed_info, canonicalization)
    computed = hashlib.new(hash_name, _referenced(signature, transforms)).digest()
    if not hmac.compare_digest(computed, digest):
        raise BrokenSignatureError("2335", "ds:DigestValue", base64.b64encode(digest).decode())
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise BrokenSignatureError("2336", "ds:X509Certificate", type(key).__name__)
    try:
        key.verify(value, signed_bytes, padding.PKCS1v15(), _SIGNATURES[method])
    except InvalidSignature:
        raise BrokenSignatureError("2335", "ds:SignatureValue") from None
    return Verified(certificate, base64.b64encode(digest).decode())


def sign(root: Element, place: Element, key: rsa.RSAPrivateKey, certificate_der: bytes, name: str) -> None:
    """Sign ``root`` (RSA-SHA256, exclusive C14N) and put the signature called ``name`` into ``place``, in place."""
    digest = hashlib.sha256(etree.tostring(root.getroottree(), method="c14n", exclusive=True)).digest()
    signature = etree.SubElement(place, f"{{{DS}}}Signature", {"Id": name}, nsmap={"ds": DS})
    info = etree.SubElement(signature, f"{{{DS}}}SignedInfo")
    method = etree.SubElement(info, f"{{{DS}}}CanonicalizationMethod", Algorithm=_EXCLUSIVE)
    etree.SubElement(info, f"{{{DS}}}SignatureMethod", Algorithm=_MORE + "rsa-sha256")
    reference = etree.SubElement(info, f"{{{DS}}}Reference", URI="")
    transforms = etree.SubElement(reference, f"{{{DS}}}Transforms")
    etree.SubElement(transforms, f"{{{DS}}}Transform", Algorithm=_ENVELOPED)
    etree.SubElement(transforms, f"{{{DS}}}Transform", Algorithm=_EXCLUSIVE)
    etree.SubElement(reference, f"{{{DS}}}DigestMethod", Algorithm=_ENC + "sha256")
    etree.SubElement(reference, f"{{{DS}}}DigestValue").text = base64.b64encode(digest).decode()
    value = key.sign(_canonical(info, method), padding.PKCS1v15(), hashes.SHA256())
    etree.SubElement(signature, f"{{{DS}}}SignatureValue").text = base64.b64encode(value).decode()
    data = etree.SubElement(etree.SubElement(signature, f"{{{DS}}}KeyInfo"), f"{{{DS}}}X509Data")
    etree.SubElement(data, f"{{{DS}}}X509Certificate").text = base64.b64encode(certificate_der).decode()


def subject_texts(certificate: Certificate) -> Iterator[str]:
    """Every value of the certificate's subject: the RUC stands in one of them (OU, serial number, 2.5.4.97)."""
    for attribute in certificate.subject:
        value = attribute.value
        yield value if isinstance(value, str) else value.decode("latin-1")


def _one(parent: Element, path: str, missing: str) -> Element:
    found = parent.xpath(path, namespaces=_NS)
    if not found:
        raise BrokenSignatureError(missing, path)
    element: Element = found[0]
    return element


def _algorithm(parent: Element, path: str, missing: str, wrong: str, known: dict[str, Any]) -> str:
    element = _one(parent, path, missing)
    algorithm = element.get("Algorithm")
    if not algorithm:
        raise BrokenSignatureError(missing, f"{path}/@Algorithm")
    if algorithm not in known:
        raise BrokenSignatureError(wrong, f"{path}/@Algorithm", algorithm)
    return algorithm


def _base64(element: Element, wrong: str) -> bytes:
    try:
        data = base64.b64decode("".join((element.text or "").split()), validate=True)
    except ValueError:  # binascii.Error, or letters that are not ASCII
        data = b""
    if not data:
        raise BrokenSignatureError(wrong, etree.QName(element).localname, (element.text or "")[:80])
    return data


def _certificate(element: Element) -> Certificate:
    try:
        return load_der_x509_certificate(_base64(element, "2100"))
    except ValueError:
        raise BrokenSignatureError("2100", "ds:X509Certificate") from None


def _c14n_options(element: Element) -> dict[str, Any]:
    exclusive, comments = _C14N[element.get("Algorithm", "")]
    prefixes = element.xpath("c:InclusiveNamespaces/@PrefixList", namespaces={"c": _EXCLUSIVE})
    options: dict[str, Any] = {"method": "c14n", "exclusive": exclusive, "with_comments": comments}
    if exclusive and prefixes:
        options["inclusive_ns_prefixes"] = str(prefixes[0]).split()
    return options


def _canonical(element: Element, method: Element) -> bytes:
    """Canonical bytes of a part of a document. Re-rooted first: lxml adds ``xmlns=""`` otherwise."""
    options = _c14n_options(method)
    rooted = etree.fromstring(
        etree.tostring(element, with_tail=False), etree.XMLParser(resolve_entities=False)
    )
    if not options["exclusive"]:  # inclusive C14N takes over the ancestors' xml:lang, xml:space...
        for ancestor in element.iterancestors():
            for attribute, value in ancestor.attrib.items():
                if (
                    str(attribute).startswith("{http://www.w3.org/XML/1998/namespace}")
                    and attribute not in rooted.attrib
                ):
                    rooted.set(attribute, value)
    canonical: bytes = etree.tostring(rooted, **options)
    return canonical


def _referenced(signature: Element, transforms: list[Element]) -> bytes:
    """The bytes the reference speaks of: the whole document, transformed. Takes the signature out of its tree."""
    tree = signature.getroottree()
    options: dict[str, Any] = {"method": "c14n", "exclusive": False, "with_comments": False}
    for transform in transforms:
        algorithm = transform.get("Algorithm")
        if algorithm == _ENVELOPED:
            _remove(signature)
        elif algorithm in _C14N:
            options = _c14n_options(transform)
            options["with_comments"] = False  # URI="" leaves comments out before any transform
        else:
            raise BrokenSignatureError("2092", "ds:Transform/@Algorithm", algorithm or "")
    canonical: bytes = etree.tostring(tree, **options)
    return canonical


def _remove(element: Element) -> None:
    """Remove an element and keep the text that follows it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
