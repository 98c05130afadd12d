"""How a request names an issued document: ``tipo`` (letter or code), ``serie``, ``numero``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, PlainValidator

from emitir.country import Key
from emitir.inputs import InputModel, choice_field, read
from emitir.peru.fields import ACEPTADOS, TEXT, TIPOS, Numero, Serie

#: Code of catalog 01 by every name that a request may give a type.
NOMBRES = TIPOS | {"20": "20", "40": "40", "09": "09", "31": "31", "04": "04"}
NOMBRES |= {
    "guia_remitente": "09",
    "guia_transportista": "31",
    "liquidacion_compra": "04",
    "retencion": "20",
    "percepcion": "40",
}
Tipo = Annotated[str, PlainValidator(choice_field(NOMBRES, accepted=ACEPTADOS)), TEXT]


class Nombre(InputModel):
    """The natural key of a document of a company."""

    tipo: Tipo = Field(description="f, b, c, d, o el código del catálogo 01.")
    serie: Serie = Field(description="Serie, por ejemplo F001.")
    numero: Numero = Field(description="Número correlativo.")


def key(properties: Mapping[str, Any]) -> Key:
    """Raises EmitirError with every problem."""
    nombre = read(Nombre, properties)
    return nombre.tipo, nombre.serie, nombre.numero
