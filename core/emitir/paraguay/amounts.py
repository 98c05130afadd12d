"""Arithmetic of a document: prices carry IVA, everything is computed, nothing is judged here.

spec.md §6 (NT-001, NT-008, NT-013). Every figure has all its digits and is rounded half up once, to the eight
decimals that SIFEN keeps. Two decisions (docs/decisions/0006-paraguay-documents.md): of a line that is taxed in part,
the exempt base is what remains after base and IVA, so that the subtotals close exactly; the IVA of a comisión
(F026) is not written, since SIFEN checks F017 = F015 + F016 (2371).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext

from emitir.money import EXACT
from emitir.paraguay.items import USUALES, Item
from emitir.paraguay.model import Documento

NADA = Decimal(0)
_HUNDRED = Decimal(100)
_E8 = Decimal("0.00000001")
#: SEDECO (Res. 347/2014): down to a multiple of 50 guaraníes, or of 0.50 in another currency.
_STEP_PYG = Decimal(50)
_STEP = Decimal("0.50")
#: What the total of a line is divided by for its base, and the share of the base that is IVA; by its rate.
_TAXED = {rate: (1 + Decimal(rate or 10) / 100, Decimal(rate or 10) / 100) for rate in ("", "0", "5", "10")}
_RATES = {"": Decimal(10), "0": NADA, "5": Decimal(5), "10": Decimal(10)}
#: iTImp whose lines carry gCamIVA (1900, 1902), and whose totals carry IVA (F015 to F020).
CON_CAMIVA = frozenset("1345")
CON_IVA = frozenset("15")


@dataclass(slots=True)
class Linea:
    """One line with every figure settled."""

    item: Item
    #: E727, EA008 and EA009.
    bruto: Decimal
    total: Decimal
    total_gs: Decimal | None
    #: EA003, EA004.
    descuento_porcentaje: Decimal
    descuento_global: Decimal
    #: E733 to E737.
    proporcion: Decimal
    tasa: Decimal
    base: Decimal
    iva: Decimal
    exenta: Decimal


@dataclass(slots=True)
class Totales:
    """Group F. Those that a document does not carry are zero here and left out by the writer."""

    exento: Decimal = NADA
    exonerado: Decimal = NADA
    gravado5: Decimal = NADA
    gravado10: Decimal = NADA
    operacion: Decimal = NADA
    descuento_item: Decimal = NADA
    descuento_global: Decimal = NADA
    anticipo_item: Decimal = NADA
    anticipo_global: Decimal = NADA
    redondeo: Decimal = NADA
    comision: Decimal = NADA
    general: Decimal = NADA
    iva5: Decimal = NADA
    iva10: Decimal = NADA
    base5: Decimal = NADA
    base10: Decimal = NADA
    guaranies: Decimal | None = None

    @property
    def descuento(self) -> Decimal:
        """F011."""
        return self.descuento_item + self.descuento_global

    @property
    def anticipo(self) -> Decimal:
        """F012."""
        return self.anticipo_item + self.anticipo_global

    @property
    def iva(self) -> Decimal:
        """F017."""
        return self.iva5 + self.iva10

    @property
    def base(self) -> Decimal:
        """F020."""
        return self.base5 + self.base10


def rate(item: Item) -> Decimal:
    """E734: what is given, else 10 for what is taxed."""
    return NADA if item.afectacion_iva in "23" and not item.tasa_iva else _RATES[item.tasa_iva]


def _line(item: Item, percent: Decimal, con_iva: bool) -> Linea:
    precio, cantidad = item.precio_unitario, item.cantidad
    if precio is None:
        raise ValueError("a line without a price has no figures")
    bruto = (precio * cantidad).quantize(_E8)
    total, porcentaje, del_global = bruto, NADA, item.descuento_global or NADA
    if percent or not item.model_fields_set <= USUALES:
        if percent and item.descuento_global is None:
            del_global = (percent * precio / _HUNDRED).quantize(_E8)
        if item.descuento:
            porcentaje = (item.descuento * _HUNDRED / precio).quantize(_E8) if precio else NADA
        neto = precio - (item.descuento or NADA) - del_global
        neto = neto - (item.anticipo or NADA) - (item.anticipo_global or NADA)
        if neto != precio:
            total = (neto * cantidad).quantize(_E8)
    total_gs = None if item.tipo_cambio is None else (total * item.tipo_cambio).quantize(_E8)
    afectacion = item.afectacion_iva
    if not con_iva or afectacion in "23":
        return Linea(item, bruto, total, total_gs, porcentaje, del_global, NADA, NADA, NADA, NADA, NADA)
    tasa = _RATES[item.tasa_iva]
    if afectacion == "1":
        # The same as 100·total / (100 + tasa) and base·tasa / 100.
        divisor, share = _TAXED[item.tasa_iva]
        base = (total / divisor).quantize(_E8)
        iva = (base * share).quantize(_E8)
        return Linea(item, bruto, total, total_gs, porcentaje, del_global, _HUNDRED, tasa, base, iva, NADA)
    proporcion = item.proporcion_iva or NADA
    base = (_HUNDRED * total * proporcion / (10000 + tasa * proporcion)).quantize(_E8)
    iva = (base * tasa / _HUNDRED).quantize(_E8)
    exenta = total - base - iva
    return Linea(item, bruto, total, total_gs, porcentaje, del_global, proporcion, tasa, base, iva, exenta)


def _add_iva(totales: Totales, linea: Linea) -> None:
    """Where a line counts: by its affectation and its rate (2353 to 2359, 2367 to 2375)."""
    afectacion = linea.item.afectacion_iva
    if afectacion == "2":
        totales.exonerado += linea.total
    elif afectacion == "3":
        totales.exento += linea.total
    else:
        gravado = linea.total if afectacion == "1" else linea.base + linea.iva
        totales.exento += linea.exenta
        if linea.tasa == 5:
            totales.gravado5 += gravado
            totales.iva5 += linea.iva
            totales.base5 += linea.base
        else:
            totales.gravado10 += gravado
            totales.iva10 += linea.iva
            totales.base10 += linea.base


def _add_discounts(totales: Totales, linea: Linea) -> None:
    item = linea.item
    if item.descuento:
        totales.descuento_item += item.descuento * item.cantidad
    if linea.descuento_global:
        totales.descuento_global += linea.descuento_global * item.cantidad
    if item.anticipo:
        totales.anticipo_item += item.anticipo * item.cantidad
    if item.anticipo_global:
        totales.anticipo_global += item.anticipo_global * item.cantidad


def resolve(datos: Documento, redondear: bool) -> tuple[list[Linea], Totales]:
    """Settle every figure of a document that carries amounts; every item must have a price."""
    with_iva = datos.tipo != "4" and datos.tipo_impuesto in CON_CAMIVA
    totales = Totales(comision=datos.comision or NADA)
    with localcontext(EXACT):
        percent = datos.descuento_global_porcentaje or NADA
        lineas = [_line(item, percent, with_iva) for item in datos.items]
        for linea in lineas:
            if with_iva:
                _add_iva(totales, linea)
            if linea.total is not linea.bruto:
                _add_discounts(totales, linea)
        for name in ("descuento_item", "descuento_global", "anticipo_item", "anticipo_global"):
            setattr(totales, name, getattr(totales, name).quantize(_E8))
        totales.operacion = (
            totales.exento + totales.exonerado + totales.gravado5 + totales.gravado10
            if with_iva
            else sum([linea.total for linea in lineas], NADA)
        )
        if redondear:
            step = _STEP_PYG if datos.moneda == "PYG" else _STEP
            whole = (totales.operacion / step).to_integral_value(ROUND_DOWN) * step
            totales.redondeo = totales.operacion - whole
        totales.general = totales.operacion - totales.redondeo + totales.comision
        if datos.moneda != "PYG":
            totales.guaranies = (
                (totales.general * datos.tipo_cambio).quantize(_E8)
                if datos.tipo_cambio is not None
                else sum([linea.total_gs or NADA for linea in lineas], NADA)
            )
    return lineas, totales
