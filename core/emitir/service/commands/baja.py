"""``baja``: annul a comprobante; the service chooses the file for it and asks for its ticket until the answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emitir.engine.comprobante import BAJA_RECHAZADA
from emitir.errors import EmitirError
from emitir.i18n import N_
from emitir.service.answers import Answer, error_answer
from emitir.service.command import Call, Command
from emitir.service.documents import ESTADOS, key_schema, verdict_answer

_TEXT = {"type": "string"}


def run(call: Call) -> Answer:
    """Annul; a baja that the authority refuses is an error that carries what it said."""
    result = call.engine.baja(call.company, call.properties)
    answer: dict[str, Any] = {
        "comprobante": result.comprobante.codigo_documento,
        "estado_comprobante": result.comprobante.estado_comprobante,
        "motivo": result.motivo,
    }
    envio = result.envio
    if envio is not None:
        answer["codigo_documento"] = envio.codigo_documento
        if envio.ticket:
            answer["ticket"] = envio.ticket
        answer |= verdict_answer(envio)
    if result.comprobante.baja_estado:
        answer["baja_estado"] = result.comprobante.baja_estado
    if result.detalle:
        answer["detalle"] = result.detalle
    problem = envio.problem() if envio is not None else None
    if problem is not None and result.comprobante.baja_estado in ("", BAJA_RECHAZADA):
        error = error_answer(EmitirError(problem), call.language)
        return Answer({**error.properties, **answer}, error.http)
    return Answer({"estado": "ok", **answer})


def _example(now: datetime) -> dict[str, Any]:
    return {"tipo": "f", "serie": "F001", "numero": 21, "motivo": "ERROR EN LOS DATOS DEL CLIENTE"}


COMMAND = Command(
    name="baja",
    summary=N_("Dar de baja un comprobante"),
    description=N_(
        "Anula un comprobante ante la autoridad. Emitir elige cómo: en Perú, la factura y sus notas con una comunicación "
        "de baja (RA), la boleta y sus notas con un resumen diario (RC); en Paraguay, con el evento de cancelación. "
        "Espera la respuesta unos segundos; si no llega, sigue preguntando solo: consulte el comprobante para conocer "
        "el resultado.\n\n"
        "En Perú hay 7 días desde la emisión; en Paraguay, 48 horas desde la aprobación para una factura y 168 para los "
        "demás. Después se emite una nota de crédito, y el error lo dice. La baja de un "
        "comprobante que todavía no tiene respuesta la espera, o lo detiene si no salió. Repetir la solicitud "
        "responde lo mismo y no envía nada otra vez."
    ),
    run=run,
    properties=lambda: {
        "type": "object",
        "properties": {
            **key_schema(),
            "motivo": {
                **_TEXT,
                "description": N_("Por qué se anula: de 3 a 100 caracteres (Paraguay: de 5 a 500)."),
            },
        },
        "required": ["motivo"],
        "additionalProperties": False,
    },
    answer={
        "comprobante": {
            **_TEXT,
            "description": N_("El comprobante que se anula: RUC-tipo-serie-número, o CDC."),
        },
        "estado_comprobante": {
            "enum": list(ESTADOS),
            "description": N_("En qué está: baja_en_proceso, dado_de_baja, no_enviado."),
        },
        "motivo": {**_TEXT, "description": N_("El motivo con que se pidió.")},
        "codigo_documento": {
            **_TEXT,
            "description": N_(
                "El archivo que lo anula: RUC-RA-fecha-número, RUC-RC-fecha-número o RUC-EV-fecha-número."
            ),
        },
        "ticket": {**_TEXT, "description": N_("Número con que la autoridad responde por la baja.")},
        "baja_estado": {
            "enum": ["pedida", "en_proceso", "aceptada", "rechazada"],
            "description": N_("En qué está la baja."),
        },
        "sunat_respuesta": {
            **_TEXT,
            "description": N_("Respuesta de la autoridad a la baja; 0 (SUNAT) o 0600 (SIFEN) es aceptada."),
        },
        "sunat_descripcion": {**_TEXT, "description": N_("La respuesta en palabras.")},
        "detalle": {**_TEXT, "description": N_("Por qué todavía no hay respuesta.")},
    },
    example=_example,
)
