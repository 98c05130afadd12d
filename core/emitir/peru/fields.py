"""Field types of Peru's properties: each checks one value; the code is SUNAT's rule on its format."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from emitir.i18n import N_
from emitir.inputs import (
    choice_field,
    date_field,
    flag_field,
    integer_field,
    number_field,
    pattern_field,
    text_field,
    time_field,
)

TIPOS = {
    "f": "01",
    "01": "01",
    "1": "01",
    "b": "03",
    "03": "03",
    "3": "03",
    "c": "07",
    "07": "07",
    "7": "07",
    "d": "08",
    "08": "08",
    "8": "08",
}
#: Letters of ``tipo_doc`` (lower case, or a capital that catalog 06 does not use) and the codes of catalog 06.
TIPOS_DOC = {letter: letter for letter in "0146 7ABCDEFGH-".replace(" ", "")} | {
    "r": "6",
    "d": "1",
    "e": "4",
    "p": "7",
}
FORMAS_PAGO = {"contado": "Contado", "credito": "Credito", "crédito": "Credito"}
#: Types of document that a nota may modify (rules 2116, 2399).
TIPOS_MODIFICABLES = (
    *("01", "03", "05", "06", "11", "12", "13", "15", "16", "17", "18", "21", "23", "24", "28", "30", "34"),
    *("37", "42", "43", "45", "55", "56"),
)
ACEPTADOS = "f, b, c, d, 01, 03, 07, 08"
#: Default of a collection: immutable, so that no instance needs a copy of it.
NINGUNO: Any = ()
#: SUNAT numbers the lines with up to three digits (rule 2023).
MAX_ITEMS = 999


def schema(kind: str, **more: Any) -> WithJsonSchema:
    """What /docs says of a field."""
    return WithJsonSchema({"type": kind, **more})


NUMBER = WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]})
TEXT = schema("string")

Cantidad = Annotated[Decimal, PlainValidator(number_field(12, at_most=10, authority="2025")), NUMBER]
Precio = Annotated[Decimal, PlainValidator(number_field(12, authority="2367")), NUMBER]
ValorUnitario = Annotated[Decimal, PlainValidator(number_field(12, authority="2369")), NUMBER]
Monto = Annotated[Decimal, PlainValidator(number_field(12, places=2)), NUMBER]
Tasa = Annotated[Decimal, PlainValidator(number_field(3, places=5, authority="3102")), NUMBER]
Redondeo = Annotated[
    Decimal,
    PlainValidator(number_field(1, places=2, negative=True, authority="3303")),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]}),
]
Cambio = Annotated[Decimal, PlainValidator(number_field(6, at_most=6, positive=True)), NUMBER]
Si = Annotated[bool, PlainValidator(flag_field()), schema("boolean")]
Fecha = Annotated[date, PlainValidator(date_field()), schema("string", format="date")]
Hora = Annotated[time, PlainValidator(time_field()), schema("string", examples=["14:30"])]


def text(maximum: int, minimum: int = 1, **more: Any) -> tuple[PlainValidator, WithJsonSchema]:
    """Annotations of a text of that length; ``more`` as for :func:`emitir.inputs.text_field`."""
    limits = {"maxLength": maximum} | ({"minLength": minimum} if minimum else {})
    return PlainValidator(text_field(maximum, minimum, **more)), schema("string", **limits)


Unidad = Annotated[
    str,
    PlainValidator(
        pattern_field(
            r"[A-Za-z0-9]{2,3}",
            N_("Debe ser un código del catálogo 03, por ejemplo NIU."),
            upper=True,
            authority="2936",
        )
    ),
    TEXT,
]
Afectacion = Annotated[
    str,
    PlainValidator(pattern_field(r"[0-9]{2}", N_("Debe ser un código del catálogo 07, por ejemplo 10."))),
    TEXT,
]
Moneda = Annotated[
    str,
    PlainValidator(
        pattern_field(
            r"[A-Za-z]{3}",
            N_("Debe ser un código de moneda de tres letras, por ejemplo PEN."),
            upper=True,
            authority="3088",
        )
    ),
    TEXT,
]
Serie = Annotated[
    str,
    PlainValidator(
        pattern_field(
            r"[A-Za-z0-9]{4}",
            N_("Debe tener cuatro letras o cifras, por ejemplo F001."),
            upper=True,
            authority="1001",
        )
    ),
    TEXT,
]
Operacion = Annotated[
    str,
    PlainValidator(
        pattern_field(
            r"[0-9]{4}", N_("Debe ser un código del catálogo 51, por ejemplo 0101."), authority="3206"
        )
    ),
    TEXT,
]
Motivo = Annotated[
    str,
    PlainValidator(
        pattern_field(
            r"[0-9]{1,2}", N_("Debe ser un código de dos cifras, por ejemplo 01."), authority="2172"
        )
    ),
    TEXT,
]
TipoModificado = Annotated[
    str,
    PlainValidator(
        choice_field({"f": "01", "b": "03"} | {code: code for code in TIPOS_MODIFICABLES}, authority="2116")
    ),
    TEXT,
]
Documento = Annotated[
    str,
    PlainValidator(
        pattern_field(
            r"([FB][A-Za-z0-9]{3}|E001|EB01)-[0-9]{1,8}",
            N_("Debe ser serie-número de una factura o boleta, por ejemplo F001-21."),
            upper=True,
            authority="2117",
        )
    ),
    TEXT,
]


def coded(pattern: str, description: str, authority: str = "") -> tuple[PlainValidator, WithJsonSchema]:
    """Annotations of a code of some catalog: only its form is looked at here; in capitals."""
    return PlainValidator(pattern_field(pattern, description, upper=True, authority=authority)), TEXT


Ubigeo = Annotated[str, *coded("([0-9]{6})?", N_("El ubigeo tiene 6 dígitos."))]
Pais = Annotated[
    str, *coded("[A-Z]{2}|", N_("Debe ser un código de país de dos letras, por ejemplo US."), "3099")
]
Ruc = Annotated[str, *coded("([0-9]{11})?", N_("El RUC tiene 11 dígitos."))]
Local = Annotated[
    str, *coded("([0-9]{4})?", N_("El código de establecimiento anexo tiene 4 dígitos."), "4242")
]
Gtin = Annotated[
    str,
    *coded("([0-9]{8}|[0-9]{12}|[0-9]{13}|[0-9]{14})?", N_("Un GTIN tiene 8, 12, 13 o 14 cifras."), "4334"),
]
Unspsc = Annotated[
    str,
    PlainValidator(
        pattern_field(r"[0-9]{8}", N_("Debe ser un código UNSPSC de ocho cifras."), authority="3496")
    ),
    TEXT,
]
Tipo = Annotated[str, PlainValidator(choice_field(TIPOS, accepted=ACEPTADOS)), TEXT]
Numero = Annotated[
    int,
    PlainValidator(integer_field(1, 99_999_999, authority="1001")),
    schema("integer", minimum=1, maximum=99_999_999),
]
TipoDoc = Annotated[
    str,
    PlainValidator(
        choice_field(
            TIPOS_DOC,
            authority="2800",
            accepted="r (RUC), d (DNI), e (carné de extranjería), p (pasaporte), o el código del catálogo 06",
        )
    ),
    TEXT,
]
FormaPago = Annotated[
    str, PlainValidator(choice_field(FORMAS_PAGO, authority="3246", accepted="contado, credito")), TEXT
]
