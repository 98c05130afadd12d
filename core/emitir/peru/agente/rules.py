"""SUNAT's rules on retenciones and percepciones: sheets Retenciones1_0 and Percepciones1_0 of 2026-02-12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from emitir import error_codes as codes
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.money import EXACT, ZERO, cents, plain
from emitir.peru.agente.figures import SIN_SUMA, Cifras, tasa
from emitir.peru.agente.model import Constancia, Relacionado
from emitir.peru.catalogs import catalog
from emitir.peru.emisor import Emisor, ruc_problem
from emitir.peru.identity import is_digits

SHEET = "SUNAT 2026-02-12"
_LETTER = {"20": "R", "40": "P"}
#: Kinds of document that each comprobante takes (rule 2692).
_KINDS = {"20": frozenset({"01", "12", "07", "08"}), "40": frozenset({"01", "03", "12", "07", "08"})}
_FORMS = {
    "20": re.compile(r"(E001|[FR][A-Z0-9]{3}|[0-9]{4})-(?!0+$)[0-9]{1,8}"),
    "40": re.compile(r"(E001|EB01|[FPB][A-Z0-9]{3}|[0-9]{4})-(?!0+$)[0-9]{1,8}"),
}
_TICKET = re.compile(r"[a-zA-Z0-9-]{1,20}-[0-9]{1,20}")
#: Last day of issue of a document with the retención of 6 % (rule 2985).
_FIN_SEIS = date(2014, 2, 28)


def _problem(
    kind: str, text: str, path: str, authority: str = "", suggestion: str = "", **params: object
) -> Problem:
    source = f"{SHEET} {authority}" if authority else "Catálogo 01"
    return Problem(kind, text, path, params, authority_code=authority, source=source, suggestion=suggestion)


def judge(datos: Constancia, emisor: Emisor, hoy: date, cifras: Cifras) -> list[Problem]:
    """Every problem of content."""
    return [
        *_header(datos, hoy),
        *_receiver(datos, emisor),
        *(found for number, one in enumerate(datos.documentos, 1) for found in _document(datos, number, one)),
        *_payments(datos, cifras),
        *_totals(datos, cifras),
    ]


def _header(datos: Constancia, hoy: date) -> Iterator[Problem]:
    letter = _LETTER[datos.tipo]
    if not (datos.serie.startswith(letter) or datos.serie.isdigit()):
        text = N_("La serie empieza con {letter}; llegó «{serie}».")
        suggestion = letter + datos.serie[1:]
        yield _problem(
            codes.FORMATO_INVALIDO, text, "serie", "1001", suggestion, letter=letter, serie=datos.serie
        )
    if datos.fecha > hoy:
        text = N_("La fecha {fecha} es posterior a la de hoy en Lima ({hoy}).")
        yield _problem(codes.FECHA_FUTURA, text, "fecha", "", fecha=str(datos.fecha), hoy=str(hoy))
    if tasa(datos) is None:
        text = N_("El régimen {regimen} no existe.")
        code = "2618" if datos.tipo == "20" else "2602"
        yield _problem(codes.VALOR_NO_PERMITIDO, text, "regimen", code, regimen=datos.regimen)
    if datos.excepcional and datos.tipo == "20":
        text = N_("La emisión excepcional es de la percepción, no de la retención.")
        yield _problem(codes.REGLA_INCUMPLIDA, text, "excepcional")
    elif datos.excepcional and len(datos.documentos) > 1:
        text = N_("Una percepción de emisión excepcional es de un solo documento.")
        yield _problem(codes.REGLA_INCUMPLIDA, text, "documentos", "3323")
    elif datos.excepcional and datos.documentos[0].tipo != "01":
        text = N_("Una percepción de emisión excepcional es de una factura.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, "documentos-1-tipo", "3324", "f")
    if datos.redondeo is not None and abs(datos.redondeo) > 1:
        text = N_("El redondeo va de -1.00 a 1.00; llegó {value}.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, "redondeo", "3303", value=plain(datos.redondeo))


def _receiver(datos: Constancia, emisor: Emisor) -> Iterator[Problem]:
    number, retained = datos.numero_doc, datos.tipo == "20"
    if retained and datos.tipo_doc != "6":
        text = N_("La retención se hace a un proveedor con RUC.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, "tipo_doc", "2511", "r")
    elif datos.tipo_doc == "6":
        if not is_digits(number, 11):
            text = N_("Un RUC tiene 11 dígitos; llegó «{number}».")
            code = "2724" if retained else "2605"
            yield _problem(codes.NUMERO_IDENTIDAD_INVALIDO, text, "numero_doc", code, number=number)
        elif number == emisor.ruc:
            text = N_("El proveedor o cliente no puede ser la misma empresa que emite.")
            yield _problem(codes.REGLA_INCUMPLIDA, text, "numero_doc", "2620" if retained else "2604")
        elif wrong := ruc_problem(number, "numero_doc"):
            yield wrong


def _document(datos: Constancia, number: int, one: Relacionado) -> Iterator[Problem]:
    at = f"documentos-{number}-"
    retained = datos.tipo == "20"
    if one.tipo not in _KINDS[datos.tipo]:
        text = N_("Ese tipo de documento no va en este comprobante.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, f"{at}tipo", "2692")
    form = _TICKET if one.tipo == "12" else _FORMS[datos.tipo]
    if not form.fullmatch(one.documento):
        text = N_("«{document}» no es el número de un documento de ese tipo, por ejemplo F001-21.")
        yield _problem(codes.FORMATO_INVALIDO, text, f"{at}documento", "2694", document=one.documento)
    if retained and datos.regimen == "02" and one.fecha > _FIN_SEIS:
        text = N_("La retención del 6 % es de documentos emitidos hasta el 2014-02-28.")
        yield _problem(codes.REGLA_INCUMPLIDA, text, f"{at}fecha", "2985")
    if not one.total:
        text = N_("El importe total del documento debe ser mayor que cero.")
        yield _problem(codes.FORMATO_INVALIDO, text, f"{at}total", "2696")
    if one.moneda not in catalog("02"):
        text = N_("La moneda {moneda} no está en el catálogo 02.")
        yield _problem(codes.VALOR_NO_PERMITIDO, text, f"{at}moneda", "3088", moneda=one.moneda)
    elif one.moneda != "PEN" and one.tipo not in SIN_SUMA and one.tipo_cambio is None:
        text = N_("El documento es en {moneda}: indique su tipo de cambio.")
        yield _problem(codes.PROPIEDAD_FALTANTE, text, f"{at}tipo_cambio", "2721", moneda=one.moneda)
    if one.tipo not in SIN_SUMA and not one.pago_monto:
        text = N_("Falta el importe del pago o cobro, sin retención ni percepción.")
        code = "2735" if retained else "2699"
        yield _problem(codes.PROPIEDAD_FALTANTE, text, f"{at}pago_monto", code)


def _payments(datos: Constancia, cifras: Cifras) -> Iterator[Problem]:
    retained = datos.tipo == "20"
    first = datos.fecha.replace(day=1)
    seen: set[tuple[str, str]] = set()
    months: set[tuple[int, int]] = set()
    for number, pago in enumerate(cifras.pagos, 1):
        one = pago.documento
        at = f"documentos-{number}-"
        if one.tipo in SIN_SUMA:
            continue
        key = (one.documento, pago.numero)
        if key in seen:
            text = N_("El pago {payment} de {document} está repetido.")
            yield _problem(
                codes.REGLA_INCUMPLIDA,
                text,
                f"{at}pago_numero",
                "2626",
                payment=pago.numero,
                document=one.documento,
            )
        seen.add(key)
        paid = one.pago_fecha or datos.fecha
        same_month = (one.fecha.year, one.fecha.month) == (datos.fecha.year, datos.fecha.month)
        earliest = one.fecha if same_month else first
        if not earliest <= paid <= datos.fecha:
            text = N_("El pago es del {paid}: debe estar entre el {earliest} y el {latest}.")
            code = "2625" if retained else "2612"
            yield _problem(
                codes.REGLA_INCUMPLIDA,
                text,
                f"{at}pago_fecha",
                code,
                paid=str(paid),
                earliest=str(earliest),
                latest=str(datos.fecha),
            )
        months.add((paid.year, paid.month))
        computed = cents(EXACT.multiply(pago.en_soles, cifras.tasa) / Decimal(100))
        if abs(computed - pago.importe) > 1:
            text = N_("Dice {given} y el cálculo da {computed}; SUNAT tolera una diferencia de 1.00.")
            code = "2623" if retained else "2608"
            yield _problem(
                codes.TOTAL_NO_CUADRA,
                text,
                f"{at}importe",
                code,
                given=plain(pago.importe),
                computed=plain(computed),
            )
        elif not pago.importe and one.pago_monto:
            text = N_("El importe retenido o percibido debe ser mayor que cero.")
            yield _problem(codes.FORMATO_INVALIDO, text, f"{at}importe", "2740" if retained else "2705")
    if len(months) > 1:
        text = N_("Todos los pagos de un comprobante son del mismo mes.")
        yield _problem(codes.REGLA_INCUMPLIDA, text, "documentos", "2661" if retained else "2659")


def _totals(datos: Constancia, cifras: Cifras) -> Iterator[Problem]:
    retained = datos.tipo == "20"
    summed = [pago for pago in cifras.pagos if pago.documento.tipo not in SIN_SUMA]
    total = sum((pago.importe for pago in summed), ZERO)
    paid = sum((pago.neto for pago in summed), ZERO) + (datos.redondeo or ZERO)
    text = N_("Dice {given} y los documentos suman {computed}.")
    for path, given, computed, code in (
        ("total", cifras.total, total, "2628" if retained else "2667"),
        ("total_pagado", cifras.pagado, paid, "2629" if retained else "2668"),
    ):
        if given != computed:
            yield _problem(
                codes.TOTAL_NO_CUADRA, text, path, code, given=plain(given), computed=plain(computed)
            )
    if summed and total == 0 and all(pago.documento.pago_monto for pago in summed):
        zero = N_("El total debe ser mayor que cero.")
        yield _problem(codes.FORMATO_INVALIDO, zero, "total", "2669")
