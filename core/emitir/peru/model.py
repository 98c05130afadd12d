"""What ``emitir`` takes for a factura (01), boleta (03) or nota (07, 08): properties, types and formats.

Form only; what a value means together with others is in :mod:`emitir.peru.rules`. Names and letters are
those of the API (docs/integrador.md); SUNAT's own codes are accepted beside the letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import Field

from emitir.i18n import N_
from emitir.inputs import InputModel
from emitir.peru.fields import (
    MAX_ITEMS,
    NINGUNO,
    Cambio,
    Documento,
    Fecha,
    FormaPago,
    Hora,
    Local,
    Moneda,
    Monto,
    Motivo,
    Numero,
    Operacion,
    Pais,
    Redondeo,
    Ruc,
    Serie,
    Tasa,
    Tipo,
    TipoDoc,
    Ubigeo,
    coded,
    text,
)
from emitir.peru.model_item import Item
from emitir.peru.model_partes import (
    Anticipo,
    Cuota,
    DocumentoModificado,
    DocumentoRelacionado,
    Guia,
    Leyenda,
)
from emitir.peru.no_ofrecido import DE_VENTA

__all__ = [
    "DE_CABECERA",
    "Comercial",
    "Cuota",
    "DocumentoModificado",
    "Item",
    "Nota",
    "Venta",
    "input_schema",
]

_Bien = Annotated[
    str, *coded("([0-9]{3})?", N_("Debe ser un código del catálogo 54, por ejemplo 037."), "3033")
]
_Medio = Annotated[
    str, *coded("([0-9]{3})?", N_("Debe ser un código del catálogo 59, por ejemplo 001."), "3174")
]
_Regimen = Annotated[
    str, *coded("(0[1-3])?", N_("Debe ser 01 venta interna, 02 combustible o 03 tasa especial."), "3071")
]


class Comercial(InputModel):
    """Properties that facturas, boletas and notas share."""

    not_offered: ClassVar[Mapping[str, str]] = DE_VENTA

    tipo: Tipo = Field(
        description="f (factura, 01), b (boleta, 03), c (nota de crédito, 07) o d (nota de débito, 08)."
    )
    serie: Serie = Field(description="Serie, por ejemplo F001.")
    numero: Numero = Field(description="Número correlativo; si falta, el siguiente de la serie.")
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
    total_exportacion: Monto | None = Field(
        None, description="Suma de las líneas de exportación. Se calcula si falta."
    )
    total_gratuito: Monto | None = Field(
        None, description="Suma de las líneas gratuitas. Se calcula si falta."
    )
    total_ivap: Monto | None = Field(None, description="IVAP total. Se calcula si falta.")
    total_isc: Monto | None = Field(None, description="ISC total. Se calcula si falta.")
    total_otros_tributos: Monto | None = Field(
        None, description="Otros tributos en total. Se calcula si falta."
    )
    cargo_global_no_base: Monto | None = Field(
        None, description="Otros cargos que no aumentan la base del IGV (catálogo 53, código 50)."
    )
    redondeo: Redondeo | None = Field(
        None, description="Redondeo del importe total, entre -1.00 y 1.00; se suma al total."
    )
    total: Monto | None = Field(None, description="Importe total. Se calcula si falta.")
    monto_pendiente: Monto | None = Field(None, description="Saldo a crédito. Es el total si falta.")
    cuotas: Annotated[list[Cuota], Field(max_length=999)] = Field(
        NINGUNO, description="Cuotas de la venta al crédito."
    )
    establecimiento: Local = Field(
        "", description="Código de establecimiento anexo desde el que se emite; el de la empresa si falta."
    )
    guias: Annotated[list[Guia], Field(max_length=100)] = Field(
        NINGUNO, description="Guías de remisión de la operación."
    )
    documentos_relacionados: Annotated[list[DocumentoRelacionado], Field(max_length=100)] = Field(
        NINGUNO, description="Otros documentos relacionados con la operación."
    )
    leyendas: Annotated[list[Leyenda], Field(max_length=20)] = Field(
        NINGUNO, description="Leyendas que Emitir no puede deducir; las demás se escriben solas."
    )
    items: Annotated[list[Item], Field(min_length=1, max_length=MAX_ITEMS)] = Field(
        description="Líneas, de 1 a 999."
    )


class Venta(Comercial):
    """Properties of a factura or boleta."""

    fecha_vencimiento: Fecha | None = Field(None, description="Fecha de vencimiento del pago.")
    tipo_operacion: Operacion = Field(
        "",
        description="Tipo de operación (catálogo 51). Si falta se deduce: 0101 venta interna, 0200 exportación, "
        "1001 detracción, 2001 percepción, 2002 retención de segunda categoría.",
    )
    orden_compra: Annotated[str, *text(20, 0)] = Field("", description="Orden de compra o servicio.")
    forma_pago: FormaPago = Field("", description="contado o credito.")
    descuento_global: Monto | None = Field(
        None, description="Descuento sobre las líneas gravadas, sin IGV: reduce su base (código 02)."
    )
    porcentaje_descuento_global: Tasa | None = Field(
        None, description="El descuento global como porcentaje de la base gravada, en lugar de su monto."
    )
    descuento_global_no_base: Monto | None = Field(
        None, description="Descuento global que no reduce la base del IGV (código 03)."
    )
    cargo_global: Monto | None = Field(
        None, description="Cargo sobre las líneas gravadas, sin IGV: aumenta su base (código 49)."
    )
    recargo_consumo: Monto | None = Field(
        None, description="Recargo al consumo o propina (código 46): no paga IGV."
    )
    porcentaje_recargo_consumo: Tasa | None = Field(
        None, description="El recargo al consumo como porcentaje del valor de venta, en lugar de su monto."
    )
    fise: Monto | None = Field(None, description="Cargo del FISE (código 45).")
    base_fise: Monto | None = Field(None, description="Base del cargo del FISE.")
    anticipos: Annotated[list[Anticipo], Field(max_length=99)] = Field(
        NINGUNO, description="Anticipos ya facturados que se deducen."
    )
    total_anticipos: Monto | None = Field(
        None, description="Suma de los anticipos, con IGV. Se calcula si falta."
    )
    tipo_cambio: Cambio | None = Field(
        None,
        description="Soles por unidad de la moneda: para la detracción o percepción de una venta en otra moneda.",
    )
    detraccion_codigo: _Bien = Field(
        "", description="Bien o servicio sujeto a detracción (catálogo 54), por ejemplo 037."
    )
    detraccion_porcentaje: Tasa | None = Field(
        None, description="Porcentaje de la detracción; el usual del bien o servicio si falta."
    )
    detraccion_monto: Monto | None = Field(
        None, description="Monto de la detracción en soles. Se calcula si falta."
    )
    detraccion_cuenta: Annotated[str, *text(50, 0)] = Field(
        "", description="Cuenta del Banco de la Nación; la de la empresa si falta."
    )
    detraccion_medio_pago: _Medio = Field("001", description="Medio de pago de la detracción (catálogo 59).")
    percepcion_regimen: _Regimen = Field(
        "",
        description="Régimen de percepción (catálogo 22): 01 venta interna, 02 combustible, 03 tasa especial.",
    )
    percepcion_porcentaje: Tasa | None = Field(
        None, description="Porcentaje de la percepción; el del régimen si falta."
    )
    percepcion_base: Monto | None = Field(
        None, description="Base de la percepción en soles; el total si falta."
    )
    percepcion_monto: Monto | None = Field(
        None, description="Monto de la percepción en soles. Se calcula si falta."
    )
    retencion_porcentaje: Tasa | None = Field(
        None, description="Porcentaje de la retención del IGV que hará el cliente: 3 (o 6)."
    )
    retencion_base: Monto | None = Field(
        None, description="Importe sujeto a la retención; el total si falta."
    )
    retencion_monto: Monto | None = Field(None, description="Monto de la retención. Se calcula si falta.")
    renta_segunda_base: Monto | None = Field(
        None, description="Base de la retención de renta de segunda categoría (código 63)."
    )
    renta_segunda_monto: Monto | None = Field(
        None, description="Monto de la retención de renta de segunda categoría; el 5 % de su base si falta."
    )
    entrega_direccion: Annotated[str, *text(200, 0)] = Field(
        "", description="Venta itinerante: dirección en que se entrega el bien."
    )
    entrega_ubigeo: Ubigeo = Field("", description="Venta itinerante: ubigeo del lugar de entrega.")
    entrega_urbanizacion: Annotated[str, *text(25, 0)] = Field(
        "", description="Venta itinerante: urbanización."
    )
    entrega_provincia: Annotated[str, *text(30, 0)] = Field("", description="Venta itinerante: provincia.")
    entrega_departamento: Annotated[str, *text(30, 0)] = Field(
        "", description="Venta itinerante: departamento."
    )
    entrega_distrito: Annotated[str, *text(30, 0)] = Field("", description="Venta itinerante: distrito.")
    pais_uso: Pais = Field(
        "", description="País en que se usa el servicio exportado (operaciones 0201 y 0208), por ejemplo US."
    )
    medio_pago: _Medio = Field("", description="Medio de pago (catálogo 59): transporte ferroviario (0302).")
    autorizacion_pago: Annotated[str, *text(50, 0)] = Field(
        "", description="Número de autorización de la tarjeta: transporte ferroviario (0302)."
    )
    agente_ventas_ruc: Ruc = Field("", description="RUC del agente de ventas: transporte ferroviario (0302).")


class Nota(Comercial):
    """Properties of a nota de crédito or nota de débito.

    What it modifies: ``documento`` (``F001-21``) or, for several, ``documentos``.
    """

    items: Annotated[list[Item], Field(max_length=MAX_ITEMS)] = Field(
        NINGUNO, description="Líneas de la nota, de 1 a 999; ninguna en el motivo 13."
    )
    motivo: Motivo = Field(description="Motivo: catálogo 09 (crédito) o 10 (débito).")
    sustento: Annotated[str, *text(500, authority="2135", empty="2136")] = Field(
        description="Sustento: por qué se emite la nota."
    )
    documento: Documento = Field("", description="Factura o boleta que se modifica, por ejemplo F001-21.")
    documentos: Annotated[list[DocumentoModificado], Field(max_length=100)] = Field(
        NINGUNO, description="Documentos que se modifican, si son varios o de otro tipo."
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


_PREFIXES = (
    *("descuento_", "porcentaje_", "cargo_", "recargo_", "fise", "base_fise", "anticipos", "detraccion_"),
    *("percepcion_", "retencion_", "renta_", "entrega_", "pais_uso", "guias", "documentos_relacionados"),
    *("leyendas", "medio_pago", "autorizacion_pago", "redondeo"),
)
#: Properties that add parts to the head of the document (emitir.peru.documents.operaciones).
DE_CABECERA = frozenset(
    name for name in (*Venta.model_fields, *Nota.model_fields) if name.startswith(_PREFIXES)
) - {"porcentaje_igv"}


def input_schema() -> dict[str, Any]:
    """JSON schema of what ``emitir`` takes, whatever the document; required is what all of them require."""
    sale, nota = Venta.model_json_schema(), Nota.model_json_schema()
    return {
        "title": "Factura, boleta o nota",
        "type": "object",
        "additionalProperties": False,
        "$defs": nota["$defs"] | sale["$defs"],
        "properties": nota["properties"] | sale["properties"],
        "required": [name for name in sale["required"] if name in nota["required"] and name != "numero"],
    }
