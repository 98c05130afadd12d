"""The client's side of mutual TLS, without the private key ever lying on disk in the clear."""

from __future__ import annotations

import os
import secrets
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Identity(Protocol):
    """A key with its certificates, as :class:`emitir.signing.keys.LocalSigner` has them."""

    def encrypted_pem(self, password: bytes) -> bytes:
        """Key (encrypted with ``password``) and certificates, the key's own first, as PEM."""


def client_context(identity: Identity) -> ssl.SSLContext:
    """A context that verifies the server and shows ``identity`` when asked. Raises ssl.SSLError.

    The ssl module reads keys from files only. It gets one in memory (Linux), else a temporary file that is
    gone at once; either way encrypted with a password made for this moment.
    """
    password = secrets.token_hex(32)
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with _as_file(identity.encrypted_pem(password.encode("ascii"))) as path:
        context.load_cert_chain(path, password=password)
    return context


@contextmanager
def _as_file(content: bytes) -> Iterator[str]:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("emitir", os.MFD_CLOEXEC)
        try:
            os.write(descriptor, content)
            yield f"/proc/self/fd/{descriptor}"
        finally:
            os.close(descriptor)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "identity.pem")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        yield path
