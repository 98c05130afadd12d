"""What ``correo`` takes: addresses, a message, which files. The comprobante is named as everywhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from emitir.engine.entregas.mail_addresses import read_addresses
from emitir.engine.files import CLASES
from emitir.error_codes import FORMATO_INVALIDO, PROPIEDAD_FALTANTE, VALOR_NO_PERMITIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import choice_field, text_field

#: Addresses of one mail, and letters of its message.
MAX_ADDRESSES, MAX_MESSAGE = 20, 2000
#: Properties of the request beside those that name the comprobante.
PROPERTIES = ("para", "cc", "mensaje", "archivos")

_SEPARATOR = re.compile(r"[,;\s]+")
_message = text_field(MAX_MESSAGE, 0, lines=True)


@dataclass(frozen=True, slots=True)
class MailRequest:
    """``archivos``: the classes of files, in the order pdf, xml, cdr."""

    para: tuple[str, ...]
    cc: tuple[str, ...]
    mensaje: str
    archivos: tuple[str, ...]

    @property
    def addresses(self) -> list[str]:
        """Each address once."""
        return list({address.lower(): address for address in (*self.cc, *self.para)}.values())

    def content(self) -> dict[str, Any]:
        """As ``entrega.contenido`` keeps it."""
        return {
            "para": list(self.para),
            "cc": list(self.cc),
            "mensaje": self.mensaje,
            "archivos": list(self.archivos),
        }


def read_request(properties: Mapping[str, Any]) -> MailRequest:
    """Raises EmitirError with every problem, each address under its own path (``para-2``)."""
    problems: list[Problem] = []
    para = read_addresses(properties.get("para", []), "para", problems)
    cc = read_addresses(properties.get("cc", []), "cc", problems)
    if "para" not in properties:
        problems.append(Problem(PROPIEDAD_FALTANTE, N_("Falta la dirección de correo."), "para"))
    elif len(para) + len(cc) > MAX_ADDRESSES:
        problems.append(too_many(len(para) + len(cc), "para"))
    mensaje = ""
    try:
        mensaje = _message(properties.get("mensaje", "")).strip()
    except PydanticCustomError as error:
        problems.append(_of_field(error, "mensaje"))
    archivos = _files(properties.get("archivos", "pdf, xml, cdr"), problems)
    if problems:
        raise EmitirError(problems)
    return MailRequest(para, cc, mensaje, archivos)


def too_many(count: int, path: str) -> Problem:
    """More addresses than one mail may have."""
    text = N_("Un correo va a {maximo} direcciones como máximo; hay {cuantas}.")
    return Problem(FORMATO_INVALIDO, text, path, {"maximo": MAX_ADDRESSES, "cuantas": count})


_file = choice_field({kind: kind for kind in CLASES})


def _files(value: Any, problems: list[Problem]) -> tuple[str, ...]:
    chosen = set()
    if isinstance(value, list):
        elements = [(f"archivos-{number}", element) for number, element in enumerate(value, 1)]
    elif isinstance(value, str):
        elements = [("archivos", part) for part in _SEPARATOR.split(value.strip()) if part]
    else:
        elements = [("archivos", value)]
    for path, element in elements:
        try:
            chosen.add(_file(element))
        except PydanticCustomError as error:
            problems.append(_of_field(error, path))
    if not elements:
        text = N_("Indique al menos un archivo: pdf, xml o cdr.")
        problems.append(Problem(VALOR_NO_PERMITIDO, text, "archivos"))
    return tuple(kind for kind in ("pdf", "xml", "cdr") if kind in chosen)


def _of_field(error: PydanticCustomError, path: str) -> Problem:
    context = error.context or {}
    return Problem(
        error.type, context["texto"], path, context["params"], suggestion=str(context["sugerencia"])
    )
