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
from emitir.peru.afectacion import AFECTACIONES, IGV, IVAP
from emitir.peru.ajustes import Ajuste, ajuste, de_anticipos, deducciones, globales
from emitir.peru.lineas import HUNDRED, NONE, Linea, special_line, unit_figures
from emitir.peru.model import Comercial, Item, Venta
from emitir.peru.model_item import DE_CALCULO, DE_DATOS

#: Sums of rounded lines may drift this far from the rounded sum before the cents are spread (SUNAT: 1.00).
_DRIFT = Decimal("0.50")
#: Below this quantity the cents of a line, divided by it, reach SUNAT's tolerance of 1.00 (rule 3270).
SMALL_QUANTITY = Decimal("0.05")
_TOLERANCE = Decimal(1)
_MORE = DE_CALCULO | DE_DATOS
#: Affectations of a line that is value and IGV alone.
_PLAIN = frozenset({"10", "20", "30"})
#: Properties that change the totals of the document beside its lines.
_GLOBAL = frozenset(
    {
        *("descuento_global", "porcentaje_descuento_global", "descuento_global_no_base", "cargo_global"),
        *("cargo_global_no_base", "recargo_consumo", "porcentaje_recargo_consumo", "fise", "anticipos"),
        *("redondeo", "renta_segunda_base", "total_exportacion", "total_gratuito", "total_ivap", "total_isc"),
        *("total_otros_tributos", "total_anticipos"),
    }
)


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
    exportacion: Decimal = ZERO
    gratuito: Decimal = ZERO
    igv_gratuito: Decimal = ZERO
    gravado_ivap: Decimal = ZERO
    ivap: Decimal = ZERO
    base_isc: Decimal = ZERO
    isc: Decimal = ZERO
    base_otros: Decimal = ZERO
    otros_tributos: Decimal = ZERO
    #: AllowanceTotalAmount and ChargeTotalAmount: what takes from or adds to the price, not to the base.
    descuentos: Decimal = ZERO
    cargos: Decimal = ZERO
    anticipos: Decimal = ZERO
    redondeo: Decimal = ZERO

    @property
    def tributos(self) -> Decimal:
        """TaxTotal/TaxAmount (rule 3294)."""
        return self.igv + self.ivap + self.isc + self.otros_tributos + self.icbper


def _plain_line(item: Item, percent: Decimal) -> Linea:
    """Value and IGV: the line that most are."""
    tributo = AFECTACIONES[item.afectacion_igv]
    tasa = percent if tributo is IGV else NONE
    factor = 1 + tasa / HUNDRED
    valor, precio = unit_figures(item, factor)
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
        igv = (valor_venta * tasa / HUNDRED).quantize(CENT)
    elif governed_by_price:
        igv = total_exacto.quantize(CENT) - valor_venta
    else:
        igv = (total_exacto - valor_exacto).quantize(CENT)
    icbper = ZERO if item.icbper is None else item.icbper
    return Linea(item, tributo, tasa, valor, precio, valor_venta, igv, icbper, valor_exacto, total_exacto)


def _spread_cents(lineas: list[Linea]) -> None:
    """Round the running sums instead of each line, so that hundreds of lines do not drift from their sum.

    500 x 1.00 with IGV gives 0.85 + 0.15 a line, 425.00 + 75.00 together, and SUNAT expects 76.50 of tax on
    425.00 (rule 3291). Spread, the lines alternate between 0.84 and 0.85 and the sums are exact.
    """
    valor = total = NONE
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


def resolve(datos: Comercial) -> tuple[list[Linea], Totales, list[Ajuste]]:
    """Settle every figure. Every item must have a unit figure and an affectation of catalog 07."""
    with localcontext(EXACT):
        percent = datos.porcentaje_igv
        lineas = []
        special = False
        for item in datos.items:
            given = item.model_fields_set
            more = not _MORE.isdisjoint(given)
            if item.afectacion_igv in _PLAIN and not (more and given & DE_CALCULO):
                linea = _plain_line(item, percent)
            else:
                special = True
                linea = special_line(item, percent, datos.fecha)
            linea.con_datos = more
            lineas.append(linea)
        taxed = [linea for linea in lineas if linea.tributo is IGV]
        gravado = sum([linea.valor_venta for linea in taxed], ZERO)
        igv = sum([linea.igv for linea in taxed], ZERO)
        if not special and len(taxed) > 1 and abs(igv - gravado * percent / HUNDRED) > _DRIFT:
            free = [linea for linea in taxed if linea.item.valor_venta is None and linea.item.igv is None]
            _spread_cents(free)
            gravado = sum([linea.valor_venta for linea in taxed], ZERO)
            igv = sum([linea.igv for linea in taxed], ZERO)
        for linea in lineas:
            if linea.item.cantidad < SMALL_QUANTITY and linea.extra is None:
                _price_of_tiny_quantity(linea)
        exonerado = inafecto = icbper = ZERO
        if len(taxed) != len(lineas):
            exonerado = _sum(lineas, "9997")
            inafecto = _sum(lineas, "9998")
        for linea in lineas:
            if linea.icbper is not ZERO:
                icbper += linea.icbper
        totales = Totales(gravado, exonerado, inafecto, igv, icbper, ZERO, ZERO, ZERO)
        ajustes: list[Ajuste] = []
        if special or not _GLOBAL.isdisjoint(datos.model_fields_set):
            ajustes = _whole(datos, lineas, totales)
        else:
            _take_given(datos, totales)
            totales.valor_venta = totales.gravado + totales.exonerado + totales.inafecto
            totales.precio_venta = totales.valor_venta + totales.igv + totales.icbper
            totales.total = totales.precio_venta if datos.total is None else datos.total
    return lineas, totales, ajustes


