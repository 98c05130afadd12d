"""Totals of the document as SUNAT checks them, each against its lines, discounts, charges and anticipos.

Formulas: sheets Factura2_0 and Boleta2_0 (spec.md §5), tolerance 1.00.
"""

from __future__ import annotations

from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import EXACT, ZERO, cents, plain
from emitir.peru.afectacion import IGV
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.amounts import DIFFERS, LIMIT, SLIGHTLY, TOLERANCE, compare
from emitir.peru.rules.engine import Report, rule

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_multiply = EXACT.multiply


def _bases(c: Comprobante, code: str) -> Decimal:
    """Values of the lines with a tax, and what the document adds to or takes from them (rule 3277)."""
    summed = sum([linea.valor_venta for linea in c.lineas if linea.tributo.code == code], ZERO)
    if not c.ajustes:
        return summed
    return summed + _adjusted(c, code)


#: Discounts, charges and anticipos of the document that change the base of each tax.
_OF_BASE = {"1000": ("02", "04", "49"), "1016": ("02", "04", "49"), "9997": ("05",), "9998": ("06",)}


def _adjusted(c: Comprobante, code: str) -> Decimal:
    if code in {"1000", "1016"} and not any(linea.tributo.code == code for linea in c.lineas):
        return ZERO
    wanted = _OF_BASE.get(code, ())
    return sum((one.monto if one.cargo else -one.monto for one in c.ajustes if one.codigo in wanted), ZERO)


@rule({"01": "3277", "03": "4299"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_gravado")
def total_gravado(c: Comprobante, report: Report) -> None:
    if c.datos.total_gravado is not None:
        compare(report, "total_gravado", c.importes.gravado, _bases(c, "1000"))


@rule({"01": "3275", "03": "4297"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_exonerado")
def total_exonerado(c: Comprobante, report: Report) -> None:
    if c.datos.total_exonerado is not None:
        compare(report, "total_exonerado", c.importes.exonerado, _bases(c, "9997"))


@rule({"01": "3274", "03": "4296"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_inafecto")
def total_inafecto(c: Comprobante, report: Report) -> None:
    if c.datos.total_inafecto is not None:
        compare(report, "total_inafecto", c.importes.inafecto, _bases(c, "9998"))


@rule({"01": "3273", "03": "4295"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_exportacion")
def total_exportacion(c: Comprobante, report: Report) -> None:
    if c.datos.total_exportacion is not None:
        compare(report, "total_exportacion", c.importes.exportacion, _bases(c, "9995"))


@rule({"01": "3276", "03": "4298"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_gratuito")
def total_gratuito(c: Comprobante, report: Report) -> None:
    if c.datos.total_gratuito is not None:
        compare(report, "total_gratuito", c.importes.gratuito, _bases(c, "9996"))


@rule({"01": "3291", "03": "4290"}, kind=codes.TOTAL_NO_CUADRA, stage="importes")
def total_igv(c: Comprobante, report: Report) -> None:
    taxed = [linea for linea in c.lineas if linea.tributo is IGV]
    # Without adjustments the value of a line is the base of its IGV, but for the ISC.
    base = sum([linea.base_igv for linea in taxed], ZERO)
    summed = sum([linea.igv for linea in taxed], ZERO)
    rate = c.datos.porcentaje_igv
    if c.ajustes:
        changed = _adjusted(c, "1000") - sum((one.monto for one in c.ajustes if one.codigo == "20"), ZERO)
        base += changed
        summed += cents(_multiply(changed, rate) / _HUNDRED)
    _judge_tax(
        report, "total_igv", c.importes.igv, cents(_multiply(base, rate) / _HUNDRED), summed, bool(c.ajustes)
    )


def _judge_tax(
    report: Report, path: str, given: Decimal, computed: Decimal, summed: Decimal, adjusted: bool = False
) -> None:
    if abs(given - computed) > TOLERANCE:
        # The sum of the lines is the figure that the caller can find again; without it, the formula's.
        shown = summed if abs(summed - computed) <= TOLERANCE else computed
        report(path, DIFFERS, given=plain(given), computed=plain(shown))
    elif given != summed and (not adjusted or abs(given - summed) > _CENT):
        report(path, SLIGHTLY, code="", warning=True, given=plain(given), computed=plain(summed))


@rule({"01": "3295", "03": "4302"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_ivap")
def total_ivap(c: Comprobante, report: Report) -> None:
    if c.datos.total_ivap is None:
        return
    taxed = [linea for linea in c.lineas if linea.tributo.code == "1016"]
    summed = sum((linea.igv for linea in taxed), ZERO)
    if taxed and c.ajustes:
        summed += cents(_multiply(_adjusted(c, "1016"), taxed[0].tasa) / _HUNDRED)
    _judge_tax(report, "total_ivap", c.importes.ivap, summed, summed)


@rule({"01": "3298", "03": "4305"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_isc")
def total_isc(c: Comprobante, report: Report) -> None:
    if c.datos.total_isc is None:
        return
    paid = [linea.extra for linea in c.lineas if linea.extra and not linea.extra.gratuita]
    summed = sum((extra.isc for extra in paid), ZERO)
    summed -= sum((one.monto for one in c.ajustes if one.codigo == "20"), ZERO)
    _judge_tax(report, "total_isc", c.importes.isc, summed, summed)


@rule({"01": "3299", "03": "4306"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_otros_tributos")
def total_otros_tributos(c: Comprobante, report: Report) -> None:
    if c.datos.total_otros_tributos is None:
        return
    summed = sum((linea.extra.otros for linea in c.lineas if linea.extra), ZERO)
    _judge_tax(report, "total_otros_tributos", c.importes.otros_tributos, summed, summed)


@rule({"01": "3306", "03": "4321"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total_icbper")
def total_icbper(c: Comprobante, report: Report) -> None:
    summed = sum([linea.icbper for linea in c.lineas], ZERO)
    if c.importes.icbper != summed:
        report(
            "total_icbper",
            N_("Dice {given} y las líneas suman {computed}."),
            given=plain(c.importes.icbper),
            computed=plain(summed),
        )


@rule({"01": "3280", "03": "4312"}, kind=codes.TOTAL_NO_CUADRA, stage="importes", when="total")
def total(c: Comprobante, report: Report) -> None:
    if c.datos.total is None:
        return
    t = c.importes
    computed = t.precio_venta + t.cargos - t.descuentos - t.anticipos + t.redondeo
    of_lines = sum([linea.importe for linea in c.lineas], ZERO)
    if c.ajustes or t.redondeo:
        of_lines = computed
    # Where another total is wrong it is told there; this one is then held against the lines.
    compare(report, "total", t.total, of_lines if abs(computed - of_lines) > TOLERANCE else computed)


@rule("2062", kind=codes.FORMATO_INVALIDO, stage="importes")
def total_escribible(c: Comprobante, report: Report) -> None:
    if c.cambia_pagos:
        return
    t = c.importes
    # Nothing is to be paid where all was given away, or paid in advance.
    may_be_zero = t.gratuito or t.anticipos
    if not (t.total > 0 or (may_be_zero and t.total == 0)) or t.total >= LIMIT:
        report("total", N_("El importe total debe ser mayor que cero y tener hasta 12 dígitos enteros."))
