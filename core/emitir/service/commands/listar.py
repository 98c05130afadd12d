"""``listar``: comprobantes by what people know of them, a page at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from emitir.engine.results import Filtro
from emitir.engine.storage.search import PENDIENTE
from emitir.error_codes import FORMATO_INVALIDO
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.documents import ESTADOS, line_answer
from emitir.service.reading import Reader

_TEXT = {"type": "string"}
_DATE = {"type": "string", "format": "date"}
_WHOLE = {"anyOf": [{"type": "integer"}, _TEXT]}
_NAMES = (
    *("texto", "cliente", "tipo", "serie", "numero_desde", "numero_hasta", "estado_comprobante"),
    *("desde", "hasta", "moneda", "limite", "despues_de"),
)
_STATES = {name: name for name in (*ESTADOS, PENDIENTE)}
DEFAULT, MOST = 50, 200


def run(call: Call) -> Answer:
    """Newest date of issue first."""
    reader = Reader(call.properties, _NAMES)
    types = call.engine.document_types(call.company)
    filtro = Filtro(
        tipo=reader.choice("tipo", types) if types else reader.text("tipo", 10),
        serie=reader.text("serie", 20),
        numero_desde=reader.whole("numero_desde", 0, 10**15),
        numero_hasta=reader.whole("numero_hasta", 0, 10**15),
        estado=reader.choice("estado_comprobante", _STATES),
        desde=reader.day("desde"),
        hasta=reader.day("hasta"),
        cliente=reader.text("cliente", 100),
        texto=reader.text("texto", 100),
        moneda=reader.text("moneda", 3),
    )
    limit = reader.whole("limite", 1, MOST) or DEFAULT
    after = reader.text("despues_de", 40)
    if filtro.desde and filtro.hasta and filtro.desde > filtro.hasta:
        text = N_("Es anterior a «desde».")
        reader.problems.append(Problem(FORMATO_INVALIDO, text, "hasta"))
    reader.done()
    page = call.engine.buscar(call.company, filtro, limit, after)
    answer: dict[str, Any] = {
        "estado": "ok",
        "cantidad": len(page.comprobantes),
        "comprobantes": [line_answer(document) for document in page.comprobantes],
    }
    if page.siguiente:
        answer["siguiente"] = page.siguiente
    return Answer(answer)


def _example(now: datetime) -> dict[str, Any]:
    return {"texto": "ACME", "desde": now.date().replace(day=1).isoformat(), "limite": 10}


COMMAND = Command(
    name="listar",
    summary=N_("Listar y buscar comprobantes"),
    description=N_(
        "Los comprobantes de la empresa, del más reciente al más antiguo, por página. texto busca de todo: F001-21, un "
        "codigo_documento, una referencia, parte del nombre del cliente o el comienzo de su número. Si hay más, "
        "siguiente es el valor que se envía en despues_de para la página que sigue."
    ),
    run=run,
    aliases=("buscar",),
    properties=lambda: {
        "type": "object",
        "properties": {
            "texto": {**_TEXT, "description": N_("Lo que se sabe del comprobante.")},
            "cliente": {**_TEXT, "description": N_("Parte del nombre, o el comienzo del número.")},
            "tipo": {**_TEXT, "description": N_("f, b, c o d, o el código de la autoridad.")},
            "serie": {**_TEXT, "description": N_("Serie.")},
            "numero_desde": {**_WHOLE, "description": N_("Desde este número.")},
            "numero_hasta": {**_WHOLE, "description": N_("Hasta este número.")},
            "estado_comprobante": {
                "enum": list(_STATES),
                "description": N_("Un estado, o pendiente: todos los que no tienen respuesta."),
            },
            "desde": {**_DATE, "description": N_("Primera fecha de emisión.")},
            "hasta": {**_DATE, "description": N_("Última fecha de emisión.")},
            "moneda": {**_TEXT, "description": N_("Moneda.")},
            "limite": {**_WHOLE, "description": N_("Cuántos por página: 50, hasta 200.")},
            "despues_de": {**_TEXT, "description": N_("El siguiente de la página anterior.")},
        },
        "additionalProperties": False,
    },
    answer={
        "cantidad": {"type": "integer", "description": N_("Cuántos vienen en esta página.")},
        "comprobantes": {
            "type": "array",
            "items": {"type": "object"},
            "description": N_("Cada uno con lo que responde consultar."),
        },
        "siguiente": {**_TEXT, "description": N_("Para pedir la página que sigue; falta en la última.")},
    },
    example=_example,
)
