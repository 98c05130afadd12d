"""Parts of a guía de remisión: the goods, who drives, what is driven, papers, containers, a place."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainValidator

from emitir.i18n import N_
from emitir.inputs import InputModel, choice_field, field_error, number_field, pattern_field
from emitir.peru.fields import NUMBER, TEXT, TIPOS_DOC, Gtin, Local, Si, Ubigeo, coded, text

_PLACA = N_("La placa tiene de 6 a 8 letras y cifras, por ejemplo ABC123.")
_placa = pattern_field(r"(?!0+$)[0-9A-Z]{6,8}", _PLACA, authority="2567", upper=True)


def _plate(value: object) -> str:
    """A plate without the hyphen that people write and SUNAT does not take."""
    if not isinstance(value, str):
        raise field_error("TIPO_INCORRECTO", N_("Debe ser un texto."), authority="2567")
    return _placa(value.replace("-", "").replace(" ", ""))


_DOCUMENTOS = "r (RUC), d (DNI), e (carné de extranjería), p (pasaporte), o el código del catálogo 06"
TipoDoc = Annotated[
    str, PlainValidator(choice_field(TIPOS_DOC, authority="2760", accepted=_DOCUMENTOS)), TEXT
]
Ruc = Annotated[str, *coded("([0-9]{11})?", N_("El RUC tiene 11 dígitos."), "3409")]
_Cantidad = Annotated[Decimal, PlainValidator(number_field(12, at_most=10, authority="2780")), NUMBER]
Placa = Annotated[str, PlainValidator(_plate), TEXT]
#: Who authorises the carriage of special goods (catalog D37).
Entidad = Annotated[str, *coded("([0-9]{2})?", N_("Debe ser un código del catálogo D37."), "4407")]
Autorizacion = Annotated[str, *text(50, 0, authority="4406")]
Nombre = Annotated[str, *text(250, 0, authority="4152")]
NumeroDoc = Annotated[str, *text(15, 0, authority="2758")]
Coordenada = Annotated[
    str,
    *coded(
        r"([+-]?[0-9]{1,3}(\.[0-9]{1,8})?)?",
        N_("Debe ser un número de grados, por ejemplo -12.0464."),
        "3413",
    ),
]
Dam = Annotated[
    str,
    *coded(
        "([0-9]{3}-[0-9]{4}-[0-9]{2}-[0-9]{1,6})?",
        N_("Debe ser aduana-año-régimen-número, por ejemplo 118-2026-10-123456."),
        "2769",
    ),
]
_Conductor = Annotated[
    str,
    PlainValidator(
        choice_field(
            {name: code for name, code in TIPOS_DOC.items() if code not in ("6", "-")},
            authority="2571",
            accepted="d (DNI), e (carné de extranjería), p (pasaporte), o el código del catálogo 06",
        )
    ),
    TEXT,
]
_Licencia = Annotated[
    str,
    *coded("((?!0+$)[0-9A-Z]{9,10})?", N_("La licencia de conducir tiene 9 o 10 letras y cifras."), "2573"),
]
_Tuc = Annotated[
    str,
    *coded(
        "((?!0+$)[0-9A-Z]{10,15})?", N_("La tarjeta de circulación tiene 10 a 15 letras y cifras."), "3355"
    ),
]
_Partida = Annotated[
    str, *coded("((?!0+$)[0-9]{1,10})?", N_("La partida arancelaria tiene hasta 10 cifras."), "3377")
]
_SerieDam = Annotated[
    str, *coded("((?!0+$)[0-9]{1,4})?", N_("El número de serie tiene hasta 4 cifras."), "3431")
]
_Relacionado = Annotated[
    str, *coded("[0-9]{2}", N_("Debe ser un código del catálogo 61, por ejemplo 01."), "2692")
]
_Producto = Annotated[
    str, *coded("((?!0+$)[0-9]{1,8})?", N_("Debe ser un código UNSPSC de hasta ocho cifras."), "3002")
]
_Unidad = Annotated[
    str, *coded("[A-Z0-9]{1,3}", N_("Debe ser un código del catálogo 03, por ejemplo NIU."), "2883")
]


class Bien(InputModel):
    """One of the goods."""

    descripcion: Annotated[str, *text(500, 0, authority="4084")] = Field(
        "", description="Descripción del bien."
    )
    cantidad: _Cantidad | None = Field(None, description="Cantidad, mayor que cero.")
    unidad: _Unidad = Field(
        "NIU", description="Unidad: catálogo 03; en importación y exportación, catálogo 65."
    )
    codigo: Annotated[str, *text(30, 0, authority="4085")] = Field("", description="Código del bien.")
    codigo_sunat: _Producto = Field("", description="Código de producto SUNAT (UNSPSC).")
    codigo_gtin: Gtin = Field("", description="Código de barras GTIN.")
    partida_arancelaria: _Partida = Field("", description="Partida arancelaria.")
    normalizado: Si = Field(False, description="Es un bien normalizado por SUNAT (catálogo 62).")
    dam: Dam = Field(
        "", description="Numeración de la DAM o DS a la que pertenece, si no se traslada entera."
    )
    dam_serie: _SerieDam = Field("", description="Número de serie del bien en la DAM o DS.")


class Vehiculo(InputModel):
    """A vehicle; the first of the list is the main one."""

    placa: Placa = Field(description="Placa, por ejemplo ABC123.")
    tarjeta_circulacion: _Tuc = Field(
        "", description="Tarjeta única de circulación o certificado de habilitación vehicular."
    )
    autorizacion: Autorizacion = Field("", description="Número de la autorización especial del vehículo.")
    entidad: Entidad = Field("", description="Quién dio la autorización (catálogo D37).")


class Conductor(InputModel):
    """Who drives; the first of the list is the main one."""

    tipo_doc: _Conductor = Field("1", description="Tipo de documento de identidad; DNI si falta.")
    numero_doc: Annotated[str, *text(15, 0, authority="2569")] = Field(
        "", description="Número de documento de identidad."
    )
    nombres: Annotated[str, *text(250, 0, authority="4409")] = Field("", description="Nombres.")
    apellidos: Annotated[str, *text(250, 0, authority="4409")] = Field("", description="Apellidos.")
    licencia: _Licencia = Field("", description="Número de la licencia de conducir.")


class DocumentoDeGuia(InputModel):
    """A paper that goes with the goods (catalog 61)."""

    tipo: _Relacionado = Field("01", description="Tipo de documento (catálogo 61): 01 factura, 50 DAM…")
    numero: Annotated[str, *text(100, 0, authority="3441")] = Field(
        "", description="Número, por ejemplo F001-21."
    )
    ruc: Ruc = Field("", description="RUC de quien lo emitió; el de la empresa cuando tiene que ser ella.")


class Contenedor(InputModel):
    """A container."""

    numero: Annotated[
        str, *coded("[0-9A-Z]{1,11}", N_("El número de contenedor tiene hasta 11 letras y cifras."), "4071")
    ] = Field(description="Número de contenedor.")
    precinto: Annotated[
        str, *coded("((?!0+$)[0-9A-Z]{1,20})?", N_("El precinto tiene hasta 20 letras y cifras."), "4074")
    ] = Field("", description="Número de precinto.")


class Lugar(InputModel):
    """Where the goods leave, or where they arrive."""

    ubigeo: Ubigeo = Field("", description="Ubigeo de seis dígitos (catálogo 13).")
    direccion: Annotated[str, *text(500, 0, authority="4076")] = Field("", description="Dirección.")
    ruc: Ruc = Field("", description="RUC al que pertenece el establecimiento.")
    establecimiento: Local = Field("", description="Código del establecimiento anexo, por ejemplo 0001.")
    latitud: Coordenada = Field("", description="Latitud en grados.")
    longitud: Coordenada = Field("", description="Longitud en grados.")


class Persona(InputModel):
    """Somebody who takes part in a transfer."""

    tipo_doc: TipoDoc = Field("6", description="Tipo de documento de identidad; RUC si falta.")
    numero_doc: NumeroDoc = Field("", description="Número de documento de identidad.")
    razon_social: Nombre = Field("", description="Nombre o razón social.")
