"""What others keep or add when a sale is paid: detracción, percepción, retención of the IGV (spec.md §6).

They leave the total of the sale as it is. Detracción and percepción are told in soles in every sale.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from emitir.money import EXACT, ZERO, cents
from emitir.peru import tasas
from emitir.peru.ajustes import Ajuste, ajuste
from emitir.peru.emisor import Emisor
from emitir.peru.model import Venta

_HUNDRED = Decimal(100)
#: Code of catalog 53 for each régimen de percepción of catalog 22.
CODIGO_DE_PERCEPCION = {"01": "51", "02": "52", "03": "53"}
RETENCION_IGV = "62"


@dataclass(frozen=True, slots=True)
class Detraccion:
    """``monto`` in soles; ``en_moneda``: the same in the currency of the sale, None without tipo de cambio."""

    codigo: str
    porcentaje: Decimal
    monto: Decimal
    cuenta: str
    medio_pago: str
    en_moneda: Decimal | None


def tipo_cambio(venta: Venta) -> Decimal | None:
    """Soles per unit of the sale's currency; None when it is not known."""
    return Decimal(1) if venta.moneda == "PEN" else venta.tipo_cambio


def detraccion(venta: Venta, emisor: Emisor, total: Decimal) -> Detraccion | None:
    """The detracción of a sale of ``total``; None when it has none or a figure is missing (the rules tell)."""
    if not venta.detraccion_codigo:
        return None
    percent = venta.detraccion_porcentaje
    if percent is None:
        percent = tasas.DETRACCION.get(venta.detraccion_codigo)
    change = tipo_cambio(venta)
    amount = venta.detraccion_monto
    if amount is None and percent is not None and change is not None:
        amount = cents(EXACT.multiply(EXACT.multiply(total, change), percent / _HUNDRED))
    if amount is None or percent is None:
        return None
    return Detraccion(
        venta.detraccion_codigo,
        percent,
        amount,
        venta.detraccion_cuenta or emisor.cuenta_detraccion,
        venta.detraccion_medio_pago,
        None if change is None else cents(EXACT.divide(amount, change)),
    )


def percepcion(venta: Venta, total: Decimal) -> Ajuste | None:
    """The percepción in soles; None when there is none or the tipo de cambio is missing."""
    regimen = venta.percepcion_regimen
    if not regimen:
        return None
    change = tipo_cambio(venta)
    base = venta.percepcion_base
    if base is None:
        if change is None:
            return None
        base = cents(EXACT.multiply(total, change))
    percent = venta.percepcion_porcentaje
    if percent is None:
        percent = tasas.PERCEPCION[regimen]
    amount = venta.percepcion_monto
    if amount is None:
        amount = cents(EXACT.multiply(base, percent / _HUNDRED))
    factor = EXACT.quantize(percent / _HUNDRED, Decimal("0.00001"))
    return Ajuste(CODIGO_DE_PERCEPCION[regimen], True, amount, base, factor, en_soles=True)


def total_con_percepcion(venta: Venta, total: Decimal) -> Decimal | None:
    """What the customer pays in soles with the percepción (rule 3311)."""
    collected, change = percepcion(venta, total), tipo_cambio(venta)
    if collected is None:
        return None
    base = collected.base or ZERO
    return (base if change is None else cents(EXACT.multiply(total, change))) + collected.monto


def retencion(venta: Venta, total: Decimal) -> Ajuste | None:
    """The retención of the IGV, in the currency of the sale."""
    percent = venta.retencion_porcentaje
    if percent is None and venta.retencion_monto is None:
        return None
    base = total if venta.retencion_base is None else venta.retencion_base
    amount = venta.retencion_monto
    if amount is None:
        amount = cents(EXACT.multiply(base, (percent or tasas.RETENCION) / _HUNDRED))
    return ajuste(RETENCION_IGV, False, amount, base, percent or tasas.RETENCION)
