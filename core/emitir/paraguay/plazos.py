"""Time in Asunción, and the authority's deadlines (spec.md §11, §12).

Paraguay keeps UTC-3 all the year since October 2024 (Ley 7354/2024): the offset is fixed here, so that the
age of the machine's time zone data does not matter.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

ASUNCION = timezone(timedelta(hours=-3))
#: Hours that a document may be older or newer than its transmission (1150, 1151).
ATRASO_HORAS = 720
ADELANTO_HORAS = 120
#: Hours after the signature within which a document passes without observation (1005).
TRANSMISION_HORAS = 72
#: Hours after the approval within which the emitter may cancel: factura, and every other document (4009, 4010).
CANCELACION_FACTURA_HORAS = 48
CANCELACION_HORAS = 168
#: Days of the receiver: first event from the approval, correction from the event that it corrects (NT-019).
RECEPTOR_DIAS = 45
CORRECCION_DIAS = 15


def asuncion(now: datetime) -> datetime:
    """The moment as a clock on a wall of Asunción shows it, to the second and without zone."""
    return now.astimezone(ASUNCION).replace(tzinfo=None, microsecond=0)


def utc(local: datetime) -> datetime:
    """The moment of a wall clock of Asunción."""
    return local.replace(tzinfo=ASUNCION).astimezone(UTC)


def cancelacion_hasta(tipo: str, aprobado: datetime) -> datetime:
    """Until when a document may be cancelled that was approved at ``aprobado``."""
    hours = CANCELACION_FACTURA_HORAS if tipo == "1" else CANCELACION_HORAS
    return aprobado + timedelta(hours=hours)


def inutilizacion_hasta(dia: datetime) -> datetime:
    """Until when numbers skipped at ``dia`` may be annulled: the 15th of the next month, its end (spec.md §12)."""
    year, month = divmod(dia.year * 12 + dia.month, 12)
    return dia.replace(year=year, month=month + 1, day=15, hour=23, minute=59, second=59, microsecond=0)
