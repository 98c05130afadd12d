"""Rates by date of issue: a document is computed with those of its own date, never with today's.

Each table is a list of (first day, rate), oldest first; spec.md §5 and §6 tell the sources.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_Table = tuple[tuple[date, Decimal], ...]

#: Rates of the IGV and the days in which a sale may carry them: the general one, the one of restaurants and
#: hotels (Ley 31556: 8 % and 2 % of IPM until 2025, 10.5 % from 2026).
TASAS_IGV: tuple[tuple[Decimal, date, date], ...] = (
    (Decimal(18), date(2011, 3, 1), date.max),
    (Decimal("10.5"), date(2026, 1, 1), date.max),
    (Decimal(10), date(2022, 9, 1), date(2025, 12, 31)),
)
#: Impuesto a la venta de arroz pilado (Ley 28211), percent.
_IVAP: _Table = ((date(2004, 4, 22), Decimal(4)),)
#: ICBPER per bag, in soles (Ley 30884, art. 12).
_ICBPER: _Table = (
    (date(2019, 8, 1), Decimal("0.10")),
    (date(2020, 1, 1), Decimal("0.20")),
    (date(2021, 1, 1), Decimal("0.30")),
    (date(2022, 1, 1), Decimal("0.40")),
    (date(2023, 1, 1), Decimal("0.50")),
)
#: First day of the ICBPER: before it a comprobante carries none (rule 2949).
INICIO_ICBPER = _ICBPER[0][0]
#: Percent of each régimen de percepción (catalog 22).
PERCEPCION = {"01": Decimal(2), "02": Decimal(1), "03": Decimal("0.5")}
#: Percent of the retención del IGV since 2014-03-01 (RS 033-2014), and the one before.
RETENCION = Decimal(3)
RETENCIONES = (Decimal(3), Decimal(6))
#: Percent of the retención of renta de segunda categoría.
RENTA_SEGUNDA = Decimal(5)
#: Usual percent of the detracción of each good or service (catalog 54). SUNAT's sheet has no rates: they
#: come from its resolutions, and a document may carry another.
DETRACCION: dict[str, Decimal] = {
    **dict.fromkeys(("001", "003", "007", "009", "011", "016", "019", "021"), Decimal(10)),
    **dict.fromkeys(("024", "025", "026", "031", "032", "034", "039", "045"), Decimal(10)),
    **dict.fromkeys(("004", "005", "008", "014", "017", "023", "027", "028", "030", "040"), Decimal(4)),
    **dict.fromkeys(("010", "041"), Decimal(15)),
    **dict.fromkeys(("012", "020", "022", "037", "044"), Decimal(12)),
    **dict.fromkeys(("035", "036"), Decimal("1.5")),
    "099": Decimal(8),
}


def _rate(table: _Table, day: date) -> Decimal:
    found = Decimal(0)
    for first, rate in table:
        if first <= day:
            found = rate
    return found


def ivap(day: date) -> Decimal:
    """Percent of the IVAP on that day."""
    return _rate(_IVAP, day)


def icbper(day: date) -> Decimal:
    """ICBPER of one bag on that day, in soles; 0 before it existed.

    >>> icbper(date(2021, 6, 1))
    Decimal('0.30')
    """
    return _rate(_ICBPER, day)


def tasas_igv(day: date) -> tuple[Decimal, ...]:
    """Rates of the IGV that a sale of that day may carry."""
    return tuple(rate for rate, first, last in TASAS_IGV if first <= day <= last)
