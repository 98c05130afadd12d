"""The DNIT's tables and their literals, loaded when first asked for (scripts/paraguay_catalogs.py).

SIFEN compares every literal with its table character by character (spec.md §5): the literals of a document
come from here alone. A row of free text (codes 9 and 99, "otro") has an empty literal and the limits of length of
the text that the caller gives.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from emitir.catalogs import Catalog, load_catalog

_FOLDER = Path(__file__).parent / "data" / "catalogs"


@lru_cache(maxsize=64)
def catalog(name: str) -> Catalog:
    """Table ``name`` (``"tipo_pago"``); a missing file is a broken installation."""
    return load_catalog(_FOLDER / f"{name}.json")


def is_free_text(name: str, code: str) -> bool:
    """Whether the row takes a text of the caller's instead of a literal."""
    return "minimo" in catalog(name)[code]


def literal(name: str, code: str, free: str = "") -> str:
    """The literal of a code that is in the table; ``free`` where the row is one of free text."""
    return catalog(name)[code]["descripcion"] or free
