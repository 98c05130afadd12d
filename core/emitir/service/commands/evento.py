"""``evento``: declare events of documents, issued or received, where the authority takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.country import countries
from emitir.country_events import Declares
from emitir.engine.comprobante import EN_PROCESO, ENVIANDO, POR_ENVIAR
from emitir.engine.envios.eventos import EventosResult, Told
from emitir.error_codes import AUTORIDAD_RECHAZA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.answers import Answer, error_answer
from emitir.service.command import Call, Command
from emitir.service.documents import envio_answer
from emitir.service.schemas import inlined

_TEXT = {"type": "string"}
_WAITING = (POR_ENVIAR, ENVIANDO, EN_PROCESO)


def run(call: Call) -> Answer:
    """An event that the authority refuses is an error that carries what it said of every one."""
    return declared(call.engine.evento(call.company, call.properties), call.language)


def declared(result: EventosResult, language: str) -> Answer:
    """What the wire says of events, and of an inutilización."""
    envio = result.envio
    facts = {
        key: value for key, value in envio_answer(envio).items() if key not in ("estado", "codigo_descarga")
    }
    answer = {
        **facts,
        "estado_evento": envio.estado,
        "eventos": [event_answer(one) for one in result.eventos],
    }
    refused = [one for one in result.eventos if one.resultado.estado == "rechazado"]
    if not refused and (envio.accepted or envio.estado in _WAITING):
        return Answer({"estado": "ok", **answer})
    error = error_answer(EmitirError(_problems(result, refused)), language)
    return Answer({**error.properties, **answer}, error.http)


def _problems(result: EventosResult, refused: list[Told]) -> list[Problem]:
    text = N_("{evento} de {documento} fue rechazado: {codigo} {descripcion}")
    several = len(result.eventos) > 1
    problems = []
    for number, one in enumerate(result.eventos, 1):
        if one not in refused:
            continue
        said = one.resultado
        params = {
            "evento": one.evento,
            "documento": one.codigo_documento or "-",
            "codigo": said.codigo,
            "descripcion": said.descripcion,
        }
        path = f"eventos-{number}" if several else ""
        problems.append(Problem(AUTORIDAD_RECHAZA, text, path, params, authority_code=said.codigo))
    own = result.envio.problem()
    return problems or ([own] if own else [])


def event_answer(one: Told) -> dict[str, Any]:
    """One event: what it is about and what the authority said of it; nothing while it has not."""
    answer: dict[str, Any] = {"evento": one.evento}
    said = one.resultado
    for name, value in (
        ("cdc", one.codigo_documento),
        ("resultado", said.estado),
        ("codigo", said.codigo),
        ("descripcion", said.descripcion),
        ("protocolo", said.protocolo),
    ):
        if value:
            answer[name] = value
    return answer


def _properties() -> Mapping[str, Any]:
    found: list[Mapping[str, Any]] = []
    for country in countries().values():
        if isinstance(country, Declares):
            offered = country.events_schema()
            for one in offered.get("anyOf", [offered]):
                found.append({**inlined(one), **({"title": one["title"]} if "title" in one else {})})
    return {"type": "object", "anyOf": found}


def _example(now: datetime) -> Mapping[str, Any]:
    country = next(one for one in countries().values() if isinstance(one, Declares))
    return country.events_example(now)


ANSWER: Mapping[str, Any] = {
    "codigo_documento": {**_TEXT, "description": N_("El mensaje que lo lleva: RUC-EV-fecha-número.")},
    "estado_evento": {**_TEXT, "description": N_("En qué está el mensaje, como estado_comprobante.")},
    "sunat_respuesta": {**_TEXT, "description": N_("Respuesta de la autoridad; 0600 es registrado.")},
    "sunat_descripcion": {**_TEXT, "description": N_("La respuesta en palabras.")},
    "detalle": {**_TEXT, "description": N_("Por qué todavía no hay respuesta.")},
    "eventos": {
        "type": "array",
        "items": {"type": "object"},
        "description": N_(
            "Cada evento: evento, cdc, resultado (aceptado, rechazado), codigo, descripcion, protocolo."
        ),
    },
}

COMMAND = Command(
    name="evento",
    summary=N_("Registrar un evento de un documento"),
    description=N_(
        "Registra en SIFEN (Paraguay) un evento de un documento emitido (nominacion, transporte) o recibido "
        "(conformidad, disconformidad, desconocimiento, notificacion), o hasta 15 en un solo mensaje con eventos. "
        "Antes de enviar pregunta por el documento y revisa los plazos y el orden: 45 días desde la aprobación y 15 "
        "para corregir el anterior. La cancelación es el comando baja; la inutilización, inutilizar. Repetir la "
        "solicitud responde lo mismo y no envía nada otra vez, salvo que haya sido rechazada."
    ),
    run=run,
    aliases=("eventos",),
    properties=_properties,
    answer=ANSWER,
    example=_example,
)
