"""A line of a factura, boleta or nota, and what SUNAT asks beside it for some operations (catalog 55)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from emitir.i18n import N_
from emitir.inputs import InputModel
from emitir.peru.fields import (
    NINGUNO,
    Afectacion,
    Cantidad,
    Fecha,
    Gtin,
    Hora,
    Monto,
    Precio,
    Si,
    Tasa,
    Ubigeo,
    Unidad,
    Unspsc,
    ValorUnitario,
    coded,
    text,
)

_Concepto = Annotated[str, *coded("[0-9]{4}", N_("Debe ser un código del catálogo 55, por ejemplo 7000."))]
_SistemaIsc = Annotated[
    str,
    *coded("(0[1-3])?", N_("Debe ser 01 (al valor), 02 (específico) o 03 (al precio de venta)."), "2041"),
]


class Propiedad(InputModel):
    """A concept of catalog 55 that a line tells: its value, or its date, time, quantity or days."""

    codigo: _Concepto = Field(description="Concepto (catálogo 55), por ejemplo 7000.")
    nombre: Annotated[str, *text(100, 0)] = Field(
        "", description="Nombre del concepto; el del catálogo si falta."
    )
    valor: Annotated[str, *text(200, 0)] = Field("", description="Valor del concepto.")
    fecha: Fecha | None = Field(None, description="Fecha, o fecha de inicio de una vigencia.")
    fecha_fin: Fecha | None = Field(None, description="Fecha de término de una vigencia.")
    hora: Hora | None = Field(None, description="Hora.")
    cantidad: Cantidad | None = Field(
        None, description="Cantidad en toneladas (concepto 3006), o monto del interés (7019)."
    )
    dias: Cantidad | None = Field(None, description="Días (concepto 4005).")


class Item(InputModel):
    """One line. Give ``valor_unitario`` (without IGV), ``precio_unitario`` (with IGV) or both.

    Both are before discounts. In a gratuita they are what it would have cost.
    """

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
    bolsa_plastica: Si = Field(
        False,
        description="true si la línea es de bolsas de plástico: el ICBPER se calcula con la tasa del año.",
    )
    gratuita: Si = Field(False, description="true si no se cobra una línea de afectación 17 o 40.")
    descuento: Monto | None = Field(
        None, description="Descuento de la línea, sin IGV: reduce el valor de venta (catálogo 53, código 00)."
    )
    porcentaje_descuento: Tasa | None = Field(
        None, description="El descuento como porcentaje del valor de la línea, en lugar de su monto."
    )
    descuento_no_base: Monto | None = Field(
        None, description="Descuento de la línea que no reduce la base del IGV (código 01)."
    )
    cargo: Monto | None = Field(
        None, description="Cargo de la línea, sin IGV: aumenta el valor de venta (código 47)."
    )
    cargo_no_base: Monto | None = Field(
        None, description="Cargo de la línea que no aumenta la base del IGV (código 48)."
    )
    tipo_isc: _SistemaIsc = Field(
        "",
        description="Sistema del ISC (catálogo 08): 01 al valor, 02 específico, 03 al precio de venta al público.",
    )
    tasa_isc: Tasa | None = Field(None, description="Tasa del ISC en porcentaje (sistemas 01 y 03).")
    isc_unitario: ValorUnitario | None = Field(None, description="ISC de cada unidad (sistema 02).")
    base_isc: Monto | None = Field(
        None,
        description="Base del ISC de la línea; obligatoria en el sistema 03, en los otros es el valor de venta.",
    )
    isc: Monto | None = Field(None, description="ISC de la línea. Se calcula si falta.")
    tasa_otros_tributos: Tasa | None = Field(
        None, description="Tasa de otros tributos en porcentaje del valor de venta."
    )
    otros_tributos: Monto | None = Field(
        None, description="Otros tributos de la línea (9999). Se calcula si se da su tasa."
    )
    codigo_gtin: Gtin = Field("", description="Código de barras GTIN de 8, 12, 13 o 14 cifras.")
    placa: Annotated[str, *text(20, 0)] = Field(
        "", description="Placa del vehículo que sustenta el gasto (concepto 7000)."
    )
    propiedades: Annotated[list[Propiedad], Field(max_length=60)] = Field(
        NINGUNO, description="Conceptos del catálogo 55 de la línea."
    )
    origen_ubigeo: Ubigeo = Field("", description="Transporte de carga: ubigeo del punto de origen.")
    origen_direccion: Annotated[str, *text(200, 0)] = Field(
        "", description="Transporte de carga: dirección del punto de origen."
    )
    destino_ubigeo: Ubigeo = Field("", description="Transporte de carga: ubigeo del punto de destino.")
    destino_direccion: Annotated[str, *text(200, 0)] = Field(
        "", description="Transporte de carga: dirección del punto de destino."
    )
    detalle_viaje: Annotated[str, *text(500, 0)] = Field(
        "", description="Transporte de carga: detalle del viaje."
    )
    valor_referencial_servicio: Monto | None = Field(
        None, description="Transporte de carga: valor referencial del servicio, en soles."
    )
    valor_referencial_carga_efectiva: Monto | None = Field(
        None, description="Transporte de carga: valor referencial sobre la carga efectiva, en soles."
    )
    valor_referencial_carga_util: Monto | None = Field(
        None, description="Transporte de carga: valor referencial sobre la carga útil nominal, en soles."
    )


#: Properties that make more of a line than value and IGV.
DE_CALCULO = frozenset(
    {
        *("bolsa_plastica", "gratuita", "descuento", "porcentaje_descuento", "descuento_no_base", "cargo"),
        *("cargo_no_base", "tipo_isc", "tasa_isc", "isc_unitario", "base_isc", "isc"),
        *("tasa_otros_tributos", "otros_tributos"),
    }
)
#: Those that only tell more about it.
DE_DATOS = frozenset(
    {
        *("codigo_gtin", "placa", "propiedades", "origen_ubigeo", "origen_direccion", "destino_ubigeo"),
        *("destino_direccion", "detalle_viaje", "valor_referencial_servicio"),
        *("valor_referencial_carga_efectiva", "valor_referencial_carga_util"),
    }
)
