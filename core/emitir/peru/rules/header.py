"""Number, dates, currency, kind of operation and rate of a factura or boleta."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import trimmed
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.plazos import CODIGO_FUERA_DE_PLAZO, dias_de_envio
from emitir.peru.rules.engine import Report, rule

_LETTER = {"01": "F", "03": "B"}
_NAME = {
    "01": N_("una factura"),
    "03": N_("una boleta"),
    "07": N_("una nota de crédito"),
    "08": N_("una nota de débito"),
}
_FLAG = {"01": "factura", "03": "boleta"}
#: Kinds of operation that need no data beside those of the model.
OPERACIONES = frozenset({"0101"})
#: Rates of the IGV and the first date of issue that may carry them (rule 3462; Ley 31556 for the reduced one).
TASAS_IGV = {Decimal(18): date(2011, 3, 1), Decimal("10.5"): date(2026, 1, 1)}
#: The reduced rate of 2022-09 to 2025-12: a nota on a document of those years still carries it.
TASA_ANTERIOR = Decimal(10)


@rule({"01": "1001", "03": "1001", "07": None, "08": None}, kind=codes.FORMATO_INVALIDO)
def serie(c: Comprobante, report: Report) -> None:
    letter = _LETTER[c.tipo]
    if not c.serie.startswith(letter):
        report(
            "serie",
            N_("La serie de {document} empieza con {letter}; llegó «{serie}»."),
            suggestion=letter + c.serie[1:] if not c.serie.isdigit() else "",
            document=_NAME[c.tipo],
            letter=letter,
            serie=c.serie,
        )


@rule("2329", kind=codes.FECHA_FUTURA)
def fecha_futura(c: Comprobante, report: Report) -> None:
    if c.fecha_emision > c.hoy:
        report(
            "fecha",
            N_("La fecha {fecha} es posterior a la de hoy en Lima ({hoy})."),
            fecha=c.fecha_emision.isoformat(),
            hoy=c.hoy.isoformat(),
        )


@rule(CODIGO_FUERA_DE_PLAZO, kind=codes.FECHA_FUERA_DE_PLAZO)
def fecha_fuera_de_plazo(c: Comprobante, report: Report) -> None:
    days = (c.hoy - c.fecha_emision).days
    limit = dias_de_envio(c.tipo, c.serie)
    if days > limit:
        report(
            "fecha",
            N_(
                "La fecha {fecha} es de hace {days} días y SUNAT recibe {document} hasta {limit} días después de emitida."
            ),
            fecha=c.fecha_emision.isoformat(),
            days=days,
            document=_NAME[c.tipo],
            limit=limit,
        )


@rule("3088", kind=codes.VALOR_NO_PERMITIDO)
def moneda(c: Comprobante, report: Report) -> None:
    if c.moneda not in catalog("02"):
        report("moneda", N_("La moneda {moneda} no está en el catálogo 02."), moneda=c.moneda)


@rule({"01": "3206", "03": "3206", "07": None, "08": None}, kind=codes.VALOR_NO_PERMITIDO)
def tipo_operacion(c: Comprobante, report: Report) -> None:
    code = c.venta.tipo_operacion
    row = catalog("51").rows.get(code)
    if row is None or row.get(_FLAG[c.tipo]) != "1":
        report(
            "tipo_operacion",
            N_("El tipo de operación {operation} no vale para {document} (catálogo 51)."),
            operation=code,
            document=_NAME[c.tipo],
        )
    elif code not in OPERACIONES:
        report(
            "tipo_operacion",
            N_("El tipo de operación {operation} ({name}) todavía no se puede emitir con Emitir."),
            kind=codes.DOCUMENTO_NO_HABILITADO,
            operation=code,
            name=row["descripcion"],
        )


@rule("3462", kind=codes.VALOR_NO_PERMITIDO)
def tasa_igv(c: Comprobante, report: Report) -> None:
    rate = c.datos.porcentaje_igv
    if rate == TASA_ANTERIOR and c.tipo in {"07", "08"}:
        return
    since = TASAS_IGV.get(rate)
    if since is None or c.fecha_emision < since:
        report(
            "porcentaje_igv",
            N_("La tasa {rate} no rige en la fecha {fecha}; las vigentes son {rates}."),
            rate=trimmed(rate),
            fecha=c.fecha_emision.isoformat(),
            rates=", ".join(trimmed(known) for known, first in TASAS_IGV.items() if first <= c.fecha_emision),
        )
