"""SUNAT's rules on liquidaciones de compra: sheet LiquidacionCompra2_0 of 2026-02-12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.money import ZERO, plain, trimmed
from emitir.peru import productos
from emitir.peru.catalogs import catalog
from emitir.peru.compra.figures import CON_IGV, CifrasDeCompra
from emitir.peru.compra.model import ORO, Comprado, Liquidacion
from emitir.peru.emisor import Emisor, ruc_problem
from emitir.peru.identity import is_digits
from emitir.peru.tasas import tasas_igv

SHEET = "SUNAT 2026-02-12"
#: Days after its date in which SUNAT takes one (rule 2108).
DIAS_DE_ENVIO = 1
#: What every line of a purchase of gold says (catalog 55): mining right, law, nature, name of the right.
DE_ORO = {"6000": "2466", "6004": "2467", "6005": "2468", "6006": "2469"}
_GUIA = re.compile(r"(T[A-Z0-9]{3}|[0-9]{4}|EG0[1-4]|EG07|G[0-9]{3}|V[A-Z0-9]{3})-[0-9]{1,8}")


def _problem(
    kind: str, text: str, path: str, authority: str, suggestion: str = "", **params: object
) -> Problem:
    source = f"{SHEET} {authority}"
    return Problem(kind, text, path, params, authority_code=authority, source=source, suggestion=suggestion)


def judge(
    datos: Liquidacion, emisor: Emisor, hoy: date, cifras: CifrasDeCompra
) -> tuple[list[Problem], list[Problem]]:
    """Errors, and what SUNAT would only observe."""
    found = [
        *_header(datos, hoy),
        *_parties(datos),
        *_related(datos),
        *(
            one
            for number, item in enumerate(datos.items, 1)
            for one in _item(datos, item, f"items-{number}-")
        ),
        *_advances(datos, emisor, cifras),
        *_totals(datos, cifras),
    ]
    return (
        [one for one in found if one.authority_code < "4000"],
        [one for one in found if one.authority_code >= "4000"],
    )


def _header(datos: Liquidacion, hoy: date) -> Iterator[Problem]:
    if not (datos.serie.startswith("L") or datos.serie.isdigit()):
        text = N_("La serie empieza con {letter}; llegó «{serie}».")
        suggestion = "L" + datos.serie[1:]
        yield _problem(
            codes.FORMATO_INVALIDO, text, "serie", "1001", suggestion, letter="L", serie=datos.serie
        )
    days = (hoy - datos.fecha).days
    if days < 0:
        text = N_("La fecha {fecha} es posterior a la de hoy en Lima ({hoy}).")
        yield _problem(codes.FECHA_FUTURA, text, "fecha", "2329", fecha=str(datos.fecha), hoy=str(hoy))
    elif days > DIAS_DE_ENVIO and not datos.serie.isdigit():
        text = N_(
            "La fecha {fecha} es de hace {days} días: SUNAT recibe la liquidación hasta {limit} día después."
        )
        when = str(datos.fecha)
        yield _problem(
            codes.FECHA_FUERA_DE_PLAZO, text, "fecha", "2108", fecha=when, days=days, limit=DIAS_DE_ENVIO
        )
    if datos.moneda not in catalog("02"):
        text = N_("La moneda {moneda} no está en el catálogo 02.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, "moneda", "3088", moneda=datos.moneda)
    if datos.porcentaje_igv not in tasas_igv(datos.fecha):
        text = N_("La tasa {rate} no rige en la fecha {fecha}; las vigentes son {rates}.")
        rates = ", ".join(trimmed(one) for one in tasas_igv(datos.fecha))
        when, rate = str(datos.fecha), trimmed(datos.porcentaje_igv)
        yield _problem(
            codes.VALOR_NO_PERMITIDO, text, "porcentaje_igv", "3103", rate=rate, fecha=when, rates=rates
        )


def _parties(datos: Liquidacion) -> Iterator[Problem]:
    number = datos.numero_doc
    if datos.tipo_doc == "1" and not is_digits(number, 8):
        text = N_("Un DNI tiene 8 dígitos; llegó «{number}».")
        yield _problem(codes.NUMERO_IDENTIDAD_INVALIDO, text, "numero_doc", "2450", number=number)
    elif any(letter.isspace() for letter in number):
        text = N_("El número de documento no lleva espacios.")
        yield _problem(codes.NUMERO_IDENTIDAD_INVALIDO, text, "numero_doc", "2802")
    for name, place, blank, unknown in (
        ("domicilio", datos.domicilio, "2593", "4339"),
        ("lugar", datos.lugar, "2778", "2917"),
    ):
        if place.ubigeo not in catalog("13"):
            text = N_("El ubigeo {ubigeo} no existe en el catálogo 13.")
            yield _problem(codes.VALOR_NO_PERMITIDO, text, f"{name}-ubigeo", unknown, ubigeo=place.ubigeo)
        if place.direccion[:1].isspace():
            text = N_("La dirección no empieza con un espacio.")
            yield _problem(codes.FORMATO_INVALIDO, text, f"{name}-direccion", blank, place.direccion.strip())


def _product(code: str, path: str) -> Iterator[Problem]:
    if code and not productos.known(code):
        text = N_("«{value}» no está en el catálogo 25 de SUNAT (código de producto).")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, path, "4332", value=code)
    elif code and not productos.below_class(code):
        text = N_("El código de producto llega al menos hasta la clase: no termina en 0000.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, path, "4337")


def _related(datos: Liquidacion) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for number, guia in enumerate(datos.guias, 1):
        at = f"guias-{number}-numero"
        if (guia.tipo, guia.numero) in seen:
            yield _problem(codes.REGLA_INCUMPLIDA, N_("La guía está repetida."), at, "2364")
        seen.add((guia.tipo, guia.numero))
        if not _GUIA.fullmatch(guia.numero):
            text = N_("«{number}» no es el número de una guía de remisión, por ejemplo T001-8.")
            yield _problem(codes.FORMATO_INVALIDO, text, at, "4006", number=guia.numero)
    papers: set[str] = set()
    for number, other in enumerate(datos.documentos_relacionados, 1):
        at = f"documentos_relacionados-{number}-"
        if other.tipo != "99":
            text = N_("En una liquidación de compra solo va el tipo 99 (otros).")
            yield _problem(codes.VALOR_NO_PERMITIDO, text, f"{at}tipo", "4009", "99")
        if other.numero in papers:
            yield _problem(codes.REGLA_INCUMPLIDA, N_("El documento está repetido."), f"{at}numero", "2365")
        papers.add(other.numero)


def _item(datos: Liquidacion, item: Comprado, at: str) -> Iterator[Problem]:
    if not item.cantidad:
        text = N_("La cantidad debe ser mayor que cero.")
        yield _problem(codes.FORMATO_INVALIDO, text, f"{at}cantidad", "2024")
    if item.unidad not in catalog("03"):
        text = N_("La unidad {unidad} no está en el catálogo 03.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, f"{at}unidad", "2936", unidad=item.unidad)
    yield from _product(item.codigo_sunat, f"{at}codigo_sunat")
    if not item.valor_unitario and not item.precio_unitario:
        text = N_("Indique el valor unitario (sin IGV) o el precio unitario (con IGV).")
        yield _problem(codes.PROPIEDAD_FALTANTE, text, f"{at}valor_unitario", "2068")
    elif item.valor_unitario and item.precio_unitario:
        taxed = item.valor_unitario * (
            1 + datos.porcentaje_igv / 100 if item.afectacion_igv in CON_IGV else 1
        )
        if abs(taxed - item.precio_unitario) > 1:
            text = N_("El precio unitario no es el valor unitario más el IGV.")
            yield _problem(codes.TOTAL_NO_CUADRA, text, f"{at}precio_unitario", "4287")
    told = {one.codigo for one in item.conceptos}
    if datos.tipo_operacion == ORO:
        for concept, code in DE_ORO.items():
            if concept not in told:
                text = N_("En la compra de oro falta el concepto {concept}: {name}.")
                name = catalog("55").description(concept)
                yield _problem(
                    codes.PROPIEDAD_FALTANTE, text, f"{at}conceptos", code, concept=concept, name=name
                )
    for number, one in enumerate(item.conceptos, 1):
        if one.codigo not in catalog("55"):
            text = N_("El concepto {concept} no está en el catálogo 55.")
            yield _problem(
                codes.VALOR_NO_PERMITIDO, text, f"{at}conceptos-{number}-codigo", "4235", concept=one.codigo
            )
        if one.codigo == "6004" and not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", one.valor, re.ASCII):
            text = N_("La ley del mineral es un número de hasta 3 enteros y 2 decimales.")
            yield _problem(codes.FORMATO_INVALIDO, text, f"{at}conceptos-{number}-valor", "4280")


def _advances(datos: Liquidacion, emisor: Emisor, cifras: CifrasDeCompra) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for number, one in enumerate(datos.anticipos, 1):
        at = f"anticipos-{number}-"
        if not one.valor:
            text = N_("El valor del anticipo debe ser mayor que cero.")
            yield _problem(codes.FORMATO_INVALIDO, text, f"{at}valor", "2503")
        elif one.renta and one.renta >= one.valor:
            text = N_("La renta retenida es mayor que el anticipo.")
            yield _problem(codes.REGLA_INCUMPLIDA, text, f"{at}renta", "2503")
        key = (one.ruc or emisor.ruc, one.documento)
        if key in seen:
            yield _problem(codes.REGLA_INCUMPLIDA, N_("El anticipo está repetido."), f"{at}documento", "3212")
        seen.add(key)
        if one.ruc and (wrong := ruc_problem(one.ruc, f"{at}ruc")):
            yield replace(wrong, authority_code="2529", source=f"{SHEET} 2529; RUC módulo 11")
    for code, base in cifras.bases.items():
        if base < 0:
            text = N_("Los anticipos son mayores que el valor de la compra de su afectación ({amount}).")
            yield _problem(codes.REGLA_INCUMPLIDA, text, "anticipos", "2999", amount=f"{code} {plain(base)}")
    if cifras.renta < 0:
        text = N_("La renta de los anticipos es mayor que la de esta compra.")
        yield _problem(codes.REGLA_INCUMPLIDA, text, "anticipos", "2048")


def _totals(datos: Liquidacion, cifras: CifrasDeCompra) -> Iterator[Problem]:
    if datos.redondeo is not None and abs(datos.redondeo) > 1:
        text = N_("El redondeo va de -1.00 a 1.00; llegó {value}.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, "redondeo", "4314", value=plain(datos.redondeo))
    if datos.total is not None and abs(datos.total - cifras.total) > 1:
        text = N_("Dice {given} y el cálculo da {computed}; SUNAT tolera una diferencia de 1.00.")
        given, computed = plain(datos.total), plain(cifras.total)
        # SUNAT only observes it (4312); a total that nobody can explain is not issued all the same.
        yield _problem(codes.TOTAL_NO_CUADRA, text, "total", "", given=given, computed=computed)
    if cifras.total < ZERO:
        yield _problem(codes.REGLA_INCUMPLIDA, N_("El importe neto no puede ser negativo."), "total", "2062")
    if not datos.items:
        yield _problem(codes.PROPIEDAD_FALTANTE, N_("Falta la propiedad."), "items", "")
    elif not any(linea.valor for linea in cifras.lineas) and all(item.cantidad for item in datos.items):
        yield _problem(
            codes.REGLA_INCUMPLIDA, N_("El valor de la compra debe ser mayor que cero."), "items", "2370"
        )
