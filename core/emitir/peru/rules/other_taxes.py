"""Taxes of a line beside the IGV: ISC in its three systems, others, bags; and what a gratuita may say."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import EXACT, plain
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, rule
from emitir.peru.tasas import INICIO_ICBPER, icbper

_ISC = "tipo_isc isc tasa_isc isc_unitario base_isc"
_OTROS = "otros_tributos tasa_otros_tributos"


@rule("2373", kind=codes.PROPIEDAD_FALTANTE, when=_ISC)
def sistema_isc(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        if not item.tipo_isc and (item.isc or item.tasa_isc or item.isc_unitario or item.base_isc):
            report(
                f"items-{number}-tipo_isc",
                N_(
                    "Falta el sistema del ISC: 01 al valor, 02 específico o 03 al precio de venta al público."
                ),
            )


@rule("3104", kind=codes.PROPIEDAD_FALTANTE, when=_ISC)
def figura_de_isc(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        name = "isc_unitario" if item.tipo_isc == "02" else "tasa_isc"
        if item.tipo_isc and not (getattr(item, name) or item.isc):
            report(
                f"items-{number}-{name}",
                N_("El ISC del sistema {system} necesita {name}, o el monto en isc."),
                system=item.tipo_isc,
                name=name,
            )


@rule("3108", kind=codes.PROPIEDAD_FALTANTE, when=_ISC)
def base_del_sistema_03(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        if item.tipo_isc == "03" and not item.base_isc:
            report(
                f"items-{number}-base_isc",
                N_(
                    "En el sistema 03 indique base_isc: el precio de venta al público sugerido por 0.847 y la cantidad."
                ),
            )


@rule("2650", when=_ISC)
def ivap_sin_isc(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        if item.tipo_isc and item.afectacion_igv == "17":
            report(f"items-{number}-tipo_isc", N_("Una línea con IVAP no lleva ISC."))


@rule("3223", when=_OTROS)
def otros_en_gratuita(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        given_away = item.gratuita or item.afectacion_igv not in {"10", "17", "20", "30", "40"}
        if given_away and (item.otros_tributos or item.tasa_otros_tributos):
            report(f"items-{number}-otros_tributos", N_("Una línea gratuita no lleva otros tributos."))


@rule("3108", kind=codes.TOTAL_NO_CUADRA, stage="importes", when="isc")
def isc_de_linea(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        extra, item = linea.extra, linea.item
        if extra is None or item.isc is None or not item.tasa_isc:
            continue
        computed = EXACT.multiply(extra.base_isc, item.tasa_isc) / 100
        if abs(computed - extra.isc) > 1:
            report(
                f"items-{number}-isc",
                N_("Dice {given} y el cálculo da {computed}; SUNAT tolera una diferencia de 1.00."),
                given=plain(extra.isc),
                computed=plain(EXACT.quantize(computed, extra.isc)),
            )


@rule("3109", kind=codes.TOTAL_NO_CUADRA, stage="importes", when="otros_tributos")
def otros_de_linea(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        extra, item = linea.extra, linea.item
        if extra is None or item.otros_tributos is None or not item.tasa_otros_tributos:
            continue
        computed = EXACT.multiply(linea.valor_venta, item.tasa_otros_tributos) / 100
        if abs(computed - extra.otros) > 1:
            report(
                f"items-{number}-otros_tributos",
                N_("Dice {given} y el cálculo da {computed}; SUNAT tolera una diferencia de 1.00."),
                given=plain(extra.otros),
                computed=plain(EXACT.quantize(computed, extra.otros)),
            )


@rule({"01": "", "03": ""}, source="Catálogo 07", kind=codes.VALOR_NO_PERMITIDO, when="gratuita")
def gratuita_por_su_afectacion(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        if item.gratuita and item.afectacion_igv in {"10", "20", "30"}:
            report(
                f"items-{number}-afectacion_igv",
                N_("Una línea gratuita lleva una afectación de gratuita: 11 a 16, 21 o 31 a 37."),
                suggestion={"10": "15", "20": "21", "30": "37"}[item.afectacion_igv],
            )


@rule("3236", stage="importes", when="icbper bolsa_plastica")
def bolsas_enteras(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.icbper and linea.item.cantidad != linea.item.cantidad.to_integral_value():
            report(f"items-{number}-cantidad", N_("Las bolsas se cuentan enteras: ICBPER es por bolsa."))


@rule("2892", stage="importes", when="icbper bolsa_plastica")
def bolsas_de_una_linea(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.icbper and linea.item.cantidad > 99_999:
            report(f"items-{number}-cantidad", N_("Una línea lleva hasta 99999 bolsas."))


@rule("4237", kind=codes.TOTAL_NO_CUADRA, stage="importes", when="icbper bolsa_plastica")
def icbper_por_bolsa(c: Comprobante, report: Report) -> None:
    rate = icbper(c.fecha_emision)
    for number, linea in enumerate(c.lineas, 1):
        if linea.icbper and c.moneda == "PEN" and linea.icbper_unitario != rate:
            report(
                f"items-{number}-icbper",
                N_("El ICBPER es {rate} por bolsa; {icbper} entre {quantity} da {each}."),
                rate=plain(rate),
                icbper=plain(linea.icbper),
                quantity=plain(linea.item.cantidad),
                each=plain(linea.icbper_unitario),
            )


@rule("2949", stage="importes", when="icbper")
def icbper_antes_de_existir(c: Comprobante, report: Report) -> None:
    if c.fecha_emision < INICIO_ICBPER and c.importes.icbper:
        report("total_icbper", N_("El ICBPER rige desde el 2019-08-01."))
