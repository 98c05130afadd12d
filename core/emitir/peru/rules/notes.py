"""Notas: the reason, what is modified, and when a nota may carry payments (spec.md §7)."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import CAMBIO_DE_PAGOS, DE_BOLETA, Comprobante
from emitir.peru.rules.engine import Report, rule
from emitir.peru.vigencias import RS_48_2026

_CATALOG = {"07": "09", "08": "10"}
_PENALIDADES = "13"


def _sin_documento(c: Comprobante) -> str:
    """The reason under which a nota need not name what it modifies: «otros conceptos», «penalidades»."""
    if c.tipo == "07":
        return "10"
    return _PENALIDADES if c.datos.fecha >= RS_48_2026 else "03"


def _both(credit: str, debit: str) -> dict[str, str | None]:
    return {"01": None, "03": None, "07": credit, "08": debit}


@rule(_both("2172", "2172"), kind=codes.VALOR_NO_PERMITIDO)
def motivo(c: Comprobante, report: Report) -> None:
    code = c.nota.motivo
    if not catalog(_CATALOG[c.tipo]).holds(code, c.datos.fecha):
        report(
            "motivo",
            N_("El motivo {reason} no está en el catálogo {catalog}."),
            reason=code,
            catalog=_CATALOG[c.tipo],
        )


@rule(_both("2524", "2524"), kind=codes.PROPIEDAD_FALTANTE)
def documento_modificado(c: Comprobante, report: Report) -> None:
    nota = c.nota
    if not nota.modificados and nota.motivo != _sin_documento(c):
        report("documento", N_("Falta el documento que la nota modifica, por ejemplo F001-21."))


@rule({"07F": "2116", "07B": "2399", "08F": "2204", "08B": "2400"}, kind=codes.VALOR_NO_PERMITIDO)
def serie_de_nota(c: Comprobante, report: Report) -> None:
    nota = c.nota
    letter = nota.serie[0]
    if c.de_contingencia:
        return
    if letter not in "FB":
        text = N_(
            "La serie de una nota empieza con F si modifica una factura y con B si modifica una boleta."
        )
        report("serie", text, kind=codes.FORMATO_INVALIDO, code="1001")
        return
    for modified in nota.modificados:
        needed = "B" if modified.tipo in DE_BOLETA and not (modified.tipo != "03" and letter == "F") else "F"
        if needed != letter:
            report(
                "serie",
                N_("Una nota sobre {document} lleva serie {needed}; llegó «{serie}»."),
                suggestion=needed + nota.serie[1:],
                document=modified.codigo,
                needed=needed,
                serie=nota.serie,
            )
            return


@rule(_both("2884", "2884"))
def un_solo_tipo(c: Comprobante, report: Report) -> None:
    if len({modified.tipo for modified in c.nota.modificados}) > 1:
        report("documentos", N_("Todos los documentos que modifica una nota son del mismo tipo."))


@rule(_both("2365", "2365"))
def sin_repetir(c: Comprobante, report: Report) -> None:
    names = [(modified.tipo, modified.codigo) for modified in c.nota.modificados]
    if len(set(names)) < len(names):
        report("documentos", N_("Un documento que la nota modifica está repetido."))


@rule(_both("2117", "2205"), kind=codes.FORMATO_INVALIDO)
def codigo_modificado(c: Comprobante, report: Report) -> None:
    for number, modified in enumerate(c.nota.documentos, 1):
        letter = {"01": "F", "03": "B"}.get(modified.tipo)
        physical = modified.serie.isdigit() and len(modified.serie) <= 4
        electronic = len(modified.serie) == 4 and modified.serie.startswith(
            (letter or "", f"E{letter or ''}")
        )
        special = modified.serie == {"01": "E001", "03": "EB01"}.get(modified.tipo)
        digits = modified.numero.isascii() and modified.numero.isdigit() and len(modified.numero) <= 8
        if letter and not (digits and (physical or electronic or special)):
            report(
                f"documentos-{number}-serie",
                N_("{document} no es el número de una factura o boleta del tipo que se indica."),
                document=modified.codigo,
            )


@rule(_both("3257", "3246"))
def pagos_de_nota(c: Comprobante, report: Report) -> None:
    nota = c.nota
    if c.cambia_pagos:
        if not nota.cuotas:
            report(
                "cuotas", N_("Una nota del motivo 13 dice las nuevas cuotas."), kind=codes.PROPIEDAD_FALTANTE
            )
    elif nota.cuotas or nota.monto_pendiente is not None:
        text = N_("Una nota lleva cuotas y monto pendiente solo en el motivo 13 del catálogo 09.")
        report("cuotas" if nota.cuotas else "monto_pendiente", text, code="3246")


@rule({"01": None, "03": None, "07": "3261", "08": None})
def un_documento_en_motivo_13(c: Comprobante, report: Report) -> None:
    if not c.cambia_pagos:
        return
    modified = c.nota.modificados
    if len(modified) > 1:
        report("documentos", N_("Una nota del motivo 13 modifica una sola factura."))
    if any(document.tipo != "01" for document in modified):
        report("documento", N_("Una nota del motivo 13 modifica una factura."), code="3259")
    if c.nota.items:
        report("items", N_("Una nota del motivo 13 no lleva líneas: su importe es cero."), code="3315")


@rule(_both("3261", "3194"), desde=RS_48_2026, source="SUNAT 2026-07-24", when="documentos")
def un_solo_documento(c: Comprobante, report: Report) -> None:
    """From 2027 on for every reason; those of payments and of exportación have their own rules."""
    if len(c.nota.modificados) > 1 and not c.cambia_pagos and c.nota.motivo != "11":
        report("documentos", N_("Una nota modifica un solo documento."))


@rule(
    {"01": None, "03": None, "07": None, "08": "3507"},
    kind=codes.VALOR_NO_PERMITIDO,
    desde=RS_48_2026,
    source="SUNAT 2026-07-24",
)
def penalidades_inafectas(c: Comprobante, report: Report) -> None:
    if c.nota.motivo != _PENALIDADES:
        return
    for number, item in enumerate(c.datos.items, 1):
        if not item.afectacion_igv.startswith("3"):
            report(
                f"items-{number}-afectacion_igv",
                N_("Una penalidad es inafecta del IGV: la afectación es 30."),
                suggestion="30",
            )


@rule(_both("2137", "2137"), kind=codes.PROPIEDAD_FALTANTE)
def nota_con_lineas(c: Comprobante, report: Report) -> None:
    if not c.nota.items and c.nota.motivo != CAMBIO_DE_PAGOS:
        report("items", N_("La nota no tiene líneas: indique al menos una."))


@rule({"01": None, "03": None, "07B": "4367", "07F": None, "08": None})
def descuento_sobre_boleta(c: Comprobante, report: Report) -> None:
    if c.nota.motivo in {"04", "05", "08"} and any(document.tipo == "03" for document in c.nota.modificados):
        report("motivo", N_("SUNAT observa los descuentos y bonificaciones sobre boletas."))
