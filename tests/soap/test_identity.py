"""Mutual TLS against a real server that insists on a client certificate."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from emitir.signing.keys import LocalSigner
from emitir.signing.throwaway import throwaway
from emitir.soap.exchange import Exchange, Limits
from emitir.soap.identity import client_context
from emitir.soap.outcome import Answer, Failure
from tests.soap.raw_server import RawServer, Request, answer

NOW = datetime.now(UTC)
LIMITS = Limits(connect=3, read=3)


@pytest.fixture(scope="module")
def signer() -> LocalSigner:
    return LocalSigner(*throwaway("20123456786", "EMPRESA", NOW - timedelta(1), NOW + timedelta(1)))


@pytest.fixture(scope="module")
def server_files(tmp_path_factory: pytest.TempPathFactory, signer: LocalSigner) -> Path:
    """``server.pem`` (key and certificate for 127.0.0.1) and ``clients.pem`` (whom it lets in)."""
    folder = tmp_path_factory.mktemp("tls")
    key, _ = throwaway("20131312955", "SERVIDOR", NOW, NOW)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "servidor")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(1))
        .not_valid_after(NOW + timedelta(1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(private + certificate)
    (folder / "authority.pem").write_bytes(certificate)
    client = x509.load_der_x509_certificate(signer.certificate_der)
    (folder / "clients.pem").write_bytes(client.public_bytes(serialization.Encoding.PEM))
    return folder


def server_context(files: Path, demand: bool = True) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files / "server.pem")
    if demand:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(files / "clients.pem")
    return context


def test_the_server_sees_our_certificate(server_files: Path, signer: LocalSigner) -> None:
    seen: list[bytes | None] = []

    def look(connection: socket.socket, request: Request) -> None:
        assert isinstance(connection, ssl.SSLSocket)
        seen.append(connection.getpeercert(binary_form=True))
        answer("<ok/>")(connection, request)

    exchange = Exchange(LIMITS, client_context(signer), verify=str(server_files / "authority.pem"))
    with RawServer(look, server_context(server_files)) as server:
        for _ in range(3):
            assert isinstance(exchange.post(server.url, b"a", {}), Answer)
        assert server.connections == 1
    assert seen == [signer.certificate_der] * 3


def test_without_certificate_nobody_is_let_in(server_files: Path) -> None:
    exchange = Exchange(LIMITS, verify=str(server_files / "authority.pem"))
    with RawServer(answer("<ok/>"), server_context(server_files)) as server:
        outcome = exchange.post(server.url, b"a", {})
    assert isinstance(outcome, Failure)
    assert server.requests == []


def test_a_server_that_we_do_not_know_gets_nothing(server_files: Path, signer: LocalSigner) -> None:
    exchange = Exchange(LIMITS, client_context(signer))
    with RawServer(answer("<ok/>"), server_context(server_files, demand=False)) as server:
        outcome = exchange.post(server.url, b"a", {})
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.sent) == ("unreachable", False)
    assert outcome.detail.startswith("TLS: ")
    assert server.requests == []


def test_the_key_is_never_on_disk_in_the_clear(
    signer: LocalSigner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the system has no files in memory: what is written is encrypted, and gone afterwards."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delattr("os.memfd_create", raising=False)
    written: list[bytes] = []
    load = ssl.SSLContext.load_cert_chain

    def watched(self: ssl.SSLContext, path: str, password: str) -> None:
        written.append(Path(path).read_bytes())
        assert Path(path).stat().st_mode & 0o077 == 0
        load(self, path, password=password)

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", watched)
    client_context(signer)
    assert [b"ENCRYPTED PRIVATE KEY" in pem for pem in written] == [True]
    assert list(tmp_path.iterdir()) == []
