"""Deadlines and the calendar of Lima: spec.md §13.

Lima keeps UTC-5 the whole year. Days are calendar days.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

LIMA = timezone(timedelta(hours=-5), "America/Lima")
#: Days after the date of issue in which SUNAT takes a document sent by itself: factura and its notas 3
#: (rule 2108, RS 000003-2023), boleta and its notas 5 (rule 1079, RS 114-2019).
DIAS_DE_FACTURA, DIAS_DE_BOLETA = 3, 5
#: Of a liquidación de compra (rule 2108) and of a guía, which has to be there before the goods leave.
DIAS_DE_OTROS = {"04": 1, "09": 1, "31": 1}
#: Days after the date of issue in which a document may be annulled (rule 2957).
DIAS_DE_BAJA = 7
#: Rule by which SUNAT answers when the deadline has passed; a nota goes with what it modifies.
CODIGO_FUERA_DE_PLAZO = {"01": "2108", "03": "1079"}


def dias_de_envio(tipo: str, serie: str) -> int:
    """Days in which a document of that type (catalog 01) and serie may be sent."""
    if tipo in DIAS_DE_OTROS:
        return DIAS_DE_OTROS[tipo]
    of_boleta = tipo == "03" or (tipo in {"07", "08"} and serie.startswith("B"))
    return DIAS_DE_BOLETA if of_boleta else DIAS_DE_FACTURA


def lima_date(now: datetime) -> date:
    """The day in Lima at ``now`` (any time zone)."""
    return now.astimezone(LIMA).date()


def deadline(tipo: str, fecha_emision: date, serie: str = "") -> datetime:
    """First moment (UTC) at which SUNAT does not take the document any more."""
    last_day = fecha_emision + timedelta(days=dias_de_envio(tipo, serie))
    return datetime.combine(last_day + timedelta(days=1), time(0), LIMA).astimezone(UTC)
