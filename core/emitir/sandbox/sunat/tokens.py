"""Bearer tokens of SUNAT's REST services: signed, so that they outlive a restart; they expire by the sandbox's clock."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from emitir.sandbox.clock import MovableClock
from emitir.sandbox.store import Store

#: Seconds a token lives.
LIFETIME = 3600
#: The one client_secret that is always wrong.
WRONG_SECRET = "incorrecto"  # noqa: S105 -- a word for tests, no secret
_KEY = "token_key"


class DeniedError(Exception):
    """The call has no right: the body of the 401 is the first argument."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one ``service``: another's are worth nothing here."""

    store: Store
    clock: MovableClock
    service: str

    def issue(self, subject: str) -> dict[str, Any]:
        """A token for ``subject``, as the answer of the token service says it."""
        expiry = str(int(self.clock.now().timestamp()) + LIFETIME)
        return {
            "access_token": f"{subject}.{expiry}.{self._mac(subject, expiry)}",
            "token_type": "JWT",
            "expires_in": LIFETIME,
        }

    def subject(self, authorization: str) -> str:
        """Whom an Authorization header speaks for. Raises DeniedError for anything but a good token."""
        scheme, _, token = authorization.partition(" ")
        parts = token.strip().rsplit(".", 2)
        if scheme.lower() != "bearer" or len(parts) != 3 or not (parts[1].isascii() and parts[1].isdigit()):
            raise DeniedError({"cod": "401", "msg": "Unauthorized"})
        subject, expiry, mac = parts
        good = hmac.compare_digest(mac.encode(), self._mac(subject, expiry).encode())
        if not good or int(expiry) <= self.clock.now().timestamp():
            raise DeniedError({"cod": "401", "msg": "Unauthorized"})
        return subject

    def _mac(self, subject: str, expiry: str) -> str:
        key = self.store.setting(_KEY)
        if key is None:
            key = secrets.token_hex(32)
            self.store.set_setting(_KEY, key)
        return hmac.new(
            bytes.fromhex(key), f"{self.service}.{subject}.{expiry}".encode(), hashlib.sha256
        ).hexdigest()
