"""Decimal rounding: the one place of Emitir where a figure is rounded.

The written decision is docs/decisions/0001-rounding.md: figures are computed with all their digits
in :data:`EXACT` and rounded half up, once, when they become an amount of a document.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

#: Context of every multiplication and division: wide enough that 15 integer digits times ten decimals
#: squared stay exact.
EXACT = Context(prec=50, rounding=ROUND_HALF_UP)

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
_STEPS = {places: Decimal(1).scaleb(-places) for places in range(11)}
_quantize = EXACT.quantize


def round_amount(value: Decimal, places: int = 2) -> Decimal:
    """Round ``value`` half up to ``places`` decimals (0 to 10); 2.345 gives 2.35, -2.345 gives -2.35."""
    return _quantize(value, _STEPS[places])


def cents(value: Decimal) -> Decimal:
    """Round half up to two decimals: the fast form of ``round_amount(value, 2)``."""
    return _quantize(value, CENT)


def plain(value: Decimal) -> str:
    """Write a Decimal without exponent and with the decimals that it has (``0E-10`` gives ``0.0000000000``)."""
    return format(value, "f")


def trimmed(value: Decimal) -> str:
    """Write a Decimal without exponent and without trailing zeros: ``10.500`` gives ``10.5``, ``100`` ``100``."""
    text = str(value)
    if "E" in text:
        text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
