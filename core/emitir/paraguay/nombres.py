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
    serie: f.Serie = Field(
        description="Establecimiento y punto: 001-001; o con su timbrado: 12345678-001-001."
    )
    numero: f.Numero = Field(description="Número.")


def key(properties: Mapping[str, Any], company: Mapping[str, Any]) -> Key:
    """A serie without timbrado is of the company's present one. Raises EmitirError with every problem."""
    nombre = read(Nombre, properties)
    return nombre.tipo, whole_serie(nombre.serie, company), nombre.numero


def whole_serie(serie: str, company: Mapping[str, Any]) -> str:
    """With its timbrado: ``001-001`` is ``12345678-001-001``."""
    return serie if len(serie.partition("-")[0]) == 8 else f"{company['timbrado']}-{serie}"
