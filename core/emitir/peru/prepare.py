"""From properties to a comprobante that may be issued: model, rules of the data, arithmetic, rules of the figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.errors import EmitirError
from emitir.inputs import read_or_salvage
from emitir.peru.afectacion import AFECTACIONES
from emitir.peru.amounts import resolve
from emitir.peru.comprobante import Comprobante
from emitir.peru.emisor import emisor_of
from emitir.peru.model import Venta
from emitir.peru.plazos import lima_date
from emitir.peru.rules import judge


def prepare(properties: Mapping[str, Any], company: Mapping[str, Any], now: datetime) -> Comprobante:
    """Check and settle a factura or boleta; raises EmitirError with every problem that can be told at once."""
    venta, problems = read_or_salvage(Venta, properties)
    if venta is None:
        raise EmitirError(problems)
    comprobante = Comprobante(venta, emisor_of(company), lima_date(now))
    errors, warnings = judge(comprobante, "datos")
    problems += errors
    if all(_has_figures(item) for item in venta.items):
        comprobante.lineas, comprobante.totales = resolve(venta)
        errors, more = judge(comprobante, "importes")
        problems += errors
        warnings += more
    if problems:
        raise EmitirError(problems)
    comprobante.warnings = warnings
    return comprobante


def _has_figures(item: Any) -> bool:
    """Whether the arithmetic has something to work on; the rules of the data tell what is missing."""
    return bool(
        item.cantidad
        and (item.precio_unitario or item.valor_unitario)
        and item.afectacion_igv in AFECTACIONES
    )
