"""A bar chart as PNG, drawn with Pillow: one bar per day over lines that say how much."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import emitir.printing

_WIDTH, _HEIGHT = 900, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 96, 30, 84, 64
_INK, _SOFT, _LINE, _BAR, _MINUS = "#1b2430", "#5b6775", "#dfe4ea", "#0b6e4f", "#b3261e"
#: Days whose labels fit beside each other; with more bars than that their amounts would not be read.
_LABELS, _AMOUNTS = 16, 10
#: Lines behind the bars, about.
_LINES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """``label``: under it; ``value``: may be negative (a day of notas de crédito)."""

    label: str
    value: Decimal


@lru_cache(maxsize=8)
def _font(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """The font of the printed forms: Pillow's own has no accents."""
    folder = Path(emitir.printing.__file__).parent / "fonts"
    return ImageFont.truetype(str(folder / f"Inter-{weight}.otf"), size)


def chart(title: str, bars: list[Bar]) -> bytes:
    """The picture. ``bars``: at least one."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    draw.text((30, 24), title, _INK, _font(24, "SemiBold"))
    levels = _levels([bar.value for bar in bars])
    lowest, span = levels[0], levels[-1] - levels[0]
    room = _HEIGHT - _TOP - _BOTTOM

    def y(value: Decimal) -> float:
        return float(_HEIGHT - _BOTTOM - room * (value - lowest) / span)

    for level in levels:
        draw.line((_LEFT, y(level), _WIDTH - _RIGHT, y(level)), _LINE if level else _SOFT, 1)
        draw.text((_LEFT - 12, y(level)), short(level), _SOFT, _font(16), anchor="rm")
    step = (_WIDTH - _LEFT - _RIGHT) / len(bars)
    every = -(-len(bars) // _LABELS)
    for position, bar in enumerate(bars):
        left = _LEFT + step * position + step * 0.15
        right = left + max(step * 0.7, 1)
        edges = sorted((y(bar.value), y(Decimal(0))))
        if bar.value:
            draw.rectangle((left, edges[0], right, edges[1]), _BAR if bar.value > 0 else _MINUS)
        middle = (left + right) / 2
        if position % every == 0:
            draw.text((middle, _HEIGHT - _BOTTOM + 16), bar.label, _SOFT, _font(16), anchor="ma")
        if len(bars) <= _AMOUNTS and bar.value:
            draw.text((middle, edges[0] - 7), short(bar.value), _INK, _font(16), anchor="ms")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def _levels(values: list[Decimal]) -> list[Decimal]:
    """Round amounts from below the lowest bar to above the highest, zero among them."""
    highest, lowest = max(*values, Decimal(0)), min(*values, Decimal(0))
    raw = (highest - lowest) / _LINES or Decimal(1)
    size = Decimal(1).scaleb(raw.adjusted())
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= raw)
    first, last = math.floor(lowest / step), math.ceil(highest / step)
    return [step * number for number in range(first, max(last, 1) + 1)]


def short(value: Decimal) -> str:
    """``1234567`` as ``1.2 M``: what fits beside a line and above a bar."""
    size = abs(value)
    for limit, letter in ((Decimal(1_000_000), " M"), (Decimal(1000), " k")):
        if size >= limit:
            return f"{value / limit:.1f}".removesuffix(".0") + letter
    return f"{value:.0f}"
