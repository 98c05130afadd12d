"""``verificar``: whether the comprobante behind a QR, or in a received file, is valid."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.country_facts import QrFacts
from emitir.error_codes import FORMATO_INVALIDO, PROPIEDAD_FALTANTE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_, translate
from emitir.service.answers import Answer
from emitir.service.command import Call, Command

_TEXT = {"type": "string"}
#: Letters of a QR at most.
_LONGEST = 3000


def run(call: Call) -> Answer:
    """What a QR or a received file says, and what is known of it."""
    text, xml = call.properties.get("qr"), call.properties.get("xml")
    if isinstance(xml, str) and xml.strip():
        return _file(call, xml.strip())
    if not isinstance(text, str) or not text.strip():
        raise EmitirError(Problem(PROPIEDAD_FALTANTE, N_("Falta el texto del QR, o el XML recibido."), "qr"))
    found = call.engine.verificar(call.company, text[:_LONGEST])
    answer = _told(found.resultado, found.facts)
    if found.comprobante is not None:
        answer["codigo_documento"] = found.comprobante.codigo_documento
        answer["estado_comprobante"] = found.comprobante.estado_comprobante
    if found.diferencias:
        answer["diferencias"] = list(found.diferencias)
    if found.detalle:
        answer["detalle"] = translate(found.detalle, call.language)
    return Answer(answer)


def _file(call: Call, xml: str) -> Answer:
    """A received file, as text or as base64."""
    content = xml.encode()
    if not xml.startswith("<"):
        try:
            content = base64.b64decode("".join(xml.split()), validate=True)
        except ValueError:
            text = N_("Envíe el XML como texto o en base64.")
            raise EmitirError(Problem(FORMATO_INVALIDO, text, "xml")) from None
    report = call.engine.verificar_archivo(call.company, content)
    answer = _told(report.resultado, report.facts)
    answer["codigo_documento"] = report.facts.codigo_documento
    answer["comprobaciones"] = [
        {"nombre": check.nombre, "resultado": check.resultado}
        | (
            {"detalle": translate(check.detalle, call.language).format(**check.params)}
            if check.detalle
            else {}
        )
        for check in report.checks
    ]
    return Answer(answer)


def _told(resultado: str, facts: QrFacts) -> dict[str, Any]:
    return {
        "estado": "ok",
        "resultado": resultado,
        "ruc": facts.ruc,
        "tipo": facts.tipo,
        "serie": facts.serie,
        "numero": facts.numero,
        "fecha": facts.fecha.isoformat(),
    } | ({} if facts.total is None else {"total": facts.total})


def _example(now: datetime) -> Mapping[str, Any]:
    return {"qr": f"20512345671|01|F001|21|13.72|90.00|{now.date().isoformat()}|6|20123456786|"}


COMMAND = Command(
    name="verificar",
    summary=N_("Verificar un comprobante por su QR o su XML"),
    description=N_(
        "Lee el QR de una representación impresa, o un CDC, y dice si el comprobante vale. Uno propio se compara con lo emitido; "
        "uno de otra empresa se pregunta a la autoridad si la empresa tiene con qué (credenciales de API). En Paraguay toma "
        "además el XML recibido: mira esquema, firma, certificado, cadena (si la instalación tiene un archivo de "
        "confianza), CDC, QR y totales, y pregunta a SIFEN."
    ),
    run=run,
    properties=lambda: {
        "type": "object",
        "properties": {
            "qr": {**_TEXT, "description": N_("El texto del QR, o el CDC.")},
            "xml": {**_TEXT, "description": N_("El XML recibido, como texto o en base64 (Paraguay).")},
        },
        "additionalProperties": False,
    },
    answer={
        "resultado": {
            "enum": ["valido", "sin_validez", "no_coincide", "desconocido", "sin_comprobar"],
            "description": N_("Si vale; sin_comprobar: está bien formado y no hubo a quién preguntar."),
        },
        "ruc": {**_TEXT, "description": N_("RUC de quien lo emitió.")},
        "tipo": {**_TEXT, "description": N_("Código del tipo de documento: 01, 03, 07, 08.")},
        "serie": {**_TEXT, "description": N_("Serie.")},
        "numero": {"type": "integer", "description": N_("Número correlativo.")},
        "fecha": {**_TEXT, "format": "date", "description": N_("Fecha de emisión.")},
        "total": {"type": "number", "description": N_("Importe total, si el QR lo dice.")},
        "codigo_documento": {**_TEXT, "description": N_("El comprobante propio que es.")},
        "estado_comprobante": {**_TEXT, "description": N_("En qué está el comprobante.")},
        "diferencias": {
            "type": "array",
            "items": _TEXT,
            "description": N_("Lo que no coincide con lo emitido: total, fecha, valor_resumen."),
        },
        "comprobaciones": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_(
                "Lo que se miró del XML: nombre, resultado (bien, mal, sin_comprobar) y detalle."
            ),
        },
        "detalle": {**_TEXT, "description": N_("Lo que dijo la autoridad.")},
    },
    example=_example,
)
