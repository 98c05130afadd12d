"""The connection to SIFEN: both sides show a certificate."""

from __future__ import annotations

import ipaddress
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from emitir.country import Submission
from emitir.paraguay.sifen.authority import connect
from emitir.paraguay.sifen.endpoints import PATHS
from emitir.signing.keys import LocalSigner
from emitir.soap.exchange import Limits
from emitir.verdict import (
    Accepted,
    NoVerdict,
)

from .wire import Said, Server
from .words import judged

SYNC = PATHS["recibe"]
QUICK = Limits(connect=2, read=2, total=5)


def test_mutual_tls(
    tmp_path: Path, company: dict[str, Any], signer: LocalSigner, submission: Submission
) -> None:
    """The server demands a certificate and sees the company's; without trusting the server nothing is sent."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    host = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(host, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    (tmp_path / "server.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain) + pem
    )
    (tmp_path / "ca.pem").write_bytes(pem)
    own = x509.load_der_x509_certificate(signer.certificate_der)
    (tmp_path / "clients.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
    with Server(tmp_path / "server.pem", tmp_path / "clients.pem") as wire:
        wire.say(SYNC, Said(judged(submission.codigo_documento, "Aprobado", ("0260", "x"))))
        there = company | {"endpoints": {"sifen": wire.url}}
        trusting = connect(there, signer, QUICK, str(tmp_path / "ca.pem"))
        assert isinstance(trusting.submit(submission), Accepted)
        assert "RUC80000000-5" in json.dumps(wire.subjects)
        verdict = connect(there, signer, QUICK).submit(submission)
        assert isinstance(verdict, NoVerdict)
        assert verdict.reason == "unreachable"
        assert len(wire.received) == 1
