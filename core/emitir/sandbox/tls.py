"""Mutual TLS as SIFEN demands it: the server's own throwaway certificate, and whom it lets in."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_NAMES = ("localhost",)
_ADDRESSES = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """``server``: key and certificate; ``trust``: what a client has to trust; ``clients``: whom the server lets in."""

    server: Path
    trust: Path
    clients: Path


def make_tls(folder: Path, clients: bytes) -> TlsFiles:
    """Write the three files into ``folder``. ``clients``: PEM of certificates, of companies or of who issued theirs.

    Raises ValueError when ``clients`` holds no certificate.
    """
    known = x509.load_pem_x509_certificates(clients)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Emitir sandbox")])
    now = datetime.now(UTC)
    names = [x509.DNSName(one) for one in _NAMES]
    addresses = [x509.IPAddress(ipaddress.ip_address(one)) for one in _ADDRESSES]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([*names, *addresses]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files = TlsFiles(folder / "server.pem", folder / "trust.pem", folder / "clients.pem")
    with open(os.open(files.server, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private + pem)
    files.trust.write_bytes(pem)
    files.clients.write_bytes(b"".join(one.public_bytes(serialization.Encoding.PEM) for one in known))
    return files
