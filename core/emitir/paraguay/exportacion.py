"""What a factura de exportación tells the tax office (dInfoFisc), in the order of the law.

NT-007: the ten data a) to j) of art. 20 num. 15 of Decreto 10797/2013. What is not given is taken from what the
factura says elsewhere; what nobody said stands as a dash, so that the order is kept.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from emitir.inputs import InputModel
from emitir.paraguay import fields as f

_Dato = Annotated[str, *f.text(240)]


class Exportacion(InputModel):
    """Data of an export (NT-007)."""

    tipo_operacion: _Dato = Field("", description="a) Tipo de operación; «Exportación» si falta.")
    condicion: _Dato = Field(
        "", description="b) Condición de negociación; el Incoterm del transporte si falta."
    )
    pais_destino: _Dato = Field(
        "", description="c) País de destino; el del transporte o el del receptor si falta."
    )
    empresa_fletera: _Dato = Field("", description="d) Empresa fletera; el transportista si falta.")
    agente: _Dato = Field("", description="e) Agente de transporte; el del transporte si falta.")
    instrucciones_pago: _Dato = Field(
        "", description="f) Instrucciones de pago: beneficiario, banco, cuenta, código SWIFT."
    )
    conocimiento_embarque: _Dato = Field("", description="g) Número de conocimiento de embarque.")
    manifiesto: _Dato = Field(
        "", description="h) Manifiesto internacional de carga; el del transporte si falta."
    )
    barcaza: _Dato = Field("", description="i) Barcaza o remolcador, descripción y cantidad del bien.")
    otros: _Dato = Field("", description="j) Las demás informaciones que pida la DNIT.")


def texto(datos: Exportacion, condicion: str, pais: str, fletera: str, agente: str, manifiesto: str) -> str:
    """The ten data in one line; the arguments stand in for what ``datos`` leaves out."""
    said = (
        ("Tipo de operación", datos.tipo_operacion or "Exportación"),
        ("Condición de negociación", datos.condicion or condicion),
        ("País de destino", datos.pais_destino or pais),
        ("Empresa fletera", datos.empresa_fletera or fletera),
        ("Agente de transporte", datos.agente or agente),
        ("Instrucciones de pago", datos.instrucciones_pago),
        ("Conocimiento de embarque", datos.conocimiento_embarque),
        ("Manifiesto internacional de carga", datos.manifiesto or manifiesto),
        ("Barcaza o remolcador", datos.barcaza),
        ("Otras informaciones", datos.otros),
    )
    return "; ".join(
        f"{letter}) {name}: {value or '-'}" for letter, (name, value) in zip("abcdefghij", said, strict=True)
    )
