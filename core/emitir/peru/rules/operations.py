"""Kinds of operation (catalog 51): which document takes them, and what each asks of the lines."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, rule

_FLAG = {"01": "factura", "03": "boleta"}
_NAME = {"01": N_("una factura"), "03": N_("una boleta")}
#: Kinds of exportación.
EXPORTACION = frozenset({"0200", "0201", "0202", "0203", "0204", "0205", "0206", "0207", "0208"})
#: Exported services whose country of use is told.
CON_PAIS = frozenset({"0201", "0208"})
#: Reasons of a nota that adjust exports, and those of IVAP.
_AJUSTE_EXPORTACION, _AJUSTE_IVAP = "11", "12"


def is_export(c: Comprobante) -> bool:
    """Whether the document is of an exportación; a nota, by its reason."""
    if c.tipo in {"07", "08"}:
        return c.nota.motivo == _AJUSTE_EXPORTACION
    return c.tipo_operacion in EXPORTACION


@rule({"01": "3206", "03": "3206", "07": None, "08": None}, kind=codes.VALOR_NO_PERMITIDO)
def tipo_operacion(c: Comprobante, report: Report) -> None:
    code = c.tipo_operacion
    row = catalog("51").rows.get(code)
    # A row without any of the marks (2002) is of the official sheet alone: both documents take it.
    marked = row is not None and any(name in row for name in (*_FLAG.values(), "liquidacion"))
    if row is None or (marked and row.get(_FLAG[c.tipo]) != "1"):
        report(
            "tipo_operacion",
            N_("El tipo de operación {operation} no vale para {document} (catálogo 51)."),
            operation=code,
            document=_NAME[c.tipo],
        )


@rule("2642", kind=codes.VALOR_NO_PERMITIDO, when="tipo_operacion motivo")
def lineas_de_exportacion(c: Comprobante, report: Report) -> None:
    if not is_export(c):
        return
    for number, item in enumerate(c.datos.items, 1):
        if item.afectacion_igv != "40":
            report(
                f"items-{number}-afectacion_igv",
                N_("Todas las líneas de una exportación llevan afectación 40."),
                suggestion="40",
            )


@rule("3107", when="tipo_isc isc tasa_isc isc_unitario otros_tributos tasa_otros_tributos")
def exportacion_sin_isc(c: Comprobante, report: Report) -> None:
    if not is_export(c):
        return
    for number, item in enumerate(c.datos.items, 1):
        for name in ("tipo_isc", "isc", "tasa_isc", "isc_unitario", "otros_tributos", "tasa_otros_tributos"):
            if getattr(item, name):
                report(f"items-{number}-{name}", N_("Una exportación no lleva ISC ni otros tributos."))


@rule({"01": "", "03": "", "07": None, "08": None}, source="SUNAT 2026-02-12 2642", when="afectacion_igv")
def exportacion_declarada(c: Comprobante, report: Report) -> None:
    exported = any(item.afectacion_igv == "40" for item in c.datos.items)
    if exported and c.tipo_operacion not in EXPORTACION:
        report(
            "tipo_operacion",
            N_(
                "Las líneas de afectación 40 son de una exportación: indique su tipo de operación (0200 a 0208)."
            ),
            suggestion="0200",
        )


@rule(
    {"01": "3098", "03": "3098", "07": None, "08": None}, kind=codes.PROPIEDAD_FALTANTE, when="tipo_operacion"
)
def pais_de_uso(c: Comprobante, report: Report) -> None:
    country = c.venta.pais_uso
    if c.tipo_operacion not in CON_PAIS:
        return
    if not country:
        report("pais_uso", N_("Falta el país en que se usa el servicio exportado."))
    elif country == "PE" or country not in catalog("04"):
        report(
            "pais_uso",
            N_("El país {country} no vale: debe ser otro que Perú y del catálogo 04."),
            kind=codes.VALOR_NO_PERMITIDO,
            code="3099",
            country=country,
        )


@rule({"01": "", "03": "", "07": None, "08": None}, source="Catálogo 51", when="pais_uso")
def pais_de_uso_de_mas(c: Comprobante, report: Report) -> None:
    if c.tipo_operacion not in CON_PAIS:
        report("pais_uso", N_("El país de uso es de las operaciones 0201 y 0208."))


@rule({"01": "3181", "07": None, "08": None}, kind=codes.PROPIEDAD_FALTANTE, when="tipo_operacion")
def gasto_deducible(c: Comprobante, report: Report) -> None:
    if c.tipo_operacion != "0112":
        return
    if not any(item.codigo_sunat in {"84121901", "80131501"} for item in c.datos.items):
        report(
            "items-1-codigo_sunat",
            N_("La operación 0112 lleva una línea con código de producto SUNAT 84121901 o 80131501."),
        )


@rule({"03": "3240", "07": None, "08": None}, stage="importes", when="tipo_operacion")
def nrus_sin_igv(c: Comprobante, report: Report) -> None:
    if c.tipo_operacion != "0113":
        return
    for number, linea in enumerate(c.lineas, 1):
        if linea.igv:
            report(
                f"items-{number}-igv", N_("Una venta del Nuevo RUS no lleva IGV: use una afectación sin IGV.")
            )


@rule("2644", kind=codes.VALOR_NO_PERMITIDO, when="afectacion_igv motivo")
def solo_ivap(c: Comprobante, report: Report) -> None:
    items = c.datos.items
    is_adjustment = c.tipo in {"07", "08"} and c.nota.motivo == _AJUSTE_IVAP
    if is_adjustment or any(item.afectacion_igv == "17" for item in items):
        for number, item in enumerate(items, 1):
            if item.afectacion_igv != "17":
                report(
                    f"items-{number}-afectacion_igv",
                    N_("En una operación con IVAP todas las líneas llevan afectación 17."),
                    suggestion="17",
                )


@rule(
    {"01": None, "03": None, "07": "3230", "08": "3230"}, kind=codes.VALOR_NO_PERMITIDO, when="afectacion_igv"
)
def nota_de_ivap(c: Comprobante, report: Report) -> None:
    if c.nota.motivo != _AJUSTE_IVAP and any(item.afectacion_igv == "17" for item in c.datos.items):
        report("motivo", N_("Una nota con líneas de IVAP lleva el motivo 12."), suggestion=_AJUSTE_IVAP)


@rule({"01": None, "03": None, "07": "3194", "08": "3194"}, when="documentos")
def un_documento_de_exportacion(c: Comprobante, report: Report) -> None:
    if c.nota.motivo == _AJUSTE_EXPORTACION and len(c.nota.modificados) > 1:
        report("documentos", N_("Una nota del motivo 11 modifica un solo documento."))
