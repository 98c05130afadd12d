"""Associated documents (group H)."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.paraguay import cdc
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.model import DocumentoAsociado
from emitir.paraguay.rules.engine import Report, rule

#: Property of a printed document to the code of its absence.
_PRINTED = (
    ("establecimiento", "2406"),
    ("punto", "2407"),
    ("numero", "2408"),
    ("tipo", "2409"),
    ("fecha", "2411"),
)
#: Property to the code of its presence where the document is electronic or a constancia.
_NOT_PRINTED = (
    ("timbrado", "2419"),
    ("establecimiento", "2420"),
    ("punto", "2421"),
    ("numero", "2422"),
    ("tipo", "2423"),
    ("fecha", "2425"),
)
#: What a document may be associated to, by iTiDE of the CDC.
_MAY_NAME = {"1": "17", "5": "1456", "6": "1456", "7": "1567"}


def _paths(c: Comprobante) -> list[tuple[str, DocumentoAsociado]]:
    offset = 1 if c.datos.documento else 0
    return [
        ("documento" if offset and not number else f"documentos-{number + 1 - offset}", asociado)
        for number, asociado in enumerate(c.asociados)
    ]


@rule("2400", "2415", tipos="456")
def how_many(c: Comprobante, report: Report) -> None:
    """Autofactura and notas have exactly one associated document."""
    count = len(c.asociados)
    if not count:
        text = (
            N_("Falta la constancia del vendedor, en documentos.")
            if c.tipo == "4"
            else N_("Falta el documento que se modifica: documento (CDC) o documentos.")
        )
        report("documentos", text, kind=codes.PROPIEDAD_FALTANTE)
    elif count > 1:
        report(
            "documentos", N_("Solo se permite un documento asociado; hay {count}."), code="2415", count=count
        )


@rule("2416", "2434", "2402")
def kind(c: Comprobante, report: Report) -> None:
    """An autofactura names a constancia, every other document none; and each says which kind it is."""
    for path, asociado in _paths(c):
        if c.tipo == "4" and asociado.clase != "3":
            report(
                path,
                N_("El documento asociado de una autofactura es una constancia electrónica."),
                code="2416",
            )
        elif c.tipo != "4" and asociado.clase == "3":
            report(path, N_("Solo una autofactura lleva constancia."), code="2434")
        elif not asociado.clase:
            report(
                path,
                N_("Indique el cdc del documento electrónico, o el timbrado del impreso."),
                kind=codes.PROPIEDAD_FALTANTE,
                code="2402",
            )


@rule(
    *("2419", "2420", "2421", "2422", "2423", "2425", "2406", "2407", "2408", "2409", "2411"),
    *("2427", "2431", "2433"),
)
def parts(c: Comprobante, report: Report) -> None:
    """A printed document has all its parts, the others none of them; a constancia keeps its numbers to itself."""
    for path, asociado in _paths(c):
        if asociado.clase == "2":
            for name, code in _PRINTED:
                if not getattr(asociado, name):
                    report(
                        f"{path}-{name}",
                        N_("Falta este dato del documento impreso."),
                        kind=codes.PROPIEDAD_FALTANTE,
                        code=code,
                    )
        else:
            for name, code in _NOT_PRINTED:
                if getattr(asociado, name):
                    report(f"{path}-{name}", N_("Es de un documento impreso: quítelo."), code=code)
        if asociado.cdc and asociado.constancia:
            report(f"{path}-constancia", N_("Un documento electrónico no lleva constancia."), code="2427")
        if asociado.clase != "3":
            for name, code in (("constancia_numero", "2431"), ("constancia_control", "2433")):
                if getattr(asociado, name):
                    report(f"{path}-{name}", N_("Es de una constancia: quítelo."), code=code)


@rule("2430", "2432", kind=codes.PROPIEDAD_FALTANTE, tipos="4")
def constancia(c: Comprobante, report: Report) -> None:
    """A constancia of microproductores has a number and a number of control."""
    for path, asociado in _paths(c):
        if asociado.constancia == "2":
            if not asociado.constancia_numero:
                report(f"{path}-constancia_numero", N_("Falta el número de la constancia."), code="2430")
            if not asociado.constancia_control:
                report(
                    f"{path}-constancia_control",
                    N_("Falta el número de control de la constancia."),
                    code="2432",
                )


@rule("2403", "2414", "2439", "2443", "2444")
def electronic(c: Comprobante, report: Report) -> None:
    """A CDC is one, of a document that may be named here and of the same issuer (or the RUC it merged with)."""
    own = c.emisor.ruc_y_dv[0]
    for path, asociado in _paths(c):
        where = path if path == "documento" else f"{path}-cdc"
        merged = asociado.ruc_fusionado.partition("-")[0]
        if merged and c.tipo not in "567":
            report(f"{path}-ruc_fusionado", N_("Este documento no lleva RUC fusionado."), code="2444")
        if not asociado.cdc:
            continue
        known = cdc.parse(asociado.cdc)
        if known is None:
            report(
                where,
                N_("El CDC no es válido: su dígito verificador, su RUC o su fecha no corresponden."),
                kind=codes.FORMATO_INVALIDO,
            )
            continue
        if known.tipo not in _MAY_NAME.get(c.tipo, ""):
            text = N_("Este documento no puede asociarse a uno de tipo {other}.")
            report(where, text, code="2414", other=known.tipo)
        if c.tipo in "56" and not merged and known.ruc != own:
            report(where, N_("El CDC es de otro emisor ({other})."), code="2439", other=known.ruc)
        if merged and known.ruc != merged:
            report(
                f"{path}-ruc_fusionado",
                N_("El RUC fusionado no es el del CDC ({other})."),
                code="2443",
                other=known.ruc,
            )


@rule("2440")
def printed(c: Comprobante, report: Report) -> None:
    """A printed document has a timbrado of paper: the company's own electronic one it cannot have."""
    for path, asociado in _paths(c):
        if asociado.timbrado == c.emisor.timbrado:
            report(f"{path}-timbrado", N_("Es el timbrado electrónico de la empresa: indique el cdc."))


@rule("2413", "2436", kind=codes.PROPIEDAD_FALTANTE)
def particular(c: Comprobante, report: Report) -> None:
    """A sale of crédito fiscal names its resolution; a comprobante de retención goes with that payment."""
    datos = c.datos
    if datos.tipo_transaccion == "12" and not any(a.resolucion_credito for a in c.asociados):
        report(
            "documentos",
            N_("Falta el número de resolución de crédito fiscal (resolucion_credito)."),
            code="2413",
        )
    paid_so = any(pago.tipo == "10" for pago in datos.pagos)
    for path, asociado in _paths(c):
        if asociado.comprobante_retencion and not paid_so:
            report(
                f"{path}-comprobante_retencion",
                N_("Solo va con un pago de tipo retención (10)."),
                kind=codes.REGLA_INCUMPLIDA,
                code="2436",
            )
