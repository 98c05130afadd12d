"""Properties of the transport of goods (group E900) and of the freight (G050)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from emitir.i18n import N_
from emitir.inputs import InputModel
from emitir.paraguay import fields as f


class Parada(InputModel):
    """Where goods leave (E920) or arrive (E940)."""

    direccion: f.Direccion = Field(description="Dirección.")
    numero_casa: f.Casa = Field(0, description="Número de casa, 0 si no tiene.")
    complemento_direccion_1: f.Direccion = Field("", description="Calle secundaria.")
    complemento_direccion_2: f.Direccion = Field("", description="Piso, local, depósito.")
    departamento: f.Lugar = Field("", description="Departamento, por código o nombre.")
    distrito: f.Lugar = Field("", description="Distrito, por código o nombre.")
    ciudad: f.Lugar = Field(description="Ciudad, por código o nombre.")
    telefono: f.Telefono = Field("", description="Teléfono.")


class Vehiculo(InputModel):
    """A vehicle of the transport (E960)."""

    tipo: Annotated[str, *f.text(10, 4)] = Field(description="Tipo de vehículo.")
    marca: Annotated[str, *f.text(10)] = Field(description="Marca.")
    matricula: Annotated[
        str, *f.pattern(r"[0-9A-Za-z]{6,7}", N_("La matrícula tiene 6 o 7 letras y cifras."), upper=True)
    ] = Field("", description="Matrícula.")
    identificacion: Annotated[str, *f.text(20)] = Field(
        "", description="Número de identificación del vehículo."
    )
    adicional: Annotated[str, *f.text(20)] = Field("", description="Datos adicionales.")
    vuelo: Annotated[str, *f.text(6, 6)] = Field("", description="Número de vuelo.")


class Transportista(InputModel):
    """Who carries the goods, the driver and the agent (E980)."""

    ruc: f.Ruc = Field("", description="RUC, si es contribuyente.")
    tipo_doc: Annotated[str, *f.coded("documento_identidad", c="1", p="2", e="3", k="4")] = Field(
        "", description="Tipo de documento, si no es contribuyente."
    )
    numero_doc: f.Identidad = Field("", description="Número de documento, si no es contribuyente.")
    nombre: f.Nombre60 = Field(description="Nombre o razón social.")
    nacionalidad: f.Pais = Field("", description="Nacionalidad (ISO 3166).")
    domicilio: Annotated[str, *f.text(150)] = Field(description="Domicilio fiscal.")
    chofer_numero_doc: f.Identidad = Field(description="Documento del chofer.")
    chofer_nombre: f.Nombre60 = Field(description="Nombre del chofer.")
    chofer_direccion: f.Direccion = Field(description="Dirección del chofer.")
    agente_nombre: f.Nombre60 = Field("", description="Nombre del agente.")
    agente_ruc: f.Ruc = Field("", description="RUC del agente.")
    agente_direccion: f.Direccion = Field("", description="Dirección del agente.")


class Transporte(InputModel):
    """Transport of the goods."""

    tipo: Annotated[str, *f.coded("tipo_transporte", propio="1", tercero="2")] = Field(
        "", description="1 propio, 2 de terceros."
    )
    modalidad: Annotated[
        str, *f.coded("modalidad_transporte", terrestre="1", fluvial="2", aereo="3", multimodal="4")
    ] = Field("1", description="Modalidad.")
    responsable_flete: Annotated[str, *f.coded("responsable_flete")] = Field(
        description="Quién paga el flete."
    )
    condicion: Annotated[str, *f.coded("incoterms")] = Field("", description="Incoterm.")
    manifiesto: Annotated[str, *f.text(15)] = Field("", description="Número de manifiesto.")
    despacho: Annotated[str, *f.text(16, 16)] = Field("", description="Despacho de importación.")
    inicio: f.Fecha | None = Field(None, description="Inicio estimado del traslado.")
    fin: f.Fecha | None = Field(None, description="Fin estimado del traslado.")
    pais_destino: f.Pais = Field("", description="País de destino.")
    salida: Parada | None = Field(None, description="Local de salida.")
    entregas: Annotated[list[Parada], Field(max_length=99)] = Field(
        default_factory=list, description="Locales de entrega."
    )
    vehiculos: Annotated[list[Vehiculo], Field(max_length=4)] = Field(
        default_factory=list, description="Vehículos."
    )
    transportista: Transportista | None = Field(None, description="Transportista.")


class Carga(InputModel):
    """General data of the load (G050)."""

    unidad_volumen: f.Unidad = Field("", description="Unidad del volumen total.")
    volumen: Annotated[int, *f.integer(1, 10**15)] | None = Field(None, description="Volumen total.")
    unidad_peso: f.Unidad = Field("", description="Unidad del peso total.")
    peso: Annotated[int, *f.integer(1, 10**15)] | None = Field(None, description="Peso total.")
    caracteristica: Annotated[str, *f.coded("caracteristica_carga", frio="1", peligrosa="2")] = Field(
        "", description="Característica de la carga."
    )
    descripcion: Annotated[str, *f.text(50)] = Field("", description="Característica, si es otra (3).")
