"""The commands ``evento`` and ``inutilizar``: from their properties to a message of events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from emitir import error_codes as codes
from emitir.country import Authority
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay.emisor import emisor_of
from emitir.paraguay.eventos import model
from emitir.paraguay.eventos.envio import MensajeDeEventos
from emitir.paraguay.eventos.prepare import Preparado, prepare_evento
from emitir.paraguay.eventos.rules import Historia
from emitir.paraguay.eventos.write import MAX_EVENTOS
from emitir.paraguay.plazos import asuncion
from emitir.verdict import NotReceived

#: Events that have a command of their own.
_ELSEWHERE = {"cancelacion": "baja", "inutilizacion": "inutilizar"}
#: Those that may be about a document that never reached SIFEN (NT-019).
_OF_UNKNOWN = frozenset({"desconocimiento", "notificacion"})
EVENTO = tuple(name for name in model.MODELOS if name not in _ELSEWHERE)


def events(
    properties: Mapping[str, Any],
    company: Mapping[str, Any],
    now: datetime,
    correlativo: int,
    authority: Authority | None,
) -> MensajeDeEventos:
    """The message of one event, or of those in ``eventos``. Raises EmitirError with every problem.

    ``authority``: asked what has happened to each document, so that deadlines and order are known.
    """
    asked, prefixes = _asked(properties)
    prepared: list[Preparado] = []
    problems: list[Problem] = []
    known: dict[str, Historia | NotReceived | None] = {}
    for one, prefix in zip(asked, prefixes, strict=True):
        try:
            prepared.append(_event(one, company, now, authority, known))
        except EmitirError as error:
            problems += [replace(problem, path=f"{prefix}{problem.path}") for problem in error.problems]
    if problems:
        raise EmitirError(problems)
    ruc = emisor_of(company).ruc_y_dv[0]
    return MensajeDeEventos(eventos=tuple(prepared), ruc=ruc, firma=asuncion(now), correlativo=correlativo)


def _asked(properties: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], list[str]]:
    if "eventos" not in properties:
        return [properties], [""]
    given = properties["eventos"]
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        raise EmitirError(Problem(codes.TIPO_INCORRECTO, N_("Debe ser una colección de eventos."), "eventos"))
    problems = []
    if not 1 <= len(given) <= MAX_EVENTOS:
        text = N_("Deben ser de 1 a {count} eventos.")
        problems.append(Problem(codes.FORMATO_INVALIDO, text, "eventos", {"count": MAX_EVENTOS}))
    text = N_("Va dentro de cada uno de los eventos.")
    problems += [Problem(codes.PROPIEDAD_DESCONOCIDA, text, name) for name in properties if name != "eventos"]
    if problems:
        raise EmitirError(problems)
    return list(given), [f"eventos-{number}-" for number in range(1, len(given) + 1)]


def _event(
    properties: Mapping[str, Any],
    company: Mapping[str, Any],
    now: datetime,
    authority: Authority | None,
    known: dict[str, Historia | NotReceived | None],
) -> Preparado:
    name = str(properties.get("evento", "")).lower()
    if name in _ELSEWHERE:
        text = N_("Ese evento tiene su propio comando: {command}.")
        raise EmitirError(Problem(codes.VALOR_NO_PERMITIDO, text, "evento", {"command": _ELSEWHERE[name]}))
    event = prepare_evento(properties, company, now)
    ask = getattr(authority, "history", None)
    if ask is None or not isinstance(event.datos, model.DeCdc):
        return event
    cdc = event.datos.cdc
    if cdc not in known:
        known[cdc] = ask(cdc)
    history = known[cdc]
    if isinstance(history, NotReceived):
        if event.clase in _OF_UNKNOWN:
            return event
        text = N_("SIFEN no tiene ese documento, o no lo aprobó: {codigo} {descripcion}")
        params = {"codigo": history.code, "descripcion": history.description}
        raise EmitirError(Problem(codes.COMPROBANTE_NO_EXISTE, text, "cdc", params))
    return event if history is None else prepare_evento(properties, company, now, history)


def void(
    properties: Mapping[str, Any], company: Mapping[str, Any], now: datetime, correlativo: int
) -> MensajeDeEventos:
    """The message that gives up a range of numbers. Raises EmitirError with every problem."""
    event = prepare_evento({**properties, "evento": "inutilizacion"}, company, now)
    ruc = emisor_of(company).ruc_y_dv[0]
    return MensajeDeEventos(eventos=(event,), ruc=ruc, firma=asuncion(now), correlativo=correlativo)


def events_schema() -> dict[str, Any]:
    """JSON schema of what ``evento`` takes: one alternative for each event, and several in ``eventos``."""
    alternatives = []
    for name in EVENTO:
        schema = model.MODELOS[name].model_json_schema()
        schema["properties"]["evento"] = {"const": name, "description": N_("Clase de evento.")}
        alternatives.append(schema | {"title": name})
    several = {
        "type": "object",
        "title": "eventos",
        "properties": {
            "eventos": {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_EVENTOS,
                "items": {"type": "object"},
                "description": N_("Hasta 15 eventos en un mensaje, cada uno con sus propiedades."),
            }
        },
        "required": ["eventos"],
        "additionalProperties": False,
    }
    return {"anyOf": [*alternatives, several]}


def void_schema() -> dict[str, Any]:
    """JSON schema of what ``inutilizar`` takes."""
    schema = model.Inutilizacion.model_json_schema()
    del schema["properties"]["evento"]
    schema["required"] = [name for name in schema["required"] if name != "evento"]
    return schema
