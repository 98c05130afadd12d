"""Parts of a comprobante beside its lines: payments, anticipos, guías, related documents, legends."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, PlainValidator

from emitir.i18n import N_
from emitir.inputs import InputModel, choice_field
from emitir.peru.fields import TEXT, Fecha, Monto, Ruc, TipoModificado, coded, text

_AnticipoTipo = Annotated[
    str,
    PlainValidator(
        choice_field({"f": "02", "b": "03", "01": "02", "03": "03"}, authority="2505", accepted="f, b")
    ),
    TEXT,
]
_Afectacion = Annotated[str, *coded("10|20|30", N_("Debe ser 10 (gravado), 20 (exonerado) o 30 (inafecto)."))]
_GuiaTipo = Annotated[
    str,
    PlainValidator(
        choice_field(
            {"r": "09", "t": "31", "09": "09", "31": "31"},
            authority="4005",
            accepted="r (remitente), t (transportista), 09, 31",
        )
    ),
    TEXT,
]


class Cuota(InputModel):
    """One payment of a credit sale."""

    monto: Monto = Field(description="Importe de la cuota.")
    fecha: Fecha = Field(description="Fecha de vencimiento de la cuota.")


class Anticipo(InputModel):
    """A payment in advance with a comprobante of its own, which this one deducts."""

    tipo: _AnticipoTipo = Field("02", description="f (factura) o b (boleta) con que se facturó el anticipo.")
    documento: Annotated[str, *text(13, authority="2521", empty="2521")] = Field(
        description="Número del comprobante del anticipo, por ejemplo F001-15."
    )
    ruc: Ruc = Field("", description="RUC de quien emitió el anticipo; el de la empresa si falta.")
    monto: Monto = Field(description="Importe del anticipo que se deduce, con IGV.")
    valor: Monto | None = Field(None, description="Valor del anticipo sin impuestos. Se calcula si falta.")
    isc: Monto | None = Field(None, description="ISC incluido en el anticipo.")
    afectacion_igv: _Afectacion = Field("10", description="10 gravado, 20 exonerado o 30 inafecto.")


class Guia(InputModel):
    """A guía de remisión of the same operation."""

    tipo: _GuiaTipo = Field("09", description="09 guía de remitente o 31 guía de transportista.")
    numero: Annotated[str, *text(30)] = Field(description="Serie y número de la guía, por ejemplo T001-8.")


class DocumentoRelacionado(InputModel):
    """Another document of the operation (catalog 12)."""

    tipo: Annotated[
        str, *coded("[0-9]{2}", N_("Debe ser un código del catálogo 12, por ejemplo 99."), "4009")
    ] = Field("99", description="Tipo de documento relacionado (catálogo 12).")
    numero: Annotated[str, *text(30)] = Field(description="Número del documento.")


class Leyenda(InputModel):
    """A legend of catalog 52 that the operation needs beside those that Emitir writes by itself."""

    codigo: Annotated[
        str, *coded("[0-9]{4}", N_("Debe ser un código del catálogo 52, por ejemplo 2001."), "3027")
    ] = Field(description="Leyenda (catálogo 52): 2001 a 2004 o 2008 a 2012.")


class DocumentoModificado(InputModel):
    """A document that a nota modifies."""

    tipo: TipoModificado = Field(description="f, b, o el código del catálogo 01.")
    serie: Annotated[str, *text(20)] = Field(description="Serie del documento que se modifica.")
    numero: Annotated[str, *text(20)] = Field(description="Número del documento que se modifica.")

    @property
    def codigo(self) -> str:
        """``F001-21``."""
        return f"{self.serie}-{self.numero}"
