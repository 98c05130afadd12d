"""Discounts and charges of lines and document (catalog 53), legends, rounding."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import plain
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.leyendas import TEXTOS
from emitir.peru.rules.engine import Report, rule

#: Highest recargo al consumo: Decreto Ley 25988, fifth complementary provision.
RECARGO_MAXIMO = 13
#: Legends that only documents with exoneradas carry.
_DE_EXONERADAS = {"2001": "3283", "2002": "3284", "2003": "3285", "2008": "3289"}
_OBSERVADAS = {"2001": "4022", "2002": "4023", "2003": "4024", "2008": "4244"}
#: Legends that Emitir writes by itself.
_PROPIAS = frozenset({"1000", "1002", "2000", "2005", "2006", "2007"})


@rule({"01": "3271", "03": "4288"}, stage="importes", when="descuento porcentaje_descuento")
def descuento_mayor_que_linea(c: Comprobante, report: Report) -> None:
    for number, linea in enumerate(c.lineas, 1):
        if linea.extra and linea.extra.descuento > linea.extra.bruto:
            report(
                f"items-{number}-descuento",
                N_("El descuento {discount} es mayor que el valor de la línea, {value}."),
                code="3271",
                discount=plain(linea.extra.descuento),
                value=plain(linea.extra.bruto),
            )


@rule(
    {"01": "", "03": ""},
    source="Catálogo 53",
    when="porcentaje_descuento porcentaje_descuento_global porcentaje_recargo_consumo",
)
def porcentajes(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        percent = item.porcentaje_descuento
        if percent is not None and percent > 100:
            report(f"items-{number}-porcentaje_descuento", N_("Un descuento llega hasta el 100 %."))
    if c.tipo in {"01", "03"}:
        for name in ("porcentaje_descuento_global", "porcentaje_recargo_consumo"):
            if (getattr(c.venta, name) or 0) > 100:
                report(name, N_("Un porcentaje llega hasta el 100 %."))


@rule({"01": "", "03": ""}, source="Catálogo 53", when="descuento descuento_global recargo_consumo")
def monto_o_porcentaje(c: Comprobante, report: Report) -> None:
    text = N_("Indique el monto o el porcentaje, no ambos.")
    for number, item in enumerate(c.datos.items, 1):
        if item.descuento is not None and item.porcentaje_descuento is not None:
            report(f"items-{number}-porcentaje_descuento", text)
    if c.tipo not in {"01", "03"}:
        return
    venta = c.venta
    if venta.descuento_global is not None and venta.porcentaje_descuento_global is not None:
        report("porcentaje_descuento_global", text)
    if venta.recargo_consumo is not None and venta.porcentaje_recargo_consumo is not None:
        report("porcentaje_recargo_consumo", text)


@rule(
    {"01": None, "03": None, "07": "", "08": ""},
    source="SUNAT 2026-02-12 3280",
    when="descuento_no_base cargo_no_base",
)
def nota_sin_ajustes_aparte(c: Comprobante, report: Report) -> None:
    for number, item in enumerate(c.datos.items, 1):
        for name in ("descuento_no_base", "cargo_no_base"):
            if getattr(item, name):
                report(
                    f"items-{number}-{name}",
                    N_(
                        "Una nota no lleva descuentos ni cargos fuera de la base: póngalos en el precio de la línea."
                    ),
                )


@rule(
    {"01": "3277", "03": "4299", "07": None, "08": None},
    stage="importes",
    when="descuento_global porcentaje_descuento_global cargo_global",
)
def ajuste_sin_base(c: Comprobante, report: Report) -> None:
    totales = c.importes
    names = ("descuento_global", "porcentaje_descuento_global", "cargo_global")
    name = next(name for name in (*names, "") if not name or getattr(c.venta, name))
    if name and not any(linea.tributo.code in {"1000", "1016"} for linea in c.lineas):
        report(
            name,
            N_(
                "Un ajuste global que afecta la base necesita líneas gravadas; en las demás use el de la línea."
            ),
            code="3277",
        )
    elif name and totales.gravado + totales.gravado_ivap < 0:
        report(name, N_("El descuento global es mayor que el valor de las líneas gravadas."), code="3277")


@rule(
    {"01": "", "03": "", "07": None, "08": None},
    source="Decreto Ley 25988",
    when="recargo_consumo porcentaje_recargo_consumo",
    stage="importes",
)
def recargo_al_consumo(c: Comprobante, report: Report) -> None:
    for one in c.ajustes:
        if one.codigo == "46" and one.base and one.monto * 100 > one.base * RECARGO_MAXIMO + 1:
            name = "recargo_consumo" if c.venta.recargo_consumo is not None else "porcentaje_recargo_consumo"
            report(
                name,
                N_("El recargo al consumo llega hasta el {limit} % del valor de venta, {base}."),
                warning=True,
                limit=RECARGO_MAXIMO,
                base=plain(one.base),
            )


@rule(
    {"01": "3074", "03": "3074", "07": None, "08": None}, kind=codes.FORMATO_INVALIDO, when="fise base_fise"
)
def fise(c: Comprobante, report: Report) -> None:
    venta = c.venta
    if not venta.fise:
        report("fise", N_("El cargo del FISE debe ser mayor que cero."))
    if venta.base_fise is not None and not venta.base_fise:
        report("base_fise", N_("La base del FISE debe ser mayor que cero."), code="3092")


@rule({"01": "3303", "03": "4314"}, kind=codes.VALOR_NO_PERMITIDO, when="redondeo")
def redondeo(c: Comprobante, report: Report) -> None:
    value = c.datos.redondeo
    if value is not None and abs(value) > 1:
        report(
            "redondeo", N_("El redondeo va de -1.00 a 1.00; llegó {value}."), code="3303", value=plain(value)
        )


@rule("3027", kind=codes.VALOR_NO_PERMITIDO, when="leyendas")
def leyenda_conocida(c: Comprobante, report: Report) -> None:
    for number, leyenda in enumerate(c.datos.leyendas, 1):
        if leyenda.codigo not in catalog("52"):
            report(
                f"leyendas-{number}-codigo",
                N_("La leyenda {legend} no está en el catálogo 52."),
                legend=leyenda.codigo,
            )
        elif leyenda.codigo in _PROPIAS or leyenda.codigo not in TEXTOS:
            report(
                f"leyendas-{number}-codigo",
                N_("La leyenda {legend} se escribe sola cuando corresponde: no la indique."),
                legend=leyenda.codigo,
            )


@rule({"01": "3014", "03": "3014", "07": "", "08": ""}, source="SUNAT 2026-02-12 3014", when="leyendas")
def leyenda_repetida(c: Comprobante, report: Report) -> None:
    given = [leyenda.codigo for leyenda in c.datos.leyendas]
    for number, code in enumerate(given, 1):
        if code in given[: number - 1]:
            report(f"leyendas-{number}-codigo", N_("La leyenda {legend} está repetida."), legend=code)


@rule({"01": "3283", "03": "4022", "07": None, "08": None}, stage="importes", when="leyendas")
def leyenda_de_exoneradas(c: Comprobante, report: Report) -> None:
    for number, leyenda in enumerate(c.datos.leyendas, 1):
        code = (_DE_EXONERADAS if c.tipo == "01" else _OBSERVADAS).get(leyenda.codigo)
        if code and not c.importes.exonerado:
            report(
                f"leyendas-{number}-codigo",
                N_("La leyenda {legend} es de ventas con líneas exoneradas (afectación 20)."),
                code=code,
                legend=leyenda.codigo,
            )
