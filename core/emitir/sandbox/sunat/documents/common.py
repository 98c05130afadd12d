"""The steps that every document goes through: XML, schema, signature, certificate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cryptography.hazmat.primitives import hashes
from cryptography.x509 import Certificate
from lxml import etree

from emitir.sandbox.sunat import dsig
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.refusal import Refusal
from emitir.sandbox.sunat.rules.table import Finding
from emitir.sandbox.sunat.schema import schema_error
from emitir.sandbox.sunat.xmlsafe import Element, UnreadableError, parse

_RUC = re.compile(r"(?<!\d)((?:10|15|16|17|20)\d{9})(?!\d)", re.ASCII)


def read(
    arrival: Arrival, root_tag: str, schema: str, judgement: Judgement, *, family: str = "ubl-2.1"
) -> Element:
    """The root element, of the right kind and valid where a schema is at hand. Raises Refusal 0306."""
    try:
        root = parse(arrival.xml)
    except UnreadableError as error:
        raise Refusal("0306", node=arrival.name.base, value=str(error)) from None
    if root.tag != root_tag:
        raise Refusal("0306", node=arrival.name.base, value=str(root.tag))
    if not arrival.use_schema:
        judgement.remarks.append("esquema XSD: desactivado")
        return root
    invalid = schema_error(root, schema, family)
    if invalid is None:
        judgement.remarks.append(f"esquema XSD: no se encontró {schema}, no se validó")
    elif invalid:
        raise Refusal("0306", node=arrival.name.base, value=invalid)
    return root


def rename(root: Element, names: Mapping[str, str]) -> None:
    """Give the parts of a document the names that rules written for facturas know (``names``: theirs by ours).

    The schema was asked before; the signature asks the bytes.
    """
    ours = {theirs: name for name, theirs in names.items()}
    for node in root.iter("*"):
        name = etree.QName(node)
        if name.localname in ours:
            node.tag = f"{{{name.namespace}}}{ours[name.localname]}"


def check_signature(arrival: Arrival) -> Iterator[Finding]:
    """The signature over the bytes that arrived, and who signed (2085 to 2101, 2325 to 2328, 2335)."""
    try:
        verified = dsig.verify(arrival.xml)
    except dsig.BrokenSignatureError as broken:
        yield Finding(broken.code, broken.node, broken.value, "INFO")
        return
    certificate = verified.certificate
    serial = format(certificate.serial_number, "x")
    if not certificate.not_valid_before_utc <= arrival.now <= certificate.not_valid_after_utc:
        yield Finding("2327", "ds:X509Certificate", serial, "INFO")
    fingerprint = certificate.fingerprint(hashes.SHA256()).hex()
    if fingerprint in arrival.lists.certificados_baja:
        yield Finding("2326", "ds:X509Certificate", serial, "INFO")
    if fingerprint in arrival.lists.certificados_revocados:
        yield Finding("2328", "ds:X509Certificate", serial, "INFO")
    named = rucs_of(certificate)
    if named and not named & {arrival.name.ruc, arrival.sender}:
        yield Finding("2325", "ds:X509Certificate", " ".join(sorted(named)), "INFO")


def rucs_of(certificate: Certificate) -> set[str]:
    """The RUCs in a certificate's subject. Empty when it names none: then nothing says that it is another's."""
    return {ruc for value in dsig.subject_texts(certificate) for ruc in _RUC.findall(value)}
