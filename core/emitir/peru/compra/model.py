"""What ``emitir`` takes for a liquidación de compra (04): sheet LiquidacionCompra2_0."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainValidator

from emitir.i18n import N_
from emitir.inputs import InputModel, choice_field, number_field
from emitir.peru.afectacion import GRATUITAS_GRAVADAS, GRATUITAS_SIN_IGV
from emitir.peru.fields import (
    MAX_ITEMS,
    NINGUNO,
    NUMBER,
    TEXT,
    Cantidad,
    Fecha,
    Hora,
    Moneda,
    Monto,
    Numero,
    Redondeo,
    Ruc,
    Serie,
    Tasa,
    Unidad,
    Unspsc,
    coded,
    text,
)
from emitir.peru.model_partes import DocumentoRelacionado, Guia
from emitir.peru.no_ofrecido import DE_COMPRA

TIPO_LIQUIDACION = "04"
#: Names of the document.
TIPOS_DE_COMPRA = {"04": TIPO_LIQUIDACION, "liquidacion_compra": TIPO_LIQUIDACION}
COMPRA_INTERNA, ANTICIPO, ORO = "0501", "0502", "0503"

_Tipo = Annotated[str, PlainValidator(choice_field(TIPOS_DE_COMPRA)), TEXT]
_TipoDoc = Annotated[
    str,
    PlainValidator(
        choice_field(
            {"d": "1", "e": "4", "p": "7", "1": "1", "4": "4", "7": "7"},
            authority="2800",
            accepted="d (DNI), e (carné de extranjería), p (pasaporte)",
        )
    ),
    TEXT,
]
_PAGADAS = ("10", "20", "30")
_GRATUITAS = (*GRATUITAS_GRAVADAS, *GRATUITAS_SIN_IGV)
_Afectacion = Annotated[
    str,
    PlainValidator(
        choice_field(
            {code: code for code in (*_PAGADAS, *_GRATUITAS)},
            authority="2040",
            accepted="10 (gravado), 20 (exonerado), 30 (inafecto); gratuitas 11 a 16, 21, 31 a 37",
        )
    ),
    TEXT,
]
_AfectacionPagada = Annotated[
    str,
    PlainValidator(
        choice_field(
            {code: code for code in _PAGADAS},
            authority="2040",
            accepted="10 (gravado), 20 (exonerado), 30 (inafecto)",
        )
    ),
    TEXT,
]
_Operacion = Annotated[
    str,
    PlainValidator(
        choice_field(
            {code: code for code in (COMPRA_INTERNA, ANTICIPO, ORO)},
            authority="3206",
            accepted="0501 (compra interna), 0502 (anticipo), 0503 (oro)",
        )
    ),
    TEXT,
]
_Lugar = Annotated[
    str, *coded("0[1-5]", N_("Debe ser un código del catálogo 60: 01 punto de venta, 02 producción…"), "2457")
]
_Ubigeo = Annotated[str, *coded("[0-9]{6}", N_("El ubigeo tiene 6 dígitos."), "4339")]
_Concepto = Annotated[str, *coded("[0-9]{4}", N_("Debe ser un código del catálogo 55, por ejemplo 6000."))]
_Anticipo = Annotated[
    str,
    *coded(
        "(L[A-Z0-9]{3}|E001|[0-9]{1,4})-[0-9]{1,8}",
        N_("Debe ser serie-número de una liquidación de compra, por ejemplo L001-21."),
        "2521",
    ),
]
_Valor = Annotated[Decimal, PlainValidator(number_field(12, authority="2369")), NUMBER]
_Precio = Annotated[Decimal, PlainValidator(number_field(12, authority="2367")), NUMBER]


class Concepto(InputModel):
    """A concept of catalog 55: in a purchase of gold 6000, 6004, 6005 and 6006."""

    codigo: _Concepto = Field(description="Concepto (catálogo 55), por ejemplo 6004.")
    valor: Annotated[str, *text(200, authority="3064", empty="3064")] = Field(
        description="Valor del concepto."
    )


class Comprado(InputModel):
    """One line. Give ``valor_unitario`` (without IGV), ``precio_unitario`` (with IGV) or both."""

    unidad: Unidad = Field("KGM", description="Unidad de medida (catálogo 03).")
    cantidad: Cantidad = Field(description="Cantidad, hasta 10 decimales.")
    codigo: Annotated[str, *text(30, authority="4269")] = Field("", description="Código del producto.")
    codigo_sunat: Unspsc = Field("", description="Código de producto UNSPSC.")
    descripcion: Annotated[str, *text(500, lines=True, authority="2027", empty="2026")] = Field(
        description="Descripción del bien."
    )
    valor_unitario: _Valor | None = Field(None, description="Valor unitario sin IGV.")
    precio_unitario: _Precio | None = Field(None, description="Precio unitario con IGV.")
    afectacion_igv: _Afectacion = Field(
        "20",
        description="10 gravado, 20 exonerado (si falta) o 30 inafecto; gratuitas: 11 a 16, 21, 31 a 37, con su valor "
        "referencial en valor_unitario.",
    )
    otros_tributos: Monto | None = Field(
        None, description="Otros tributos de la línea que paga el comprador."
    )
    conceptos: Annotated[list[Concepto], Field(max_length=20)] = Field(
        NINGUNO, description="Conceptos del catálogo 55: los de la compra de oro."
    )


class Ubicacion(InputModel):
    """Where somebody lives, or where the purchase is made."""

    ubigeo: _Ubigeo = Field(description="Ubigeo de seis dígitos (catálogo 13).")
    direccion: Annotated[str, *text(250, 3, authority="2593", empty="2452")] = Field(
        description="Dirección o datos que permitan ubicarlo."
    )
    tipo: _Lugar = Field("02", description="Catálogo 60: 01 punto de venta, 02 producción, 03 extracción…")


class AnticipoDeCompra(InputModel):
    """A payment in advance with a liquidación of its own, which this one deducts."""

    documento: _Anticipo = Field(description="Liquidación del anticipo, por ejemplo L001-15.")
    ruc: Ruc = Field("", description="RUC de quien la emitió; el de la empresa si falta.")
    valor: Monto = Field(description="Valor de compra del anticipo, sin impuestos.")
    renta: Monto | None = Field(None, description="Impuesto a la renta que se retuvo en el anticipo.")
    afectacion_igv: _AfectacionPagada = Field(
        "20", description="10 gravado, 20 exonerado (si falta) o 30 inafecto."
    )


class Liquidacion(InputModel):
    """Properties of a liquidación de compra."""

    not_offered: ClassVar[Mapping[str, str]] = DE_COMPRA

    tipo: _Tipo = Field(description="04 o liquidacion_compra.")
    serie: Serie = Field(description="Serie, por ejemplo L001.")
    numero: Numero = Field(description="Número correlativo; si falta, el siguiente de la serie.")
    fecha: Fecha = Field(description="Fecha de emisión, AAAA-MM-DD.")
    hora: Hora | None = Field(None, description="Hora de emisión, HH:MM.")
    tipo_operacion: _Operacion = Field(
        COMPRA_INTERNA, description="0501 compra interna (si falta), 0502 anticipo, 0503 oro."
    )
    tipo_doc: _TipoDoc = Field("1", description="Tipo de documento del vendedor; DNI si falta.")
    numero_doc: Annotated[str, *text(15, authority="2802", empty="2014")] = Field(
        description="Número de documento del vendedor."
    )
    razon_social: Annotated[str, *text(1500, authority="2022", empty="2021")] = Field(
        description="Apellidos y nombres del vendedor."
    )
    domicilio: Ubicacion = Field(description="Domicilio del vendedor.")
    lugar: Ubicacion = Field(description="Lugar donde se realiza la operación.")
    moneda: Moneda = Field("PEN", description="Moneda.")
    porcentaje_igv: Tasa = Field(Decimal(18), description="Tasa del IGV de las líneas gravadas.")
    porcentaje_renta: Tasa | None = Field(
        None, description="Tasa del impuesto a la renta que se retiene al vendedor, por ejemplo 1.5."
    )
    items: Annotated[list[Comprado], Field(min_length=1, max_length=MAX_ITEMS)] = Field(
        NINGUNO, description="Bienes comprados."
    )
    anticipos: Annotated[list[AnticipoDeCompra], Field(max_length=100)] = Field(
        NINGUNO, description="Anticipos que se deducen."
    )
    redondeo: Redondeo | None = Field(None, description="Redondeo del importe neto, entre -1.00 y 1.00.")
    total: Monto | None = Field(None, description="Importe neto que recibe el vendedor. Se calcula si falta.")
    guias: Annotated[list[Guia], Field(max_length=99)] = Field(NINGUNO, description="Guías de remisión.")
    documentos_relacionados: Annotated[list[DocumentoRelacionado], Field(max_length=99)] = Field(
        NINGUNO, description="Otros documentos relacionados (99)."
    )
    observaciones: Annotated[str, *text(500, 0, lines=True)] = Field(
        "", description="Observaciones impresas."
    )


def schema() -> dict[str, Any]:
    """JSON schema; without a number the next of the serie is given."""
    found = Liquidacion.model_json_schema()
    required = [name for name in found["required"] if name != "numero"]
    return {**found, "title": "Liquidación de compra", "required": [*required, "items"]}
