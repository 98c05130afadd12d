"""SUNAT's return codes and their messages, read from ``data/codigos.tsv`` when first asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "codigos.tsv"


def message(code: str | int) -> str:
    """SUNAT's own text of ``code`` (``"0151"``, ``151``); empty when it is not in the list."""
    return _messages().get(str(code).zfill(4), "")


def is_known(code: str | int) -> bool:
    """Whether SUNAT lists this code."""
    return str(code).zfill(4) in _messages()


@lru_cache(maxsize=1)
def _messages() -> dict[str, str]:
    found = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, text = line.split("\t")
            found[code] = text
    return found
