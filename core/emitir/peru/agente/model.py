"""What ``emitir`` takes for a comprobante de retención (20) or de percepción (40): spec.md §9."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, PlainValidator

from emitir.i18n import N_
from emitir.inputs import InputModel, choice_field, pattern_field
from emitir.peru.fields import (
    NINGUNO,
    TEXT,
    Cambio,
    Fecha,
    Hora,
    Moneda,
    Monto,
    Numero,
    Redondeo,
    Serie,
    Si,
    TipoDoc,
    coded,
    text,
)

#: Names of both comprobantes.
TIPOS_DE_AGENTE = {"20": "20", "40": "40", "retencion": "20", "percepcion": "40"}
_Tipo = Annotated[str, PlainValidator(choice_field(TIPOS_DE_AGENTE)), TEXT]
_Relacionado = Annotated[
    str,
    PlainValidator(
        choice_field(
            {"f": "01", "b": "03", "c": "07", "d": "08"}
            | {code: code for code in ("01", "03", "07", "08", "12")},
            authority="2692",
            accepted="f, b, c, d, 12",
        )
    ),
    TEXT,
]
_Pago = Annotated[
    str, PlainValidator(pattern_field("[0-9]{0,9}", N_("Debe tener hasta nueve cifras."))), TEXT
]
_Regimen = Annotated[
    str, *coded("0[1-3]", N_("Debe ser un código de régimen: 01, 02 o, en la percepción, 03."))
]


class Relacionado(InputModel):
    """A document that is paid, and the payment of which something is kept or on which something is added."""

    tipo: _Relacionado = Field("01", description="f, b, c, d, o el código del catálogo 01.")
    documento: Annotated[str, *text(41, authority="2694", empty="2693")] = Field(
        description="Serie y número del documento, por ejemplo F001-21."
    )
    fecha: Fecha = Field(description="Fecha de emisión del documento.")
    total: Monto = Field(description="Importe total del documento, en su moneda.")
    moneda: Moneda = Field("PEN", description="Moneda del documento.")
    pago_numero: _Pago = Field(
        "", description="Número correlativo del pago o cobro; se numera solo si falta."
    )
    pago_fecha: Fecha | None = Field(None, description="Fecha del pago o cobro; la de emisión si falta.")
    pago_monto: Monto | None = Field(
        None, description="Importe del pago o cobro, sin retención ni percepción, en la moneda del documento."
    )
    importe: Monto | None = Field(
        None, description="Importe retenido o percibido, en soles. Se calcula si falta."
    )
    tipo_cambio: Cambio | None = Field(
        None, description="Soles por unidad, si el documento es en otra moneda."
    )
    fecha_cambio: Fecha | None = Field(
        None, description="Fecha del tipo de cambio; la del pago o cobro si falta."
    )


class Constancia(InputModel):
    """Properties of a comprobante de retención or de percepción."""

    tipo: _Tipo = Field(description="20 o retencion; 40 o percepcion.")
    serie: Serie = Field(description="Serie: R001 en la retención, P001 en la percepción.")
    numero: Numero = Field(description="Número correlativo; si falta, el siguiente de la serie.")
    fecha: Fecha = Field(description="Fecha de emisión, AAAA-MM-DD.")
    hora: Hora | None = Field(None, description="Hora de emisión, HH:MM.")
    tipo_doc: TipoDoc = Field("6", description="Tipo de documento del proveedor (RUC) o del cliente.")
    numero_doc: Annotated[str, *text(15, authority="2680", empty="2723")] = Field(
        description="Número de documento del proveedor o cliente."
    )
    razon_social: Annotated[str, *text(1500, authority="2133", empty="2134")] = Field(
        description="Nombre o razón social del proveedor o cliente."
    )
    regimen: _Regimen = Field(
        "01",
        description="Régimen: catálogo 23 (retención: 01 3 %) o 22 (percepción: 01 2 %, 02 1 %, 03 0.5 %).",
    )
    excepcional: Si = Field(
        False,
        description="Percepción de emisión excepcional: de una sola factura al contado que no la informó.",
    )
    observaciones: Annotated[str, *text(250, 0)] = Field("", description="Observaciones.")
    redondeo: Redondeo | None = Field(
        None, description="Redondeo del total pagado o cobrado, entre -1.00 y 1.00."
    )
    total: Monto | None = Field(
        None, description="Total retenido o percibido, en soles. Se calcula si falta."
    )
    total_pagado: Monto | None = Field(
        None, description="Total pagado o cobrado, en soles. Se calcula si falta."
    )
    documentos: Annotated[list[Relacionado], Field(min_length=1, max_length=500)] = Field(
        NINGUNO, description="Documentos pagados o cobrados."
    )


def schema() -> dict[str, Any]:
    """JSON schema of both; without a number the next of the serie is given."""
    found = Constancia.model_json_schema()
    required = [name for name in found["required"] if name != "numero"]
    title = "Comprobante de retención o percepción"
    return {**found, "title": title, "required": required}
