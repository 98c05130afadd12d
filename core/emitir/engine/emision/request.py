"""What ``emitir`` takes beside the comprobante itself, whatever the country: read, checked, taken off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from emitir.country import Properties
from emitir.engine.entregas.mail_addresses import read_addresses
from emitir.engine.storage.store import Beside
from emitir.error_codes import FORMATO_INVALIDO, TIPO_INCORRECTO
from emitir.errors import Problem
from emitir.i18n import N_

#: The caller's own id of a request, and its longest form.
REFERENCE, _LONGEST = "referencia", 64
#: Addresses to which the files go as soon as the authority has accepted the comprobante.
MAIL_TO = "enviar_a"
NUMBER = "numero"

#: JSON schemas of these properties: part of what ``emitir`` takes, in every country.
PROPERTIES: Mapping[str, Mapping[str, Any]] = {
    REFERENCE: {
        "type": "string",
        "maxLength": _LONGEST,
        "description": N_("Identificador propio de la solicitud: repetida, responde el mismo comprobante."),
    },
    MAIL_TO: {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
        "description": N_("Direcciones a las que se envían el PDF, el XML y el CDR cuando se acepte."),
    },
}


@dataclass(frozen=True, slots=True)
class Request:
    """What a caller asks for. ``properties``: of the comprobante alone; ``numbered``: it brings its own number;
    ``beside``: what is to be committed with it; ``problems``: what is wrong with the rest."""

    properties: Properties
    referencia: str | None
    numbered: bool
    mail_to: tuple[str, ...] = ()
    beside: Beside | None = None
    problems: tuple[Problem, ...] = ()

    def with_number(self, numero: int) -> Request:
        """The same under that number."""
        return replace(self, properties={**self.properties, NUMBER: numero}, numbered=True)


def read_request(properties: Properties) -> Request:
    """Never raises: the problems are to be told with those of the comprobante."""
    numbered = properties.get(NUMBER) not in (None, "", [])
    if numbered and not PROPERTIES.keys() & properties.keys():
        return Request(properties, None, True)
    rest = {name: value for name, value in properties.items() if name not in PROPERTIES}
    if not numbered:
        rest.pop(NUMBER, None)
    problems: list[Problem] = []
    referencia = _reference(properties.get(REFERENCE), problems)
    mail_to = read_addresses(properties.get(MAIL_TO, []), MAIL_TO, problems)
    return Request(rest, referencia, numbered, mail_to, problems=tuple(problems))


def _reference(value: Any, problems: list[Problem]) -> str | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        problems.append(Problem(TIPO_INCORRECTO, N_("Debe ser un texto."), REFERENCE))
    elif not (0 < len(value.strip()) <= _LONGEST and value.isprintable()):
        text = N_("Debe tener de 1 a {maximum} caracteres, sin saltos de línea.")
        problems.append(Problem(FORMATO_INVALIDO, text, REFERENCE, {"maximum": _LONGEST}))
    else:
        return value.strip()
    return None
