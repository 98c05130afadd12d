"""From the properties of an event to one that may be sent; raises EmitirError with every problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emitir import error_codes as codes
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import choice_field
from emitir.paraguay.emisor import Emisor, emisor_of
from emitir.paraguay.eventos import model
from emitir.paraguay.eventos.rules import Historia, problems_of_event
from emitir.paraguay.plazos import asuncion
from emitir.salvage import read_or_salvage


@dataclass(frozen=True, slots=True)
class Preparado:
    """An event that may be signed. ``clase``: its name; ``firma``: dFecFirma, a wall clock of Asunción."""

    clase: str
    datos: model.Evento
    emisor: Emisor
    firma: datetime


_clase = choice_field({name: name for name in model.MODELOS})


def prepare_evento(
    properties: Mapping[str, Any],
    company: Mapping[str, Any],
    now: datetime,
    historia: Historia | None = None,
) -> Preparado:
    """Check an event. ``historia``: what is known of its document; without it only SIFEN can tell deadlines."""
    from pydantic_core import PydanticCustomError

    try:
        clase = _clase(properties.get("evento", ""))
    except PydanticCustomError:
        text = N_("Indique el evento: {names}.")
        names = ", ".join(model.MODELOS)
        raise EmitirError(Problem(codes.VALOR_NO_PERMITIDO, text, "evento", {"names": names})) from None
    datos, found = read_or_salvage(model.MODELOS[clase], properties)
    if datos is None:
        raise EmitirError(found)
    emisor, known = emisor_of(company), historia or Historia()
    misread = {problem.path for problem in found}
    more = problems_of_event(clase, datos, emisor, asuncion(now), known)
    found += [problem for problem in more if problem.path not in misread]
    if found:
        raise EmitirError(found)
    return Preparado(clase, datos, emisor, known.not_before(asuncion(now)))
