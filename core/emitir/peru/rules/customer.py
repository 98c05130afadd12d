"""The customer: kind of document, number, name, and when a boleta must know who buys."""

from __future__ import annotations

from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import plain
from emitir.peru.comprobante import Comprobante
from emitir.peru.emisor import ruc_problem
from emitir.peru.identity import is_digits
from emitir.peru.rules.engine import Report, rule

#: Sales above this amount need the buyer's identity: Reglamento de Comprobantes de Pago, art. 8, 3.10.
LIMITE_SIN_IDENTIDAD = Decimal(700)


@rule({"01": "2015", "07F": "2679", "08F": "2679"}, kind=codes.PROPIEDAD_FALTANTE)
def cliente_completo(c: Comprobante, report: Report) -> None:
    datos = c.datos
    for path, value, code in (
        ("tipo_doc", datos.tipo_doc, None),
        ("numero_doc", datos.numero_doc, "2014" if c.tipo == "01" else None),
        ("razon_social", datos.razon_social, "2021"),
    ):
        if not value:
            report(
                path, N_("Una factura, y su nota, identifican al cliente: falta esta propiedad."), code=code
            )


@rule({"03": ""}, kind=codes.PROPIEDAD_FALTANTE, source="Resolución 007-99/SUNAT, art. 8")
def cliente_a_medias(c: Comprobante, report: Report) -> None:
    datos = c.datos
    known = bool(datos.numero_doc and datos.numero_doc != "-")
    if datos.tipo_doc not in {"", "-"} and not known:
        report("numero_doc", N_("Indicó el tipo de documento del cliente: falta su número."))
    if known and datos.tipo_doc in {"", "-"}:
        report("tipo_doc", N_("Indicó el número de documento del cliente: falta su tipo."))
    if known and not datos.razon_social:
        report("razon_social", N_("Indicó el documento del cliente: falta su nombre."))


#: Kinds of customer that an operation takes (rule 2800); the others of a factura take a RUC alone.
_CUALQUIERA = frozenset({"0200", "0201", "0202", "0203", "0204", "0205", "0206", "0207", "0208", "0401"})
_DE_OPERACION = {"0112": frozenset({"1", "6"}), "2106": frozenset({"7", "B", "G"})}
#: Exports that are not sold to a RUC, unless it is of the zona comercial de Tacna (legend 2008).
_NO_A_RUC = frozenset({"0200", "0201", "0204"})


@rule({"01": "2800", "07": None, "08": None}, kind=codes.VALOR_NO_PERMITIDO)
def cliente_de_factura(c: Comprobante, report: Report) -> None:
    tipo_doc = c.datos.tipo_doc
    if not tipo_doc or (tipo_doc == "6" and "6" in _DE_OPERACION.get(c.tipo_operacion, "6")):
        if tipo_doc and c.tipo_operacion in _NO_A_RUC and not c.has_legend("2008"):
            report("tipo_doc", N_("Una exportación se emite a un cliente del exterior, no a un RUC."))
        return
    operation = c.tipo_operacion
    allowed = _DE_OPERACION.get(operation)
    if operation in _CUALQUIERA or (allowed and tipo_doc in allowed):
        return
    if allowed:
        report(
            "tipo_doc",
            N_("La operación {operation} se emite a estos tipos de documento: {allowed}."),
            operation=operation,
            allowed=", ".join(sorted(allowed)),
        )
        return
    report(
        "tipo_doc",
        N_("Una factura de venta interna se emite a un RUC."),
        suggestion="r",
        action=N_("Emita una boleta, o pida el RUC a su cliente."),
    )


@rule(
    {"03": "2800", "07": None, "08": None},
    kind=codes.VALOR_NO_PERMITIDO,
    when="tipo_operacion afectacion_igv",
)
def cliente_de_boleta(c: Comprobante, report: Report) -> None:
    if c.datos.tipo_doc == "6" and c.tipo_operacion in _CUALQUIERA - {"0202"}:
        report("tipo_doc", N_("Una exportación se emite a un cliente del exterior, no a un RUC."))


@rule("2017", kind=codes.NUMERO_IDENTIDAD_INVALIDO)
def ruc(c: Comprobante, report: Report) -> None:
    number = c.datos.numero_doc
    if c.datos.tipo_doc != "6" or not number:
        return
    if not is_digits(number, 11):
        report("numero_doc", N_("Un RUC tiene 11 dígitos; llegó «{number}»."), number=number)
    elif problem := ruc_problem(number, "numero_doc"):
        report.add(problem)


@rule({"01": "2801", "03": "2801"}, kind=codes.NUMERO_IDENTIDAD_INVALIDO)
def dni(c: Comprobante, report: Report) -> None:
    number = c.datos.numero_doc
    if c.datos.tipo_doc == "1" and number and not is_digits(number, 8):
        # SUNAT only observes this on a boleta (4207), but a DNI of another length is nobody's.
        report(
            "numero_doc",
            N_("Un DNI tiene 8 dígitos; llegó «{number}»."),
            suggestion=number.zfill(8)
            if number.isascii() and number.isdigit() and 6 <= len(number) < 8
            else "",
            number=number,
        )


@rule({"01": "2802", "03": "4208"}, kind=codes.FORMATO_INVALIDO)
def otro_documento(c: Comprobante, report: Report) -> None:
    number = c.datos.numero_doc
    if c.datos.tipo_doc not in {"", "-", "1", "6"} and any(character.isspace() for character in number):
        report("numero_doc", N_("El número de documento no lleva espacios."))


@rule(
    {"03": "", "07": None, "08": None},
    kind=codes.PROPIEDAD_FALTANTE,
    stage="importes",
    source="Resolución 007-99/SUNAT, art. 8",
)
def boleta_mayor_sin_cliente(c: Comprobante, report: Report) -> None:
    identified = c.datos.tipo_doc not in {"", "-"} and c.datos.numero_doc
    if c.moneda == "PEN" and c.importes.total > LIMITE_SIN_IDENTIDAD and not identified:
        report(
            "numero_doc",
            N_("Una boleta de más de S/ {limit} identifica al cliente; esta suma S/ {total}."),
            limit=plain(LIMITE_SIN_IDENTIDAD),
            total=plain(c.importes.total),
            action=N_("Agregue tipo_doc, numero_doc y razon_social del cliente."),
        )
