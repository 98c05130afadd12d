"""What ``emitir`` takes for a factura (01) or a boleta (03): the properties, their types and formats.

Form only; what a value means together with others is in :mod:`emitir.peru.rules`. Names and letters are
those of the API (docs/integrador.md); SUNAT's own codes are accepted beside the letters.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema

from emitir.i18n import N_
from emitir.inputs import (
    InputModel,
    choice_field,
    date_field,
    integer_field,
    number_field,
    pattern_field,
    text_field,
    time_field,
)

TIPOS = {"f": "01", "01": "01", "1": "01", "b": "03", "03": "03", "3": "03"}
#: Letters of ``tipo_doc`` (lower case, or a capital that catalog 06 does not use) and the codes of catalog 06.
TIPOS_DOC = {letter: letter for letter in "0146 7ABCDEFGH-".replace(" ", "")} | {
    "r": "6",
    "d": "1",
    "e": "4",
    "p": "7",
}
FORMAS_PAGO = {"contado": "Contado", "credito": "Credito", "crédito": "Credito"}
#: SUNAT numbers the lines with up to three digits (rule 2023).
MAX_ITEMS = 999


def _schema(kind: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


_NUMBER = WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}]})
_TEXT = _schema("string")

Cantidad = Annotated[Decimal, PlainValidator(number_field(12, at_most=10, authority="2025")), _NUMBER]
Precio = Annotated[Decimal, PlainValidator(number_field(12, authority="2367")), _NUMBER]
ValorUnitario = Annotated[Decimal, PlainValidator(number_field(12, authority="2369")), _NUMBER]
Monto = Annotated[Decimal, PlainValidator(number_field(12, places=2)), _NUMBER]
Tasa = Annotated[Decimal, PlainValidator(number_field(3, places=5, authority="3102")), _NUMBER]
Fecha = Annotated[date, PlainValidator(date_field()), _schema("string", format="date")]
Hora = Annotated[time, PlainValidator(time_field()), _schema("string", examples=["14:30"])]


def _text(maximum: int, minimum: int = 1, **more: Any) -> tuple[Any, Any]:
    schema = {"maxLength": maximum} | ({"minLength": minimum} if minimum else {})
    return PlainValidator(text_field(maximum, minimum, **more)), _schema("string", **schema)


_unidad = pattern_field(
    r"[A-Za-z0-9]{2,3}",
    N_("Debe ser un código del catálogo 03, por ejemplo NIU."),
    upper=True,
    authority="2936",
)
_afectacion = pattern_field(r"[0-9]{2}", N_("Debe ser un código del catálogo 07, por ejemplo 10."))
_moneda = pattern_field(
    r"[A-Za-z]{3}",
    N_("Debe ser un código de moneda de tres letras, por ejemplo PEN."),
    upper=True,
    authority="3088",
)
_serie = pattern_field(
    r"[A-Za-z0-9]{4}",
    N_("Debe tener cuatro letras o cifras, por ejemplo F001."),
    upper=True,
    authority="1001",
)
_operacion = pattern_field(
    r"[0-9]{4}", N_("Debe ser un código del catálogo 51, por ejemplo 0101."), authority="3206"
)
_unspsc = pattern_field(r"[0-9]{8}", N_("Debe ser un código UNSPSC de ocho cifras."), authority="3496")


class Item(InputModel):
    """One line. Give ``valor_unitario`` (without IGV), ``precio_unitario`` (with IGV) or both."""

    unidad: Annotated[str, PlainValidator(_unidad), _TEXT] = Field(
        "NIU", description="Unidad de medida (catálogo 03)."
    )
    cantidad: Cantidad = Field(description="Cantidad, hasta 10 decimales.")
    codigo: Annotated[str, *_text(30)] = Field("", description="Código del producto en su sistema.")
    codigo_sunat: Annotated[str, PlainValidator(_unspsc), _TEXT] = Field(
        "", description="Código de producto UNSPSC."
    )
    descripcion: Annotated[str, *_text(500, lines=True, authority="2027", empty="2026")] = Field(
        description="Descripción del bien o servicio."
    )
    precio_unitario: Precio | None = Field(None, description="Precio unitario con IGV.")
    valor_unitario: ValorUnitario | None = Field(None, description="Valor unitario sin IGV.")
    valor_venta: Monto | None = Field(
        None, description="Valor de venta de la línea, sin IGV. Se calcula si falta."
    )
    igv: Monto | None = Field(None, description="IGV de la línea. Se calcula si falta.")
    afectacion_igv: Annotated[str, PlainValidator(_afectacion), _TEXT] = Field(
        "10", description="Afectación al IGV (catálogo 07)."
    )
    icbper: Monto | None = Field(None, description="Impuesto a las bolsas de plástico de la línea.")


class Cuota(InputModel):
    """One payment of a credit sale."""

    monto: Monto = Field(description="Importe de la cuota.")
    fecha: Fecha = Field(description="Fecha de vencimiento de la cuota.")


class Venta(InputModel):
    """Properties of a factura or boleta."""

    tipo: Annotated[str, PlainValidator(choice_field(TIPOS, accepted="f, b, 01, 03")), _TEXT] = Field(
        description="f (factura, 01) o b (boleta, 03)."
    )
    serie: Annotated[str, PlainValidator(_serie), _TEXT] = Field(description="Serie, por ejemplo F001.")
    numero: Annotated[
        int,
        PlainValidator(integer_field(1, 99_999_999, authority="1001")),
        _schema("integer", minimum=1, maximum=99_999_999),
    ] = Field(description="Número correlativo.")
    fecha: Fecha = Field(description="Fecha de emisión, AAAA-MM-DD.")
    hora: Hora | None = Field(None, description="Hora de emisión, HH:MM.")
    fecha_vencimiento: Fecha | None = Field(None, description="Fecha de vencimiento del pago.")
    tipo_operacion: Annotated[str, PlainValidator(_operacion), _TEXT] = Field(
        "0101", description="Tipo de operación (catálogo 51)."
    )
    tipo_doc: Annotated[
        str,
        PlainValidator(
            choice_field(
                TIPOS_DOC,
                authority="2800",
                accepted="r (RUC), d (DNI), e (carné de extranjería), p (pasaporte), o el código del catálogo 06",
            )
        ),
        _TEXT,
    ] = Field("", description="Tipo de documento del cliente.")
    numero_doc: Annotated[str, *_text(15, authority="2802", empty="2014")] = Field(
        "", description="Número de documento del cliente."
    )
    razon_social: Annotated[str, *_text(1500, 3, authority="2022", empty="2021")] = Field(
        "", description="Nombre o razón social del cliente."
    )
    direccion: Annotated[str, *_text(200, 0)] = Field("", description="Dirección del cliente.")
    moneda: Annotated[str, PlainValidator(_moneda), _TEXT] = Field("PEN", description="Moneda (ISO 4217).")
    porcentaje_igv: Tasa = Field(
        Decimal(18), description="Tasa del IGV: 18, o 10.5 para restaurantes y hoteles MYPE."
    )
    orden_compra: Annotated[str, *_text(20, 0)] = Field("", description="Orden de compra o servicio.")
    observaciones: Annotated[str, *_text(1000, 0, lines=True)] = Field(
        "", description="Texto libre de la representación impresa."
    )
    total_gravado: Monto | None = Field(None, description="Suma de las líneas gravadas. Se calcula si falta.")
    total_exonerado: Monto | None = Field(
        None, description="Suma de las líneas exoneradas. Se calcula si falta."
    )
    total_inafecto: Monto | None = Field(
        None, description="Suma de las líneas inafectas. Se calcula si falta."
    )
    total_igv: Monto | None = Field(None, description="IGV total. Se calcula si falta.")
    total_icbper: Monto | None = Field(None, description="ICBPER total. Se calcula si falta.")
    total: Monto | None = Field(None, description="Importe total. Se calcula si falta.")
    forma_pago: Annotated[
        str, PlainValidator(choice_field(FORMAS_PAGO, authority="3246", accepted="contado, credito")), _TEXT
    ] = Field("", description="contado o credito.")
    monto_pendiente: Monto | None = Field(None, description="Saldo a crédito. Es el total si falta.")
    cuotas: Annotated[list[Cuota], Field(max_length=999)] = Field(
        [], description="Cuotas de la venta al crédito."
    )
    items: Annotated[list[Item], Field(min_length=1, max_length=MAX_ITEMS)] = Field(
        description="Líneas, de 1 a 999."
    )
