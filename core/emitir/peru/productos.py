"""SUNAT's product codes (catalog 25): which of the eight-digit codes there are. Read when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "productos.txt"
#: What stands for a product without a code of its own.
SIN_CODIGO = frozenset({"00000000", "99999999"})


@cache
def _classes() -> dict[str, str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))


def known(code: str) -> bool:
    """Whether ``code`` is in the catalog."""
    endings = _classes().get(code[:6], "")
    return code in SIN_CODIGO or code[6:] in (endings[at : at + 2] for at in range(0, len(endings), 2))


def below_class(code: str) -> bool:
    """Whether it is told at least to the class: a segment or a family is too wide (observation 4337)."""
    return code in SIN_CODIGO or not code.endswith("0000")
