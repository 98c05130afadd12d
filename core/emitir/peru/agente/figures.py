"""Arithmetic of a retención or percepción: amounts in soles, rounded once each (rules 2608, 2623)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from emitir.money import EXACT, ZERO, cents
from emitir.peru.agente.model import Constancia, Relacionado
from emitir.peru.catalogs import catalog

_HUNDRED = Decimal(100)
#: Documents that take nothing from the totals: notas de crédito (rules 2628, 2667).
SIN_SUMA = frozenset({"07"})
#: Catalog of the régimen of each comprobante.
CATALOGOS = {"20": "23", "40": "22"}


@dataclass(frozen=True, slots=True)
class Pago:
    """One document with its payment settled. ``en_soles``: the payment; ``neto``: what is paid or cashed."""

    documento: Relacionado
    numero: str
    en_soles: Decimal
    importe: Decimal
    neto: Decimal


@dataclass(frozen=True, slots=True)
class Cifras:
    """Percent of the régimen, the payments and both totals in soles."""

    tasa: Decimal
    pagos: tuple[Pago, ...]
    total: Decimal
    pagado: Decimal


def tasa(datos: Constancia) -> Decimal | None:
    """Percent of the régimen; None when the catalog has no such row."""
    row = catalog(CATALOGOS[datos.tipo]).rows.get(datos.regimen)
    return Decimal(row["tasa"]) if row else None


def settle(datos: Constancia) -> Cifras:
    """Every figure; what is absent counts as zero and is told by the rules."""
    rate = tasa(datos) or ZERO
    sign = -1 if datos.tipo == "20" else 1
    counted: dict[str, int] = {}
    pagos = []
    for documento in datos.documentos:
        counted[documento.documento] = counted.get(documento.documento, 0) + 1
        change = Decimal(1) if documento.moneda == "PEN" else documento.tipo_cambio or ZERO
        exact = EXACT.multiply(documento.pago_monto or ZERO, change)
        amount = documento.importe
        if amount is None:
            amount = cents(EXACT.multiply(exact, rate) / _HUNDRED)
        number = documento.pago_numero or str(counted[documento.documento])
        pagos.append(Pago(documento, number, cents(exact), amount, cents(exact) + sign * amount))
    summed = [pago for pago in pagos if pago.documento.tipo not in SIN_SUMA]
    total = sum((pago.importe for pago in summed), ZERO)
    pagado = sum((pago.neto for pago in summed), ZERO) + (datos.redondeo or ZERO)
    return Cifras(
        rate,
        tuple(pagos),
        total if datos.total is None else datos.total,
        pagado if datos.total_pagado is None else datos.total_pagado,
    )
