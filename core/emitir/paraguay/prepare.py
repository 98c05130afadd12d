"""From properties to a document that may be issued: model, rules of the data, arithmetic, rules of the figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir import error_codes as codes
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay.amounts import resolve
from emitir.paraguay.comprobante import CON_TOTALES, Comprobante
from emitir.paraguay.emisor import emisor_of
from emitir.paraguay.model import Documento
from emitir.paraguay.plazos import asuncion
from emitir.paraguay.rules import judge
from emitir.salvage import read_or_salvage

#: Documents that the authority's schema names and SIFEN does not take (spec.md §2).
_NO_HABILITADOS = {
    "2": N_("factura electrónica de exportación"),
    "3": N_("factura electrónica de importación"),
    "8": N_("comprobante de retención electrónico"),
    "9": N_("boleta de venta electrónica"),
    "10": N_("boleta resimple electrónica"),
}


def prepare(properties: Mapping[str, Any], company: Mapping[str, Any], now: datetime) -> Comprobante:
    """Check and settle a document; raises EmitirError with every problem that can be told at once."""
    _refuse_what_is_not_enabled(properties.get("tipo"))
    datos, problems = read_or_salvage(Documento, properties)
    if datos is None:
        raise EmitirError(problems)
    comprobante = Comprobante(datos, emisor_of(company), asuncion(now))
    # A value that could not be read was left out: what the rules say of its place was said already.
    misread = {problem.path for problem in problems}
    errors, warnings = judge(comprobante, "datos")
    problems += [error for error in errors if error.path not in misread]
    if datos.tipo in CON_TOTALES and all(item.precio_unitario is not None for item in datos.items):
        comprobante.lineas, comprobante.totales = resolve(datos, _rounded(comprobante))
        errors, more = judge(comprobante, "importes")
        problems += [error for error in errors if error.path not in misread]
        warnings += more
    if problems:
        raise EmitirError(problems)
    comprobante.warnings = warnings
    return comprobante


def _rounded(comprobante: Comprobante) -> bool:
    """Whether the total is rounded as SEDECO's resolution says: what the document says, else the company."""
    asked = comprobante.datos.redondeo
    return comprobante.emisor.redondeo_sedeco if asked is None else asked


def _refuse_what_is_not_enabled(tipo: object) -> None:
    code = str(tipo).lstrip("0")
    name = _NO_HABILITADOS.get(code)
    if name is None:
        return
    text = N_("El tipo {code} ({document}) no está habilitado por la DNIT: SIFEN recibe 1, 4, 5, 6 y 7.")
    raise EmitirError(Problem(codes.DOCUMENTO_NO_HABILITADO, text, "tipo", {"code": code, "document": name}))
