"""``previsualizar``: what ``emitir`` would issue, checked, computed and printed; nothing is stored or sent."""

from __future__ import annotations

import base64
from typing import Any

from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.commands.emitir import COMMAND as ISSUING

_TEXT = {"type": "string"}


def run(call: Call) -> Answer:
    """The totals and the PDF, marked as without value."""
    found = call.engine.preview(call.company, call.properties)
    answer: dict[str, Any] = {
        "estado": "ok",
        "tipo": found.tipo,
        "serie": found.serie,
        "fecha": found.fecha.isoformat(),
        "moneda": found.moneda,
        "total": found.total,
        "pdf": base64.b64encode(found.pdf).decode(),
    }
    if found.advertencias:
        answer["advertencias"] = [one.as_dict(call.language) for one in found.advertencias]
    return Answer(answer)


COMMAND = Command(
    name="previsualizar",
    summary=N_("Ver un comprobante antes de emitirlo"),
    description=N_(
        "Revisa y calcula un comprobante igual que emitir y responde sus totales y su PDF, marcado sin valor. No "
        "guarda, no numera y no envía nada. numero y fecha pueden faltar."
    ),
    run=run,
    properties=ISSUING.properties,
    answer={
        "tipo": {**_TEXT, "description": N_("Código del tipo de documento: 01, 03, 07, 08.")},
        "serie": {**_TEXT, "description": N_("Serie del comprobante.")},
        "fecha": {**_TEXT, "format": "date", "description": N_("Fecha de emisión.")},
        "moneda": {**_TEXT, "description": N_("Moneda.")},
        "total": {"type": "number", "description": N_("Importe total.")},
        "pdf": {**_TEXT, "description": N_("El PDF, en base64.")},
        "advertencias": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_("Lo que la autoridad observaría, como en errores."),
        },
    },
    example=ISSUING.example,
    examples=ISSUING.examples,
)
