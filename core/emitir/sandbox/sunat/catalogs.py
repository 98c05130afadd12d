"""SUNAT's catalogs as the sandbox needs them (data/catalogs.json, with source and date)."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = (files("emitir.sandbox.sunat") / "data" / "catalogs.json").read_text("utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@lru_cache(maxsize=64)
def codes(number: str) -> frozenset[str]:
    """The codes of a catalog (``"03"``: units of measure)."""
    return frozenset(_data()["catalogos"][number])


@lru_cache(maxsize=1)
def taxes() -> dict[str, tuple[str, str]]:
    """Catalog 05: name and international code of each tax."""
    return {code: (name, kind) for code, (name, kind) in _data()["tributos"].items()}


@lru_cache(maxsize=1)
def perception_rates() -> dict[str, Decimal]:
    """Catalog 22: the rate of each régimen de percepción, in percent."""
    return {code: Decimal(rate) for code, rate in _data()["percepciones"].items()}


@lru_cache(maxsize=1)
def retention_rates() -> dict[str, Decimal]:
    """Catalog 23: the rate of each régimen de retención, in percent."""
    return {code: Decimal(rate) for code, rate in _data()["retenciones"].items()}


@lru_cache(maxsize=3)
def operations(tipo: str) -> frozenset[str]:
    """Catalog 51: the operation types allowed for ``"01"``, ``"03"`` or ``"04"``."""
    return frozenset(_data()["operaciones"][tipo])


#: Catalog 07 by tax of catalog 05 (rule 2040): which affectations a line's tax allows.
AFFECTATIONS: dict[str, frozenset[str]] = {
    "1000": frozenset({"10"}),
    "1016": frozenset({"17"}),
    "9995": frozenset({"40"}),
    "9996": frozenset(
        {"11", "12", "13", "14", "15", "16", "17", "21", "31", "32", "33", "34", "35", "36", "37", "40"}
    ),
    "9997": frozenset({"20"}),
    "9998": frozenset({"30"}),
}
