"""Arithmetic of a liquidación de compra: exact, rounded to cents once each (rules 2464, 4287 to 4312, 4345, 4346).

The vendor gets the value less the income tax that is withheld; the IGV is the buyer's to pay to the state. What he
gives away (gratuitas) has a value of reference: it is told in its own total and enters no other (rules 2640, 4298,
4309 to 4311, 4345), and no income tax is withheld on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from emitir.money import EXACT, ZERO, cents
from emitir.peru.afectacion import (
    EXONERADO,
    GRATUITAS_GRAVADAS,
    GRATUITAS_SIN_IGV,
    GRATUITO,
    IGV,
    INAFECTO,
    Tributo,
)
from emitir.peru.compra.model import AnticipoDeCompra, Comprado, Liquidacion

_HUNDRED = Decimal(100)
TRIBUTO: dict[str, Tributo] = {
    "10": IGV,
    "20": EXONERADO,
    "30": INAFECTO,
    **dict.fromkeys((*GRATUITAS_GRAVADAS, *GRATUITAS_SIN_IGV), GRATUITO),
}
#: Affectations whose IGV is computed, paid or not (rules 3103, 3111).
CON_IGV = frozenset({"10", *GRATUITAS_GRAVADAS})


@dataclass(frozen=True, slots=True)
class LineaDeCompra:
    """A line settled: unit figures with up to ten decimals, amounts with two."""

    item: Comprado
    tributo: Tributo
    valor_unitario: Decimal
    precio_unitario: Decimal
    valor: Decimal
    igv: Decimal
    renta: Decimal
    otros: Decimal

    @property
    def gratuita(self) -> bool:
        """Given away: nobody pays its value nor its IGV."""
        return self.tributo is GRATUITO

    @property
    def tributos(self) -> Decimal:
        """Taxes of the line that the buyer pays (rule 4293)."""
        return self.otros if self.gratuita else self.igv + self.otros


@dataclass(frozen=True, slots=True)
class CifrasDeCompra:
    """Totals. ``bases``: value by tax, less its anticipos; ``subtotal``: with taxes; ``total``: what the vendor gets.

    ``valor`` is without the gratuitas, whose own value is among ``bases`` and whose IGV is ``igv_gratuito``.
    """

    lineas: tuple[LineaDeCompra, ...]
    valor: Decimal
    bases: dict[str, Decimal]
    igv: Decimal
    igv_gratuito: Decimal
    renta: Decimal
    base_renta: Decimal
    otros: Decimal
    anticipos: Decimal
    subtotal: Decimal
    total: Decimal


def paid(anticipo: AnticipoDeCompra) -> Decimal:
    """What the vendor got in advance: the value less what was withheld."""
    return anticipo.valor - (anticipo.renta or ZERO)


def _line(item: Comprado, igv: Decimal, renta: Decimal | None) -> LineaDeCompra:
    tributo = TRIBUTO[item.afectacion_igv]
    rate = igv if item.afectacion_igv in CON_IGV else Decimal(0)
    factor = 1 + rate / _HUNDRED
    unit = item.valor_unitario
    if unit is None:
        unit = EXACT.divide(item.precio_unitario or ZERO, factor)
    value = cents(EXACT.multiply(unit, item.cantidad))
    tax = cents(EXACT.multiply(value, rate) / _HUNDRED)
    others = item.otros_tributos or ZERO
    price = item.precio_unitario
    if tributo is GRATUITO:
        price = unit
    elif price is None or others:
        price = EXACT.divide(value + tax + others, item.cantidad) if item.cantidad else ZERO
    withheld = cents(EXACT.multiply(value, renta) / _HUNDRED) if renta and tributo is not GRATUITO else ZERO
    return LineaDeCompra(item, tributo, unit, price, value, tax, withheld, others)


def settle(datos: Liquidacion) -> CifrasDeCompra:
    """Every figure."""
    lineas = tuple(_line(item, datos.porcentaje_igv, datos.porcentaje_renta) for item in datos.items)
    pagadas = [linea for linea in lineas if not linea.gratuita]
    valor = sum((linea.valor for linea in pagadas), ZERO)
    bases: dict[str, Decimal] = {}
    for linea in lineas:
        bases[linea.tributo.code] = bases.get(linea.tributo.code, ZERO) + linea.valor
    line_igv = sum((linea.igv for linea in pagadas), ZERO)
    igv_gratuito = sum((linea.igv for linea in lineas if linea.gratuita), ZERO)
    line_renta = sum((linea.renta for linea in lineas), ZERO)
    otros = sum((linea.otros for linea in lineas), ZERO)
    igv, renta = line_igv, line_renta
    if datos.anticipos:
        for anticipo in datos.anticipos:
            code = TRIBUTO[anticipo.afectacion_igv].code
            bases[code] = bases.get(code, ZERO) - anticipo.valor
        igv = cents(EXACT.multiply(bases.get(IGV.code, ZERO), datos.porcentaje_igv) / _HUNDRED)
        renta = line_renta - sum((anticipo.renta or ZERO for anticipo in datos.anticipos), ZERO)
    anticipos = sum((paid(anticipo) for anticipo in datos.anticipos), ZERO)
    subtotal = valor + otros + line_igv
    total = subtotal - line_igv - line_renta - otros - anticipos + (datos.redondeo or ZERO)
    return CifrasDeCompra(
        lineas,
        valor,
        bases,
        igv,
        igv_gratuito,
        renta,
        valor if renta or line_renta else ZERO,
        otros,
        anticipos,
        subtotal,
        total,
    )
