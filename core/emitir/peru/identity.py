"""Numbers of identity: RUC with its check digit, DNI, and what catalog 06 asks of the others.

RUC: 11 digits, prefixes 10, 15, 16, 17, 20; weights 5 4 3 2 7 6 5 4 3 2; check digit
(11 - sum mod 11) mod 10 (spec.md §15).
"""

from __future__ import annotations

RUC_PREFIXES = ("10", "15", "16", "17", "20")
_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def ruc_check_digit(first_ten: str) -> str:
    """The eleventh digit that belongs to ten digits.

    >>> ruc_check_digit("2012345678")
    '6'
    """
    return str((11 - ruc_weighted_sum(first_ten) % 11) % 10)


def ruc_weighted_sum(first_ten: str) -> int:
    """The sum from which the check digit is made."""
    return sum(int(digit) * weight for digit, weight in zip(first_ten, _WEIGHTS, strict=True))


def is_digits(text: str, length: int) -> bool:
    """Whether ``text`` is exactly ``length`` ASCII digits."""
    return len(text) == length and text.isascii() and text.isdigit()


def is_ruc(text: str) -> bool:
    """Whether ``text`` is a RUC with a known prefix and the right check digit."""
    return is_digits(text, 11) and text.startswith(RUC_PREFIXES) and ruc_check_digit(text[:10]) == text[10]


def ruc_of_dni(dni: str) -> str:
    """RUC that a natural person with this DNI (8 digits) would have; it may not exist.

    >>> ruc_of_dni("12345678")
    '10123456781'
    """
    return f"10{dni}{ruc_check_digit(f'10{dni}')}"
