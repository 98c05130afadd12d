"""Properties of the sectors: energía, seguros, supermercados, additional data (group E790)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, PlainValidator

from emitir import error_codes as codes
from emitir.i18n import N_
from emitir.inputs import InputModel, field_error
from emitir.paraguay import fields as f


def _moment(value: object) -> datetime:
    try:
        if isinstance(value, str) and len(value) in {16, 19}:
            return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        pass
    raise field_error(
        codes.FORMATO_INVALIDO,
        N_("Debe ser fecha y hora AAAA-MM-DDTHH:MM:SS, por ejemplo 2026-11-21T08:30:00."),
    )


Momento = Annotated[datetime, PlainValidator(_moment), f.schema("string", format="date-time")]


class Energia(InputModel):
    """Electricity (E791)."""

    medidor: Annotated[str, *f.text(50)] = Field("", description="Número de medidor.")
    actividad: Annotated[int, *f.integer(0, 99)] | None = Field(None, description="Código de actividad.")
    categoria: Annotated[str, *f.text(3)] = Field("", description="Código de categoría.")
    lectura_anterior: f.Lectura | None = Field(None, description="Lectura anterior.")
    lectura_actual: f.Lectura | None = Field(None, description="Lectura actual.")


class Poliza(InputModel):
    """An insurance policy (EA790)."""

    codigo: Annotated[str, *f.text(20)] = Field(description="Código de la póliza.")
    unidad_vigencia: Annotated[str, *f.text(15, 3)] = Field(
        description="Unidad de la vigencia, por ejemplo mes."
    )
    vigencia: f.Vigencia = Field(description="Vigencia.")
    numero: Annotated[str, *f.text(25)] = Field(description="Número de la póliza.")
    inicio: Momento | None = Field(None, description="Inicio de la vigencia.")
    fin: Momento | None = Field(None, description="Fin de la vigencia.")
    codigo_item: Annotated[str, *f.text(50)] = Field("", description="Código interno del ítem.")


class Seguro(InputModel):
    """Insurance (E800)."""

    codigo_empresa: Annotated[str, *f.text(20)] = Field("", description="Código en la Superintendencia.")
    polizas: Annotated[list[Poliza], Field(min_length=1, max_length=999)] = Field(description="Pólizas.")


class Supermercado(InputModel):
    """Supermarkets (E810)."""

    cajero: Annotated[str, *f.text(20)] = Field("", description="Nombre del cajero.")
    efectivo: f.Monto4 | None = Field(None, description="Efectivo recibido.")
    vuelto: f.Monto6 | None = Field(None, description="Vuelto.")
    donacion: f.Monto6 | None = Field(None, description="Donación.")
    donacion_descripcion: Annotated[str, *f.text(20)] = Field("", description="Destino de la donación.")


class Adicionales(InputModel):
    """Additional commercial data (E820)."""

    ciclo: Annotated[str, *f.text(15)] = Field("", description="Ciclo.")
    ciclo_inicio: f.Fecha | None = Field(None, description="Inicio del ciclo.")
    ciclo_fin: f.Fecha | None = Field(None, description="Fin del ciclo.")
    vencimientos: Annotated[list[f.Fecha], Field(max_length=3)] = Field(
        default_factory=list, description="Vencimientos de pago."
    )
    contrato: Annotated[str, *f.text(30)] = Field("", description="Número de contrato.")
    saldo_anterior: f.Monto4 | None = Field(None, description="Saldo anterior.")
    codigo_contratacion: Annotated[str, *f.text(30)] = Field("", description="Código de contratación (DNCP).")
