"""From properties to a comprobante that may be issued: model, rules of the data, arithmetic, rules of the figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.errors import EmitirError
from emitir.peru.afectacion import AFECTACIONES
from emitir.peru.amounts import resolve
from emitir.peru.comprobante import Comprobante
from emitir.peru.emisor import emisor_of
from emitir.peru.fields import TIPOS
from emitir.peru.model import Comercial, Nota, Venta
from emitir.peru.plazos import lima_date
from emitir.peru.rules import judge
from emitir.salvage import read_or_salvage

#: Type of document (catalog 01) to its input model.
MODELS: dict[str, type[Comercial]] = {"01": Venta, "03": Venta, "07": Nota, "08": Nota}


def prepare(properties: Mapping[str, Any], company: Mapping[str, Any], now: datetime) -> Comprobante:
    """Check and settle a comprobante; raises EmitirError with every problem that can be told at once."""
    model = MODELS.get(TIPOS.get(str(properties.get("tipo")).lower(), ""), Venta)
    datos, problems = read_or_salvage(model, properties)
    if datos is None:
        raise EmitirError(problems)
    comprobante = Comprobante(datos, emisor_of(company), lima_date(now))
    # A value that could not be read was left out: what the rules say of its place was said already.
    misread = {problem.path for problem in problems}
    errors, warnings = judge(comprobante, "datos")
    problems += [error for error in errors if error.path not in misread]
    if all(_has_figures(item) for item in datos.items):
        comprobante.lineas, comprobante.totales, comprobante.ajustes = resolve(datos)
        errors, more = judge(comprobante, "importes")
        problems += [error for error in errors if error.path not in misread]
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
