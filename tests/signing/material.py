"""What the tests of keys and certificates share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

RUC = "20123456786"
NOT_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
NOT_AFTER = datetime(2027, 12, 31, tzinfo=UTC)
PASSWORD = "clave ñandú 1"

Pair = tuple[rsa.RSAPrivateKey, x509.Certificate]
#: The openssl program's own PKCS#12: options, then ``password`` and ``extra`` certificates (PEM).
Export = Callable[..., bytes]
