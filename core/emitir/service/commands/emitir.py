"""``emitir``: issue a comprobante and answer with the verdict, or with the pending state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.country import countries
from emitir.engine.comprobante import Result
from emitir.engine.emision.request import PROPERTIES
from emitir.errors import EmitirError
from emitir.i18n import N_, SOURCE_LANGUAGE
from emitir.service.answers import Answer, error_answer
from emitir.service.command import Call, Command
from emitir.service.documents import DOCUMENT_SCHEMA, document_answer
from emitir.service.schemas import inlined


def run(call: Call) -> Answer:
    """Issue; a rejection is an error on the wire that carries what the authority said."""
    return emitir_answer(call.engine.emitir(call.company, call.properties), call.language)


def emitir_answer(result: Result, language: str = SOURCE_LANGUAGE) -> Answer:
    """What the wire says of a comprobante that was issued."""
    comprobante = result.comprobante
    document = document_answer(comprobante)
    if result.warnings:
        document["advertencias"] = [warning.as_dict(language) for warning in result.warnings]
    problem = comprobante.problem()
    if problem is None:
        return Answer({"estado": "ok", **document})
    error = error_answer(EmitirError(problem), language)
    return Answer({**error.properties, **document}, error.http)


def _schema() -> Mapping[str, Any]:
    schemas = []
    for country in countries().values():
        offered = country.input_schema()
        kinds = offered.get("anyOf", [offered])
        for one in kinds:
            document = inlined(one)
            properties = {**document["properties"], **PROPERTIES}
            kind: str = one.get("title", "")
            title = f"{country.name}, {kind[0].lower()}{kind[1:]}" if len(kinds) > 1 else country.name
            schemas.append({**document, "title": title, "properties": properties})
    return schemas[0] if len(schemas) == 1 else {"type": "object", "anyOf": schemas}


def _example(now: datetime) -> Mapping[str, Any]:
    return next(iter(_examples(now).values()))


def _examples(now: datetime) -> Mapping[str, Mapping[str, Any]]:
    return {country.name: country.examples(now)[0] for country in countries().values()}


COMMAND = Command(
    name="emitir",
    summary=N_("Emitir un comprobante"),
    description=N_(
        "Revisa, firma, guarda y envía un comprobante, y responde con el veredicto de la autoridad si llega dentro "
        "de la espera; si no, con estado_comprobante «enviando»: el envío sigue solo y la misma solicitud, "
        "repetida, responde el estado de ese momento.\n\n"
        "La misma solicitud otra vez no emite ni envía nada de nuevo: responde lo mismo. Otro contenido con un "
        "número ya usado es el error NUMERO_USADO. Un comprobante rechazado es el error AUTORIDAD_RECHAZA, con lo "
        "que dijo la autoridad en sunat_respuesta y sunat_descripcion.\n\n"
        "Los importes que falten se calculan; los que se envíen se comprueban."
    ),
    run=run,
    properties=_schema,
    answer={
        **DOCUMENT_SCHEMA,
        "advertencias": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_("Lo que la autoridad observaría, como en errores."),
        },
    },
    example=_example,
    examples=_examples,
)
