"""The receiver: its four cases (spec.md §5), places and the limit of innominados (group D200)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.paraguay import geography
from emitir.paraguay.catalogs import catalog
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.emisor import ruc_problem
from emitir.paraguay.identity import check_digit, split_ruc
from emitir.paraguay.receptor import PARAGUAY, is_own, kind_of_document
from emitir.paraguay.rules.engine import Report, rule

#: NT-024: from 2025-01-01; before it, NT-021.
_LIMIT, _EARLIER_LIMIT = Decimal(7_000_000), Decimal(35_000_000)
_LIMIT_SINCE = date(2025, 1, 1)
#: iTipTra that the limit does not look at.
_SAMPLES = "13"
_OPERATIONS = {"1": "b2b", "2": "b2c", "3": "b2g", "4": "b2f"}


@rule("1335", "1304", "1314", "1331", kind=codes.PROPIEDAD_FALTANTE)
def identity(c: Comprobante, report: Report) -> None:
    """Who receives is told by a kind of document and a number; nobody is told in a factura alone."""
    datos = c.datos
    if is_own(datos):
        return
    kind = kind_of_document(datos)
    if not kind:
        report(
            "tipo_doc",
            N_("Indique el documento del receptor: r (RUC, con su dígito), c (cédula), p, e, k, t, o."),
            code="1335",
        )
        return
    if kind == "5":
        if datos.tipo != "1":
            report("numero_doc", N_("El receptor debe estar identificado en este documento."), code="1331")
        elif datos.numero_doc not in ("", "0"):
            report(
                "numero_doc",
                N_("Un receptor innominado no lleva número de documento."),
                kind=codes.REGLA_INCUMPLIDA,
                code="",
            )
        return
    if not datos.numero_doc:
        report("numero_doc", N_("Falta el número de documento."), code="1304" if kind == "r" else "1314")
    if not datos.razon_social:
        report("razon_social", N_("Falta el nombre o razón social del receptor."), code="")
    if kind == "9" and not datos.tipo_doc_descripcion:
        report("tipo_doc_descripcion", N_("Describa el tipo de documento."), code="")


@rule("1309", kind=codes.NUMERO_IDENTIDAD_INVALIDO)
def ruc(c: Comprobante, report: Report) -> None:
    """The RUC of the receiver has its right digit."""
    datos = c.datos
    if is_own(datos) or kind_of_document(datos) != "r" or not datos.numero_doc:
        return
    number = datos.numero_doc.upper()
    parts = split_ruc(number)
    if parts and not parts[1]:
        number = f"{parts[0]}-{check_digit(parts[0])}"
    if wrong := ruc_problem(number, "numero_doc", "1309"):
        report.add(wrong)


@rule("1317", "1316", tipos="4")
def own_receiver(c: Comprobante, report: Report) -> None:
    """The receiver of an autofactura is the issuer: it need not be given, and nobody else may be."""
    datos = c.datos
    if datos.numero_doc and datos.numero_doc.upper().split("-")[0] != c.emisor.ruc_y_dv[0]:
        report(
            "numero_doc",
            N_("El receptor de una autofactura es la propia empresa; el vendedor va en «vendedor»."),
            suggestion=c.emisor.ruc,
        )
    if datos.operacion not in ("", "2"):
        report("operacion", N_("La operación de una autofactura es b2c."), code="1316", suggestion="b2c")


@rule("1300", "1333", "1320")
def operation(c: Comprobante, report: Report) -> None:
    """Operation, nature and country of the receiver go together."""
    if is_own(c.datos):
        return
    receptor, pais = c.receptor, c.datos.pais
    name = _OPERATIONS[receptor.operacion]
    if receptor.naturaleza == "2" and receptor.operacion in "13":
        report(
            "operacion",
            N_("Un receptor sin RUC es b2c o b2f, no {operation}."),
            code="1300",
            operation=name,
        )
    if receptor.ruc and receptor.operacion == "4":
        report("operacion", N_("Un receptor con RUC no es del exterior (b2f)."), code="1300")
    if receptor.innominado and receptor.operacion != "2":
        report("operacion", N_("Un receptor innominado es b2c."), code="1333", suggestion="b2c")
    if (receptor.operacion == "4") == (pais == PARAGUAY):
        report(
            "pais",
            N_("El país {country} no corresponde a una operación {operation}."),
            code="1320",
            country=pais,
            operation=name,
        )


@rule("1301")
def country(c: Comprobante, report: Report) -> None:
    """The country is in the table; its literal comes from there."""
    if c.datos.pais not in catalog("paises"):
        text = N_("El país {country} no está en la tabla de la DNIT.")
        report("pais", text, kind=codes.VALOR_NO_PERMITIDO, country=c.datos.pais)


@rule("1318", kind=codes.PROPIEDAD_FALTANTE)
def address(c: Comprobante, report: Report) -> None:
    """A remisión and a receiver abroad need the address."""
    if not c.datos.direccion and (c.tipo == "7" or c.receptor.operacion == "4"):
        report("direccion", N_("Falta la dirección del receptor."))


@rule("1328", kind=codes.VALOR_NO_PERMITIDO)
def place(c: Comprobante, report: Report) -> None:
    """Departamento, distrito and ciudad exist and belong together; a receiver abroad has none."""
    datos = c.datos
    if not (datos.departamento or datos.distrito or datos.ciudad):
        return
    if c.receptor.operacion == "4":
        report(
            "ciudad" if datos.ciudad else "departamento",
            N_("Un receptor del exterior no lleva departamento, distrito ni ciudad."),
            kind=codes.REGLA_INCUMPLIDA,
            code="",
        )
        return
    found = geography.find(datos.departamento, datos.distrito, datos.ciudad)
    if not isinstance(found, geography.Lugar):
        for problem in geography.problems(found, "", "1328"):
            report.add(problem)


@rule("2553", "2557", kind=codes.VALOR_NO_PERMITIDO, tipos="4")
def seller_places(c: Comprobante, report: Report) -> None:
    """The places of the seller and of the transaction exist."""
    for prefix, where, code in (
        ("vendedor-", c.datos.vendedor, "2553"),
        ("lugar_transaccion-", c.datos.lugar_transaccion, "2557"),
    ):
        if where is not None:
            found = geography.find(where.departamento, where.distrito, where.ciudad)
            if not isinstance(found, geography.Lugar):
                for problem in geography.problems(found, prefix, code):
                    report.add(problem)


@rule("1321", stage="importes", tipos="1")
def innominado_limit(c: Comprobante, report: Report) -> None:
    """Nobody is left unnamed from seven million guaraníes on (NT-024), samples of medicine aside."""
    limit = _LIMIT if c.datos.fecha >= _LIMIT_SINCE else _EARLIER_LIMIT
    if c.receptor.innominado and c.datos.tipo_transaccion != _SAMPLES and c.total_guaranies >= limit:
        report(
            "numero_doc",
            N_("Desde {limit} guaraníes el receptor debe estar identificado."),
            limit=f"{limit:,}".replace(",", "."),
        )
