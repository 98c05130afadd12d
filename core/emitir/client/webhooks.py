"""For whoever receives webhooks: is this call really from the service?"""

from __future__ import annotations

import hashlib
import hmac
import time


def verificar_firma(secreto: str, firma: str, cuerpo: bytes, tolerancia: float = 300.0) -> bool:
    """Whether a webhook comes from the service: ``firma`` is its header ``X-Emitir-Firma``, ``cuerpo`` its bytes.

    ``tolerancia``: seconds that it may have been on its way; older ones are refused, so that nobody can use a
    call again that was caught on its way.
    """
    parts = dict(part.partition("=")[::2] for part in firma.split(","))
    seconds, given = parts.get("t", ""), parts.get("v1", "")
    if not seconds.isascii() or not seconds.isdigit() or len(seconds) > 12:
        return False
    made = hmac.new(secreto.encode(), f"{seconds}.".encode() + cuerpo, hashlib.sha256).hexdigest()
    return (
        hmac.compare_digest(made.encode(), given.encode()) and abs(time.time() - int(seconds)) <= tolerancia
    )
