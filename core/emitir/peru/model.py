"""What ``emitir`` takes for a factura (01), boleta (03) or nota (07, 08): properties, types and formats.

Form only; what a value means together with others is in :mod:`emitir.peru.rules`. Names and letters are
those of the API (docs/integrador.md); SUNAT's own codes are accepted beside the letters.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from emitir.inputs import InputModel
from emitir.peru.fields import (
    MAX_ITEMS,
    Afectacion,
    Cantidad,
    Documento,
    Fecha,
    FormaPago,
    Hora,
    Moneda,
    Monto,
    Motivo,
    Numero,
    Operacion,
    Precio,
    Serie,
    Tasa,
    Tipo,
    TipoDoc,
    TipoModificado,
    Unidad,
    Unspsc,
    ValorUnitario,
    text,
)


class Item(InputModel):
    """One line. Give ``valor_unitario`` (without IGV), ``precio_unitario`` (with IGV) or both."""

    unidad: Unidad = Field("NIU", description="Unidad de medida (catálogo 03).")
    cantidad: Cantidad = Field(description="Cantidad, hasta 10 decimales.")
    codigo: Annotated[str, *text(30)] = Field("", description="Código del producto en su sistema.")
    codigo_sunat: Unspsc = Field("", description="Código de producto UNSPSC.")
    descripcion: Annotated[str, *text(500, lines=True, authority="2027", empty="2026")] = Field(
        description="Descripción del bien o servicio."
    )
    precio_unitario: Precio | None = Field(None, description="Precio unitario con IGV.")
    valor_unitario: ValorUnitario | None = Field(None, description="Valor unitario sin IGV.")
    valor_venta: Monto | None = Field(
        None, description="Valor de venta de la línea, sin IGV. Se calcula si falta."
    )
    igv: Monto | None = Field(None, description="IGV de la línea. Se calcula si falta.")
    afectacion_igv: Afectacion = Field("10", description="Afectación al IGV (catálogo 07).")
    icbper: Monto | None = Field(None, description="Impuesto a las bolsas de plástico de la línea.")


class Cuota(InputModel):
    """One payment of a credit sale."""

    monto: Monto = Field(description="Importe de la cuota.")
    fecha: Fecha = Field(description="Fecha de vencimiento de la cuota.")


class Comercial(InputModel):
    """Properties that facturas, boletas and notas share."""

    tipo: Tipo = Field(
        description="f (factura, 01), b (boleta, 03), c (nota de crédito, 07) o d (nota de débito, 08)."
    )
    serie: Serie = Field(description="Serie, por ejemplo F001.")
    numero: Numero = Field(description="Número correlativo.")
    fecha: Fecha = Field(description="Fecha de emisión, AAAA-MM-DD.")
    hora: Hora | None = Field(None, description="Hora de emisión, HH:MM.")
    tipo_doc: TipoDoc = Field("", description="Tipo de documento del cliente.")
    numero_doc: Annotated[str, *text(15, authority="2802", empty="2014")] = Field(
        "", description="Número de documento del cliente."
    )
    razon_social: Annotated[str, *text(1500, 3, authority="2022", empty="2021")] = Field(
        "", description="Nombre o razón social del cliente."
    )
    direccion: Annotated[str, *text(200, 0)] = Field("", description="Dirección del cliente.")
    moneda: Moneda = Field("PEN", description="Moneda (ISO 4217).")
    porcentaje_igv: Tasa = Field(
        Decimal(18), description="Tasa del IGV: 18, o 10.5 para restaurantes y hoteles MYPE."
    )
    observaciones: Annotated[str, *text(1000, 0, lines=True)] = Field(
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
    monto_pendiente: Monto | None = Field(None, description="Saldo a crédito. Es el total si falta.")
    cuotas: Annotated[list[Cuota], Field(max_length=999)] = Field(
        [], description="Cuotas de la venta al crédito."
    )
    items: Annotated[list[Item], Field(min_length=1, max_length=MAX_ITEMS)] = Field(
        description="Líneas, de 1 a 999."
    )


class Venta(Comercial):
    """Properties of a factura or boleta."""

    fecha_vencimiento: Fecha | None = Field(None, description="Fecha de vencimiento del pago.")
    tipo_operacion: Operacion = Field("0101", description="Tipo de operación (catálogo 51).")
    orden_compra: Annotated[str, *text(20, 0)] = Field("", description="Orden de compra o servicio.")
    forma_pago: FormaPago = Field("", description="contado o credito.")


class DocumentoModificado(InputModel):
    """A document that a nota modifies."""

    tipo: TipoModificado = Field(description="f, b, o el código del catálogo 01.")
    serie: Annotated[str, *text(20)] = Field(description="Serie del documento que se modifica.")
    numero: Annotated[str, *text(20)] = Field(description="Número del documento que se modifica.")

    @property
    def codigo(self) -> str:
        """``F001-21``."""
        return f"{self.serie}-{self.numero}"


class Nota(Comercial):
    """Properties of a nota de crédito or nota de débito.

    What it modifies: ``documento`` (``F001-21``) or, for several, ``documentos``.
    """

    items: Annotated[list[Item], Field(max_length=MAX_ITEMS)] = Field(
        [], description="Líneas de la nota, de 1 a 999; ninguna en el motivo 13."
    )
    motivo: Motivo = Field(description="Motivo: catálogo 09 (crédito) o 10 (débito).")
    sustento: Annotated[str, *text(500, authority="2135", empty="2136")] = Field(
        description="Sustento: por qué se emite la nota."
    )
    documento: Documento = Field("", description="Factura o boleta que se modifica, por ejemplo F001-21.")
    documentos: Annotated[list[DocumentoModificado], Field(max_length=100)] = Field(
        [], description="Documentos que se modifican, si son varios o de otro tipo."
    )

    @property
    def modificados(self) -> tuple[DocumentoModificado, ...]:
        """Every document that is modified."""
        if not self.documento:
            return tuple(self.documentos)
        serie, numero = self.documento.split("-")
        tipo = "03" if serie.startswith(("B", "EB")) else "01"
        own = DocumentoModificado.model_construct(tipo=tipo, serie=serie, numero=numero)
        return (own, *self.documentos)


def input_schema() -> dict[str, Any]:
    """JSON schema of what ``emitir`` takes, whatever the document; required is what all of them require."""
    sale, nota = Venta.model_json_schema(), Nota.model_json_schema()
    return {
        "title": "Comprobante",
        "type": "object",
        "additionalProperties": False,
        "$defs": nota["$defs"] | sale["$defs"],
        "properties": nota["properties"] | sale["properties"],
        "required": [name for name in sale["required"] if name in nota["required"]],
    }
