"""How a request names an issued document: ``tipo``, ``serie`` (001-001) and ``numero``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from emitir.country import Key
from emitir.inputs import InputModel, read
from emitir.paraguay import fields as f


class Nombre(InputModel):
    """The natural key of a document of a company; its serie begins with the timbrado."""

    tipo: f.Tipo = Field(description="f, a, c, d, r, o el código de la DNIT.")
    serie: f.Serie = Field(description="Timbrado, establecimiento y punto: 12345678-001-001.")
    numero: f.Numero = Field(description="Número.")


def key(properties: Mapping[str, Any]) -> Key:
    """Raises EmitirError with every problem."""
    nombre = read(Nombre, properties)
    return nombre.tipo, nombre.serie, nombre.numero
