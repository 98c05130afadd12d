"""Forma de pago: contado, or crédito with its cuotas (rules 3244 to 3267 and 3319)."""

from __future__ import annotations

from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import plain
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, rule


@rule({"01": "3252", "03": "3252", "07": None, "08": None}, when="cuotas monto_pendiente")
def cuotas_al_contado(c: Comprobante, report: Report) -> None:
    if c.forma_pago == "Contado" and (c.datos.cuotas or c.datos.monto_pendiente):
        path = "cuotas" if c.datos.cuotas else "monto_pendiente"
        report(
            path,
            N_("Una venta al contado no lleva cuotas ni monto pendiente."),
            action=N_("Ponga forma_pago: credito, o quite las cuotas."),
        )


@rule("3249", kind=codes.PROPIEDAD_FALTANTE, when="forma_pago")
def credito_sin_cuotas(c: Comprobante, report: Report) -> None:
    if c.forma_pago == "Credito" and c.datos.tipo_doc == "6" and not c.datos.cuotas:
        report("cuotas", N_("Una venta al crédito a un RUC lleva al menos una cuota."))


@rule({"01": "3267", "03": "3267", "07": "3321", "08": None}, when="cuotas")
def fecha_de_cuota(c: Comprobante, report: Report) -> None:
    for number, cuota in enumerate(c.datos.cuotas, 1):
        if cuota.fecha <= c.fecha_emision:
            report(
                f"cuotas-{number}-fecha",
                N_("La cuota vence el {fecha}: debe ser después de la emisión ({emision})."),
                fecha=cuota.fecha.isoformat(),
                emision=c.fecha_emision.isoformat(),
            )


@rule("3253", kind=codes.FORMATO_INVALIDO, when="cuotas")
def monto_de_cuota(c: Comprobante, report: Report) -> None:
    for number, cuota in enumerate(c.datos.cuotas, 1):
        if not cuota.monto:
            report(f"cuotas-{number}-monto", N_("La cuota debe ser mayor que cero."))


@rule({"01": "3265", "03": "3265", "07": None, "08": None}, stage="importes", when="monto_pendiente")
def pendiente_mayor_que_total(c: Comprobante, report: Report) -> None:
    if c.forma_pago == "Credito" and c.monto_pendiente > c.importes.total:
        report(
            "monto_pendiente",
            N_("El monto pendiente {pending} es mayor que el total {total}."),
            pending=plain(c.monto_pendiente),
            total=plain(c.importes.total),
        )


@rule({"01": "3266", "03": "3266", "07": None, "08": None}, stage="importes", when="cuotas")
def cuota_mayor_que_total(c: Comprobante, report: Report) -> None:
    for number, cuota in enumerate(c.datos.cuotas, 1):
        if cuota.monto > c.importes.total:
            report(
                f"cuotas-{number}-monto",
                N_("La cuota {amount} es mayor que el total {total}."),
                amount=plain(cuota.monto),
                total=plain(c.importes.total),
            )


@rule("3319", kind=codes.TOTAL_NO_CUADRA, stage="importes", when="cuotas")
def suma_de_cuotas(c: Comprobante, report: Report) -> None:
    cuotas = c.datos.cuotas
    if c.forma_pago != "Credito" or not cuotas:
        return
    summed = sum((cuota.monto for cuota in cuotas), Decimal(0))
    if summed != c.monto_pendiente:
        report(
            "cuotas",
            N_("Las cuotas suman {summed} y el monto pendiente es {pending}: deben ser iguales."),
            summed=plain(summed),
            pending=plain(c.monto_pendiente),
            action=N_("Corrija las cuotas, o indique monto_pendiente si una parte ya se pagó."),
        )
