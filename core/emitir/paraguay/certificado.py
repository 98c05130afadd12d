"""What Paraguay asks of a certificate beside what every one has: whose RUC it names, and that it may open the connection.

A company's RUC stands in the subject (``serialNumber`` RUC80000000-5), a natural person's in a directory name of the
subject's alternative names; mutual TLS needs the extended usage clientAuth (spec.md §7).
"""

from __future__ import annotations

from collections.abc import Iterator

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from emitir.error_codes import CERTIFICADO_DE_OTRO_RUC, CERTIFICADO_NO_SIRVE
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.paraguay.identity import is_ruc


def _texts(certificate: x509.Certificate) -> Iterator[str]:
    """Every text of the subject, and of the names that stand for it (a natural person's RUC is there)."""
    for attribute in certificate.subject:
        yield str(attribute.value)
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return
    for name in names.get_values_for_type(x509.DirectoryName):
        for attribute in name:
            yield str(attribute.value)


def rucs(certificate: x509.Certificate) -> set[str]:
    """RUC with their digits that a certificate names (``RUC80000000-5``)."""
    said = (text.upper().removeprefix("RUC").strip() for text in _texts(certificate))
    return {text for text in said if is_ruc(text)}


def check(der: bytes, ruc: str) -> list[Problem]:
    """What keeps a certificate that can be read from serving the company of this RUC (with its digit)."""
    certificate = x509.load_der_x509_certificate(der)
    found = []
    named = rucs(certificate)
    if named and ruc not in named:
        text = N_("El certificado es del RUC {found} y la empresa es {tax_id}.")
        params = {"found": ", ".join(sorted(named)), "tax_id": ruc}
        found.append(Problem(CERTIFICADO_DE_OTRO_RUC, text, params=params))
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return found
    if not {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE} & set(usage):
        text = N_("El certificado no sirve para conectarse con SIFEN: le falta el uso clientAuth.")
        found.append(Problem(CERTIFICADO_NO_SIRVE, text))
    return found
