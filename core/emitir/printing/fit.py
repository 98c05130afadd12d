"""How wide a text is, near enough to choose column widths and to break words that would overflow.

The advances are Inter's (units per em, rounded up); Typst does the real setting.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Width of 1 em of 1 pt in millimetres.
_POINT = 25.4 / 72
_WIDE = frozenset("MWmw@%—…")
_NARROW = frozenset("iljI.,:;'|!·\u2008")
#: Lets a line end inside a word, and is invisible otherwise.
_BREAK = "\u200b"


def _ems(text: str) -> float:
    width = 0.0
    for char in text:
        if char.isdigit() or char == "\u2007":
            width += 0.65
        elif char in _NARROW:
            width += 0.29
        elif char in _WIDE:
            width += 0.96
        elif char.isascii():
            width += 0.7 if char.isupper() else 0.63
        else:
            width += 0.78 if ord(char) < 0x250 else 1.05
    return width


def width_mm(text: str, size: float) -> float:
    """Upper estimate of the width in millimetres of ``text`` set at ``size`` points."""
    return _ems(text) * size * _POINT


def widest_mm(texts: Iterable[str], size: float) -> float:
    """The widest of them; 0 for none."""
    return max((width_mm(text, size) for text in texts), default=0.0)


def breakable(text: str, room: float, size: float) -> str:
    """``text`` with places to break in the words that are wider than ``room`` millimetres."""
    # No word of so few characters is wider: most texts pass without being measured.
    shortest = room / (1.05 * size * _POINT)
    if len(text) <= shortest:
        return text
    if all(len(word) <= shortest for word in text.split()):
        return text
    return "".join(
        _BREAK.join(word) if len(word) > shortest and width_mm(word, size) > room else word
        for word in _words(text)
    )


def _words(text: str) -> Iterable[str]:
    """Words and the blanks between them, in order; joined they give ``text``."""
    start, blank = 0, text[:1].isspace()
    for index, char in enumerate(text):
        if char.isspace() != blank:
            yield text[start:index]
            start, blank = index, not blank
    yield text[start:]
