"""Arithmetic as SUNAT checks it: every amount against what the lines give, with its tolerance of 1.00.

Formulas: sheet Factura2_0 and Boleta2_0 (spec.md §5). On a boleta most of these are observations with
codes of their own. An amount that differs within the tolerance goes out as given, with a warning.
"""

from __future__ import annotations

from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import EXACT, cents, plain
from emitir.peru.amounts import SMALL_QUANTITY, unit_text
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, rule

TOLERANCE = Decimal(1)
_HUNDRED = Decimal(100)
LIMIT = Decimal(10) ** 12
_MINIMUM_BASE = Decimal("0.06")
#: What is less than this is zero when written with ten decimals.
_SMALLEST = Decimal("0.00000000005")
_multiply = EXACT.multiply

DIFFERS = N_("Dice {given} y el cálculo da {computed}; SUNAT tolera una diferencia de 1.00.")
SLIGHTLY = N_(
    "Dice {given} y el cálculo da {computed}: está dentro de la tolerancia de 1.00 y se envía como se indicó."
)


def compare(report: Report, path: str, given: Decimal, computed: Decimal) -> None:
    if given == computed:
        return
    if abs(given - computed) > TOLERANCE:
        report(path, DIFFERS, given=plain(given), computed=plain(cents(computed)))
    elif given != cents(computed):
        report(path, SLIGHTLY, code="", warning=True, given=plain(given), computed=plain(cents(computed)))


@rule("2370", kind=codes.FORMATO_INVALIDO, stage="importes")
def importe_de_linea_muy_grande(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.valor_venta >= LIMIT or linea.igv >= LIMIT:
            report(f"items-{number}-valor_venta", N_("El importe de la línea pasa de 12 dígitos enteros."))


@rule("2369", kind=codes.FORMATO_INVALIDO, stage="importes")
def valor_unitario_escribible(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.valor_unitario < _SMALLEST:
            report(f"items-{number}-valor_unitario", N_("Con diez decimales el valor unitario es cero."))
        elif linea.valor_unitario >= LIMIT or linea.precio_unitario >= LIMIT:
            report(f"items-{number}-precio_unitario", N_("El precio unitario pasa de 12 dígitos enteros."))


@rule("3105", stage="importes")
def linea_con_valor(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.valor_venta <= 0:
            report(
                f"items-{number}-valor_venta",
                N_(
                    "El valor de venta de la línea es 0.00: vale al menos un céntimo, o su valor referencial si es gratuita."
                ),
            )


@rule({"01": "3271", "03": "4288"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="valor_venta")
def valor_de_venta(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.item.valor_venta is not None:
            compare(report, f"items-{number}-valor_venta", linea.valor_venta, linea.valor_exacto)


@rule({"01": "3270", "03": "4287", "07": None}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def precio_unitario(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        item = linea.item
        one_figure = item.precio_unitario is None or item.valor_unitario is None
        if one_figure and item.igv is None and item.valor_venta is None and item.cantidad >= SMALL_QUANTITY:
            continue  # computed from one governing figure: off by a rounded cent at most
        if linea.extra is not None and linea.extra.gratuita:
            continue
        computed = EXACT.divide(linea.importe, item.cantidad)
        if abs(linea.precio_unitario - computed) > TOLERANCE:
            report(
                f"items-{number}-precio_unitario",
                DIFFERS,
                given=unit_text(linea.precio_unitario),
                computed=unit_text(computed),
            )


@rule("3103", kind=codes.TOTAL_NO_CUADRA, stage="importes", when="igv")
def igv_de_linea(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.item.igv is None or not linea.tasa:
            continue
        computed = _multiply(linea.base_igv, linea.tasa) / _HUNDRED
        if abs(linea.igv - computed) > TOLERANCE:
            report(f"items-{number}-igv", DIFFERS, given=plain(linea.igv), computed=plain(cents(computed)))


@rule("3110", stage="importes", when="igv")
def linea_sin_igv(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.igv and not linea.tasa:
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
        if not linea.igv and linea.tasa and linea.valor_venta > _MINIMUM_BASE:
            report(f"items-{number}-igv", N_("Una línea gravada lleva IGV; llegó 0.00."))
