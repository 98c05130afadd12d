"""Keys and certificates made once for the whole folder (a 2048-bit key costs a tenth of a second)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from emitir.signing.throwaway import throwaway
from tests.signing.material import NOT_AFTER, NOT_BEFORE, PASSWORD, RUC, Export, Pair


@pytest.fixture(scope="session")
def pair() -> Pair:
    return throwaway(RUC, "EMPRESA DE PRUEBA S.A.C.", NOT_BEFORE, NOT_AFTER)


@pytest.fixture(scope="session")
def other_pair() -> Pair:
    return throwaway("20605446788", "OTRA EMPRESA S.A.", NOT_BEFORE, NOT_AFTER)


@pytest.fixture(scope="session")
def key_pem(pair: Pair) -> bytes:
    return pair[0].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(scope="session")
def certificate_pem(pair: Pair) -> bytes:
    return pair[1].public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory, key_pem: bytes, certificate_pem: bytes) -> Export:
    """Make a PKCS#12 with the openssl program: ``export("-legacy", password="x", extra=PEM)``."""
    folder = tmp_path_factory.mktemp("openssl")
    (folder / "key.pem").write_bytes(key_pem)
    (folder / "certificate.pem").write_bytes(certificate_pem)

    def run(*options: str, password: str = PASSWORD, extra: bytes = b"") -> bytes:
        command = ["openssl", "pkcs12", "-export", "-inkey", "key.pem", "-in", "certificate.pem"]
        if extra:
            (folder / "extra.pem").write_bytes(extra)
            command += ["-certfile", "extra.pem"]
        command += ["-out", "out.p12", "-passout", f"pass:{password}", *options]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        if done.returncode:
            pytest.skip(f"this openssl cannot: {done.stderr.decode(errors='replace')[-200:]}")
        return Path(folder / "out.p12").read_bytes()

    return run
