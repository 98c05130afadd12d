"""``consultarticket``: the file behind a ticket of ours and what the authority said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.documents import verdict_answer

_TEXT = {"type": "string"}


def run(call: Call) -> Answer:
    """From the store: the service asks the authority by itself until there is an answer."""
    result = call.engine.ticket(call.company, call.properties)
    return Answer(
        {
            "estado": "ok",
            "ticket": result.ticket,
            "codigo_documento": result.envio.codigo_documento,
            "estado_ticket": result.envio.estado,
            **verdict_answer(result.envio),
            "comprobantes": [
                {
                    "codigo_documento": document.codigo_documento,
                    "estado_comprobante": document.estado_comprobante,
                }
                for document in result.comprobantes
            ],
        }
    )


def _example(now: datetime) -> dict[str, Any]:
    return {"ticket": "202611210000001"}


COMMAND = Command(
    name="consultarticket",
    summary=N_("Consultar un ticket"),
    description=N_(
        "Dice en qué está lo que se envió con un ticket (comunicación de baja o resumen diario; en Paraguay, un lote) y "
        "los comprobantes de que trata. Emitir pregunta por cada ticket hasta tener respuesta: esta consulta no envía nada."
    ),
    run=run,
    aliases=("consultaticket", "ticket"),
    properties=lambda: {
        "type": "object",
        "properties": {"ticket": {**_TEXT, "description": N_("El ticket que respondió baja.")}},
        "required": ["ticket"],
        "additionalProperties": False,
    },
    answer={
        "ticket": {**_TEXT, "description": N_("El ticket.")},
        "codigo_documento": {**_TEXT, "description": N_("El archivo enviado: RUC-RA-fecha-número.")},
        "estado_ticket": {
            **_TEXT,
            "description": N_("en_proceso, aceptado, observado, rechazado o no_recibido."),
        },
        "sunat_respuesta": {**_TEXT, "description": N_("Lo que respondió la autoridad.")},
        "sunat_descripcion": {**_TEXT, "description": N_("La respuesta en palabras.")},
        "detalle": {**_TEXT, "description": N_("Por qué todavía no hay respuesta.")},
        "comprobantes": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_("Los comprobantes de que trata, cada uno con su estado."),
        },
    },
    example=_example,
)
