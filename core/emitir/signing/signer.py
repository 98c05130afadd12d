"""What the rest of Emitir needs of a key: a protocol, so that an HSM fits behind it."""

from __future__ import annotations

from typing import Literal, Protocol

#: Hash of the signature: SHA-256 by default; SHA-1 only for an OSE that asks for it (spec.md §3).
HashName = Literal["sha256", "sha1"]


class Signer(Protocol):
    """A private RSA key with its certificate, loaded once and used for many documents."""

    @property
    def certificate_der(self) -> bytes:
        """The X.509 certificate, DER."""

    @property
    def certificate_b64(self) -> str:
        """The same in base64 without line breaks, as it stands in ``ds:X509Certificate``."""

    def sign(self, data: bytes, hash_name: HashName = "sha256") -> bytes:
        """RSA PKCS#1 v1.5 signature over ``data``."""
