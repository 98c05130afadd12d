"""The two formats of the API, ``json`` and ``texto``, read and written (docs/integrador.md, "Formatos").

Standard library only: the client, the addon and the bot use it without the service. What is read comes out
the same from both formats: a dict of text, ``int``, :class:`~decimal.Decimal`, ``bool``, lists and dicts;
``null`` and ``[]`` are dropped, collections are lists whatever way they were numbered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from emitir.wire.decoding import decode
from emitir.wire.json_format import parse_json, write_json
from emitir.wire.texto_format import parse_texto, write_texto

Format = Literal["json", "texto"]
FORMATS: tuple[Format, ...] = ("json", "texto")

#: ``Content-Type`` of an answer in each format.
MEDIA_TYPES: dict[Format, str] = {"json": "application/json", "texto": "text/plain; charset=utf-8"}

__all__ = ["FORMATS", "MEDIA_TYPES", "Format", "parse", "write"]


def parse(body: bytes, format_: Format, charset: str = "utf-8") -> dict[str, Any]:
    """Read the properties of a request or an answer.

    Raises :class:`~emitir.errors.EmitirError` with every problem and its path; ``CUERPO_ILEGIBLE`` alone
    when the body cannot be read at all (not text in ``charset``, malformed JSON).
    """
    text = decode(body, charset)
    return parse_json(text) if format_ == "json" else parse_texto(text)


def write(properties: Mapping[str, Any], format_: Format) -> bytes:
    """Write properties: Decimals with all their digits and no exponent, collections numbered from 1."""
    text = write_json(properties) if format_ == "json" else write_texto(properties)
    return text.encode("utf-8")
