"""Properties of each event. ``evento`` says which; the issuer's first, then the receiver's."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from emitir.i18n import N_
from emitir.inputs import InputModel
from emitir.paraguay import fields as f
from emitir.paraguay.sectores import Momento

Motivo = Annotated[str, *f.text(500, 5)]


class Evento(InputModel):
    """What every event has."""

    evento: str = Field(description="Clase de evento.")


class DeCdc(Evento):
    """An event about one document."""

    cdc: f.Cdc = Field(description="CDC del documento.")


class Cancelacion(DeCdc):
    """The issuer cancels an approved document (rGeVeCan)."""

    motivo: Motivo = Field(description="Motivo, de 5 a 500 caracteres.")


class Inutilizacion(Evento):
    """The issuer gives up numbers that were not used (rGeVeInu)."""

    tipo: f.Tipo = Field(description="f, a, c, d o r.")
    serie: f.Serie = Field(description="Establecimiento y punto: 001-001; con serie: 001-001-AA.")
    desde: f.Numero = Field(description="Primer número.")
    hasta: f.Numero = Field(description="Último número.")
    motivo: Motivo = Field(description="Motivo, de 5 a 500 caracteres.")


class Conformidad(DeCdc):
    """The receiver agrees, wholly or in part (rGeVeConf)."""

    conformidad: Annotated[str, *f.coded("conformidad", total="1", parcial="2")] = Field(
        "1", description="1 total, 2 parcial."
    )
    fecha_recepcion: Momento | None = Field(
        None, description="Recepción estimada, en la conformidad parcial."
    )


class Disconformidad(DeCdc):
    """The receiver does not agree (rGeVeDisconf)."""

    motivo: Motivo = Field(description="Motivo, de 5 a 500 caracteres.")


class _DeReceptor(DeCdc):
    """Who received what, and when: the company itself unless somebody else is named."""

    fecha_emision: Momento = Field(description="Emisión del documento.")
    fecha_recepcion: Momento = Field(description="Recepción del documento.")
    ruc: f.Ruc = Field("", description="RUC del receptor; el de la empresa si falta todo lo demás.")
    tipo_doc: Annotated[str, *f.coded("documento_identidad", c="1", p="2", e="3", k="4")] = Field(
        "", description="Documento del receptor, si no es contribuyente."
    )
    numero_doc: f.Identidad = Field("", description="Número de documento del receptor.")
    nombre: f.Nombre = Field("", description="Nombre del receptor.")


class Desconocimiento(_DeReceptor):
    """The receiver knows nothing of the document (rGeVeDescon)."""

    motivo: Motivo = Field(description="Motivo, de 5 a 500 caracteres.")


class Notificacion(_DeReceptor):
    """The receiver has the document (rGeVeNotRec)."""

    total_guaranies: f.Monto = Field(description="Total en guaraníes.")


class Nominacion(DeCdc):
    """The issuer names the receiver of a factura that named nobody (rGEveNom)."""

    motivo: Motivo = Field(description="Motivo, de 5 a 500 caracteres.")
    tipo_doc: f.TipoDoc = Field(description="Documento del receptor: r (RUC), c, p, e, k, t, o.")
    tipo_doc_descripcion: Annotated[str, *f.text(41, 9)] = Field("", description="Documento, si es otro (o).")
    numero_doc: f.Identidad = Field(description="Número de documento; el RUC con su dígito.")
    razon_social: f.Nombre = Field(description="Nombre o razón social.")
    nombre_comercial: f.Nombre = Field("", description="Nombre de fantasía.")
    tipo_contribuyente: Annotated[str, *f.coded("tipo_contribuyente", fisica="1", juridica="2")] = Field(
        "", description="1 persona física, 2 jurídica. Por el RUC si falta."
    )
    operacion: Annotated[
        str, *f.choice({"b2b": "1", "b2c": "2", "b2f": "4", "1": "1", "2": "2", "4": "4"})
    ] = Field("", description="b2b, b2c, b2f.")
    pais: f.Pais = Field("PRY", description="País (ISO 3166).")
    direccion: f.Direccion = Field("", description="Dirección.")
    numero_casa: f.Casa | None = Field(None, description="Número de casa; 0 si falta.")
    departamento: f.Lugar = Field("", description="Departamento.")
    distrito: f.Lugar = Field("", description="Distrito.")
    ciudad: f.Lugar = Field("", description="Ciudad.")
    telefono: f.Telefono = Field("", description="Teléfono.")
    celular: f.Celular = Field("", description="Celular.")
    correo: f.Correo = Field("", description="Correo.")
    codigo_cliente: Annotated[str, *f.text(15, 3)] = Field("", description="Código del cliente.")


class Lugar(InputModel):
    """A new place of delivery (motive 1)."""

    direccion: f.Direccion = Field(description="Dirección.")
    numero_casa: f.Casa = Field(0, description="Número de casa.")
    complemento_direccion_1: f.Direccion = Field("", description="Calle secundaria.")
    departamento: f.Lugar = Field("", description="Departamento.")
    distrito: f.Lugar = Field("", description="Distrito.")
    ciudad: f.Lugar = Field(description="Ciudad.")


class Chofer(InputModel):
    """A new driver (motive 2)."""

    nombre: f.Nombre = Field(description="Nombre del chofer.")
    numero_doc: f.Identidad = Field(description="Documento del chofer.")


class NuevoTransportista(InputModel):
    """A new carrier (motive 3)."""

    ruc: f.Ruc = Field("", description="RUC, si es contribuyente.")
    tipo_doc: Annotated[str, *f.coded("documento_identidad", c="1", p="2", e="3", k="4")] = Field(
        "", description="Tipo de documento, si no es contribuyente."
    )
    numero_doc: f.Identidad = Field("", description="Número de documento, si no es contribuyente.")
    nombre: f.Nombre = Field(description="Nombre o razón social.")


class NuevoVehiculo(InputModel):
    """A new vehicle (motive 4)."""

    tipo_transporte: Annotated[str, *f.coded("tipo_transporte", propio="1", tercero="2")] = Field(
        description="1 propio, 2 de terceros."
    )
    modalidad: Annotated[
        str, *f.coded("modalidad_transporte", terrestre="1", fluvial="2", aereo="3", multimodal="4")
    ] = Field("1", description="Modalidad.")
    tipo: Annotated[str, *f.text(10, 4)] = Field(description="Tipo de vehículo.")
    marca: Annotated[str, *f.text(10)] = Field(description="Marca.")
    matricula: Annotated[
        str,
        *f.pattern(r"[0-9A-Za-z]{6}", N_("En este evento la matrícula tiene 6 letras y cifras."), upper=True),
    ] = Field("", description="Matrícula.")
    identificacion: Annotated[str, *f.text(20)] = Field("", description="Identificación del vehículo.")


class Transporte(DeCdc):
    """The issuer of a remisión changes one thing of its transport (rGeVeTr): exactly one of the four."""

    lugar: Lugar | None = Field(None, description="Nuevo local de entrega.")
    chofer: Chofer | None = Field(None, description="Nuevo chofer.")
    transportista: NuevoTransportista | None = Field(None, description="Nuevo transportista.")
    vehiculo: NuevoVehiculo | None = Field(None, description="Nuevo vehículo.")


#: Name of an event to its model.
MODELOS: dict[str, type[Evento]] = {
    "cancelacion": Cancelacion,
    "inutilizacion": Inutilizacion,
    "conformidad": Conformidad,
    "disconformidad": Disconformidad,
    "desconocimiento": Desconocimiento,
    "notificacion": Notificacion,
    "nominacion": Nominacion,
    "transporte": Transporte,
}
#: Events of the receiver of a document.
DEL_RECEPTOR = frozenset({"conformidad", "disconformidad", "desconocimiento", "notificacion"})
