"""What the headers of a call say: the format, the language, who calls (the three generations of clients)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from emitir.error_codes import FORMATO_NO_SOPORTADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_, SOURCE_LANGUAGE
from emitir.wire import FORMATS, Format
from emitir.wire.decoding import CHARSETS

LANGUAGES = ("es", "en")
_CONTENT_TYPES: dict[str, Format] = {"application/json": "json", "text/plain": "texto"}
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9_.:-]+)\"?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Negotiated:
    """Format of request and answer. ``by_header``: X-Formato decided it (the first generation)."""

    format: Format
    by_header: bool
    charset: str = "utf-8"


def negotiate(headers: Mapping[str, str]) -> Negotiated:
    """The format of a call: X-Formato when present, whatever Content-Type says; Content-Type otherwise.

    Raises EmitirError (``FORMATO_NO_SOPORTADO``) when it is missing or none of ours.
    """
    wanted = headers.get("x-formato")
    if wanted is not None:
        name = wanted.strip().lower()
        for known in FORMATS:
            if name == known:
                return Negotiated(known, True)
        raise EmitirError(
            Problem(
                FORMATO_NO_SOPORTADO,
                N_("X-Formato debe ser «json» o «texto»; llegó «{value}»."),
                params={"value": wanted[:40]},
            )
        )
    content_type = headers.get("content-type")
    if not content_type or not content_type.strip():
        raise EmitirError(
            Problem(
                FORMATO_NO_SOPORTADO,
                N_("Falta la cabecera Content-Type (o X-Formato): no se sabe el formato."),
            )
        )
    media_type = content_type.partition(";")[0].strip().lower()
    format_ = _CONTENT_TYPES.get(media_type)
    if format_ is None:
        raise EmitirError(
            Problem(
                FORMATO_NO_SOPORTADO,
                N_("Content-Type «{value}» no está soportado."),
                params={"value": media_type[:60]},
            )
        )
    found = _CHARSET.search(content_type)
    charset = found.group(1).lower() if found else "utf-8"
    if charset not in CHARSETS:
        raise EmitirError(
            Problem(
                FORMATO_NO_SOPORTADO,
                N_("El juego de caracteres «{value}» no está soportado: envíe UTF-8."),
                params={"value": charset[:40]},
            )
        )
    return Negotiated(format_, False, charset)


def language_of(headers: Mapping[str, str]) -> str:
    """Language of the texts, from Accept-Language: the best-liked one that we have, Spanish otherwise."""
    best, liking = SOURCE_LANGUAGE, 0.0
    for part in headers.get("accept-language", "").split(",")[:20]:
        tag, _, weight = part.partition(";")
        language = tag.strip().lower().partition("-")[0]
        value = _weight(weight)
        if language in LANGUAGES and value > liking:
            best, liking = language, value
    return best


def token_of(headers: Mapping[str, str]) -> str:
    """The token in either form, ``X-Token: TOKEN`` or ``Authorization: Bearer TOKEN``; empty without one."""
    token = headers.get("x-token", "").strip()
    if token:
        return token
    scheme, _, credentials = headers.get("authorization", "").strip().partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" else ""


def _weight(parameter: str) -> float:
    """The ``q`` of one language; 1 without it, 0 when it is no number."""
    name, _, value = parameter.partition("=")
    if not name.strip():
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
