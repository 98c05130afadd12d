"""Certificates of Paraguay: whose RUC they name and where, and what they may be used for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from emitir.paraguay.certificado import rucs
from emitir.paraguay.country import COUNTRY
from emitir.signing.keys import LocalSigner, load_pkcs12
from emitir.signing.throwaway import throwaway_pkcs12

from .conftest import NOW

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


def made(serial: str = "", alternative: str = "", *usages: x509.ObjectIdentifier) -> LocalSigner:
    """A certificate that names a RUC in its subject, or in a directory name beside it."""
    name = [x509.NameAttribute(NameOID.COMMON_NAME, "PRUEBA")]
    if serial:
        name.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial))
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(name))
        .issuer_name(x509.Name(name))
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(START)
        .not_valid_after(END)
    )
    if alternative:
        inside = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, alternative)]))
        builder = builder.add_extension(x509.SubjectAlternativeName([inside]), critical=False)
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    return LocalSigner(KEY, builder.sign(KEY, hashes.SHA256()))


def codes(signer: LocalSigner, company: dict[str, Any], now: datetime = NOW) -> list[str]:
    return [problem.code for problem in COUNTRY.check_signer(company, signer, now)]


@pytest.mark.parametrize(
    ("signer", "expected"),
    [
        (made("RUC80000000-5"), []),
        (made("", "RUC80000000-5"), []),
        (made("CI1234567", "RUC80000000-5"), []),
        (made("CI1234567"), []),  # no RUC at all: the authority knows whose it is
        (made("RUC80012345-0"), ["CERTIFICADO_DE_OTRO_RUC"]),
        (made("CI1234567", "RUC80012345-0"), ["CERTIFICADO_DE_OTRO_RUC"]),
        (
            made("RUC80000000-5", "", ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION),
            [],
        ),
        (made("RUC80000000-5", "", ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE), []),
        (made("RUC80000000-5", "", ExtendedKeyUsageOID.EMAIL_PROTECTION), ["CERTIFICADO_NO_SIRVE"]),
    ],
)
def test_check(signer: LocalSigner, expected: list[str], company: dict[str, Any]) -> None:
    assert codes(signer, company) == expected


def test_validity(company: dict[str, Any]) -> None:
    signer = made("RUC80000000-5")
    assert codes(signer, company, datetime(2024, 1, 1, tzinfo=UTC)) == ["CERTIFICADO_NO_VIGENTE"]
    assert codes(signer, company, datetime(2029, 1, 1, tzinfo=UTC)) == ["CERTIFICADO_VENCIDO"]


def test_a_legacy_file_opens(company: dict[str, Any]) -> None:
    """As older programs of the certification authorities write it (3DES, SHA-1)."""
    file = throwaway_pkcs12("RUC80000000-5", "EMPRESA", "clave", START, END, style="legacy")
    assert codes(load_pkcs12(file, "clave"), company) == []


def test_only_what_is_a_ruc_counts() -> None:
    for text, found in (("RUC80000000-5", {"80000000-5"}), ("RUC80000000-4", set()), ("CI1234567", set())):
        certificate = x509.load_der_x509_certificate(made(text).certificate_der)
        assert rucs(certificate) == found
