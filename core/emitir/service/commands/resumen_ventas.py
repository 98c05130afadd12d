"""``resumen_ventas``: what was sold in a period, by currency, type and day, beside the period before."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Any

from emitir.engine.storage.sales import Sales, Sum, before
from emitir.error_codes import FORMATO_INVALIDO, PROPIEDAD_FALTANTE
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.reading import Reader

_TEXT = {"type": "string"}
_DATE = {"type": "string", "format": "date"}
_LIST = {"type": "array", "items": {"type": "object"}}
_PERIODS = ("hoy", "ayer", "semana", "mes", "mes_anterior", "anio")
#: Days that a summary may span.
_LONGEST = 366


def run(call: Call) -> Answer:
    """Dates are those of issue, in the country's own time."""
    reader = Reader(call.properties, ("periodo", "desde", "hasta"))
    periodo = reader.choice("periodo", {name: name for name in (*_PERIODS, "año")} | {"año": "anio"})
    desde, hasta = reader.day("desde"), reader.day("hasta")
    today = call.engine.today(call.company)
    if desde is None and hasta is None:
        desde, hasta = _period(periodo or "hoy", today)
    elif periodo:
        text = N_("Envíe periodo, o desde y hasta; no los dos.")
        reader.problems.append(Problem(FORMATO_INVALIDO, text, "periodo"))
    if desde is None:
        reader.problems.append(Problem(PROPIEDAD_FALTANTE, N_("Falta la propiedad."), "desde"))
        desde = hasta = today
    hasta = hasta or max(today, desde)
    if not timedelta(0) <= hasta - desde < timedelta(days=_LONGEST):
        text = N_("Debe ser de 1 a {dias} días desde «desde».")
        reader.problems.append(Problem(FORMATO_INVALIDO, text, "hasta", {"dias": _LONGEST}))
    reader.done()
    found = call.engine.ventas(call.company, desde, hasta)
    earlier = call.engine.ventas(call.company, *before(desde, hasta))
    return Answer(
        {
            "estado": "ok",
            **_totals(found),
            "por_tipo": [
                {"tipo": tipo, "moneda": moneda, **_amounts(total)}
                for (tipo, moneda), total in sorted(found.por_tipo.items())
            ],
            "por_dia": [
                {"fecha": fecha.isoformat(), "moneda": moneda, **_amounts(total)}
                for (fecha, moneda), total in sorted(found.por_dia.items())
            ],
            "pendientes": found.pendientes,
            "rechazados": found.rechazados,
            "anulados": found.anulados,
            "anterior": _totals(earlier),
        }
    )


def _totals(found: Sales) -> dict[str, Any]:
    return {
        "desde": found.desde.isoformat(),
        "hasta": found.hasta.isoformat(),
        "ventas": [
            {"moneda": moneda, **_amounts(total)} for moneda, total in sorted(found.por_moneda.items())
        ],
    }


def _amounts(total: Sum) -> dict[str, Any]:
    return {"cantidad": total.cantidad, "total": total.total, "igv": total.igv}


def _period(name: str, today: date) -> tuple[date, date]:
    match name:
        case "ayer":
            return today - timedelta(days=1), today - timedelta(days=1)
        case "semana":
            return today - timedelta(days=today.weekday()), today
        case "mes":
            return today.replace(day=1), today
        case "mes_anterior":
            last = today.replace(day=1) - timedelta(days=1)
            return last.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])
        case "anio":
            return today.replace(month=1, day=1), today
        case _:
            return today, today


def _example(now: datetime) -> dict[str, Any]:
    return {"periodo": "mes"}


COMMAND = Command(
    name="resumen_ventas",
    summary=N_("Resumir las ventas de un periodo"),
    description=N_(
        "Suma lo emitido entre dos fechas por moneda, por tipo y por día, con su IGV o IVA (igv), y lo compara con el periodo "
        "anterior de igual duración. Las notas de crédito restan; lo rechazado y lo dado de baja no cuenta, y lo que "
        "espera respuesta sí."
    ),
    run=run,
    aliases=("ventas",),
    properties=lambda: {
        "type": "object",
        "properties": {
            "periodo": {"enum": list(_PERIODS), "description": N_("hoy, si no se envía nada.")},
            "desde": {**_DATE, "description": N_("Primera fecha de emisión, en lugar de periodo.")},
            "hasta": {**_DATE, "description": N_("Última fecha de emisión: hoy, si falta.")},
        },
        "additionalProperties": False,
    },
    answer={
        "desde": {**_DATE, "description": N_("Primera fecha que se sumó.")},
        "hasta": {**_DATE, "description": N_("Última fecha que se sumó.")},
        "ventas": {**_LIST, "description": N_("Por moneda: cantidad, total e igv.")},
        "por_tipo": {**_LIST, "description": N_("Por tipo y moneda, cada tipo con su propio importe.")},
        "por_dia": {**_LIST, "description": N_("Por fecha de emisión y moneda.")},
        "pendientes": {"type": "integer", "description": N_("Cuántos esperan respuesta.")},
        "rechazados": {"type": "integer", "description": N_("Cuántos fueron rechazados.")},
        "anulados": {"type": "integer", "description": N_("Cuántos se dieron de baja.")},
        "anterior": {
            "type": "object",
            "description": N_("El periodo anterior de igual duración: desde, hasta y ventas."),
        },
    },
    example=_example,
)
