"""RUC and check digits.

The digit of RUC and CDC (spec.md §3): each letter becomes its decimal ASCII code, weights 2 to 11 from the
right and again from 2, r = sum mod 11; the digit is 11 - r when r > 1, else 0.
"""

from __future__ import annotations

import re
from operator import mul

_RUC = re.compile(r"([1-9][0-9]{1,6}[0-9A-D]|[1-9][0-9]{1,7})(?:-([0-9]))?", re.ASCII)
_WEIGHTS = tuple(2 + position % 10 for position in range(88))
#: What the code of "0" adds to the sum, by the length of the text.
_ZEROS = tuple(48 * sum(_WEIGHTS[:length]) for length in range(len(_WEIGHTS) + 1))


def check_digit(text: str) -> str:
    """The digit that belongs to digits and capital letters (up to 44).

    >>> check_digit("80000000")
    '5'
    >>> check_digit("0180000000500100100001132202610091549571809")
    '9'
    """
    if not text.isdigit():
        text = "".join(char if char.isdigit() else str(ord(char)) for char in text)
    rest = (sum(map(mul, text[::-1].encode(), _WEIGHTS)) - _ZEROS[len(text)]) % 11
    return str(11 - rest) if rest > 1 else "0"


def split_ruc(text: str) -> tuple[str, str] | None:
    """``80000000-5`` gives ``("80000000", "5")``; without digit the second part is empty; None: no RUC."""
    found = _RUC.fullmatch(text)
    return (found.group(1), found.group(2) or "") if found else None


def is_ruc(text: str) -> bool:
    """Whether ``text`` is a RUC with its right check digit (``80000000-5``)."""
    parts = split_ruc(text)
    return parts is not None and check_digit(parts[0]) == parts[1]


def taxpayer_kind(ruc: str) -> str:
    """Kind of taxpayer that a RUC without digit speaks of: 2 (persona jurídica) from 80000000 on, else 1."""
    return "2" if len(ruc) == 8 and ruc >= "80000000" else "1"
