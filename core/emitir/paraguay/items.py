"""Properties of a line (groups E700 to E770)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from emitir.i18n import N_
from emitir.inputs import InputModel
from emitir.paraguay import fields as f


class Rastreo(InputModel):
    """Tracing of goods: lotes, and agroquímicos (E750)."""

    lote: Annotated[str, *f.text(80)] = Field("", description="Número de lote.")
    vencimiento: f.Fecha | None = Field(None, description="Vencimiento de la mercadería.")
    serie: Annotated[str, *f.text(10)] = Field("", description="Número de serie.")
    pedido: Annotated[str, *f.text(20)] = Field("", description="Número de pedido.")
    seguimiento: Annotated[str, *f.text(20)] = Field("", description="Número de seguimiento.")
    registro_senave: Annotated[str, *f.text(20)] = Field("", description="Registro del producto en SENAVE.")
    registro_entidad: Annotated[str, *f.text(20)] = Field("", description="Registro de la entidad en SENAVE.")
    producto: Annotated[str, *f.text(30)] = Field("", description="Nombre del producto.")


class VehiculoNuevo(InputModel):
    """A new vehicle that is sold (E770). ``dCilin`` does not exist here: the schema lets no value pass."""

    operacion: Annotated[str, *f.coded("operacion_vehiculo")] = Field("", description="Tipo de venta.")
    chasis: Annotated[
        str, *f.pattern(r"[0-9A-Za-z]{17}", N_("El chasis tiene 17 caracteres."), upper=True)
    ] = Field("", description="Chasis.")
    color: Annotated[str, *f.text(10)] = Field("", description="Color.")
    potencia: Annotated[int, *f.integer(1, 9999)] | None = Field(None, description="Potencia (CV).")
    capacidad_motor: Annotated[int, *f.integer(1, 9999)] | None = Field(None, description="Motor (cc).")
    peso_neto: f.Monto6 | None = Field(None, description="Peso neto.")
    peso_bruto: f.Monto6 | None = Field(None, description="Peso bruto.")
    combustible: Annotated[str, *f.coded("combustible")] = Field("", description="Combustible.")
    combustible_descripcion: Annotated[str, *f.text(20, 3)] = Field(
        "", description="Combustible, si es otro (9)."
    )
    motor: Annotated[str, *f.text(21)] = Field("", description="Número de motor.")
    traccion: f.Monto6 | None = Field(None, description="Capacidad máxima de tracción.")
    ano: Annotated[int, *f.integer(1000, 9999)] | None = Field(None, description="Año de fabricación.")
    tipo: Annotated[str, *f.text(10, 4)] = Field("", description="Tipo de vehículo.")
    pasajeros: Annotated[int, *f.integer(1, 999)] | None = Field(None, description="Pasajeros.")


class Item(InputModel):
    """One line. Prices include IVA; discounts and anticipos are per unit (spec.md §6)."""

    codigo: Annotated[str, *f.text(50)] = Field(description="Código interno del producto o servicio.")
    descripcion: Annotated[str, *f.text(2000)] = Field(description="Descripción.")
    unidad: f.Unidad = Field("77", description="Unidad de medida: código o representación (UNI, KG).")
    cantidad: f.Cantidad = Field(description="Cantidad, hasta 8 decimales.")
    precio_unitario: f.Monto | None = Field(None, description="Precio unitario con IVA.")
    tipo_cambio: f.TipoCambio | None = Field(None, description="Tipo de cambio del ítem.")
    descuento: f.Monto | None = Field(None, description="Descuento particular, por unidad.")
    descuento_global: f.Monto | None = Field(
        None, description="Descuento global, por unidad. Se calcula con descuento_global_porcentaje."
    )
    anticipo: f.Monto | None = Field(None, description="Anticipo particular, por unidad.")
    anticipo_global: f.Monto | None = Field(None, description="Anticipo global, por unidad.")
    afectacion_iva: Annotated[
        str, *f.choice(f.AFECTACIONES, accepted="gravado (1), exonerado (2), exento (3), parcial (4)")
    ] = Field("1", description="Afectación: 1 gravado, 2 exonerado, 3 exento, 4 gravado parcial.")
    tasa_iva: Annotated[str, *f.choice({"0": "0", "5": "5", "10": "10"}, authority="1908")] = Field(
        "", description="Tasa del IVA: 5 o 10; 10 si falta en lo gravado."
    )
    proporcion_iva: f.Porcentaje | None = Field(
        None, description="Porcentaje gravado, en lo gravado parcial."
    )
    total: f.Monto | None = Field(None, description="Total del ítem con IVA. Se calcula si falta.")
    partida_arancelaria: Annotated[str, *f.pattern(r"[0-9]{4}", N_("Debe tener 4 dígitos."))] = Field(
        "", description="Partida arancelaria."
    )
    ncm: Annotated[str, *f.pattern(r"[0-9]{6,8}", N_("Debe tener de 6 a 8 dígitos."))] = Field(
        "", description="NCM."
    )
    dncp_general: Annotated[str, *f.pattern(r"[0-9]{1,8}", N_("Debe tener hasta 8 dígitos."))] = Field(
        "", description="Código DNCP general."
    )
    dncp_especifico: Annotated[str, *f.pattern(r"[0-9]{3,4}", N_("Debe tener 3 o 4 dígitos."))] = Field(
        "", description="Código DNCP específico."
    )
    gtin: Annotated[str, *f.pattern(r"[0-9]{8,14}", N_("Debe tener de 8 a 14 dígitos."))] = Field(
        "", description="GTIN del producto."
    )
    gtin_paquete: Annotated[str, *f.pattern(r"[0-9]{8,14}", N_("Debe tener de 8 a 14 dígitos."))] = Field(
        "", description="GTIN del paquete."
    )
    pais_origen: f.Pais = Field("", description="País de origen (ISO 3166).")
    informacion: Annotated[str, *f.text(500)] = Field("", description="Información del ítem.")
    relevancia: Annotated[str, *f.coded("relevancia_mercaderia", quiebra="1", merma="2")] = Field(
        "", description="Tolerancia: 1 de quiebra, 2 de merma (remisión)."
    )
    cantidad_merma: f.Merma | None = Field(None, description="Cantidad de quiebra o merma.")
    porcentaje_merma: f.Porcentaje | None = Field(None, description="Porcentaje de quiebra o merma.")
    cdc_anticipo: f.Cdc = Field("", description="CDC de la factura de anticipo.")
    rastreo: Rastreo | None = Field(None, description="Lote, vencimiento y agroquímicos.")
    vehiculo: VehiculoNuevo | None = Field(None, description="Vehículo nuevo.")


#: Properties of the usual line; one that has others is looked at and written with all its groups.
USUALES = frozenset(
    ("codigo", "descripcion", "unidad", "cantidad", "precio_unitario", "afectacion_iva", "tasa_iva", "total")
)
