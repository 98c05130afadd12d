"""Catalogs of an authority: rows of codes with their texts and the dates in which they hold.

A data file is ``{"catalogo", "nombre", "fuente", "fecha", "filas": {codigo: {"descripcion", ...}}}``; a row
may carry ``desde`` and ``hasta`` (AAAA-MM-DD, both inclusive). Which rows hold is decided by the
document's own date, never by today's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalog:
    """One catalog; membership is ``code in catalog`` (ever) or :meth:`holds` (on a day)."""

    number: str
    name: str
    source: tuple[str, ...]
    rows: Mapping[str, Row]

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, code: str) -> Row:
        return self.rows[code]

    def description(self, code: str) -> str:
        """Text of the row, or the code itself when there is no such row."""
        row = self.rows.get(code)
        return row["descripcion"] if row else code

    def holds(self, code: str, day: date) -> bool:
        """Whether the row exists and is in force on ``day``."""
        row = self.rows.get(code)
        if row is None:
            return False
        text = day.isoformat()
        return row.get("desde", "") <= text <= row.get("hasta", "9999-12-31")


def load_catalog(path: Path) -> Catalog:
    """Read one data file; raises FileNotFoundError when the distribution is incomplete."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Catalog(data["catalogo"], data["nombre"], tuple(data["fuente"]), data["filas"])
