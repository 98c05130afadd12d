"""A bar chart as PNG, drawn with Pillow: one bar per day, the total of each above it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 900, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 40, 80, 70
_INK, _SOFT, _LINE, _BAR, _MINUS = "#1b2430", "#5b6775", "#dfe4ea", "#0b6e4f", "#b3261e"
#: Labels of days that fit beside each other.
_LABELS = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """``label``: under it; ``value``: may be negative (a day of notas de crédito)."""

    label: str
    value: Decimal


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def chart(title: str, bars: list[Bar]) -> bytes:
    """The picture. ``bars``: at least one."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    draw.text((_LEFT, 26), title, _INK, _font(24))
    highest = max(max(bar.value for bar in bars), Decimal(0))
    lowest = min(min(bar.value for bar in bars), Decimal(0))
    span = (highest - lowest) or Decimal(1)
    room = _HEIGHT - _TOP - _BOTTOM

    def y(value: Decimal) -> float:
        return float(_TOP + room * (highest - value) / span)

    draw.line((_LEFT, y(Decimal(0)), _WIDTH - _RIGHT, y(Decimal(0))), _LINE, 2)
    step = (_WIDTH - _LEFT - _RIGHT) / len(bars)
    every = -(-len(bars) // _LABELS)
    for position, bar in enumerate(bars):
        left = _LEFT + step * position + step * 0.15
        right = left + max(step * 0.7, 1)
        edges = sorted((y(bar.value), y(Decimal(0))))
        draw.rectangle((left, edges[0], right, edges[1]), _BAR if bar.value >= 0 else _MINUS)
        middle = (left + right) / 2
        if position % every == 0:
            draw.text((middle, _HEIGHT - _BOTTOM + 14), bar.label, _SOFT, _font(16), anchor="ma")
        if len(bars) <= _LABELS:
            draw.text((middle, edges[0] - 6), short(bar.value), _INK, _font(15), anchor="ms")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def short(value: Decimal) -> str:
    """``1234567`` as ``1.2M``: what fits above a bar."""
    size = abs(value)
    for limit, letter in ((Decimal(1_000_000), "M"), (Decimal(1000), "k")):
        if size >= limit:
            return f"{value / limit:.1f}{letter}"
    return f"{value:.0f}"
