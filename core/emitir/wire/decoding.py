"""From the bytes of a body to text."""

from __future__ import annotations

from emitir.error_codes import CUERPO_ILEGIBLE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: Charsets that a ``Content-Type`` may declare. The API speaks UTF-8; the Latin ones are what old HTTP
#: libraries declare, and really send, when nobody tells them otherwise.
CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}

_BOM = "\ufeff"


def decode(body: bytes, charset: str = "utf-8") -> str:
    """``body`` as text, without a byte order mark; raises EmitirError (``CUERPO_ILEGIBLE``) otherwise."""
    try:
        text = body.decode(CHARSETS[charset.lower()])
    except UnicodeDecodeError as error:
        raise EmitirError(
            Problem(
                CUERPO_ILEGIBLE,
                N_("El cuerpo no es texto {charset} válido: el byte {position} no se puede leer."),
                params={"charset": charset.upper(), "position": error.start + 1},
            )
        ) from error
    return text.removeprefix(_BOM)
