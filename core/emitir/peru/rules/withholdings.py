"""Detracción, percepción, retención of the IGV and of renta de segunda categoría."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import EXACT, ZERO, plain
from emitir.peru.ajustes import Ajuste
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, rule
from emitir.peru.sujeciones import tipo_cambio
from emitir.peru.tasas import DETRACCION, RETENCIONES

_SALES: dict[str, str | None] = {"07": None, "08": None}
CON_DETRACCION = frozenset({"1001", "1002", "1003", "1004"})
#: Good or service of the operations that have one of their own (rule 3129).
_BIEN = {"1002": "004", "1003": "028", "1004": "027"}
_DIFFERS = N_("Dice {given} y el cálculo da {computed}; SUNAT tolera una diferencia de 1.00.")
_DETRACCION = "detraccion_codigo detraccion_monto detraccion_porcentaje tipo_operacion"
_PERCEPCION = "percepcion_regimen percepcion_monto percepcion_base percepcion_porcentaje tipo_operacion"
_RETENCION = "retencion_porcentaje retencion_monto retencion_base"


def _off(report: Report, path: str, one: Ajuste) -> None:
    if one.base is None or one.factor is None:
        return
    computed = EXACT.multiply(one.base, one.factor)
    if abs(computed - one.monto) > 1:
        report(path, _DIFFERS, kind=codes.TOTAL_NO_CUADRA, given=plain(one.monto), computed=plain(computed))


@rule({"01": "3127", "03": "3127", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when=_DETRACCION)
def bien_de_detraccion(c: Comprobante, report: Report) -> None:
    venta, operation = c.venta, c.tipo_operacion
    code = venta.detraccion_codigo
    if (operation in CON_DETRACCION and not code) or (
        not code and (venta.detraccion_monto or venta.detraccion_porcentaje)
    ):
        report("detraccion_codigo", N_("Falta el bien o servicio sujeto a detracción (catálogo 54)."))
    elif code and operation not in CON_DETRACCION:
        report(
            "tipo_operacion",
            N_("Una operación con detracción es del tipo 1001, 1002, 1003 o 1004."),
            kind=codes.VALOR_NO_PERMITIDO,
            code="3128",
            suggestion="1001",
        )
    if code and not catalog("54").holds(code, c.datos.fecha):
        report(
            "detraccion_codigo",
            N_("El bien o servicio {good} no está en el catálogo 54."),
            kind=codes.VALOR_NO_PERMITIDO,
            code="3033",
            good=code,
        )
    elif code and _BIEN.get(operation, code) != code:
        report(
            "detraccion_codigo",
            N_("La operación {operation} lleva el bien o servicio {good}."),
            kind=codes.VALOR_NO_PERMITIDO,
            code="3129",
            suggestion=_BIEN[operation],
            operation=operation,
            good=_BIEN[operation],
        )


@rule({"01": "3034", "03": "3034", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when="detraccion_codigo")
def cuenta_de_detraccion(c: Comprobante, report: Report) -> None:
    if c.venta.detraccion_codigo and not (c.venta.detraccion_cuenta or c.emisor.cuenta_detraccion):
        report(
            "detraccion_cuenta",
            N_("Falta la cuenta del Banco de la Nación."),
            action=N_("Indíquela aquí, o en la configuración de la empresa (cuenta_detraccion)."),
        )


@rule(
    {"01": "3174", "03": "3174", **_SALES},
    kind=codes.VALOR_NO_PERMITIDO,
    when="detraccion_medio_pago medio_pago",
)
def medio_de_pago(c: Comprobante, report: Report) -> None:
    for name in ("detraccion_medio_pago", "medio_pago"):
        code = getattr(c.venta, name)
        if code and code not in catalog("59"):
            report(name, N_("El medio de pago {means} no está en el catálogo 59."), means=code)


@rule({"01": "3035", "03": "3035", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when="detraccion_codigo")
def figuras_de_detraccion(c: Comprobante, report: Report) -> None:
    venta = c.venta
    if venta.detraccion_monto is not None and not venta.detraccion_monto:
        text = N_("El monto de la detracción debe ser mayor que cero.")
        report("detraccion_monto", text, kind=codes.FORMATO_INVALIDO, code="3037")
    if venta.detraccion_porcentaje is None and venta.detraccion_codigo not in DETRACCION:
        report(
            "detraccion_porcentaje",
            N_("No hay un porcentaje usual para el bien o servicio {good}: indíquelo."),
            good=venta.detraccion_codigo,
        )
    if venta.detraccion_monto is None and tipo_cambio(venta) is None:
        report(
            "tipo_cambio",
            N_("La detracción va en soles: indique el tipo de cambio, o detraccion_monto."),
        )


@rule({"01": "", "03": "", **_SALES}, source="TUO del D. Leg. 940", stage="importes", when="detraccion_monto")
def detraccion_calculada(c: Comprobante, report: Report) -> None:
    detraccion, change = c.detraccion, tipo_cambio(c.venta)
    if detraccion is None or change is None or c.venta.detraccion_monto is None:
        return
    computed = EXACT.multiply(EXACT.multiply(c.total, change), detraccion.porcentaje) / 100
    if abs(computed - detraccion.monto) > 1:
        report(
            "detraccion_monto",
            N_("Dice {given} y el {percent} % del total en soles es {computed}."),
            warning=True,
            given=plain(detraccion.monto),
            percent=plain(detraccion.porcentaje.normalize()),
            computed=plain(EXACT.quantize(computed, ZERO)),
        )


@rule({"01": "3093", "03": "3093", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when=_PERCEPCION)
def regimen_de_percepcion(c: Comprobante, report: Report) -> None:
    venta, operation = c.venta, c.tipo_operacion
    on_credit = c.tipo == "01" and c.forma_pago != "Contado"
    if not venta.percepcion_regimen:
        given = venta.percepcion_monto or venta.percepcion_base or venta.percepcion_porcentaje
        if given or (operation == "2001" and not on_credit):
            report("percepcion_regimen", N_("Falta el régimen de percepción: 01, 02 o 03."))
        return
    if operation != "2001":
        text = N_("Una operación con percepción es del tipo 2001.")
        report("tipo_operacion", text, kind=codes.VALOR_NO_PERMITIDO, code="3308", suggestion="2001")
    if on_credit:
        report(
            "percepcion_regimen",
            N_("En una factura al crédito la percepción no va en la factura: se emite al cobrar."),
            kind=codes.REGLA_INCUMPLIDA,
            code="3330",
        )
    if tipo_cambio(venta) is None:
        report("tipo_cambio", N_("La percepción va en soles: indique el tipo de cambio."), code="2792")


@rule({"01": "2798", "03": "2798", **_SALES}, stage="importes", when="percepcion_regimen")
def figuras_de_percepcion(c: Comprobante, report: Report) -> None:
    one = c.percepcion
    if one is None:
        return
    _off(report, "percepcion_monto", one)
    if not one.base:
        text = N_("La base de la percepción debe ser mayor que cero.")
        report("percepcion_base", text, kind=codes.FORMATO_INVALIDO, code="3233")
    elif c.moneda == "PEN" and one.base > c.total:
        report(
            "percepcion_base",
            N_("La base {base} es mayor que el importe total {total}."),
            code="2797",
            base=plain(one.base),
            total=plain(c.total),
        )
    if one.base and not one.monto:
        text = N_("El monto de la percepción debe ser mayor que cero.")
        report("percepcion_monto", text, kind=codes.FORMATO_INVALIDO, code="2968")


@rule({"01": "3262", "03": "", **_SALES}, source="SUNAT 2026-02-12 3262", when=_RETENCION)
def cliente_que_retiene(c: Comprobante, report: Report) -> None:
    if c.tipo == "03":
        report("retencion_porcentaje", N_("Una boleta no lleva retención del IGV."))
    elif c.datos.tipo_doc != "6":
        report("tipo_doc", N_("La retención del IGV la hace un agente de retención: un cliente con RUC."))
    percent = c.venta.retencion_porcentaje
    if percent is not None and percent not in RETENCIONES:
        text = N_("La retención del IGV es del 3 % (6 % en operaciones antiguas).")
        report("retencion_porcentaje", text, kind=codes.VALOR_NO_PERMITIDO, suggestion="3")


@rule({"01": "3263", **_SALES}, stage="importes", when=_RETENCION)
def figuras_de_retencion(c: Comprobante, report: Report) -> None:
    one = c.retencion
    if one is None or one.base is None:
        return
    percent = c.venta.retencion_porcentaje or RETENCIONES[0]
    computed = EXACT.multiply(one.base, percent) / 100
    if abs(computed - one.monto) > 1:
        report(
            "retencion_monto",
            _DIFFERS,
            kind=codes.TOTAL_NO_CUADRA,
            given=plain(one.monto),
            computed=plain(EXACT.quantize(computed, ZERO)),
        )
    if one.base > c.total:
        report(
            "retencion_base",
            N_("La base {base} es mayor que el importe total {total}."),
            code="3264",
            base=plain(one.base),
            total=plain(c.total),
        )
    if not one.monto:
        text = N_("El monto de la retención debe ser mayor que cero.")
        report("retencion_monto", text, kind=codes.FORMATO_INVALIDO, code="2968")


@rule(
    {"01": "3318", "03": "", **_SALES},
    source="SUNAT 2026-02-12 3316 a 3318",
    when="renta_segunda_base renta_segunda_monto tipo_operacion",
)
def renta_de_segunda(c: Comprobante, report: Report) -> None:
    venta, operation = c.venta, c.tipo_operacion
    given = venta.renta_segunda_base is not None or venta.renta_segunda_monto is not None
    if c.tipo == "03":
        if given:
            report("renta_segunda_base", N_("Una boleta no lleva retención de renta de segunda categoría."))
        return
    if operation == "2002" and not given:
        text = N_("La operación 2002 lleva la retención de renta de segunda categoría.")
        report("renta_segunda_base", text, kind=codes.PROPIEDAD_FALTANTE, code="3316")
    elif given and operation != "2002":
        text = N_("La retención de renta de segunda categoría es de la operación 2002.")
        report("tipo_operacion", text, kind=codes.VALOR_NO_PERMITIDO, code="3317", suggestion="2002")
    elif given and not venta.renta_segunda_base:
        text = N_("Falta la base de la retención de renta de segunda categoría.")
        report("renta_segunda_base", text, kind=codes.PROPIEDAD_FALTANTE)
