"""Discounts, charges and anticipos of the whole document (catalog 53): spec.md §6."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from emitir.money import CENT, EXACT, ZERO
from emitir.peru import tasas
from emitir.peru.model import Venta
from emitir.peru.model_partes import Anticipo

_HUNDRED = Decimal(100)
_FACTOR = Decimal("0.00001")
#: Code of the deduction of an anticipo by the affectation of what was paid in advance.
CODIGO_DE_ANTICIPO = {"10": "04", "20": "05", "30": "06"}
ANTICIPO_ISC = "20"


@dataclass(frozen=True, slots=True)
class Ajuste:
    """One ``cac:AllowanceCharge`` of the document: ``cargo`` adds, otherwise it takes away.

    Amounts with two decimals; ``factor`` (five decimals) is None where there is no base to relate to.
    ``en_soles``: told in soles whatever the currency of the document (percepción).
    """

    codigo: str
    cargo: bool
    monto: Decimal
    base: Decimal | None = None
    factor: Decimal | None = None
    en_soles: bool = False


@dataclass(frozen=True, slots=True)
class Deduccion:
    """An anticipo with its parts settled: ``total`` is ``valor`` and ``isc`` and the IGV on both."""

    anticipo: Anticipo
    total: Decimal
    valor: Decimal
    isc: Decimal

    @property
    def igv(self) -> Decimal:
        """IGV that was paid with it."""
        return self.total - self.valor - self.isc if self.anticipo.afectacion_igv == "10" else ZERO


def ajuste(codigo: str, cargo: bool, monto: Decimal, base: Decimal, percent: Decimal | None = None) -> Ajuste:
    """With its factor: the percent that was asked for, or what the amount is of its base.

    The factor of five decimals may give an amount that is off (rule 3307 allows 1.00): then it is left out.
    """
    factor = EXACT.divide(percent, _HUNDRED) if percent else EXACT.divide(monto, base) if base else Decimal(0)
    factor = EXACT.quantize(factor, _FACTOR)
    fits = base and factor and abs(EXACT.multiply(base, factor) - monto) <= 1
    return Ajuste(codigo, cargo, monto, base, factor if fits else None)


def deducciones(venta: Venta) -> list[Deduccion]:
    """The anticipos with what of each is value, ISC and IGV. Runs in the exact context."""
    settled = []
    for anticipo in venta.anticipos:
        isc = anticipo.isc or ZERO
        total = anticipo.monto
        if anticipo.valor is not None:
            valor = anticipo.valor
        elif anticipo.afectacion_igv == "10":
            valor = (total / (1 + _rate(venta) / _HUNDRED)).quantize(CENT) - isc
        else:
            valor = total - isc
        settled.append(Deduccion(anticipo, total, valor, isc))
    return settled


def _rate(venta: Venta) -> Decimal:
    """Percent that the taxed lines pay: all of them the same (rules 3462, 2644)."""
    if any(item.afectacion_igv == "17" for item in venta.items):
        return tasas.ivap(venta.fecha)
    return venta.porcentaje_igv


def de_anticipos(deductions: list[Deduccion]) -> list[Ajuste]:
    """One deduction per affectation, and one for the ISC (rules 3287, 3298)."""
    sums: dict[str, Decimal] = {}
    for deduction in deductions:
        code = CODIGO_DE_ANTICIPO[deduction.anticipo.afectacion_igv]
        sums[code] = sums.get(code, ZERO) + deduction.valor
        if deduction.isc:
            sums[ANTICIPO_ISC] = sums.get(ANTICIPO_ISC, ZERO) + deduction.isc
    return [Ajuste(code, False, amount, amount, Decimal(1)) for code, amount in sorted(sums.items())]


def globales(venta: Venta, gravado: Decimal, valor_venta: Decimal) -> list[Ajuste]:
    """Discounts and charges that the caller asks for. ``gravado``: values of the taxed lines; ``valor_venta``:
    of all that are paid. Runs in the exact context.
    """
    found = []
    percent = venta.porcentaje_descuento_global
    discount = venta.descuento_global
    if discount is None and percent:
        discount = (gravado * percent / _HUNDRED).quantize(CENT)
    if discount:
        found.append(
            ajuste("02", False, discount, gravado, percent if venta.descuento_global is None else None)
        )
    if venta.descuento_global_no_base:
        found.append(ajuste("03", False, venta.descuento_global_no_base, valor_venta))
    if venta.fise is not None:
        base = venta.base_fise if venta.base_fise is not None else valor_venta
        found.append(ajuste("45", True, venta.fise, base))
    surcharge, percent = venta.recargo_consumo, venta.porcentaje_recargo_consumo
    if surcharge is None and percent:
        surcharge = (valor_venta * percent / _HUNDRED).quantize(CENT)
    if surcharge:
        found.append(
            ajuste("46", True, surcharge, valor_venta, percent if venta.recargo_consumo is None else None)
        )
    if venta.cargo_global:
        found.append(ajuste("49", True, venta.cargo_global, gravado))
    if venta.renta_segunda_base is not None:
        found.append(_renta_segunda(venta, venta.renta_segunda_base))
    return found


def _renta_segunda(venta: Venta, base: Decimal) -> Ajuste:
    amount = venta.renta_segunda_monto
    if amount is None:
        amount = (base * tasas.RENTA_SEGUNDA / _HUNDRED).quantize(CENT)
    return ajuste("63", False, amount, base)
