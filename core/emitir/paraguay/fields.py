"""Field types of Paraguay's properties: each checks one value. Limits: XSD v150 (spec.md, fields.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from emitir.i18n import N_
from emitir.inputs import (
    choice_field,
    date_field,
    integer_field,
    number_field,
    pattern_field,
    text_field,
    time_field,
)
from emitir.paraguay.catalogs import catalog

#: Letters and codes of ``tipo``; 2, 3 and 8 to 10 are told apart in prepare, since the authority does not take them.
TIPOS = {
    "f": "1",
    "1": "1",
    "01": "1",
    "a": "4",
    "4": "4",
    "04": "4",
    "c": "5",
    "5": "5",
    "05": "5",
    "d": "6",
    "6": "6",
    "06": "6",
    "r": "7",
    "7": "7",
    "07": "7",
}
ACEPTADOS = "f, a, c, d, r, 1, 4, 5, 6, 7"
#: Receiver: RUC, or the codes of table D208 with their letters.
TIPOS_DOC = {
    "r": "r",
    "ruc": "r",
    "c": "1",
    "p": "2",
    "e": "3",
    "k": "4",
    "i": "5",
    "t": "6",
    "o": "9",
} | {code: code for code in "1234569"}
FORMAS_PAGO = {"contado": "1", "credito": "2", "crédito": "2", "1": "1", "2": "2"}
OPERACIONES = {"b2b": "1", "b2c": "2", "b2g": "3", "b2f": "4", "1": "1", "2": "2", "3": "3", "4": "4"}
AFECTACIONES = {
    "gravado": "1",
    "exonerado": "2",
    "exento": "3",
    "parcial": "4",
    "1": "1",
    "2": "2",
    "3": "3",
    "4": "4",
}
MAX_ITEMS = 999


def schema(kind: str, **more: Any) -> WithJsonSchema:
    """What /docs says of a field."""
    return WithJsonSchema({"type": kind, **more})


NUMBER = WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]})
TEXT = schema("string")

Cantidad = Annotated[Decimal, PlainValidator(number_field(10, at_most=8)), NUMBER]
#: Prices and amounts: 15 digits before the point, 8 after it (tMontoBase).
Monto = Annotated[Decimal, PlainValidator(number_field(15, at_most=8)), NUMBER]
#: Amounts of payments: 4 decimals (tMontoBase4), of weights and change (tMontoBase6).
Monto4 = Annotated[Decimal, PlainValidator(number_field(15, at_most=4)), NUMBER]
Monto6 = Annotated[Decimal, PlainValidator(number_field(6, at_most=4)), NUMBER]
Merma = Annotated[Decimal, PlainValidator(number_field(10, at_most=4)), NUMBER]
Lectura = Annotated[Decimal, PlainValidator(number_field(11, at_most=2)), NUMBER]
Vigencia = Annotated[Decimal, PlainValidator(number_field(5, at_most=1)), NUMBER]
TipoCambio = Annotated[Decimal, PlainValidator(number_field(5, at_most=4, positive=True)), NUMBER]
Fecha = Annotated[date, PlainValidator(date_field()), schema("string", format="date")]
Hora = Annotated[time, PlainValidator(time_field()), schema("string", examples=["14:30"])]

_percent = number_field(3, at_most=8)


def _porcentaje(value: object) -> Decimal:
    number = _percent(value)
    if number > 100:
        integer_field(0, 100)(101)
    return number


Porcentaje = Annotated[Decimal, PlainValidator(_porcentaje), NUMBER]


def text(maximum: int, minimum: int = 1, **more: Any) -> tuple[PlainValidator, WithJsonSchema]:
    """Annotations of a text of that length, or of no text at all where the property may be absent.

    Blanks at the ends are taken off: SIFEN takes none (spec.md §9).
    """
    check = text_field(maximum, minimum, **more)

    def stripped(value: object) -> str:
        if type(value) is not str:
            return check(value)
        # What is printable holds no character that a text may not have, and is most of what comes.
        if (
            minimum <= len(value) <= maximum
            and value.isprintable()
            and value
            and " " not in (value[0], value[-1])
        ):
            return value
        return check(value.strip())

    limits = {"maxLength": maximum} | ({"minLength": minimum} if minimum else {})
    return PlainValidator(stripped), schema("string", **limits)


def integer(minimum: int, maximum: int, authority: str = "") -> tuple[PlainValidator, WithJsonSchema]:
    """Annotations of a whole number."""
    return (
        PlainValidator(integer_field(minimum, maximum, authority=authority)),
        schema("integer", minimum=minimum, maximum=maximum),
    )


def pattern(
    expression: str, description: str, *, authority: str = "", upper: bool = False
) -> tuple[PlainValidator, WithJsonSchema]:
    """Annotations of a text of a pattern."""
    return PlainValidator(pattern_field(expression, description, authority=authority, upper=upper)), TEXT


def choice(
    choices: Mapping[str, str], *, authority: str = "", accepted: str = ""
) -> tuple[PlainValidator, WithJsonSchema]:
    """Annotations of one of several values."""
    return PlainValidator(choice_field(choices, authority=authority, accepted=accepted)), TEXT


def coded(name: str, authority: str = "", **aliases: str) -> tuple[PlainValidator, WithJsonSchema]:
    """Annotations of a code of a table of the DNIT; ``aliases``: other names of codes."""
    rows = catalog(name)
    codes = {code: code for code in rows}
    listed = [
        f"{code} ({row['descripcion'] or 'otro'})" if len(rows) < 30 else code
        for code, row in rows.rows.items()
    ]
    accepted = ", ".join(listed if len(listed) < 30 else [*listed[:12], "…"])
    codes |= {code.lower(): code for code in codes}
    return choice(codes | aliases, authority=authority, accepted=accepted)


Serie = Annotated[
    str,
    *pattern(
        r"([0-9]{8}-)?[0-9]{3}-[0-9]{3}(-[A-Z]{2})?",
        N_("Debe ser establecimiento-punto, por ejemplo 001-001, y la serie AA…ZZ si la hay: 001-001-AA."),
        upper=True,
    ),
]
Tipo = Annotated[str, *choice(TIPOS, accepted=ACEPTADOS)]
Numero = Annotated[int, *integer(1, 9_999_999)]
TipoDoc = Annotated[
    str,
    *choice(
        TIPOS_DOC,
        accepted="r (RUC), c (cédula paraguaya), p (pasaporte), e (cédula extranjera), k (carnet de residencia), "
        "i (innominado), t (tarjeta diplomática), o (otro), o el código de la tabla",
    ),
]
Identidad = Annotated[
    str, *pattern(r"[0-9A-Za-z\-]{1,20}", N_("Admite hasta 20 letras, cifras y guiones, sin puntos."))
]
Ruc = Annotated[
    str, *pattern(r"[1-9][0-9]*[0-9A-D](-[0-9])?", N_("Debe ser un RUC, por ejemplo 80000000-5."), upper=True)
]
Cdc = Annotated[str, *pattern(r"[0-9]{9}[0-9A-D][0-9]{34}", N_("Debe ser un CDC de 44 caracteres."))]
Timbrado = Annotated[str, *pattern(r"[0-9]{8}", N_("El timbrado tiene 8 dígitos."), authority="1101")]
Tres = Annotated[str, *pattern(r"[0-9]{3}", N_("Debe tener tres dígitos, por ejemplo 001."))]
Siete = Annotated[str, *pattern(r"[0-9]{7}", N_("Debe tener siete dígitos, por ejemplo 0000123."))]
Moneda = Annotated[
    str, *pattern(r"[A-Za-z]{3}", N_("Debe ser un código ISO 4217, por ejemplo PYG."), upper=True)
]
Pais = Annotated[
    str,
    *pattern(r"[A-Za-z]{3}", N_("Debe ser un código ISO 3166 de tres letras, por ejemplo PRY."), upper=True),
]
Telefono = Annotated[str, *text(15, 6)]
Celular = Annotated[str, *text(20, 10)]
Correo = Annotated[
    str,
    *pattern(
        r"[0-9a-zA-Z][0-9a-zA-Z.\-_]{0,63}@([0-9a-zA-Z][0-9a-zA-Z\-_]*\.)+[a-zA-Z]{2,9}",
        N_("Debe ser una dirección de correo."),
    ),
]
Casa = Annotated[int, *integer(0, 999_999)]
Direccion = Annotated[str, *text(255)]
Nombre = Annotated[str, *text(255, 4)]
Nombre60 = Annotated[str, *text(60, 4)]
#: Code or name of a departamento, distrito or ciudad.
Lugar = Annotated[str, *text(60)]
Obligacion = Annotated[str, *coded("obligaciones", authority="1220")]
Unidad = Annotated[str, *text(10)]
