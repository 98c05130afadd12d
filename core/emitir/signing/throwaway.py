"""Self-signed certificates for the demo and the tests. No authority accepts them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

Style = Literal["modern", "legacy"]


def throwaway(
    ruc: str,
    name: str,
    not_before: datetime,
    not_after: datetime,
    *,
    key_size: int = 2048,
    key_usage: bool = True,
    key: rsa.RSAPrivateKey | None = None,
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """A key and its self-signed certificate with the RUC in OU, as Peruvian authorities write it.

    ``key_usage``: whether it allows signatures. ``key``: sign with this one instead of a new one. Dates
    must carry a time zone. Raises ValueError for a ``key_size`` under 1024.
    """
    private = key or rsa.generate_private_key(public_exponent=65537, key_size=key_size)
    # X.520 bounds these at 64 characters, and a company's name may be longer.
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "PE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, ruc),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{name[:50]} PRUEBA"),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=key_usage,
        content_commitment=key_usage,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(usage, critical=True)
        .sign(private, hashes.SHA256())
    )
    return private, certificate


def throwaway_pkcs12(
    ruc: str,
    name: str,
    password: str,
    not_before: datetime,
    not_after: datetime,
    *,
    key_size: int = 2048,
    style: Style = "modern",
) -> bytes:
    """A PKCS#12 file with a new key (see :func:`throwaway`).

    ``style``: ``modern`` (AES-256, SHA-256) or ``legacy`` (3DES, SHA-1).
    """
    private, certificate = throwaway(ruc, name, not_before, not_after, key_size=key_size)
    builder = PrivateFormat.PKCS12.encryption_builder()
    if style == "legacy":
        builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        builder = builder.hmac_hash(hashes.SHA1())  # noqa: S303 - what the old files use
    else:
        builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        builder = builder.hmac_hash(hashes.SHA256())
    encryption: serialization.KeySerializationEncryption = builder.build(password.encode("utf-8"))
    return pkcs12.serialize_key_and_certificates(ruc.encode("ascii"), private, certificate, None, encryption)
