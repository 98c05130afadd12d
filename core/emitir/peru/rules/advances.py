"""Anticipos: the comprobante that each was paid with, its amount, and what may be deducted."""

from __future__ import annotations

import re
from dataclasses import replace

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import plain
from emitir.peru.comprobante import Comprobante
from emitir.peru.emisor import ruc_problem
from emitir.peru.rules.engine import Report, rule

_FORMS = {
    "02": re.compile(r"F[A-Z0-9]{3}-[0-9]{1,8}|E001-[0-9]{1,8}|[0-9]{1,4}-[0-9]{1,8}"),
    "03": re.compile(r"B[A-Z0-9]{3}-[0-9]{1,8}|EB01-[0-9]{1,8}|[0-9]{1,4}-[0-9]{1,8}"),
}
_SALES: dict[str, str | None] = {"07": None, "08": None}
_TAX = {"10": ("1000", "1016"), "20": ("9997",), "30": ("9998",)}


@rule({"01": "2521", "03": "2521", **_SALES}, kind=codes.FORMATO_INVALIDO, when="anticipos")
def numero_de_anticipo(c: Comprobante, report: Report) -> None:
    for number, one in enumerate(c.venta.anticipos, 1):
        if not _FORMS[one.tipo].fullmatch(one.documento):
            report(
                f"anticipos-{number}-documento",
                N_("«{document}» no es el número de una factura (F001-15) o boleta (B001-15) de anticipo."),
                document=one.documento,
            )


@rule({"01": "2529", "03": "2529", **_SALES}, kind=codes.NUMERO_IDENTIDAD_INVALIDO, when="anticipos")
def ruc_de_anticipo(c: Comprobante, report: Report) -> None:
    for number, one in enumerate(c.venta.anticipos, 1):
        if one.ruc and (problem := ruc_problem(one.ruc, f"anticipos-{number}-ruc")):
            report.add(replace(problem, authority_code=report.rule.codes[report.clase]))


@rule({"01": "2503", "03": "2503", **_SALES}, kind=codes.FORMATO_INVALIDO, when="anticipos")
def monto_de_anticipo(c: Comprobante, report: Report) -> None:
    for number, one in enumerate(c.venta.anticipos, 1):
        if not one.monto:
            report(f"anticipos-{number}-monto", N_("El anticipo debe ser mayor que cero."))
        elif one.valor is not None and not 0 < one.valor + (one.isc or 0) <= one.monto:
            report(
                f"anticipos-{number}-valor",
                N_("El valor del anticipo va sin impuestos: es mayor que cero y hasta su monto, {amount}."),
                code="3287",
                amount=plain(one.monto),
            )


@rule({"01": "", "03": "", **_SALES}, source="SUNAT 2026-02-12 3215", when="anticipos")
def anticipo_repetido(c: Comprobante, report: Report) -> None:
    seen = set()
    for number, one in enumerate(c.venta.anticipos, 1):
        key = (one.tipo, one.documento, one.ruc, one.afectacion_igv)
        if key in seen:
            report(
                f"anticipos-{number}-documento",
                N_("El anticipo {document} está repetido."),
                document=one.documento,
            )
        seen.add(key)


@rule({"01": "3287", "03": "3287", **_SALES}, stage="importes", when="anticipos")
def anticipo_sin_lineas(c: Comprobante, report: Report) -> None:
    present = {linea.tributo.code for linea in c.lineas}
    for number, one in enumerate(c.venta.anticipos, 1):
        if present.isdisjoint(_TAX[one.afectacion_igv]):
            report(
                f"anticipos-{number}-afectacion_igv",
                N_("El anticipo es de afectación {affectation} y ninguna línea lo es."),
                affectation=one.afectacion_igv,
            )


@rule({"01": "3280", "03": "3280", **_SALES}, stage="importes", when="anticipos")
def anticipos_mayores_que_la_venta(c: Comprobante, report: Report) -> None:
    totales = c.importes
    if (
        totales.total < 0
        or min(totales.gravado, totales.exonerado, totales.inafecto, totales.gravado_ivap) < 0
    ):
        report(
            "anticipos",
            N_("Los anticipos suman {advances} y la venta {sale}: no pueden ser más que lo que se vende."),
            advances=plain(totales.anticipos),
            sale=plain(totales.precio_venta),
        )


@rule(
    {"01": "2509", "03": "2509", **_SALES},
    kind=codes.TOTAL_NO_CUADRA,
    stage="importes",
    when="total_anticipos",
)
def total_de_anticipos(c: Comprobante, report: Report) -> None:
    summed = sum(one.monto for one in c.venta.anticipos)
    if c.importes.anticipos != summed:
        report(
            "total_anticipos",
            N_("Dice {given} y los anticipos suman {computed}."),
            given=plain(c.importes.anticipos),
            computed=f"{summed:.2f}",
        )
