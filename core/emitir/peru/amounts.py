"""Arithmetic of a sale: what is given is taken, what is absent is computed, nothing is judged here.

spec.md §5. Every figure is computed with all its digits and rounded half up once, when it becomes an
amount (docs/decisions/0001-rounding.md). The checks of the results are SUNAT's own, in
:mod:`emitir.peru.rules.amounts`.

A line that has ``precio_unitario`` (with IGV) keeps the total that the customer pays: the value is what is
left after taking the tax out, the IGV is the rest, so 7 x 1.00 stays 7.00.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from emitir.money import CENT, EXACT, ZERO, cents, round_amount
from emitir.peru.afectacion import AFECTACIONES, IGV, Tributo
from emitir.peru.model import Comercial, Item

_NONE = Decimal(0)
_HUNDRED = Decimal(100)
#: Sums of rounded lines may drift this far from the rounded sum before the cents are spread (SUNAT: 1.00).
_DRIFT = Decimal("0.50")
#: Below this quantity the cents of a line, divided by it, reach SUNAT's tolerance of 1.00 (rule 3270).
SMALL_QUANTITY = Decimal("0.05")
_TOLERANCE = Decimal(1)


@dataclass(slots=True)
class Linea:
    """One line with every figure settled. Unit figures carry up to ten decimals, amounts two."""

    item: Item
    tributo: Tributo
    tasa: Decimal
    valor_unitario: Decimal
    precio_unitario: Decimal
    valor_venta: Decimal
    igv: Decimal
    icbper: Decimal
    #: Value and total of the line with all their digits, as the unit figure that governs gives them.
    valor_exacto: Decimal
    total_exacto: Decimal

    @property
    def icbper_unitario(self) -> Decimal:
        """ICBPER of each bag, two decimals."""
        return cents(EXACT.divide(self.icbper, self.item.cantidad))

    @property
    def importe(self) -> Decimal:
        """What the customer pays for the line."""
        return self.valor_venta + self.igv + self.icbper


@dataclass(slots=True)
class Totales:
    """Totals of the document: those given, or the sums of the lines."""

    gravado: Decimal
    exonerado: Decimal
    inafecto: Decimal
    igv: Decimal
    icbper: Decimal
    #: LegalMonetaryTotal/LineExtensionAmount
    valor_venta: Decimal
    #: LegalMonetaryTotal/TaxInclusiveAmount
    precio_venta: Decimal
    #: LegalMonetaryTotal/PayableAmount
    total: Decimal


def _unit_figures(item: Item, factor: Decimal) -> tuple[Decimal, Decimal]:
    """Unit value and unit price, exact. The one of the two that the other is a rounding of governs."""
    precio, valor = item.precio_unitario, item.valor_unitario
    if valor is None:
        if precio is None:
            return _NONE, _NONE
        return precio / factor, precio
    if precio is None:
        return valor, valor * factor
    exact = precio / factor
    if exact == valor or exact.quantize(valor) == valor:
        return exact, precio
    return valor, precio


def _line(item: Item, percent: Decimal) -> Linea:
    tributo = AFECTACIONES.get(item.afectacion_igv, IGV)
    tasa = percent if tributo is IGV else _NONE
    factor = 1 + tasa / _HUNDRED
    valor, precio = _unit_figures(item, factor)
    cantidad = item.cantidad
    # The governing figure gives both exact sums; the other one is only written.
    governed_by_price = item.precio_unitario is not None and valor is not item.valor_unitario
    valor_exacto = cantidad * valor
    total_exacto = cantidad * precio if governed_by_price else valor_exacto * factor
    valor_venta = valor_exacto.quantize(CENT) if item.valor_venta is None else item.valor_venta
    if item.igv is not None:
        igv = item.igv
    elif tributo is not IGV:
        igv = ZERO
    elif item.valor_venta is not None:
        igv = (valor_venta * tasa / _HUNDRED).quantize(CENT)
    elif governed_by_price:
        igv = total_exacto.quantize(CENT) - valor_venta
    else:
        igv = (total_exacto - valor_exacto).quantize(CENT)
    return Linea(
        item,
        tributo,
        tasa,
        valor,
        precio,
        valor_venta,
        igv,
        ZERO if item.icbper is None else item.icbper,
        valor_exacto,
        total_exacto,
    )


def _spread_cents(lineas: list[Linea]) -> None:
    """Round the running sums instead of each line, so that hundreds of lines do not drift from their sum.

    500 x 1.00 with IGV gives 0.85 + 0.15 a line, 425.00 + 75.00 together, and SUNAT expects 76.50 of tax on
    425.00 (rule 3291). Spread, the lines alternate between 0.84 and 0.85 and the sums are exact.
    """
    valor = total = _NONE
    for linea in lineas:
        valor_before, total_before = cents(valor), cents(total)
        valor += linea.valor_exacto
        total += linea.total_exacto
        linea.valor_venta = cents(valor) - valor_before
        linea.igv = cents(total) - total_before - linea.valor_venta


def _effective_price(linea: Linea) -> Decimal:
    """What a unit costs by the rounded amounts of its line: what rule 3270 holds ``precio_unitario`` against."""
    return (linea.valor_venta + linea.igv + linea.icbper) / linea.item.cantidad


def _price_of_tiny_quantity(linea: Linea) -> None:
    """0.001 x 17,976.27 costs 17.98, which is 17,980.00 a unit: the price that SUNAT expects to read then.

    Not where the caller gave both unit figures and they contradict each other: the rule tells it.
    """
    item = linea.item
    effective = _effective_price(linea)
    if abs(linea.precio_unitario - effective) <= _TOLERANCE:
        return
    meant = linea.total_exacto / item.cantidad
    if item.precio_unitario is None or abs(item.precio_unitario - meant) <= _TOLERANCE:
        linea.precio_unitario = effective


def _sum(lineas: list[Linea], tributo: str) -> Decimal:
    return sum((linea.valor_venta for linea in lineas if linea.tributo.code == tributo), ZERO)


def resolve(datos: Comercial) -> tuple[list[Linea], Totales]:
    """Settle every figure of a sale. Every item must have a unit figure and a supported affectation."""
    with localcontext(EXACT):
        percent = datos.porcentaje_igv
        lineas = [_line(item, percent) for item in datos.items]
        taxed = [linea for linea in lineas if linea.tributo is IGV]
        gravado = sum([linea.valor_venta for linea in taxed], ZERO)
        igv = sum([linea.igv for linea in taxed], ZERO)
        if len(taxed) > 1 and abs(igv - gravado * percent / _HUNDRED) > _DRIFT:
            free = [linea for linea in taxed if linea.item.valor_venta is None and linea.item.igv is None]
            _spread_cents(free)
            gravado = sum([linea.valor_venta for linea in taxed], ZERO)
            igv = sum([linea.igv for linea in taxed], ZERO)
        for linea in lineas:
            if linea.item.cantidad < SMALL_QUANTITY:
                _price_of_tiny_quantity(linea)
        exonerado = inafecto = icbper = ZERO
        if len(taxed) != len(lineas):
            exonerado = _sum(lineas, "9997")
            inafecto = _sum(lineas, "9998")
        for linea in lineas:
            if linea.item.icbper is not None:
                icbper += linea.icbper
        gravado = gravado if datos.total_gravado is None else datos.total_gravado
        exonerado = exonerado if datos.total_exonerado is None else datos.total_exonerado
        inafecto = inafecto if datos.total_inafecto is None else datos.total_inafecto
        igv = igv if datos.total_igv is None else datos.total_igv
        icbper = icbper if datos.total_icbper is None else datos.total_icbper
        valor_venta = gravado + exonerado + inafecto
        precio_venta = valor_venta + igv + icbper
        total = precio_venta if datos.total is None else datos.total
    return lineas, Totales(gravado, exonerado, inafecto, igv, icbper, valor_venta, precio_venta, total)


def unit_text(value: Decimal) -> str:
    """A unit figure as it is written: up to ten decimals, no exponent; at least the point and two zeros."""
    text = str(value)
    point = text.find(".")
    if "E" in text or (point >= 0 and len(text) - point > 11):
        text = format(round_amount(value, 10), "f").rstrip("0")
        return text + "00" if text[-1] == "." else text
    return text if point >= 0 else text + ".00"
