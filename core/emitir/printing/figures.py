"""Figures and dates as people read them. Rounding is :mod:`emitir.money`'s; here they are only written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from emitir.money import cents, round_amount, trimmed

_FIGURE_SPACE = "\u2007"
_POINT_SPACE = "\u2008"


def grouped(value: Decimal, places: int = 0, point: str = ".", comma: str = ",") -> str:
    """``1234.5`` gives ``1,234.5``; at least ``places`` decimals, none of the given ones lost.

    ``point`` and ``comma``: the country's decimal point and thousands separator.
    """
    whole, _, decimals = trimmed(value).partition(".")
    decimals = decimals.ljust(places, "0")
    text = f"{int(whole):,}".replace(",", comma)
    if whole.startswith("-") and text[0] != "-":
        text = "-" + text
    return f"{text}{point}{decimals}" if decimals else text


def shortest_unit(unit: Decimal, quantity: Decimal, places: int = 4) -> Decimal:
    """A unit figure with as few decimals as tell the truth.

    One of at most ``places`` decimals stays as it is. A longer one (34.7457627119: a price without its
    tax) is rounded to the fewest decimals, from two on, with which the quantity still gives the same cents.
    """
    exact = round_amount(unit, 10)
    if exact == round_amount(unit, places):
        return exact
    amount = cents(exact * quantity)
    rounded = (round_amount(exact, shown) for shown in range(2, 11))
    return next(short for short in rounded if cents(short * quantity) == amount)


def point_aligned(figures: Sequence[str], point: str = ".") -> list[str]:
    """Figures of a right-aligned column, padded with blanks as wide as digits so that their points align."""
    decimals = [len(figure.partition(point)[2]) for figure in figures]
    longest = max(decimals, default=0)
    return [
        figure + (_POINT_SPACE if longest and not own else "") + _FIGURE_SPACE * (longest - own)
        for figure, own in zip(figures, decimals, strict=True)
    ]


def day(value: date) -> str:
    """``dd/mm/aaaa``."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}"
