"""What is kept of an issued comprobante for later documents about it: JSON values, stored beside its bytes.

A resumen diario takes its line from here, a nota what it leaves out, a baja its date. Contract, version 1:
``v``, ``tipo``, ``serie``, ``numero``, ``fecha``, ``moneda``, ``porcentaje_igv``, ``receptor`` (tipo_doc,
numero_doc, razon_social, direccion), ``forma_pago``, ``totales`` (by name, two decimals), ``items`` (properties
that give the same lines again), ``ajustes`` (codes of catalog 53 of the document), ``modifica`` (type and
number of what a nota modifies), and where there is one ``percepcion`` (regimen, tasa, monto, cobrado, base: soles).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from emitir.money import ZERO, plain, trimmed
from emitir.peru import sujeciones
from emitir.peru.amounts import Totales, unit_text
from emitir.peru.comprobante import DE_BOLETA, Comprobante, plain_value
from emitir.peru.lineas import Linea
from emitir.peru.model import Nota, Venta
from emitir.peru.model_item import DE_CALCULO, DE_DATOS

if TYPE_CHECKING:
    from emitir.peru.documents.resumen import Estado, Gratuitas, LineaResumen

VERSION = 1
#: Types of document that go in a resumen diario when they are of boletas.
_DE_RESUMEN = frozenset({"03", "07", "08"})


def record(comprobante: Comprobante) -> dict[str, Any]:
    """The record of a comprobante that passed the rules."""
    datos, totales = comprobante.datos, comprobante.importes
    modified = datos.modificados if isinstance(datos, Nota) else ()
    return {
        "v": VERSION,
        "tipo": datos.tipo,
        "serie": datos.serie,
        "numero": datos.numero,
        "fecha": datos.fecha.isoformat(),
        "moneda": datos.moneda,
        "porcentaje_igv": trimmed(datos.porcentaje_igv),
        "receptor": {
            "tipo_doc": datos.tipo_doc,
            "numero_doc": datos.numero_doc,
            "razon_social": datos.razon_social,
            "direccion": datos.direccion,
        },
        "forma_pago": comprobante.forma_pago,
        "totales": {name: plain(getattr(totales, name)) for name in Totales.__slots__},
        "items": [_item(linea) for linea in comprobante.lineas],
        "ajustes": _ajustes(comprobante),
        "modifica": [[document.tipo, document.codigo] for document in modified],
        **_percepcion(comprobante),
    }


def _percepcion(comprobante: Comprobante) -> dict[str, Any]:
    """For the line of a boleta in a resumen."""
    collected, datos = comprobante.percepcion, comprobante.datos
    if collected is None or not isinstance(datos, Venta):
        return {}
    values = {
        "monto": collected.monto,
        "cobrado": sujeciones.total_con_percepcion(datos, comprobante.total) or ZERO,
        "base": collected.base or ZERO,
    }
    rate = (collected.factor or ZERO) * 100
    texts = {name: plain(value) for name, value in values.items()}
    return {"percepcion": {"regimen": datos.percepcion_regimen, "tasa": trimmed(rate), **texts}}


def _ajustes(comprobante: Comprobante) -> list[str]:
    """Codes of catalog 53 that make the totals another thing than the sum of the lines."""
    codes = {one.codigo for one in comprobante.ajustes}
    for extra in (linea.extra for linea in comprobante.lineas if linea.extra is not None):
        codes |= {"01"} if extra.descuento_no_base else set()
        codes |= {"48"} if extra.cargo_no_base else set()
    return sorted(codes)


def _item(linea: Linea) -> dict[str, Any]:
    item = linea.item
    values = {
        "unidad": item.unidad,
        "cantidad": trimmed(item.cantidad),
        "codigo": item.codigo,
        "codigo_sunat": item.codigo_sunat,
        "descripcion": item.descripcion,
        "afectacion_igv": item.afectacion_igv,
        "valor_unitario": unit_text(linea.valor_unitario),
        "precio_unitario": unit_text(linea.precio_unitario),
        "valor_venta": plain(linea.valor_venta),
        "igv": plain(linea.igv),
        "icbper": plain(linea.icbper) if linea.icbper else "",
    }
    kept: dict[str, Any] = {name: value for name, value in values.items() if value}
    if linea.extra is not None:
        # Before discounts, as the other figures of the line want it; it follows from the value.
        del kept["precio_unitario"]
    for name in item.model_fields_set & (DE_CALCULO | DE_DATOS):
        value = plain_value(getattr(item, name))
        if value not in ("", [], False):
            kept[name] = value
    return kept


#: Totals that records of before did not have.
_MORE = ("exportacion", "gratuito", "ivap", "gravado_ivap", "isc", "otros_tributos", "cargos")


def is_of_boleta(stored: Mapping[str, Any]) -> bool:
    """Whether the document is a boleta or a nota of one: these are informed and annulled by resumen."""
    tipo, serie = stored["tipo"], stored["serie"]
    if tipo == "03":
        return True
    if serie.isdigit():
        return tipo in _DE_RESUMEN and any(other[0] in DE_BOLETA for other in stored.get("modifica", ()))
    return tipo in _DE_RESUMEN and serie.startswith("B")


def summary_line(stored: Mapping[str, Any], estado: Estado) -> LineaResumen:
    """The line of a resumen diario for a stored boleta or nota of a boleta."""
    from emitir.peru.documents.resumen import LineaResumen, PercepcionResumen

    collected = dict(stored.get("percepcion") or {})
    regimen = collected.pop("regimen", "")
    totals = {name: Decimal(text) for name, text in stored["totales"].items()}
    modified = stored["modifica"]
    return LineaResumen(
        tipo=stored["tipo"],
        serie=stored["serie"],
        numero=stored["numero"],
        estado=estado,
        tipo_doc=stored["receptor"]["tipo_doc"] or "-",
        numero_doc=stored["receptor"]["numero_doc"] or "-",
        moneda=stored["moneda"],
        total=totals["total"],
        gravado=totals["gravado"],
        exonerado=totals["exonerado"],
        inafecto=totals["inafecto"],
        igv=totals["igv"],
        icbper=totals["icbper"],
        **{name: totals[name] for name in _MORE if name in totals},
        modifica=(modified[0][0], modified[0][1]) if modified else None,
        nombre=stored["receptor"].get("razon_social", ""),
        tasa_igv=Decimal(stored["porcentaje_igv"]),
        gratuitas=_gratuitas(stored),
        percepcion=PercepcionResumen(regimen, **{name: Decimal(text) for name, text in collected.items()})
        if collected
        else None,
    )


#: Affectations of what is paid.
PAGADAS = frozenset({"10", "17", "20", "30", "40"})
#: What a line given away would have paid, by the first figure of its affectation (catalog 07).
_KINDS = {"1": "gravado", "2": "exonerado", "3": "inafecto"}


def _gratuitas(stored: Mapping[str, Any]) -> Gratuitas:
    from emitir.peru.documents.resumen import Gratuitas

    sums: dict[str, Decimal] = {}
    for item in stored["items"]:
        code = item.get("afectacion_igv", "")
        if code in PAGADAS or code[:1] not in _KINDS:
            continue
        for name, field in ((_KINDS[code[0]], "valor_venta"), ("igv", "igv")):
            sums[name] = sums.get(name, ZERO) + Decimal(item.get(field) or 0)
    return Gratuitas(**sums)
