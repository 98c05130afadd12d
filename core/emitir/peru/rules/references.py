"""Guías, related documents, place of delivery, establishment: what SUNAT refuses or observes of them."""

from __future__ import annotations

import re

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.emisor import ruc_problem
from emitir.peru.rules.engine import Report, rule

_GUIA = re.compile(
    r"T[A-Z0-9]{3}-[0-9]{1,8}|[0-9]{4}-[0-9]{1,8}|[EG0][1-4]-[0-9]{1,8}|EG07-[0-9]{1,8}"
    r"|G[0-9]{3}-[0-9]{1,8}|V[A-Z0-9]{3}-[0-9]{1,8}"
)
#: Related documents that SUNAT knows in each kind of document (rule 4009).
_TIPOS_RELACIONADOS = {
    "01": frozenset({"04", "05", "06", "07", "08", "09", "99"}),
    "07": frozenset({"01", "04", "05", "99"}),
}
_SALES: dict[str, str | None] = {"07": None, "08": None}


@rule("4006", kind=codes.FORMATO_INVALIDO, when="guias")
def numero_de_guia(c: Comprobante, report: Report) -> None:
    for number, guia in enumerate(c.datos.guias, 1):
        if not _GUIA.fullmatch(guia.numero):
            report(
                f"guias-{number}-numero",
                N_("«{guia}» no tiene la forma de una guía de remisión, por ejemplo T001-8."),
                guia=guia.numero,
            )


@rule("2364", when="guias")
def guia_repetida(c: Comprobante, report: Report) -> None:
    seen = set()
    for number, guia in enumerate(c.datos.guias, 1):
        if (guia.tipo, guia.numero) in seen:
            report(f"guias-{number}-numero", N_("La guía {guia} está repetida."), guia=guia.numero)
        seen.add((guia.tipo, guia.numero))


@rule({"01": "2365", "03": "2365", "07": "2426", "08": "2426"}, when="documentos_relacionados anticipos")
def relacionado_repetido(c: Comprobante, report: Report) -> None:
    seen = set()
    for number, other in enumerate(c.datos.documentos_relacionados, 1):
        if (other.tipo, other.numero) in seen:
            report(
                f"documentos_relacionados-{number}-numero",
                N_("El documento relacionado {document} está repetido."),
                document=other.numero,
            )
        seen.add((other.tipo, other.numero))


@rule({"01": "2505", "03": "2505", **_SALES}, when="documentos_relacionados")
def anticipo_fuera_de_lugar(c: Comprobante, report: Report) -> None:
    for number, other in enumerate(c.datos.documentos_relacionados, 1):
        if other.tipo in {"02", "03"}:
            report(
                f"documentos_relacionados-{number}-tipo",
                N_("El comprobante de un anticipo va en la propiedad anticipos, con su monto."),
                code="3216",
            )


@rule("4009", kind=codes.VALOR_NO_PERMITIDO, when="documentos_relacionados")
def tipo_relacionado(c: Comprobante, report: Report) -> None:
    known = _TIPOS_RELACIONADOS["01" if c.tipo in {"01", "03"} else "07"]
    for number, other in enumerate(c.datos.documentos_relacionados, 1):
        if other.tipo not in known and other.tipo not in {"02", "03"}:
            report(
                f"documentos_relacionados-{number}-tipo",
                N_("El tipo {given} no vale aquí; los conocidos son {known}."),
                given=other.tipo,
                known=", ".join(sorted(known)),
            )


@rule({"01": None, "03": None, "07": "2637", "08": None}, when="documentos_relacionados")
def relacionado_de_otros_conceptos(c: Comprobante, report: Report) -> None:
    if c.nota.motivo != "10":
        return
    others = [other.tipo for other in c.datos.documentos_relacionados]
    for number, tipo in enumerate(others, 1):
        if tipo != "99":
            report(
                f"documentos_relacionados-{number}-tipo",
                N_("Una nota del motivo 10 se relaciona solo con documentos del tipo 99."),
                suggestion="99",
            )
    if others.count("99") > 1:
        text = N_("Una nota del motivo 10 se relaciona con un solo documento del tipo 99.")
        report("documentos_relacionados", text, code="2635")


@rule("4010", kind=codes.FORMATO_INVALIDO, when="documentos_relacionados")
def numero_relacionado(c: Comprobante, report: Report) -> None:
    for number, other in enumerate(c.datos.documentos_relacionados, 1):
        if any(character.isspace() for character in other.numero):
            report(
                f"documentos_relacionados-{number}-numero", N_("El número del documento no lleva espacios.")
            )


@rule({"01": "4231", "03": "4231", **_SALES}, kind=codes.VALOR_NO_PERMITIDO, when="entrega_ubigeo")
def ubigeo_de_entrega(c: Comprobante, report: Report) -> None:
    ubigeo = c.venta.entrega_ubigeo
    if ubigeo and ubigeo not in catalog("13"):
        report("entrega_ubigeo", N_("El ubigeo {ubigeo} no existe en el catálogo 13."), ubigeo=ubigeo)


@rule({"01": "4236", "03": "4236", **_SALES}, kind=codes.FORMATO_INVALIDO, when="entrega_direccion")
def direccion_de_entrega(c: Comprobante, report: Report) -> None:
    if 0 < len(c.venta.entrega_direccion) < 3:
        report("entrega_direccion", N_("La dirección de entrega tiene al menos 3 caracteres."))


@rule(
    {"01": "3156", "03": "3156", **_SALES},
    kind=codes.PROPIEDAD_FALTANTE,
    when="tipo_operacion agente_ventas_ruc",
)
def agente_de_ventas(c: Comprobante, report: Report) -> None:
    ruc = c.venta.agente_ventas_ruc
    if c.tipo_operacion == "0302" and not ruc:
        report("agente_ventas_ruc", N_("El transporte ferroviario indica el RUC del agente de ventas."))
    elif ruc and (problem := ruc_problem(ruc, "agente_ventas_ruc")):
        report.add(problem)


@rule({"01": "3173", "03": "3173", **_SALES}, kind=codes.PROPIEDAD_FALTANTE, when="tipo_operacion")
def pago_de_tren(c: Comprobante, report: Report) -> None:
    if c.tipo_operacion != "0302":
        return
    if not c.venta.medio_pago:
        report("medio_pago", N_("El transporte ferroviario indica el medio de pago (catálogo 59)."))
    if not c.venta.autorizacion_pago:
        text = N_("El transporte ferroviario indica la autorización del pago con tarjeta.")
        report("autorizacion_pago", text, code="3175")
