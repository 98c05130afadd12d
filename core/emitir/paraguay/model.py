"""What ``emitir`` takes in Paraguay: factura (f), autofactura (a), nota de crédito (c), de débito (d), remisión (r).

Form only; what a value means together with others is in :mod:`emitir.paraguay.rules`. The same properties as
Peru's where the meaning is the same. Codes are the DNIT's; letters and names stand beside them.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from emitir.i18n import N_
from emitir.inputs import InputModel
from emitir.paraguay import fields as f
from emitir.paraguay.exportacion import Exportacion
from emitir.paraguay.items import Item
from emitir.paraguay.pagos import Cuota, Pago
from emitir.paraguay.sectores import Adicionales, Energia, Seguro, Supermercado
from emitir.paraguay.traslado import Carga, Transporte


class ComprasPublicas(InputModel):
    """Public procurement (E020)."""

    modalidad: Annotated[str, *f.text(2, 2)] = Field(description="Modalidad (DNCP).")
    entidad: Annotated[str, *f.pattern(r"[0-9]{5}", N_("Debe tener 5 dígitos."))] = Field(
        description="Entidad (DNCP)."
    )
    ano: Annotated[str, *f.pattern(r"[0-9]{2}", N_("Debe tener 2 dígitos."))] = Field(description="Año.")
    secuencia: Annotated[str, *f.pattern(r"[0-9]{7}", N_("Debe tener 7 dígitos."))] = Field(
        description="Secuencia."
    )
    fecha: f.Fecha = Field(description="Fecha del código de contratación.")


class Vendedor(InputModel):
    """The seller of an autofactura (E300)."""

    naturaleza: Annotated[str, *f.coded("naturaleza_vendedor", no_contribuyente="1", extranjero="2")] = Field(
        "1", description="1 no contribuyente, 2 extranjero."
    )
    tipo_doc: Annotated[str, *f.coded("documento_identidad", c="1", p="2", e="3", k="4")] = Field(
        "1", description="Tipo de documento."
    )
    numero_doc: f.Identidad = Field(description="Número de documento.")
    nombre: f.Nombre60 = Field(description="Nombre y apellido.")
    direccion: f.Direccion = Field(description="Dirección.")
    numero_casa: f.Casa = Field(0, description="Número de casa.")
    departamento: f.Lugar = Field("", description="Departamento.")
    distrito: f.Lugar = Field("", description="Distrito.")
    ciudad: f.Lugar = Field(description="Ciudad.")


class LugarTransaccion(InputModel):
    """Where the transaction of an autofactura took place (E316)."""

    direccion: f.Direccion = Field(description="Dirección.")
    departamento: f.Lugar = Field("", description="Departamento.")
    distrito: f.Lugar = Field("", description="Distrito.")
    ciudad: f.Lugar = Field(description="Ciudad.")


class DocumentoAsociado(InputModel):
    """An associated document: electronic (``cdc``), printed (``timbrado`` …) or a constancia (group H)."""

    cdc: f.Cdc = Field("", description="CDC del documento electrónico.")
    ruc_fusionado: f.Ruc = Field("", description="RUC fusionado, emisor del CDC.")
    timbrado: f.Timbrado = Field("", description="Timbrado del documento impreso.")
    establecimiento: f.Tres = Field("", description="Establecimiento del documento impreso.")
    punto: f.Tres = Field("", description="Punto de expedición del documento impreso.")
    numero: f.Siete = Field("", description="Número del documento impreso.")
    tipo: Annotated[str, *f.coded("documento_impreso", f="1", c="2", d="3", r="4")] = Field(
        "", description="Tipo del documento impreso."
    )
    fecha: f.Fecha | None = Field(None, description="Fecha del documento impreso.")
    comprobante_retencion: Annotated[str, *f.text(15, 15)] = Field(
        "", description="Comprobante de retención."
    )
    resolucion_credito: Annotated[str, *f.text(15, 15)] = Field(
        "", description="Resolución de crédito fiscal (tipo de transacción 12)."
    )
    constancia: Annotated[str, *f.coded("tipo_constancia", no_contribuyente="1", microproductor="2")] = Field(
        "", description="Tipo de constancia: 1 de no ser contribuyente, 2 de microproductores."
    )
    constancia_numero: Annotated[str, *f.pattern(r"[0-9]{11}", N_("Debe tener 11 dígitos."))] = Field(
        "", description="Número de la constancia."
    )
    constancia_control: Annotated[
        str, *f.pattern(r"[0-9A-Za-z\-]{8}", N_("Debe tener 8 letras, cifras o guiones."))
    ] = Field("", description="Número de control de la constancia.")

    @property
    def clase(self) -> str:
        """H002: 1 electrónico, 2 impreso, 3 constancia; empty when it cannot be told."""
        return "1" if self.cdc else "3" if self.constancia else "2" if self.timbrado else ""


class Documento(InputModel):
    """Properties of every document; which of them it takes is a matter of its ``tipo`` (rules)."""

    tipo: f.Tipo = Field(
        description="f (factura, 1), a (autofactura, 4), c (nota de crédito, 5), d (nota de débito, 6), "
        "r (nota de remisión, 7)."
    )
    serie: f.Serie = Field(
        description="Establecimiento y punto de expedición: 001-001; con serie: 001-001-AA."
    )
    numero: f.Numero = Field(description="Número, de 1 a 9999999; el siguiente de la serie si falta.")
    fecha: f.Fecha = Field(description="Fecha de emisión, AAAA-MM-DD.")
    hora: f.Hora | None = Field(None, description="Hora de emisión, HH:MM:SS. La de ahora si falta.")
    tipo_doc: f.TipoDoc = Field("", description="Documento del receptor: r (RUC), c, p, e, k, i, t, o.")
    tipo_doc_descripcion: Annotated[str, *f.text(41, 9)] = Field("", description="Documento, si es otro (o).")
    numero_doc: f.Identidad = Field("", description="Número de documento del receptor; el RUC con su dígito.")
    razon_social: f.Nombre = Field("", description="Nombre o razón social del receptor.")
    nombre_comercial: f.Nombre = Field("", description="Nombre de fantasía del receptor.")
    tipo_contribuyente: Annotated[str, *f.coded("tipo_contribuyente", fisica="1", juridica="2")] = Field(
        "", description="Receptor: 1 persona física, 2 jurídica. Por el RUC si falta."
    )
    operacion: Annotated[str, *f.choice(f.OPERACIONES, accepted="b2b, b2c, b2g, b2f")] = Field(
        "", description="Tipo de operación: b2b, b2c, b2g, b2f."
    )
    pais: f.Pais = Field("PRY", description="País del receptor (ISO 3166).")
    direccion: f.Direccion = Field("", description="Dirección del receptor.")
    numero_casa: f.Casa | None = Field(None, description="Número de casa del receptor; 0 si falta.")
    departamento: f.Lugar = Field("", description="Departamento del receptor.")
    distrito: f.Lugar = Field("", description="Distrito del receptor.")
    ciudad: f.Lugar = Field("", description="Ciudad del receptor.")
    telefono: f.Telefono = Field("", description="Teléfono del receptor.")
    celular: f.Celular = Field("", description="Celular del receptor.")
    correo: f.Correo = Field("", description="Correo del receptor.")
    codigo_cliente: Annotated[str, *f.text(15, 3)] = Field("", description="Código del cliente.")
    moneda: f.Moneda = Field("PYG", description="Moneda (ISO 4217).")
    tipo_cambio: f.TipoCambio | None = Field(None, description="Tipo de cambio global.")
    tipo_transaccion: Annotated[str, *f.coded("tipo_transaccion")] = Field(
        "", description="Tipo de transacción; 1 (venta de mercadería) si falta, 10 en la autofactura."
    )
    tipo_impuesto: Annotated[str, *f.coded("tipo_impuesto", iva="1")] = Field(
        "1", description="Impuesto afectado."
    )
    obligaciones: Annotated[list[f.Obligacion], Field(max_length=12)] | None = Field(
        None, description="Obligaciones afectadas; las de la empresa si faltan."
    )
    informacion_emisor: Annotated[str, *f.text(3000)] = Field("", description="Información del emisor.")
    informacion_fisco: Annotated[str, *f.text(3000)] = Field(
        "", description="Información para el fisco; se imprime."
    )
    exportacion: Exportacion | None = Field(
        None, description="Datos a) a j) de una factura de exportación (b2f), para la información del fisco."
    )
    observaciones: Annotated[str, *f.text(5000, 0, lines=True)] = Field(
        "", description="Texto libre de la representación impresa."
    )
    indicador_presencia: Annotated[str, *f.coded("indicador_presencia")] = Field(
        "", description="Indicador de presencia de la factura; 1 (presencial) si falta."
    )
    indicador_presencia_descripcion: Annotated[str, *f.text(30, 10)] = Field(
        "", description="Indicador de presencia, si es otro (9)."
    )
    fecha_traslado: f.Fecha | None = Field(None, description="Fecha futura del traslado.")
    compras_publicas: ComprasPublicas | None = Field(None, description="Compras públicas (b2g).")
    vendedor: Vendedor | None = Field(None, description="Vendedor de la autofactura.")
    lugar_transaccion: LugarTransaccion | None = Field(
        None, description="Lugar de la transacción de la autofactura; el del vendedor si falta."
    )
    motivo: Annotated[str, *f.pattern(r"[0-9]{1,2}", N_("Debe ser un código de una o dos cifras."))] = Field(
        "", description="Motivo de la nota (1 a 8) o de la remisión (1 a 14, 99)."
    )
    motivo_descripcion: Annotated[str, *f.text(60, 5)] = Field("", description="Motivo, si es otro (99).")
    responsable_emision: Annotated[str, *f.coded("responsable_remision")] = Field(
        "", description="Responsable de la remisión; 1 (emisor de la factura) si falta."
    )
    kilometros: Annotated[int, *f.integer(1, 99_999)] | None = Field(
        None, description="Kilómetros del recorrido."
    )
    fecha_factura: f.Fecha | None = Field(None, description="Fecha futura de la factura de una remisión.")
    precio_flete: f.Monto | None = Field(None, description="Costo del flete de una remisión.")
    forma_pago: Annotated[str, *f.choice(f.FORMAS_PAGO, accepted="contado, credito")] = Field(
        "", description="contado o credito."
    )
    pagos: Annotated[list[Pago], Field(max_length=999)] = Field(
        default_factory=list, description="Pagos; todo en efectivo si faltan en una venta al contado."
    )
    plazo: Annotated[str, *f.text(15, 2)] = Field("", description="Plazo del crédito, por ejemplo 30 días.")
    cuotas: Annotated[list[Cuota], Field(max_length=999)] = Field(
        default_factory=list, description="Cuotas del crédito."
    )
    cantidad_cuotas: Annotated[int, *f.integer(1, 999)] | None = Field(
        None, description="Cantidad de cuotas; las que se indiquen si falta."
    )
    entrega_inicial: f.Monto4 | None = Field(None, description="Entrega inicial de una venta a crédito.")
    descuento_global_porcentaje: f.Porcentaje | None = Field(
        None, description="Descuento global en porcentaje, sobre cada ítem."
    )
    condicion_anticipo: Annotated[str, *f.coded("condicion_anticipo", item="2")] = Field(
        "", description="Condición del anticipo: 1 global, 2 por ítem."
    )
    redondeo: bool | None = Field(
        None, description="Redondear a 50 guaraníes hacia abajo (SEDECO); lo que diga la empresa si falta."
    )
    comision: f.Monto | None = Field(None, description="Comisión de la operación.")
    total: f.Monto | None = Field(None, description="Total general. Se calcula si falta; se compara si está.")
    items: Annotated[list[Item], Field(min_length=1, max_length=f.MAX_ITEMS)] = Field(description="Ítems.")
    energia: Annotated[list[Energia], Field(max_length=9)] = Field(
        default_factory=list, description="Energía eléctrica."
    )
    seguro: Seguro | None = Field(None, description="Seguros.")
    supermercado: Supermercado | None = Field(None, description="Supermercados.")
    adicionales: Adicionales | None = Field(None, description="Datos adicionales.")
    transporte: Transporte | None = Field(None, description="Transporte.")
    carga: Carga | None = Field(None, description="Carga.")
    orden_compra: Annotated[str, *f.text(15)] = Field("", description="Orden de compra.")
    orden_venta: Annotated[str, *f.text(15)] = Field("", description="Orden de venta.")
    asiento: Annotated[str, *f.text(10)] = Field("", description="Asiento contable.")
    documento: f.Cdc = Field("", description="CDC del documento asociado, si es uno electrónico.")
    documentos: Annotated[list[DocumentoAsociado], Field(max_length=99)] = Field(
        default_factory=list, description="Documentos asociados."
    )

    @property
    def asociados(self) -> tuple[DocumentoAsociado, ...]:
        """Every associated document."""
        if not self.documento:
            return tuple(self.documentos)
        return (DocumentoAsociado(cdc=self.documento), *self.documentos)


def input_schema() -> dict[str, Any]:
    """JSON schema of what ``emitir`` takes: the number may be left to the service, the lines of a nota to its factura."""
    schema = Documento.model_json_schema()
    left_out = ("numero", "items")
    return schema | {
        "title": "Comprobante",
        "required": [name for name in schema["required"] if name not in left_out],
    }
