"""Number, dates, currency, kind of operation and rate of a factura or boleta."""

from __future__ import annotations

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.money import trimmed
from emitir.peru.catalogs import catalog
from emitir.peru.comprobante import Comprobante
from emitir.peru.plazos import CODIGO_FUERA_DE_PLAZO, dias_de_envio
from emitir.peru.rules.engine import Report, rule
from emitir.peru.tasas import TASAS_IGV, tasas_igv

_LETTER = {"01": "F", "03": "B"}
_NAME = {
    "01": N_("una factura"),
    "03": N_("una boleta"),
    "07": N_("una nota de crédito"),
    "08": N_("una nota de débito"),
}


@rule({"01": "1001", "03": "1001", "07": None, "08": None}, kind=codes.FORMATO_INVALIDO)
def serie(c: Comprobante, report: Report) -> None:
    letter = _LETTER[c.tipo]
    if not (c.serie.startswith(letter) or c.de_contingencia):
        report(
            "serie",
            N_("La serie de {document} empieza con {letter}; llegó «{serie}»."),
            suggestion=letter + c.serie[1:],
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
    if c.de_contingencia:
        return  # printed when there was no other way, told when there is one again
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


@rule("3462", kind=codes.VALOR_NO_PERMITIDO, when="porcentaje_igv")
def tasa_igv(c: Comprobante, report: Report) -> None:
    rate = c.datos.porcentaje_igv
    # A nota goes with the rate of what it modifies, which may be one of years ago.
    known = tasas_igv(c.fecha_emision) if c.tipo in {"01", "03"} else [row[0] for row in TASAS_IGV]
    if rate not in known:
        report(
            "porcentaje_igv",
            N_("La tasa {rate} no rige en la fecha {fecha}; las vigentes son {rates}."),
            rate=trimmed(rate),
            fecha=c.fecha_emision.isoformat(),
            rates=", ".join(trimmed(one) for one in known),
        )
