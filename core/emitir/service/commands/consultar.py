"""``consultar``: where a comprobante stands, by our store and, on request, by the authority itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.engine.emision.naming import CODE
from emitir.engine.work.verdicts import no_verdict_in_words
from emitir.error_codes import COMPROBANTE_NO_EXISTE
from emitir.errors import EmitirError
from emitir.i18n import N_, translate
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.commands.evento import event_answer
from emitir.service.documents import (
    DOCUMENT_SCHEMA,
    ENVIO_SCHEMA,
    delivery_answer,
    envio_answer,
    key_schema,
    line_answer,
)
from emitir.service.reading import as_flag
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    InProcess,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)

_TEXT = {"type": "string"}
#: Two spellings of "ask the authority too".
_ASK = ("en_autoridad", "en_sunat")

_RESULTS: Mapping[type, str] = {
    Accepted: "aceptado",
    Observed: "observado",
    Rejected: "rechazado",
    AlreadyRegistered: "registrado",
    NotReceived: "no_recibido",
    Unknown: "desconocido",
}


def run(call: Call) -> Answer:
    """State is data here: a rejected comprobante is an ``ok`` that says so."""
    asked = {name: value for name, value in call.properties.items() if name not in _ASK}
    if "cdc" in asked and CODE not in asked:
        asked[CODE] = asked.pop("cdc")
    flags = [call.properties[name] for name in _ASK if name in call.properties]
    if flags:
        asked["en_autoridad"] = flags[0] if isinstance(flags[0], (list, dict)) else as_flag(flags[0])
    try:
        found = call.engine.consultar(call.company, asked)
    except EmitirError as error:
        return _elsewhere(call, asked, error)
    answer = {"estado": "ok", **line_answer(found.comprobante)}
    if found.baja is not None:
        answer["baja"] = envio_answer(found.baja)
    if found.resumen is not None:
        answer["resumen"] = envio_answer(found.resumen)
    until = call.engine.baja_until(call.company, found.comprobante)
    if until is not None:
        answer["baja_hasta"] = until.isoformat()
        terms = call.engine.baja_terms(call.company, found.comprobante)
        if terms:
            answer["baja_plazo"] = translate(terms, call.language)
    if found.autoridad is not None:
        answer["autoridad"] = _said(found.autoridad)
    address = call.engine.customer_mail(found.comprobante)
    if address:
        answer["correo_cliente"] = address
    told = call.engine.eventos.about(call.company, found.comprobante)
    if told:
        answer["eventos"] = [event_answer(one) for _, one in told]
    mails = call.engine.mails(found.comprobante)
    if mails:
        answer["correos"] = [delivery_answer(one) for one in mails]
    return Answer(answer)


def _elsewhere(call: Call, asked: Mapping[str, Any], error: EmitirError) -> Answer:
    """A document that we did not issue: what the authority says of it, where it can be asked by its code alone."""
    code = asked.get(CODE)
    if error.code != COMPROBANTE_NO_EXISTE or not isinstance(code, str):
        raise error
    found = call.engine.elsewhere(call.company, code.strip().upper())
    if found is None:
        raise error
    told = _said(found.verdict)
    return Answer(
        {"estado": "ok", "codigo_documento": code, "propio": False, **found.facts, "autoridad": told}
    )


def _said(verdict: Verdict) -> Mapping[str, str]:
    match verdict:
        case InProcess(ticket):
            return _answer("en_proceso", "", ticket)
        case NoVerdict(reason):
            return _answer("sin_respuesta", reason, no_verdict_in_words(verdict))
        case _:
            return _answer(_RESULTS[type(verdict)], verdict.code, verdict.description)


def _answer(resultado: str, codigo: str, descripcion: str) -> Mapping[str, str]:
    return {"resultado": resultado, "codigo": codigo, "descripcion": descripcion}


def _example(now: datetime) -> dict[str, Any]:
    return {"tipo": "f", "serie": "F001", "numero": 21}


COMMAND = Command(
    name="consultar",
    summary=N_("Consultar un comprobante"),
    description=N_(
        "Dice en qué está un comprobante emitido: lo que respondió la autoridad, su baja, el resumen que lo informó y "
        "los correos con que se envió. Con en_autoridad, además pregunta a la autoridad en ese momento. Un comprobante "
        "rechazado no es un error de esta consulta: lo dice estado_comprobante."
    ),
    run=run,
    aliases=("consulta", "consultarcomprobante", "estado"),
    properties=lambda: {
        "type": "object",
        "properties": {
            **key_schema(),
            "cdc": {
                **_TEXT,
                "description": N_(
                    "CDC de un documento de Paraguay, propio o de otro emisor: lo mismo que codigo_documento."
                ),
            },
            "en_autoridad": {
                "type": "boolean",
                "description": N_("Preguntar también a la autoridad (en_sunat es lo mismo)."),
            },
        },
        "additionalProperties": False,
    },
    answer={
        "tipo": {**_TEXT, "description": N_("Código del tipo de documento: 01, 03, 07, 08.")},
        "fecha": {**_TEXT, "format": "date", "description": N_("Fecha de emisión.")},
        "numero_doc": {**_TEXT, "description": N_("Número de documento del cliente.")},
        "razon_social": {**_TEXT, "description": N_("Nombre del cliente.")},
        "moneda": {**_TEXT, "description": N_("Moneda.")},
        "total": {"type": "number", "description": N_("Importe total.")},
        **DOCUMENT_SCHEMA,
        "propio": {
            "type": "boolean",
            "description": N_(
                "false si no lo emitió esta empresa con Emitir: solo se sabe lo que dice la autoridad."
            ),
        },
        "emisor_ruc": {**_TEXT, "description": N_("RUC del emisor, de un documento que no es propio.")},
        "aprobado": {**_TEXT, "description": N_("Cuándo lo aprobó SIFEN, de un documento que no es propio.")},
        "baja": {**ENVIO_SCHEMA, "description": N_("El archivo que lo da de baja, si se pidió.")},
        "resumen": {**ENVIO_SCHEMA, "description": N_("El resumen diario que lo informó, si fue así.")},
        "eventos": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_("Los eventos que se registraron con el comando evento, con su resultado."),
        },
        "baja_hasta": {
            **_TEXT,
            "format": "date",
            "description": N_("Último día para darlo de baja; falta si no se puede."),
        },
        "baja_plazo": {**_TEXT, "description": N_("Hasta cuándo se puede, en palabras.")},
        "autoridad": {
            "type": "object",
            "description": N_(
                "Lo que dice la autoridad ahora: resultado (aceptado, observado, rechazado, en_proceso, desconocido, "
                "sin_respuesta), codigo, descripcion."
            ),
        },
        "correo_cliente": {
            **_TEXT,
            "description": N_("El correo del cliente que dice el comprobante, si dice uno."),
        },
        "correos": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_("Cada dirección a que se envió: destino, estado, intentos, detalle."),
        },
    },
    example=_example,
)
