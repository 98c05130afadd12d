"""The ``json`` format, read strictly and written exactly.

Numbers become int or Decimal, never float; NaN, Infinity and repeated keys are refused with their path.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring_ascii
from typing import Any

from emitir.error_codes import CUERPO_ILEGIBLE, SOLICITUD_MUY_GRANDE, TIPO_INCORRECTO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.wire.tree import BadValue, Pairs, properties_of

#: Letters of a number, and powers of ten: 15 digits and ten decimals are what the API takes, and a number
#: like 1e999999999 must never be written out.
MAX_NUMBER = 60
_MAX_POWER = 40

#: The parser's words for what is wrong, and ours.
_REASONS = {
    "Expecting property name": N_(
        "El JSON no es válido en la línea {line}, columna {column}: falta un nombre entre comillas dobles."
    ),
    "Illegal trailing comma": N_(
        "El JSON no es válido en la línea {line}, columna {column}: sobra una coma."
    ),
    "Expecting value": N_("El JSON no es válido en la línea {line}, columna {column}: falta un valor."),
    "Expecting ',' delimiter": N_(
        "El JSON no es válido en la línea {line}, columna {column}: falta una coma."
    ),
    "Expecting ':' delimiter": N_(
        "El JSON no es válido en la línea {line}, columna {column}: faltan dos puntos."
    ),
    "Unterminated string": N_(
        "El JSON no es válido en la línea {line}, columna {column}: un texto no se cierra."
    ),
    "Invalid control character": N_(
        "El JSON no es válido en la línea {line}, columna {column}: hay un carácter de control en un texto."
    ),
    "Invalid \\": N_(
        "El JSON no es válido en la línea {line}, columna {column}: una barra invertida no forma escape."
    ),
    "Extra data": N_(
        "El JSON no es válido en la línea {line}, columna {column}: sobra texto después del final."
    ),
}
_OTHER_REASON = N_("El JSON no es válido en la línea {line}, columna {column}.")


def parse_json(text: str) -> dict[str, Any]:
    """Read a JSON object; an empty body, ``[]`` and ``null`` are no properties. Raises EmitirError."""
    if not text.strip():
        return {}
    try:
        root = json.loads(
            text, parse_float=_decimal, parse_int=_integer, parse_constant=_constant, object_pairs_hook=Pairs
        )
    except json.JSONDecodeError as error:
        reason = next(
            (text for start, text in _REASONS.items() if error.msg.startswith(start)), _OTHER_REASON
        )
        place = {"line": error.lineno, "column": error.colno}
        raise EmitirError(Problem(CUERPO_ILEGIBLE, reason, params=place)) from error
    except RecursionError as error:
        raise EmitirError(
            Problem(SOLICITUD_MUY_GRANDE, N_("El JSON tiene demasiados niveles, uno dentro de otro."))
        ) from error
    if root is None or root == []:
        return {}
    if not isinstance(root, Pairs):
        raise EmitirError(Problem(TIPO_INCORRECTO, N_("El cuerpo debe ser un objeto JSON con propiedades.")))
    return properties_of(root)


def write_json(value: Any) -> str:
    """Write a value as JSON in ASCII: ``Decimal("0.10")`` is ``0.10``, non-ASCII letters are ``\\uXXXX``."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return (
            "{"
            + ",".join(f"{encode_basestring_ascii(str(k))}:{write_json(v)}" for k, v in value.items())
            + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(write_json, value)) + "]"
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _decimal(token: str) -> Decimal | BadValue:
    if len(token) > MAX_NUMBER:
        return _TOO_LONG
    _mantissa, _, power = token.lower().partition("e")
    if power and (len(power) > 3 or abs(int(power)) > _MAX_POWER):
        return _TOO_LONG
    return Decimal(token)


def _integer(token: str) -> int | BadValue:
    return int(token) if len(token) <= MAX_NUMBER else _TOO_LONG


def _constant(token: str) -> BadValue:
    return _NOT_A_NUMBER


_TOO_LONG = BadValue(TIPO_INCORRECTO, N_("El número tiene demasiados dígitos."))
_NOT_A_NUMBER = BadValue(TIPO_INCORRECTO, N_("NaN e Infinity no son números que se puedan enviar."))
