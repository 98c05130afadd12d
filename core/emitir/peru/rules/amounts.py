"""Arithmetic as SUNAT checks it: every amount against what the lines give, with its tolerance of 1.00.

Formulas: sheet Factura2_0 and Boleta2_0 (spec.md §5). On a boleta most of these are observations with
codes of their own. An amount that differs within the tolerance goes out as given, with a warning.
"""

from __future__ import annotations

from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import EXACT, ZERO, cents, plain
from emitir.peru.afectacion import IGV
from emitir.peru.amounts import SMALL_QUANTITY, unit_text
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, rule

TOLERANCE = Decimal(1)
_HUNDRED = Decimal(100)
_LIMIT = Decimal(10) ** 12
_MINIMUM_BASE = Decimal("0.06")
#: What is less than this is zero when written with ten decimals.
_SMALLEST = Decimal("0.00000000005")
#: ICBPER per bag since 2023, in soles (spec.md §5).
ICBPER_POR_BOLSA = Decimal("0.50")
_multiply = EXACT.multiply

_DIFFERS = N_("Dice {given} y el cálculo da {computed}; SUNAT tolera una diferencia de 1.00.")
_SLIGHTLY = N_(
    "Dice {given} y el cálculo da {computed}: está dentro de la tolerancia de 1.00 y se envía como se indicó."
)


def _compare(report: Report, path: str, given: Decimal, computed: Decimal) -> None:
    if given == computed:
        return
    if abs(given - computed) > TOLERANCE:
        report(path, _DIFFERS, given=plain(given), computed=plain(cents(computed)))
    elif given != cents(computed):
        report(path, _SLIGHTLY, code="", warning=True, given=plain(given), computed=plain(cents(computed)))


