"""``emitir``: issue a comprobante and answer with the verdict, or with the pending state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.country import countries
from emitir.engine.comprobante import Comprobante, Result
from emitir.errors import EmitirError
from emitir.i18n import N_, SOURCE_LANGUAGE
from emitir.service.answers import Answer, error_answer
from emitir.service.command import Call, Command
from emitir.service.schemas import inlined

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}


def run(call: Call) -> Answer:
    """Issue; a rejection is an error on the wire that carries what the authority said."""
    return emitir_answer(call.engine.emitir(call.company, call.properties), call.language)


def emitir_answer(result: Result, language: str = SOURCE_LANGUAGE) -> Answer:
    """What the wire says of a comprobante that was issued."""
    comprobante = result.comprobante
    document = _document(comprobante)
    if result.warnings:
        document["advertencias"] = [warning.as_dict(language) for warning in result.warnings]
    problem = comprobante.problem()
    if problem is None:
        return Answer({"estado": "ok", **document})
    error = error_answer(EmitirError(problem), language)
    return Answer({**error.properties, **document}, error.http)


def _document(comprobante: Comprobante) -> dict[str, Any]:
    """The properties of the answer; ``sunat_*`` only once the authority has spoken."""
    document: dict[str, Any] = {
        "codigo_documento": comprobante.codigo_documento,
        "valor_resumen": comprobante.valor_resumen,
        "codigo_descarga": comprobante.codigo_descarga,
        "estado_comprobante": comprobante.estado,
    }
    if comprobante.settled:
        notes = [f"{note.code} {note.text}".strip() for note in comprobante.observaciones]
        document["sunat_respuesta"] = comprobante.respuesta_codigo or ""
        document["sunat_descripcion"] = comprobante.respuesta_descripcion or ""
        # Two names for one list: generations of clients read one or the other.
        document["sunat_observacion"] = notes
        document["sunat_observaciones"] = notes
    elif comprobante.detalle:
        document["detalle"] = comprobante.detalle
    return document


def _schema() -> Mapping[str, Any]:
    schemas = [inlined(country.input_schema()) for country in countries().values()]
    return schemas[0] if len(schemas) == 1 else {"type": "object", "anyOf": schemas}


def _example(now: datetime) -> Mapping[str, Any]:
    return next(iter(countries().values())).examples(now)[0]


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
        "codigo_documento": {**_TEXT, "description": N_("Nombre del comprobante: RUC-tipo-serie-número.")},
        "valor_resumen": {**_TEXT, "description": N_("Resumen de la firma, en base64: el que se imprime.")},
        "codigo_descarga": {
            **_TEXT,
            "description": N_("Código secreto con que se descargan XML, CDR y PDF."),
        },
        "estado_comprobante": {
            "enum": ["por_enviar", "enviando", "en_proceso", "aceptado", "observado"],
            "description": N_("En qué está el comprobante."),
        },
        "sunat_respuesta": {
            **_TEXT,
            "description": N_(
                "Código de respuesta de la autoridad; 0 es aceptado. Falta mientras no responde."
            ),
        },
        "sunat_descripcion": {
            **_TEXT,
            "description": N_("Lo que dice la autoridad; siempre que haya respuesta."),
        },
        "sunat_observacion": {**_TEXTS, "description": N_("Observaciones de un comprobante aceptado.")},
        "sunat_observaciones": {
            **_TEXTS,
            "description": N_("Lo mismo, con el nombre que leen otros clientes."),
        },
        "advertencias": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_("Lo que la autoridad observaría, como en errores."),
        },
        "detalle": {**_TEXT, "description": N_("Por qué todavía no hay respuesta.")},
    },
    example=_example,
)
