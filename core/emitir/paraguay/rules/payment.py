"""Condition of the operation, payments and credit (group E600)."""

from __future__ import annotations

from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.paraguay.catalogs import catalog
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.emisor import ruc_problem
from emitir.paraguay.rules.engine import Report, rule

_CARDS = frozenset({"3", "4"})
_CHEQUE, _BANK, _OTHER = "2", "16", "99"
#: What the payments may differ from the total without a warning: cents of the rounding.
_DIFFERENCE = Decimal(1)


@rule("1503", tipos="4")
def autofactura_at_once(c: Comprobante, report: Report) -> None:
    """An autofactura is paid at once."""
    if c.condicion == "2":
        report("forma_pago", N_("Una autofactura es al contado."), suggestion="contado")


@rule("1701", "1751", tipos="14")
def no_credit(c: Comprobante, report: Report) -> None:
    """A sale at once has no plazo nor cuotas."""
    datos = c.datos
    if c.condicion != "1":
        return
    for name in ("plazo", "cuotas", "cantidad_cuotas", "entrega_inicial"):
        if getattr(datos, name):
            report(name, N_("Una venta al contado no lleva datos de crédito."))


@rule("1703", "1706", "1751", tipos="1")
def credit(c: Comprobante, report: Report) -> None:
    """A credit is of a plazo or of cuotas, never both."""
    datos = c.datos
    if c.condicion != "2":
        return
    by_cuotas = bool(datos.cuotas or datos.cantidad_cuotas)
    if datos.plazo and by_cuotas:
        name = "cuotas" if datos.cuotas else "cantidad_cuotas"
        text = N_("El crédito es por plazo o por cuotas: quite uno de los dos.")
        report(name, text, code="1751" if datos.cuotas else "1706")
    elif not datos.plazo and not by_cuotas:
        text = N_("Falta el plazo o las cuotas del crédito.")
        report("plazo", text, kind=codes.PROPIEDAD_FALTANTE)
    if datos.cantidad_cuotas and datos.cuotas and datos.cantidad_cuotas != len(datos.cuotas):
        report(
            "cantidad_cuotas",
            N_("Dice {given} cuotas y detalla {count}."),
            code="",
            given=datos.cantidad_cuotas,
            count=len(datos.cuotas),
        )


@rule("1551", "1552", tipos="1")
def first_payment(c: Comprobante, report: Report) -> None:
    """Payments of a credit are those of its entrega inicial."""
    datos = c.datos
    if c.condicion != "2":
        return
    if datos.entrega_inicial and not datos.pagos:
        report("pagos", N_("Falta con qué se pagó la entrega inicial."), kind=codes.PROPIEDAD_FALTANTE)
    if datos.pagos and not datos.entrega_inicial:
        report(
            "entrega_inicial", N_("Hay pagos en una venta a crédito: falta la entrega inicial."), code="1552"
        )


@rule("1600", "1601", "1650", "1651", "1553", "1555", tipos="14")
def payments(c: Comprobante, report: Report) -> None:
    """A card payment has its card, a cheque its cheque, the others neither."""
    datos = c.datos
    for number, pago in enumerate(datos.pagos, 1):
        path = f"pagos-{number}"
        if pago.tipo in _CARDS and pago.tarjeta is None:
            text = N_("Faltan los datos de la tarjeta.")
            report(f"{path}-tarjeta", text, kind=codes.PROPIEDAD_FALTANTE)
        if pago.tarjeta is not None and pago.tipo not in _CARDS:
            report(f"{path}-tarjeta", N_("Solo un pago con tarjeta lleva tarjeta."), code="1601")
        if pago.tipo == _CHEQUE and pago.cheque is None:
            text = N_("Faltan los datos del cheque.")
            report(f"{path}-cheque", text, kind=codes.PROPIEDAD_FALTANTE, code="1650")
        if pago.cheque is not None and pago.tipo != _CHEQUE:
            report(f"{path}-cheque", N_("Solo un pago con cheque lleva cheque."), code="1651")
        if pago.tipo == _BANK and (c.tipo == "1" and (datos.indicador_presencia or "1") != "5"):
            report(
                f"{path}-tipo",
                N_("El pago bancario (16) es de una operación bancaria (indicador 5)."),
                code="1553",
            )
        if pago.tipo == _OTHER and not pago.descripcion:
            text = N_("Describa el tipo de pago.")
            report(f"{path}-descripcion", text, kind=codes.PROPIEDAD_FALTANTE, code="")
        if pago.moneda and pago.moneda not in catalog("monedas"):
            text = N_("La moneda {currency} no está en la tabla de la DNIT.")
            report(f"{path}-moneda", text, code="1555", currency=pago.moneda)
    for number, cuota in enumerate(datos.cuotas, 1):
        if cuota.moneda and cuota.moneda not in catalog("monedas"):
            text = N_("La moneda {currency} no está en la tabla de la DNIT.")
            report(f"cuotas-{number}-moneda", text, code="", currency=cuota.moneda)


@rule("1556", "1557", tipos="14")
def payment_rates(c: Comprobante, report: Report) -> None:
    """A payment in a foreign currency has its rate (the document's, in the document's currency); guaraníes none."""
    datos = c.datos
    for number, pago in enumerate(datos.pagos, 1):
        currency = pago.moneda or datos.moneda
        if currency == "PYG" and pago.tipo_cambio is not None:
            text = N_("En guaraníes no se informa tipo de cambio.")
            report(f"pagos-{number}-tipo_cambio", text, code="1557")
        if currency not in ("PYG", datos.moneda) and pago.tipo_cambio is None:
            text = N_("Falta el tipo de cambio de este pago.")
            report(f"pagos-{number}-tipo_cambio", text, kind=codes.PROPIEDAD_FALTANTE)


@rule("1604", kind=codes.NUMERO_IDENTIDAD_INVALIDO, tipos="14")
def cards(c: Comprobante, report: Report) -> None:
    """The processor's RUC has its right digit; «otra» card has its name."""
    for number, pago in enumerate(c.datos.pagos, 1):
        card = pago.tarjeta
        if card is None:
            continue
        path = f"pagos-{number}-tarjeta"
        if "-" in card.ruc_procesadora and (
            wrong := ruc_problem(card.ruc_procesadora, f"{path}-ruc_procesadora", "1604")
        ):
            report.add(wrong)
        if card.denominacion == _OTHER and not card.descripcion:
            text = N_("Describa la tarjeta.")
            report(f"{path}-descripcion", text, kind=codes.PROPIEDAD_FALTANTE, code="")


@rule(stage="importes", kind=codes.TOTAL_NO_CUADRA, tipos="14", source="MT150 E608")
def payments_and_total(c: Comprobante, report: Report) -> None:
    """Payments and total differ: SIFEN takes it, a person should know."""
    datos = c.datos
    if not datos.pagos or any((pago.moneda or datos.moneda) != datos.moneda for pago in datos.pagos):
        return
    paid = sum((pago.monto for pago in datos.pagos), Decimal(0))
    due = (datos.entrega_inicial or Decimal(0)) if c.condicion == "2" else c.importes.general
    if abs(paid - due) > _DIFFERENCE:
        report(
            "pagos",
            N_("Los pagos suman {paid} y corresponden {due}."),
            warning=True,
            paid=format(paid.normalize(), "f"),
            due=format(due.normalize(), "f"),
        )