def _take_given(datos: Comercial, totales: Totales) -> None:
    """Totals that the caller gave stand; the rules compare them with the lines."""
    if datos.total_gravado is not None:
        totales.gravado = datos.total_gravado
    if datos.total_exonerado is not None:
        totales.exonerado = datos.total_exonerado
    if datos.total_inafecto is not None:
        totales.inafecto = datos.total_inafecto
    if datos.total_igv is not None:
        totales.igv = datos.total_igv
    if datos.total_icbper is not None:
        totales.icbper = datos.total_icbper


def _whole(datos: Comercial, lineas: list[Linea], totales: Totales) -> list[Ajuste]:
    """Totals of a document with other taxes, discounts, charges or anticipos (spec.md §5).

    Fills ``totales``, which has the sums of the lines with IGV, exoneradas and inafectas.
    """
    t = totales
    t.exportacion, t.gratuito = _sum(lineas, "9995"), _sum(lineas, "9996")
    ivap_lines = [linea for linea in lineas if linea.tributo is IVAP]
    t.gravado_ivap = sum((linea.valor_venta for linea in ivap_lines), ZERO)
    t.ivap = sum((linea.igv for linea in ivap_lines), ZERO)
    for linea in lineas:
        extra = linea.extra
        if extra is None:
            continue
        t.base_otros += linea.valor_venta if extra.otros else ZERO
        t.otros_tributos += extra.otros
        if extra.gratuita:
            t.igv_gratuito += linea.igv
            continue
        t.base_isc += extra.base_isc
        t.isc += extra.isc
        t.descuentos += extra.descuento_no_base
        t.cargos += extra.cargo_no_base
    # The lines pay IGV or, all of them, IVAP: what changes the base changes the one that there is.
    base, rate = ("gravado_ivap", lineas[0].tasa) if ivap_lines else ("gravado", datos.porcentaje_igv)
    tax = "ivap" if ivap_lines else "igv"
    paid = t.gravado + t.gravado_ivap + t.exportacion + t.exonerado + t.inafecto
    ajustes: list[Ajuste] = []
    deductions = []
    if isinstance(datos, Venta):
        ajustes = globales(datos, getattr(t, base), paid)
        deductions = deducciones(datos)
    if datos.cargo_global_no_base:
        ajustes.append(ajuste("50", True, datos.cargo_global_no_base, paid))
    by_code: dict[str, Decimal] = {}
    for one in ajustes:
        by_code[one.codigo] = by_code.get(one.codigo, ZERO) + one.monto
    to_base = by_code.get("49", ZERO) - by_code.get("02", ZERO)
    setattr(t, base, getattr(t, base) + to_base)
    setattr(t, tax, getattr(t, tax) + (to_base * rate / HUNDRED).quantize(CENT))
    deducted = ZERO
    for deduction in deductions:
        kind = {"10": base, "20": "exonerado", "30": "inafecto"}[deduction.anticipo.afectacion_igv]
        setattr(t, kind, getattr(t, kind) - deduction.valor)
        setattr(t, tax, getattr(t, tax) - deduction.igv)
        t.isc -= deduction.isc
        t.anticipos += deduction.total
        deducted += deduction.valor
    ajustes += de_anticipos(deductions)
    t.descuentos += by_code.get("03", ZERO) + by_code.get("63", ZERO)
    t.cargos += sum((by_code.get(code, ZERO) for code in ("45", "46", "50")), ZERO)
    t.redondeo = datos.redondeo or ZERO
    _take_given(datos, t)
    _take_more(datos, t)
    # What was paid in advance is off the totals of each kind, but not off the price of the sale (rule 3279).
    t.valor_venta = t.gravado + t.gravado_ivap + t.exportacion + t.exonerado + t.inafecto + deducted
    taxes_paid = sum((deduction.igv + deduction.isc for deduction in deductions), ZERO)
    t.precio_venta = t.valor_venta + t.tributos + taxes_paid
    computed = t.precio_venta + t.cargos - t.descuentos - t.anticipos + t.redondeo
    t.total = computed if datos.total is None else datos.total
    return ajustes


def _take_more(datos: Comercial, totales: Totales) -> None:
    """As :func:`_take_given`, for the totals that few documents have."""
    for name, attribute in (
        ("total_exportacion", "exportacion"),
        ("total_gratuito", "gratuito"),
        ("total_ivap", "ivap"),
        ("total_isc", "isc"),
        ("total_otros_tributos", "otros_tributos"),
    ):
        given = getattr(datos, name)
        if given is not None:
            setattr(totales, attribute, given)
    if isinstance(datos, Venta) and datos.total_anticipos is not None:
        totales.anticipos = datos.total_anticipos


def unit_text(value: Decimal) -> str:
    """A unit figure as it is written: up to ten decimals, no exponent; at least the point and two zeros."""
    text = str(value)
    point = text.find(".")
    if "E" in text or (point >= 0 and len(text) - point > 11):
        text = format(round_amount(value, 10), "f").rstrip("0")
        return text + "00" if text[-1] == "." else text
    return text if point >= 0 else text + ".00"
