"""``correo``: the files of a comprobante to one or several addresses, through the company's mail server."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.documents import delivery_answer, key_schema

_TEXT = {"type": "string"}
_TEXTS = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def run(call: Call) -> Answer:
    """Committed when this answers; what each server says may come later."""
    result = call.engine.correo(call.company, call.properties)
    return Answer(
        {
            "estado": "ok",
            "codigo_documento": result.comprobante.codigo_documento,
            "estado_comprobante": result.comprobante.estado_comprobante,
            "repetido": result.repeated,
            "correos": [delivery_answer(one) for one in result.deliveries],
        }
    )


def _example(now: datetime) -> dict[str, Any]:
    return {
        "tipo": "f",
        "serie": "F001",
        "numero": 21,
        "para": ["compras@cliente.example"],
        "mensaje": "Gracias por su compra.",
    }


COMMAND = Command(
    name="correo",
    summary=N_("Enviar un comprobante por correo"),
    description=N_(
        "Envía el PDF, el XML y el CDR a una o varias direcciones con el servidor de correo de la empresa. Cuando "
        "responde, el envío está guardado: se reintenta solo durante tres días, también si el servicio se detiene. "
        "Una dirección rechazada se da por fallida y las demás siguen; consultar dice en qué quedó cada una.\n\n"
        "Un comprobante sin respuesta de la autoridad se envía cuando la tenga. La misma solicitud dentro de cinco "
        "minutos es el mismo correo y no se envía otra vez."
    ),
    run=run,
    properties=lambda: {
        "type": "object",
        "properties": {
            **key_schema(),
            "para": {**_TEXTS, "description": N_("Dirección o direcciones (hasta 20 con las de cc).")},
            "cc": {**_TEXTS, "description": N_("Direcciones que reciben copia.")},
            "mensaje": {**_TEXT, "maxLength": 2000, "description": N_("Texto que se agrega al correo.")},
            "archivos": {
                **_TEXTS,
                "description": N_(
                    "Qué se adjunta: pdf, xml, cdr. Los tres si no se indica; va lo que exista."
                ),
            },
        },
        "required": ["para"],
        "additionalProperties": False,
    },
    answer={
        "codigo_documento": {**_TEXT, "description": N_("Nombre del comprobante: RUC-tipo-serie-número.")},
        "estado_comprobante": {**_TEXT, "description": N_("En qué está el comprobante.")},
        "repetido": {
            "type": "boolean",
            "description": N_("Si la misma solicitud se hizo hace un momento: es ese correo."),
        },
        "correos": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_(
                "Por cada dirección: destino, estado (pendiente, enviando, entregado, fallido), intentos, detalle."
            ),
        },
    },
    example=_example,
)
