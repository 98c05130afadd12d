"""Legends of a comprobante (catalog 52): those that its content asks for, and those that the caller gives."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.peru.comprobante import Comprobante
from emitir.peru.model import Nota

#: Code to the words of the law (catalog 52, spec.md §6).
TEXTOS = {
    "1002": "TRANSFERENCIA GRATUITA DE UN BIEN Y/O SERVICIO PRESTADO GRATUITAMENTE",
    "2000": "COMPROBANTE DE PERCEPCIÓN",
    "2001": "BIENES TRANSFERIDOS EN LA AMAZONÍA REGIÓN SELVA PARA SER CONSUMIDOS EN LA MISMA",
    "2002": "SERVICIOS PRESTADOS EN LA AMAZONÍA REGIÓN SELVA PARA SER CONSUMIDOS EN LA MISMA",
    "2003": "CONTRATOS DE CONSTRUCCIÓN EJECUTADOS EN LA AMAZONÍA REGIÓN SELVA",
    "2004": "Agencia de Viaje - Paquete turístico",
    "2005": "Venta realizada por emisor itinerante",
    "2006": "Operación sujeta a detracción",
    "2007": "Operación sujeta al IVAP",
    "2008": "VENTA EXONERADA DEL IGV-ISC-IPM. PROHIBIDA LA VENTA FUERA DE LA ZONA COMERCIAL DE TACNA",
    "2009": "PRIMERA VENTA DE MERCANCÍA IDENTIFICABLE ENTRE USUARIOS DE LA ZONA COMERCIAL",
    "2010": "Restitución Simplificada de Derechos Arancelarios",
    "2011": "EXPORTACION DE SERVICIOS - DECRETO LEGISLATIVO Nº 919",
    "2012": "Observaciones relacionadas con el traslado de mercaderías",
}


def _own(comprobante: Comprobante) -> Iterator[str]:
    """Legends that the content asks for (rules 4264 to 4266)."""
    totales, datos = comprobante.importes, comprobante.datos
    if totales.gratuito:
        yield "1002"
    if totales.gravado_ivap:
        yield "2007"
    if isinstance(datos, Nota):
        return
    venta = comprobante.venta
    if venta.percepcion_regimen:
        yield "2000"
    if venta.entrega_direccion:
        yield "2005"
    if venta.detraccion_codigo:
        yield "2006"


def leyendas(comprobante: Comprobante) -> list[tuple[str, str]]:
    """Code and words of each legend beside 1000, none of them twice (rule 3014)."""
    codes = [*_own(comprobante), *(leyenda.codigo for leyenda in comprobante.datos.leyendas)]
    return [(code, TEXTOS[code]) for code in sorted(set(codes))]
