"""A line with every figure settled, and the lines that are more than value and IGV.

Discounts and charges of the line, ISC in its three systems, other taxes, IVAP, gratuitas, exportación:
spec.md §5. Everything is exact until it becomes an amount of two decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from emitir.money import CENT, EXACT, ZERO, cents
from emitir.peru import tasas
from emitir.peru.afectacion import (
    AFECTACIONES,
    GRATUITAS_GRAVADAS,
    GRATUITO,
    IGV,
    IVAP,
    TAMBIEN_GRATUITAS,
    Tributo,
)
from emitir.peru.model_item import Item

NONE = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(slots=True)
class Extra:
    """What a line has beside value and IGV; amounts with two decimals, rates in percent.

    ``base_igv``: value and ISC. ``bruto``: value before discounts and charges. ``con_igv``: whether the IGV
    (or IVAP) of the line is told, be it paid or of a gratuita.
    """

    gratuita: bool
    con_igv: bool
    bruto: Decimal
    base_igv: Decimal = ZERO
    descuento: Decimal = ZERO
    descuento_no_base: Decimal = ZERO
    cargo: Decimal = ZERO
    cargo_no_base: Decimal = ZERO
    isc: Decimal = ZERO
    base_isc: Decimal = ZERO
    tasa_isc: Decimal = NONE
    otros: Decimal = ZERO
    tasa_otros: Decimal = NONE


@dataclass(slots=True)
class Linea:
    """One line with every figure settled. Unit figures carry up to ten decimals, amounts two.

    ``tasa``: percent of the IGV or IVAP that the line pays or, given away, would pay.
    """

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
    extra: Extra | None = None
    #: Whether the line has something of :data:`emitir.peru.model_item.DE_DATOS`.
    con_datos: bool = False

    @property
    def icbper_unitario(self) -> Decimal:
        """ICBPER of each bag, two decimals."""
        return cents(EXACT.divide(self.icbper, self.item.cantidad))

    @property
    def base_igv(self) -> Decimal:
        """What the IGV of the line is computed on."""
        return self.valor_venta if self.extra is None else self.extra.base_igv

    @property
    def tributos(self) -> Decimal:
        """Taxes that the line makes the customer pay (rule 3292)."""
        extra = self.extra
        if extra is None:
            return self.igv + self.icbper
        own = extra.isc + extra.otros
        return own + self.icbper if extra.gratuita else own + self.igv + self.icbper

    @property
    def importe(self) -> Decimal:
        """What the customer pays for the line."""
        extra = self.extra
        if extra is None:
            return self.valor_venta + self.igv + self.icbper
        if extra.gratuita:
            return self.icbper
        return self.valor_venta + self.tributos - extra.descuento_no_base + extra.cargo_no_base


def unit_figures(item: Item, factor: Decimal, fixed: Decimal = NONE) -> tuple[Decimal, Decimal]:
    """Unit value and unit price, exact. The one of the two that the other is a rounding of governs.

    price = value x ``factor`` + ``fixed``.
    """
    precio, valor = item.precio_unitario, item.valor_unitario
    if valor is None:
        if precio is None:
            return NONE, NONE
        return (precio - fixed) / factor, precio
    if precio is None:
        return valor, valor * factor + fixed
    exact = (precio - fixed) / factor
    if exact == valor or exact.quantize(valor) == valor:
        return exact, precio
    return valor, precio


def is_gratuita(item: Item) -> bool:
    """Whether nobody pays the line."""
    return AFECTACIONES[item.afectacion_igv] is GRATUITO or (
        item.gratuita and item.afectacion_igv in TAMBIEN_GRATUITAS
    )


def special_line(item: Item, percent: Decimal, fecha: date) -> Linea:
    """A line with something of :data:`emitir.peru.model_item.DE_CALCULO`, or of another affectation than
    10, 20 or 30. Runs in the exact context.
    """
    gratuita = is_gratuita(item)
    tributo = GRATUITO if gratuita else AFECTACIONES[item.afectacion_igv]
    con_igv = tributo in (IGV, IVAP) or item.afectacion_igv in (*GRATUITAS_GRAVADAS, "17")
    tasa = NONE
    if con_igv:
        tasa = tasas.ivap(fecha) if item.afectacion_igv == "17" else percent
    cantidad = item.cantidad
    igv_factor = 1 + tasa / HUNDRED
    isc_rate, isc_fixed = _isc(item)
    other_rate = (item.tasa_otros_tributos or NONE) / HUNDRED
    other_fixed = NONE
    if item.otros_tributos is not None and not other_rate:
        other_fixed = item.otros_tributos / cantidad
    factor = (1 + isc_rate) * igv_factor + other_rate
    valor, precio = unit_figures(item, factor, isc_fixed * igv_factor + other_fixed)
    governed_by_price = item.precio_unitario is not None and valor is not item.valor_unitario
    bruto = cantidad * valor
    descuento = _amount(item.descuento, item.porcentaje_descuento, bruto)
    cargo = item.cargo or ZERO
    valor_exacto = bruto - descuento + cargo
    valor_venta = valor_exacto.quantize(CENT) if item.valor_venta is None else item.valor_venta
    extra = Extra(gratuita, con_igv, bruto.quantize(CENT))
    extra.descuento, extra.cargo = descuento.quantize(CENT), cargo
    extra.descuento_no_base = item.descuento_no_base or ZERO
    extra.cargo_no_base = item.cargo_no_base or ZERO
    isc_exacto = valor_exacto * isc_rate + isc_fixed * cantidad
    _settle_isc(extra, item, valor_venta, isc_exacto)
    otros_exacto = valor_exacto * other_rate + other_fixed * cantidad
    if item.otros_tributos is not None:
        extra.otros = item.otros_tributos
    else:
        extra.otros = (valor_venta * other_rate).quantize(CENT)
    extra.tasa_otros = item.tasa_otros_tributos or _percent(extra.otros, valor_venta)
    extra.base_igv = valor_venta + extra.isc
    total_exacto = (valor_exacto + isc_exacto) * igv_factor + otros_exacto
    if not con_igv:
        igv = item.igv or ZERO
    elif item.igv is not None:
        igv = item.igv
    elif governed_by_price and item.valor_venta is None and item.isc is None:
        igv = total_exacto.quantize(CENT) - valor_venta - extra.isc - extra.otros
    else:
        igv = (extra.base_igv * tasa / HUNDRED).quantize(CENT)
    icbper = item.icbper or ZERO
    if item.bolsa_plastica and item.icbper is None:
        icbper = (cantidad * tasas.icbper(fecha)).quantize(CENT)
    if gratuita:
        precio = valor
    elif descuento or cargo or extra.descuento_no_base or extra.cargo_no_base:
        paid = total_exacto - extra.descuento_no_base + extra.cargo_no_base
        precio = paid / cantidad
    return Linea(
        item, tributo, tasa, valor, precio, valor_venta, igv, icbper, valor_exacto, total_exacto, extra
    )


def _amount(amount: Decimal | None, percent: Decimal | None, base: Decimal) -> Decimal:
    if amount is not None:
        return amount
    return base * percent / HUNDRED if percent else ZERO


def _percent(amount: Decimal, base: Decimal) -> Decimal:
    """The rate that ``amount`` is of ``base``, with the five decimals that SUNAT takes."""
    return (amount / base * HUNDRED).quantize(Decimal("0.00001")) if amount and base else NONE


def _isc(item: Item) -> tuple[Decimal, Decimal]:
    """ISC of one unit: what multiplies its value, and what is fixed whatever its value."""
    if item.isc_unitario is not None:
        return NONE, item.isc_unitario
    if item.tasa_isc and item.base_isc is not None:
        return NONE, item.base_isc * item.tasa_isc / HUNDRED / item.cantidad
    if item.tasa_isc:
        return item.tasa_isc / HUNDRED, NONE
    return NONE, NONE if item.isc is None else item.isc / item.cantidad


def _settle_isc(extra: Extra, item: Item, valor_venta: Decimal, exact: Decimal) -> None:
    """ISC, its base and its rate as the XML tells them (rules 3104, 3108, 2373)."""
    if not (item.tipo_isc or exact):
        return
    extra.base_isc = valor_venta if item.base_isc is None else item.base_isc
    if item.isc is not None:
        extra.isc = item.isc
    elif item.tasa_isc:
        extra.isc = (extra.base_isc * item.tasa_isc / HUNDRED).quantize(CENT)
    else:
        extra.isc = exact.quantize(CENT)
    extra.tasa_isc = item.tasa_isc or _percent(extra.isc, extra.base_isc)
