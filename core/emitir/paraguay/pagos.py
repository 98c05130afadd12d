"""Properties of the payment: forma de pago, cards, cheques, cuotas (group E600)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from emitir.i18n import N_
from emitir.inputs import InputModel
from emitir.paraguay import fields as f


class Tarjeta(InputModel):
    """A card payment (E620)."""

    denominacion: Annotated[str, *f.coded("denominacion_tarjeta", visa="1", mastercard="2")] = Field(
        description="Denominación de la tarjeta."
    )
    descripcion: Annotated[str, *f.text(20, 4)] = Field("", description="Denominación, si es otra (99).")
    forma: Annotated[str, *f.coded("forma_procesamiento_tarjeta", pos="1", web="2")] = Field(
        "1", description="Forma de procesamiento: 1 POS, 2 pago electrónico, 9 otro."
    )
    procesadora: f.Nombre60 = Field("", description="Razón social de la procesadora.")
    ruc_procesadora: f.Ruc = Field("", description="RUC de la procesadora, con su dígito.")
    autorizacion: Annotated[int, *f.integer(100_000, 9_999_999_999)] | None = Field(
        None, description="Código de autorización."
    )
    titular: Annotated[str, *f.text(30, 4)] = Field("", description="Titular de la tarjeta.")
    numero: Annotated[str, *f.pattern(r"[0-9]{4}", N_("Solo los últimos cuatro dígitos de la tarjeta."))] = (
        Field("", description="Últimos cuatro dígitos.")
    )


class Cheque(InputModel):
    """A payment by cheque (E630)."""

    numero: Annotated[str, *f.pattern(r"[0-9]{1,8}", N_("Hasta 8 dígitos."))] = Field(
        description="Número del cheque."
    )
    banco: Annotated[str, *f.text(20, 4)] = Field(description="Banco emisor.")


class Pago(InputModel):
    """One payment at once, or of the first instalment (E605)."""

    tipo: Annotated[
        str,
        *f.coded(
            "tipo_pago", efectivo="1", cheque="2", tarjeta_credito="3", tarjeta_debito="4", transferencia="5"
        ),
    ] = Field("1", description="Tipo de pago.")
    descripcion: Annotated[str, *f.text(30, 4)] = Field("", description="Tipo de pago, si es otro (99).")
    monto: f.Monto4 = Field(description="Monto pagado.")
    moneda: f.Moneda = Field("", description="Moneda del pago; la del documento si falta.")
    tipo_cambio: f.TipoCambio | None = Field(None, description="Tipo de cambio, si no es en guaraníes.")
    tarjeta: Tarjeta | None = Field(None, description="Datos de la tarjeta.")
    cheque: Cheque | None = Field(None, description="Datos del cheque.")


class Cuota(InputModel):
    """One instalment of a credit sale (E650)."""

    monto: f.Monto4 = Field(description="Importe de la cuota.")
    fecha: f.Fecha | None = Field(None, description="Vencimiento de la cuota.")
    moneda: f.Moneda = Field("", description="Moneda de la cuota; la del documento si falta.")
