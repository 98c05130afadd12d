"""Where a company wants to be told of its events. The key of the signature is the secret ``webhook_secreto``."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, PlainValidator

from emitir.error_codes import FORMATO_INVALIDO
from emitir.i18n import N_
from emitir.inputs import InputModel, field_error, pattern_field, text_field

#: Name of the secret that signs.
WEBHOOK_SECRET = "webhook_secreto"  # noqa: S105 - the name of a secret, not a secret

_event = pattern_field(r"[a-z_]{1,30}", N_("Debe ser el nombre de un evento, por ejemplo aceptado."))


def _url(value: object) -> str:
    text = text_field(500)(value)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.username
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise field_error(
            FORMATO_INVALIDO, N_("Debe ser una dirección https:// completa, sin usuario, contraseña ni «#».")
        )
    return text


class WebhookSettings(InputModel):
    """``red_privada``: whether the address may be one of a private network, and be reached without TLS.

    ``eventos``: the classes that are wanted; empty means all of them.
    """

    url: Annotated[str, PlainValidator(_url)]
    red_privada: bool = False
    eventos: list[Annotated[str, PlainValidator(_event)]] = Field(default_factory=list, max_length=30)

    def wants(self, clase: str) -> bool:
        """Whether events of that class are sent."""
        return not self.eventos or clase in self.eventos


def is_loopback(host: str) -> bool:
    """Whether ``host`` names this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def webhook_settings(ajustes: Mapping[str, Any]) -> WebhookSettings | None:
    """The stored webhook of a company (``Company.ajustes``), ``None`` when it has none."""
    stored = ajustes.get("webhook")
    return WebhookSettings.model_validate(stored) if stored else None
