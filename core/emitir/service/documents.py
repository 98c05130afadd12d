"""What the wire says of a stored comprobante: the same names in every command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emitir.engine.comprobante import Comprobante
from emitir.engine.entregas.deliveries import Delivery
from emitir.i18n import N_

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
ESTADOS = (
    "por_enviar",
    "enviando",
    "en_proceso",
    "aceptado",
    "observado",
    "rechazado",
    "no_recibido",
    "no_enviado",
    "baja_en_proceso",
    "dado_de_baja",
)


def document_answer(document: Comprobante) -> dict[str, Any]:
    """A comprobante: what it is and where it stands; ``sunat_*`` only once the authority has spoken."""
    answer: dict[str, Any] = {
        "codigo_documento": document.codigo_documento,
        "serie": document.serie,
        "numero": document.numero,
        "valor_resumen": document.valor_resumen,
        "codigo_descarga": document.codigo_descarga,
        "estado_comprobante": document.estado_comprobante,
    }
    if document.referencia:
        answer["referencia"] = document.referencia
    return {**answer, **verdict_answer(document)}


def verdict_answer(document: Comprobante) -> dict[str, Any]:
    """What the authority said of a comprobante or of a file about others; why it waits before that."""
    if not document.settled:
        return {"detalle": document.detalle} if document.detalle else {}
    notes = [f"{note.code} {note.text}".strip() for note in document.observaciones]
    answer: dict[str, Any] = {}
    if document.respuesta_codigo is not None:
        answer["sunat_respuesta"] = document.respuesta_codigo
        answer["sunat_descripcion"] = document.respuesta_descripcion or ""
        # Two names for one list: generations of clients read one or the other.
        answer["sunat_observacion"] = notes
        answer["sunat_observaciones"] = notes
    if document.number_free:
        answer["numero_libre"] = True
    if document.detalle:
        answer["detalle"] = document.detalle
    return answer


def line_answer(document: Comprobante) -> dict[str, Any]:
    """A comprobante in a list."""
    return {
        "tipo": document.tipo,
        "fecha": document.fecha_emision.isoformat(),
        "numero_doc": document.receptor_numero,
        "razon_social": document.receptor_nombre,
        "moneda": document.moneda,
        "total": document.total,
        **document_answer(document),
    }


def envio_answer(envio: Comprobante) -> dict[str, Any]:
    """A file about others (RA, RC): its name, its ticket, its state and what the authority said of it."""
    answer: dict[str, Any] = {
        "codigo_documento": envio.codigo_documento,
        "estado": envio.estado,
        "codigo_descarga": envio.codigo_descarga,
    }
    if envio.ticket:
        answer["ticket"] = envio.ticket
    return {**answer, **verdict_answer(envio)}


def delivery_answer(delivery: Delivery) -> dict[str, Any]:
    """One address of a mail."""
    answer: dict[str, Any] = {
        "destino": delivery.destino,
        "estado": delivery.estado,
        "intentos": delivery.intentos,
        "creado": delivery.creado_en.isoformat(timespec="seconds"),
    }
    if delivery.detalle:
        answer["detalle"] = delivery.detalle
    if delivery.proximo is not None:
        answer["proximo_intento"] = delivery.proximo.isoformat(timespec="seconds")
    if delivery.entregado_en is not None:
        answer["entregado"] = delivery.entregado_en.isoformat(timespec="seconds")
    return answer


def key_schema() -> dict[str, Any]:
    """The properties that name a comprobante: in every command about one."""
    return {
        "tipo": {
            **_TEXT,
            "description": N_(
                "Tipo del comprobante: f, b, c, d (Paraguay: f, a, c, d, r), o el código de la autoridad."
            ),
        },
        "serie": {**_TEXT, "description": N_("Serie, por ejemplo F001 (Paraguay: 001-001).")},
        "numero": {
            "anyOf": [{"type": "integer"}, _TEXT],
            "description": N_("Número correlativo."),
        },
        "codigo_documento": {
            **_TEXT,
            "description": N_("RUC-tipo-serie-número, o el CDC: en lugar de tipo, serie y numero."),
        },
    }


DOCUMENT_SCHEMA: Mapping[str, Any] = {
    "codigo_documento": {
        **_TEXT,
        "description": N_("Nombre del comprobante: RUC-tipo-serie-número; en Paraguay, el CDC."),
    },
    "serie": {**_TEXT, "description": N_("Serie del comprobante.")},
    "numero": {"type": "integer", "description": N_("Su número: el que se le dio, si no se envió.")},
    "referencia": {**_TEXT, "description": N_("La que se envió al emitir.")},
    "valor_resumen": {**_TEXT, "description": N_("Resumen de la firma, en base64: el que se imprime.")},
    "codigo_descarga": {**_TEXT, "description": N_("Código secreto con que se descargan XML, CDR y PDF.")},
    "estado_comprobante": {"enum": list(ESTADOS), "description": N_("En qué está el comprobante.")},
    "sunat_respuesta": {
        **_TEXT,
        "description": N_(
            "Código de respuesta de la autoridad; 0 (SUNAT) o 0260 (SIFEN) es aceptado. Falta mientras no responde."
        ),
    },
    "sunat_descripcion": {
        **_TEXT,
        "description": N_("Lo que dice la autoridad; siempre que haya respuesta."),
    },
    "sunat_observacion": {**_TEXTS, "description": N_("Observaciones de un comprobante aceptado.")},
    "sunat_observaciones": {**_TEXTS, "description": N_("Lo mismo, con el nombre que leen otros clientes.")},
    "numero_libre": {
        "type": "boolean",
        "description": N_(
            "true si no fue recibido, o fue rechazado y se puede corregir con el mismo número."
        ),
    },
    "detalle": {**_TEXT, "description": N_("Por qué todavía no hay respuesta.")},
}

ENVIO_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "codigo_documento": {**_TEXT, "description": N_("Nombre del archivo: RUC-RA-fecha-número.")},
        "estado": {**_TEXT, "description": N_("En qué está, como estado_comprobante.")},
        "ticket": {**_TEXT, "description": N_("Número con que la autoridad responde por él.")},
        "sunat_respuesta": {**_TEXT, "description": N_("Lo que respondió la autoridad.")},
        "sunat_descripcion": {**_TEXT, "description": N_("La respuesta en palabras.")},
    },
}
