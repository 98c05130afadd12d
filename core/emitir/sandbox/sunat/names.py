"""The names of files: ``20123456786-01-F001-21`` (spec.md §2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOCUMENT = re.compile(r"([12]\d{10})-(\d{2})-([A-Z0-9]{4})-(\d{1,8})", re.ASCII)
_BATCH = re.compile(r"([12]\d{10})-(RC|RA|RR|LT)-(\d{8})-(\d{1,5})", re.ASCII)

#: Weights of the RUC's check digit (spec.md §15).
_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class FileName:
    """A name taken apart. ``serie`` is the date of an RC, RA, RR or LT; ``number`` keeps the digits as written."""

    base: str
    ruc: str
    tipo: str
    serie: str
    number: str

    @property
    def numero(self) -> int:
        """The correlative as a number."""
        return int(self.number)

    @property
    def batch(self) -> bool:
        """Whether it is a summary, a baja or a batch: something answered with a ticket."""
        return self.tipo in ("RC", "RA", "RR", "LT")


def parse_name(base: str) -> FileName | None:
    """Read a name without extension; None when it does not have SUNAT's form."""
    match = _DOCUMENT.fullmatch(base) or _BATCH.fullmatch(base)
    return FileName(base, *match.groups()) if match else None


def ruc_exists(ruc: str) -> bool:
    """Whether eleven digits can be a RUC: known prefix and right check digit."""
    if (
        len(ruc) != 11
        or not (ruc.isascii() and ruc.isdigit())
        or ruc[:2] not in ("10", "15", "16", "17", "20")
    ):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, ruc[:10], strict=True))
    return int(ruc[10]) == (11 - total % 11) % 10