@rule("2370", kind=codes.FORMATO_INVALIDO, stage="importes")
def importe_de_linea_muy_grande(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.valor_venta >= _LIMIT or linea.igv >= _LIMIT:
            report(f"items-{number}-valor_venta", N_("El importe de la línea pasa de 12 dígitos enteros."))


@rule("2369", kind=codes.FORMATO_INVALIDO, stage="importes")
def valor_unitario_escribible(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.valor_unitario < _SMALLEST:
            report(f"items-{number}-valor_unitario", N_("Con diez decimales el valor unitario es cero."))
        elif linea.valor_unitario >= _LIMIT or linea.precio_unitario >= _LIMIT:
            report(f"items-{number}-precio_unitario", N_("El precio unitario pasa de 12 dígitos enteros."))


@rule("3105", stage="importes")
def linea_con_valor(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.valor_venta <= 0:
            report(
                f"items-{number}-valor_venta",
                N_("El valor de venta de la línea es 0.00: una venta onerosa vale al menos un céntimo."),
            )


@rule({"01": "3271", "03": "4288"}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def valor_de_venta(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.item.valor_venta is not None:
            _compare(report, f"items-{number}-valor_venta", linea.valor_venta, linea.valor_exacto)


@rule({"01": "3270", "03": "4287", "07": None}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def precio_unitario(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        item = linea.item
        one_figure = item.precio_unitario is None or item.valor_unitario is None
        if one_figure and item.igv is None and item.valor_venta is None and item.cantidad >= SMALL_QUANTITY:
            continue  # computed from one governing figure: off by a rounded cent at most
        computed = EXACT.divide(linea.valor_venta + linea.igv + linea.icbper, item.cantidad)
        if abs(linea.precio_unitario - computed) > TOLERANCE:
            report(
                f"items-{number}-precio_unitario",
                _DIFFERS,
                given=unit_text(linea.precio_unitario),
                computed=unit_text(computed),
            )


@rule("3103", kind=codes.TOTAL_NO_CUADRA, stage="importes")
def igv_de_linea(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.item.igv is None or linea.tributo is not IGV:
            continue
        computed = _multiply(linea.valor_venta, linea.tasa) / _HUNDRED
        if abs(linea.igv - computed) > TOLERANCE:
            report(f"items-{number}-igv", _DIFFERS, given=plain(linea.igv), computed=plain(cents(computed)))


@rule("3110", stage="importes")
def linea_sin_igv(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.igv and linea.tributo is not IGV:
            report(
                f"items-{number}-igv",
                N_("Una línea con afectación {affectation} ({label}) no lleva IGV; llegó {igv}."),
                affectation=linea.item.afectacion_igv,
                label=linea.tributo.label,
                igv=plain(linea.igv),
            )


@rule("3111", stage="importes")
def linea_gravada_con_igv(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if not linea.igv and linea.tributo is IGV and linea.valor_venta > _MINIMUM_BASE:
            report(f"items-{number}-igv", N_("Una línea gravada lleva IGV; llegó 0.00."))


@rule("3236", stage="importes")
def bolsas_enteras(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.icbper and linea.item.cantidad != linea.item.cantidad.to_integral_value():
            report(f"items-{number}-cantidad", N_("Las bolsas se cuentan enteras: ICBPER es por bolsa."))


@rule("4237", kind=codes.TOTAL_NO_CUADRA, stage="importes")
def icbper_por_bolsa(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.icbper and c.moneda == "PEN" and linea.icbper_unitario != ICBPER_POR_BOLSA:
            report(
                f"items-{number}-icbper",
                N_("El ICBPER es {rate} por bolsa; {icbper} entre {quantity} da {each}."),
                rate=plain(ICBPER_POR_BOLSA),
                icbper=plain(linea.icbper),
                quantity=unit_text(linea.item.cantidad),
                each=plain(linea.icbper_unitario),
            )


def _bases(c: Comprobante, code: str) -> Decimal:
    return sum([linea.valor_venta for linea in c.lineas if linea.tributo.code == code], ZERO)


@rule({"01": "3277", "03": "4299"}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def total_gravado(c: Comprobante, report: Report) -> None:
    if c.datos.total_gravado is not None:
        _compare(report, "total_gravado", c.importes.gravado, _bases(c, "1000"))


@rule({"01": "3275", "03": "4297"}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def total_exonerado(c: Comprobante, report: Report) -> None:
    if c.datos.total_exonerado is not None:
        _compare(report, "total_exonerado", c.importes.exonerado, _bases(c, "9997"))


@rule({"01": "3274", "03": "4296"}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def total_inafecto(c: Comprobante, report: Report) -> None:
    if c.datos.total_inafecto is not None:
        _compare(report, "total_inafecto", c.importes.inafecto, _bases(c, "9998"))


@rule({"01": "3291", "03": "4290"}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def total_igv(c: Comprobante, report: Report) -> None:
    given = c.importes.igv
    computed = _multiply(_bases(c, "1000"), c.datos.porcentaje_igv) / _HUNDRED
    summed = sum([linea.igv for linea in c.lineas], ZERO)
    if abs(given - computed) > TOLERANCE:
        # The sum of the lines is the figure that the caller can find again; without it, the formula's.
        shown = summed if abs(summed - computed) <= TOLERANCE else cents(computed)
        report("total_igv", _DIFFERS, given=plain(given), computed=plain(shown))
    elif given != summed:
        report("total_igv", _SLIGHTLY, code="", warning=True, given=plain(given), computed=plain(summed))


@rule({"01": "3306", "03": "4321"}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def total_icbper(c: Comprobante, report: Report) -> None:
    summed = sum([linea.icbper for linea in c.lineas], ZERO)
    if c.importes.icbper != summed:
        report(
            "total_icbper",
            N_("Dice {given} y las líneas suman {computed}."),
            given=plain(c.importes.icbper),
            computed=plain(summed),
        )


@rule({"01": "3280", "03": "4312"}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def total(c: Comprobante, report: Report) -> None:
    if c.datos.total is None:
        return
    computed = c.importes.precio_venta
    of_lines = sum([linea.importe for linea in c.lineas], ZERO)
    # Where another total is wrong it is told there; this one is then held against the lines.
    _compare(
        report, "total", c.importes.total, of_lines if abs(computed - of_lines) > TOLERANCE else computed
    )


@rule("2062", kind=codes.FORMATO_INVALIDO, stage="importes")
def total_escribible(c: Comprobante, report: Report) -> None:
    if c.cambia_pagos:
        return
    if not 0 < c.importes.total < _LIMIT:
        report("total", N_("El importe total debe ser mayor que cero y tener hasta 12 dígitos enteros."))
