"""Numbering, dates, timbrado, currency and the operation (groups A to D010)."""

from __future__ import annotations

from datetime import date, timedelta

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.paraguay.catalogs import catalog
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.emisor import NOMBRE_DE_PRUEBA
from emitir.paraguay.plazos import ADELANTO_HORAS, ATRASO_HORAS
from emitir.paraguay.rules.engine import Report, rule

#: First day of SIFEN, and the first one that the schema takes for a timbrado.
LANZAMIENTO = date(2018, 11, 22)


@rule("1150", kind=codes.FECHA_FUERA_DE_PLAZO)
def too_old(c: Comprobante, report: Report) -> None:
    """At most 720 hours before the transmission."""
    if c.ahora - c.momento > timedelta(hours=ATRASO_HORAS) and c.datos.fecha > LANZAMIENTO:
        report(
            "fecha",
            N_("La emisión fue hace más de {hours} horas: SIFEN ya no la recibe."),
            hours=ATRASO_HORAS,
        )


@rule("1151", kind=codes.FECHA_FUTURA)
def too_early(c: Comprobante, report: Report) -> None:
    """At most 120 hours after it."""
    if c.momento - c.ahora > timedelta(hours=ADELANTO_HORAS):
        report(
            "fecha",
            N_("La emisión puede adelantarse hasta {hours} horas a su envío."),
            hours=ADELANTO_HORAS,
        )


@rule("1156", kind=codes.FECHA_FUERA_DE_PLAZO)
def before_sifen(c: Comprobante, report: Report) -> None:
    """Nothing was electronic before 22 November 2018."""
    if c.datos.fecha <= LANZAMIENTO:
        report("fecha", N_("La fecha es anterior al lanzamiento de SIFEN."))


@rule("1103")
def timbrado_in_force(c: Comprobante, report: Report) -> None:
    """The timbrado had begun on the day of issue."""
    if c.datos.fecha < c.emisor.timbrado_inicio:
        report(
            "fecha",
            N_("El timbrado rige desde el {day}: la emisión no puede ser anterior."),
            day=c.emisor.timbrado_inicio.isoformat(),
        )


@rule("1101")
def timbrado_of_the_company(c: Comprobante, report: Report) -> None:
    """A serie that names a timbrado names the company's."""
    timbrado = c.partes_serie[0]
    if timbrado != c.emisor.timbrado:
        report(
            "serie",
            N_("El timbrado {given} no es el de la empresa ({own})."),
            suggestion=c.datos.serie.replace(timbrado, c.emisor.timbrado),
            given=timbrado,
            own=c.emisor.timbrado,
        )


@rule("1105", "1106")
def points(c: Comprobante, report: Report) -> None:
    """Establecimiento and punto begin at 001."""
    _, establecimiento, punto, _ = c.partes_serie
    if establecimiento == "000" or punto == "000":
        report(
            "serie",
            N_("Establecimiento y punto de expedición empiezan en 001."),
            code="1105" if establecimiento == "000" else "1106",
        )


@rule("1263")
def name_of_test(c: Comprobante, report: Report) -> None:
    """The name that the test environment wants is not for production; there it is set by itself."""
    if not c.emisor.de_prueba and c.emisor.razon_social == NOMBRE_DE_PRUEBA:
        report("razon_social", N_("La razón social de la empresa es el texto de las pruebas."))


@rule("1206")
def currency(c: Comprobante, report: Report) -> None:
    """The currency is in the table; its literal comes from there."""
    if c.datos.moneda not in catalog("monedas"):
        report("moneda", N_("La moneda {currency} no está en la tabla de la DNIT."), currency=c.datos.moneda)


@rule("1207", "1208", "1854", "1855", "1856", tipos="1456")
def exchange_rate(c: Comprobante, report: Report) -> None:
    """A foreign currency has one exchange rate: of the document, or of every line; guaraníes have none."""
    datos = c.datos
    with_rate = [number for number, item in c.particulares if item.tipo_cambio is not None]
    if datos.moneda == "PYG":
        if datos.tipo_cambio is not None:
            report("tipo_cambio", N_("En guaraníes no se informa tipo de cambio."), code="1208")
        for number in with_rate:
            report(
                f"items-{number}-tipo_cambio", N_("En guaraníes no se informa tipo de cambio."), code="1856"
            )
        return
    if datos.tipo_cambio is not None:
        for number in with_rate:
            report(
                f"items-{number}-tipo_cambio",
                N_("Hay un tipo de cambio global: quite el del ítem, o el global."),
                code="1855",
            )
        return
    if not with_rate:
        report(
            "tipo_cambio",
            N_("Falta el tipo de cambio: global (tipo_cambio) o en cada ítem (items-N-tipo_cambio)."),
            kind=codes.PROPIEDAD_FALTANTE,
            code="1207",
        )
        return
    for number in range(1, len(datos.items) + 1):
        if number not in with_rate:
            report(
                f"items-{number}-tipo_cambio",
                N_("Falta el tipo de cambio de este ítem."),
                kind=codes.PROPIEDAD_FALTANTE,
                code="1854",
            )


@rule("1213", tipos="4")
def autofactura_in_guaranies(c: Comprobante, report: Report) -> None:
    """An autofactura is in guaraníes (NT-012)."""
    if c.datos.moneda != "PYG":
        report("moneda", N_("Una autofactura se emite en guaraníes (PYG)."), suggestion="PYG")


@rule("1222")
def obligations(c: Comprobante, report: Report) -> None:
    """No obligación twice (NT-018)."""
    given = c.obligaciones
    for number, code in enumerate(given, 1):
        if code in given[: number - 1]:
            report(f"obligaciones-{number}", N_("La obligación {obligation} está repetida."), obligation=code)


@rule(kind=codes.PROPIEDAD_FALTANTE, tipos="1", source="XSD v150, dDesIndPres")
def presence(c: Comprobante, report: Report) -> None:
    """An indicador of free text has its text."""
    if c.datos.indicador_presencia == "9" and not c.datos.indicador_presencia_descripcion:
        report("indicador_presencia_descripcion", N_("Describa el indicador de presencia."), code="")


@rule("1402", tipos="1")
def contract_date(c: Comprobante, report: Report) -> None:
    """The code of contratación is not newer than the invoice."""
    public = c.datos.compras_publicas
    if public is not None and public.fecha > c.datos.fecha:
        report("compras_publicas-fecha", N_("No puede ser posterior a la emisión de la factura."))
