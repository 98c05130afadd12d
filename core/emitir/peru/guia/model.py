"""What ``emitir`` takes for a guía de remisión: remitente (09) and transportista (31).

What is left out is mostly optional here in form: the rules tell, with SUNAT's code, what a motive, a modality or an
indicator makes necessary.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from emitir.i18n import N_
from emitir.inputs import InputModel, choice_field, integer_field, number_field
from emitir.peru.fields import (
    NINGUNO,
    NUMBER,
    TEXT,
    Fecha,
    Hora,
    Numero,
    Serie,
    Si,
    coded,
    schema,
    text,
)
from emitir.peru.guia.model_partes import (
    Autorizacion,
    Bien,
    Conductor,
    Contenedor,
    DocumentoDeGuia,
    Entidad,
    Lugar,
    Nombre,
    NumeroDoc,
    Persona,
    Ruc,
    TipoDoc,
    Vehiculo,
)

REMITENTE, TRANSPORTISTA = "09", "31"
#: Names of both guías.
TIPOS_DE_GUIA = {
    "09": REMITENTE,
    "31": TRANSPORTISTA,
    "guia_remitente": REMITENTE,
    "guia_transportista": TRANSPORTISTA,
}
_Tipo = Annotated[str, PlainValidator(choice_field(TIPOS_DE_GUIA)), TEXT]
_Unidad = Annotated[str, PlainValidator(choice_field({"KGM": "KGM", "TNE": "TNE"}, authority="2881")), TEXT]
_Modalidad = Annotated[
    str,
    PlainValidator(
        choice_field(
            {"publico": "01", "público": "01", "privado": "02", "01": "01", "02": "02"},
            authority="2773",
            accepted="publico, privado",
        )
    ),
    TEXT,
]
#: A weight: up to twelve digits and three decimals (rules 2523, 3397).
_Peso = Annotated[Decimal, PlainValidator(number_field(12, at_most=3, authority="2523")), NUMBER]
_Motivo = Annotated[
    str, *coded("([0-9]{2})?", N_("Debe ser un código del catálogo 20, por ejemplo 01."), "3405")
]
_Mtc = Annotated[
    str,
    *coded("((?!0+$)[0-9A-Z]{1,20})?", N_("El registro del MTC tiene hasta 20 letras y cifras."), "4392"),
]
_Bultos = Annotated[
    int, PlainValidator(integer_field(1, 999_999, authority="4384")), schema("integer", minimum=1)
]
_Puerto = Annotated[
    str, *coded("([A-Z]{3})?", N_("Debe ser un código de tres letras, por ejemplo CLL."), "3459")
]
_Flete = Annotated[
    str,
    PlainValidator(
        choice_field(
            {"remitente": "Remitente", "subcontratador": "Subcontratador", "tercero": "Tercero"},
            authority="3388",
        )
    ),
    TEXT,
]


class Guia(InputModel):
    """What both guías have."""

    tipo: _Tipo = Field(description="09 o guia_remitente; 31 o guia_transportista.")
    serie: Serie = Field(description="Serie: T001 en la de remitente, V001 en la de transportista.")
    numero: Numero = Field(description="Número correlativo; si falta, el siguiente de la serie.")
    fecha: Fecha = Field(description="Fecha de emisión, AAAA-MM-DD.")
    hora: Hora | None = Field(None, description="Hora de emisión, HH:MM; la de ahora si falta.")
    tipo_doc: TipoDoc = Field("6", description="Tipo de documento del destinatario; RUC si falta.")
    numero_doc: NumeroDoc = Field(
        "", description="Número de documento del destinatario; la misma empresa en los motivos 02, 04 y 07."
    )
    razon_social: Nombre = Field("", description="Nombre o razón social del destinatario.")
    fecha_traslado: Fecha | None = Field(None, description="Fecha en que empieza el traslado.")
    peso_bruto: _Peso | None = Field(None, description="Peso bruto total de la carga.")
    unidad_peso: _Unidad = Field("KGM", description="KGM (kilogramos) o TNE (toneladas).")
    partida: Lugar = Field(default_factory=Lugar, description="Punto de partida.")
    llegada: Lugar = Field(default_factory=Lugar, description="Punto de llegada.")
    vehiculos: Annotated[list[Vehiculo], Field(max_length=10)] = Field(
        NINGUNO, description="Vehículos; el primero es el principal."
    )
    conductores: Annotated[list[Conductor], Field(max_length=10)] = Field(
        NINGUNO, description="Conductores; el primero es el principal."
    )
    documentos_relacionados: Annotated[list[DocumentoDeGuia], Field(max_length=100)] = Field(
        NINGUNO, description="Documentos que sustentan el traslado (catálogo 61)."
    )
    transbordo: Si = Field(False, description="Hay un transbordo programado.")
    retorno_vacio: Si = Field(False, description="El vehículo retorna vacío.")
    retorno_envases: Si = Field(False, description="El vehículo retorna con envases o embalajes vacíos.")
    observaciones: Annotated[str, *text(250, 0, authority="4186")] = Field("", description="Observaciones.")
    items: Annotated[list[Bien], Field(max_length=9999)] = Field(
        NINGUNO, description="Bienes que se trasladan."
    )


class GuiaRemitente(Guia):
    """Properties of a guía de remisión de remitente (09)."""

    motivo_traslado: _Motivo = Field(
        "", description="Motivo del traslado (catálogo 20): 01 venta, 02 compra…"
    )
    descripcion_motivo: Annotated[str, *text(100, 0, authority="4190")] = Field(
        "", description="Descripción del motivo 13 (otros)."
    )
    modalidad: _Modalidad | None = Field(None, description="publico o privado.")
    bultos: _Bultos | None = Field(None, description="Número de bultos o pallets.")
    fecha_entrega: Fecha | None = Field(
        None, description="Transporte público: fecha en que se entregan los bienes al transportista."
    )
    transportista_ruc: Ruc = Field("", description="Transporte público: RUC del transportista.")
    transportista_nombre: Nombre = Field("", description="Nombre o razón social del transportista.")
    transportista_mtc: _Mtc = Field("", description="Registro del transportista en el MTC.")
    transportista_autorizacion: Autorizacion = Field(
        "", description="Autorización especial del transportista."
    )
    transportista_entidad: Entidad = Field("", description="Quién dio esa autorización (catálogo D37).")
    autorizacion: Autorizacion = Field("", description="Autorización especial del remitente.")
    entidad: Entidad = Field("", description="Quién dio esa autorización (catálogo D37).")
    vehiculo_m1l: Si = Field(
        False, description="Se traslada en un vehículo de categoría M1 o L: sin placa ni conductor."
    )
    vehiculo_transportista: Si = Field(
        False,
        description="Transporte público: se declaran aquí el vehículo y el conductor del transportista.",
    )
    traslado_total_dam: Si = Field(False, description="Se traslada toda la mercancía de la DAM o DS.")
    peso_items: _Peso | None = Field(
        None, description="Importación o exportación: peso bruto de los ítems que se trasladan, en KGM."
    )
    sustento_peso: Annotated[str, *text(250, 0, authority="4428")] = Field(
        "", description="Sustento de la diferencia con el peso de la declaración."
    )
    contenedores: Annotated[list[Contenedor], Field(max_length=10)] = Field(
        NINGUNO, description="Contenedores, hasta dos."
    )
    puerto: _Puerto = Field("", description="Puerto de desembarque o embarque (catálogo 63).")
    aeropuerto: _Puerto = Field("", description="Aeropuerto de desembarque (catálogo 64).")
    proveedor: Persona = Field(default_factory=Persona, description="Proveedor, en los motivos 02, 07 y 13.")
    comprador: Persona = Field(default_factory=Persona, description="Comprador, en los motivos 03 y 13.")


class GuiaTransportista(Guia):
    """Properties of a guía de remisión de transportista (31)."""

    remitente: Persona = Field(default_factory=Persona, description="Remitente de los bienes.")
    registro_mtc: _Mtc = Field(
        "", description="Registro de la empresa en el MTC; el de su configuración si falta."
    )
    autorizacion: Autorizacion = Field("", description="Autorización especial de la empresa.")
    entidad: Entidad = Field("", description="Quién dio esa autorización (catálogo D37).")
    pagador_flete: _Flete = Field("Remitente", description="Quién paga: remitente, subcontratador o tercero.")
    pagador: Persona = Field(default_factory=Persona, description="El tercero que paga el servicio.")
    subcontratador: Persona = Field(
        default_factory=Persona, description="Empresa que subcontrata el transporte."
    )
    traslado_total: Si = Field(
        False, description="Se trasladan todos los bienes de los documentos relacionados."
    )
    anotacion: Annotated[str, *text(500, 0)] = Field(
        "", description="Anotación sobre los bienes cuando no se detallan."
    )


def schemas() -> list[dict[str, Any]]:
    """JSON schemas of both; without a number the next of the serie is given."""
    found = []
    for model, title, wanted in (
        (GuiaRemitente, "Guía de remisión de remitente", ("motivo_traslado", "modalidad", "peso_bruto")),
        (GuiaTransportista, "Guía de remisión de transportista", ("remitente", "vehiculos", "conductores")),
    ):
        made = model.model_json_schema()
        required = [name for name in made["required"] if name != "numero"]
        made |= {"title": title, "required": [*required, *wanted]}
        found.append(made)
    return found
