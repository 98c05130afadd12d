"""Column widths of a table of lines: figures get what they need, one column of text takes the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from emitir.printing.figures import point_aligned
from emitir.printing.fit import breakable, widest_mm

#: Space at both sides of a cell in base.typ (3.6 pt each), in millimetres.
_INSET = 2.6
#: Sizes to try, in points, and the share of its width that the text column keeps with them.
_SIZES = ((7.8, 1.0), (7.2, 1.0), (6.6, 1.0), (6.0, 0.7), (5.4, 0.5), (4.8, 0.0))
#: Lines of a text before its own line breaks are dropped: a row has to fit in a page.
_MOST_LINES = 40
#: What rounding may add to the widths together.
_SLACK = 0.05
#: Titles are set at nine tenths of the size, half-bold: some four hundredths wider than regular.
_TITLE = 0.9 * 1.06


@dataclass(frozen=True, slots=True)
class Column:
    """``side``: ``izquierda``, ``centro`` or ``derecha`` (figures, aligned by their points).

    ``most``: millimetres before its words are broken; 0 takes what is left (one column), None never breaks
    (figures).
    """

    title: str
    side: str
    most: float | None = None


def fit_columns(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    room: float,
    text_room: float,
    point: str = ".",
) -> dict[str, Any]:
    """What base.typ's ``lines-table`` takes: ``cuerpo`` (points), ``columnas`` and ``detalle``.

    ``room``: width of the table in millimetres; ``text_room``: what the text column should keep, for which
    the type gets smaller when the figures are long. A column without any text is left out.
    """
    used = [index for index in range(len(columns)) if any(row[index] for row in rows)]
    chosen = [columns[index] for index in used]
    cells = [[row[index] for row in rows] for index in used]
    cells = [
        point_aligned(texts, point) if column.side == "derecha" else texts
        for column, texts in zip(chosen, cells, strict=True)
    ]
    size, widths = 0.0, [0.0]
    for size, share in _SIZES:
        widths = [_width(column, texts, size) for column, texts in zip(chosen, cells, strict=True)]
        if room - sum(widths) >= text_room * share:
            break
    left = room - sum(widths) - _SLACK
    widths = [round(width or left, 3) for width in widths]
    cells = [
        [breakable(_few_lines(text), width - _INSET, size) for text in texts]
        for width, texts in zip(widths, cells, strict=True)
    ]
    return {
        "cuerpo": size,
        "columnas": [
            (column.title, width, column.side) for column, width in zip(chosen, widths, strict=True)
        ],
        "detalle": list(zip(*cells, strict=True)),
    }


def _few_lines(text: str) -> str:
    return text if text.count("\n") < _MOST_LINES else text.replace("\n", " ")


def _width(column: Column, texts: list[str], size: float) -> float:
    if column.most == 0:
        return 0.0
    needed = max(widest_mm(texts, size), widest_mm([column.title], size * _TITLE))
    if column.most is not None:
        needed = min(needed, column.most)
    return needed + _INSET
