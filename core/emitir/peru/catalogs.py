"""SUNAT's catalogs (Anexo 8; sheet of rules of 2026-02-12), loaded when first asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from emitir.catalogs import Catalog, load_catalog

_FOLDER = Path(__file__).parent / "data" / "catalogs"


@lru_cache(maxsize=64)
def catalog(number: str) -> Catalog:
    """Catalog ``number`` (``"07"``); KeyError-free: a missing file is a broken installation."""
    return load_catalog(_FOLDER / f"{number}.json")
