"""A line of the padrón reducido, taken apart: 15 columns, ``|`` between them and behind the last (spec.md §15).

The hot path of loading: most lines belong to natural persons without an address, and everything behind
their name is one of few texts, looked up instead of parsed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from emitir.peru.identity import RUC_PREFIXES, ruc_check_digit
from emitir.peru.padron.charset import fold, to_text

#: What the header says, accents replaced by any character: copies of the file have damaged ones.
COLUMNS = (
    "RUC",
    "NOMBRE O RAZ.N SOCIAL",
    "ESTADO DEL CONTRIBUYENTE",
    "CONDICI.N DE DOMICILIO",
    "UBIGEO",
    "TIPO DE V.A",
    "NOMBRE DE V.A",
    "C.DIGO DE ZONA",
    "TIPO DE ZONA",
    "N.MERO",
    "INTERIOR",
    "LOTE",
    "DEPARTAMENTO",
    "MANZANA",
    "KIL.METRO",
)
#: Groups of estado, condición and ubigeo that get a code; the few lines beyond carry theirs written out.
MAX_GROUPS = 40_000
#: Codes are two bytes without tabs, line ends and NUL.
_BASE, _LOWEST = 200, 0x30
WRITTEN_OUT = b"\xff\xff"
_ADDRESS_COLUMNS = 10
#: Code and tab.
_NO_ADDRESS = 3
#: Kinds of damage that cost the line: nothing of it is kept.
LOST = ("ruc_invalido", "fila_incompleta", "fila_ilegible")
#: Texts behind the name that are remembered.
_MAX_TAILS = 200_000
_EXAMPLES = 20
_UBIGEO = re.compile(rb"[0-9]{6}|-?")


def group_code(number: int) -> bytes:
    """The two bytes that stand for group ``number``."""
    high, low = divmod(number, _BASE)
    return bytes((_LOWEST + high, _LOWEST + low))


def group_number(code: bytes) -> int:
    """The number that :func:`group_code` wrote."""
    return (code[0] - _LOWEST) * _BASE + code[1] - _LOWEST


def is_header(line: bytes) -> bool:
    """Whether this is the first line of a padrón reducido."""
    cells = to_text(line).strip("\ufeff\n ").split("|")
    if len(cells) == len(COLUMNS) + 1 and not cells[-1].strip():
        cells.pop()
    return len(cells) == len(COLUMNS) and all(
        re.fullmatch(expected, cell.strip(), re.IGNORECASE)
        for expected, cell in zip(COLUMNS, cells, strict=True)
    )


@dataclass(slots=True)
class Damage:
    """Lines that were not as they should be: how many of each kind, and where the first ones stand."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[int, str]] = field(default_factory=list)

    def note(self, kind: str, line_number: int) -> None:
        """Count a line; ``line_number`` counts from 1, the header included."""
        self.counts[kind] += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append((line_number, kind))


class _Odd(Exception):  # noqa: N818 - a turn of the road, not an error
    """The line is not of the usual form; the argument says how."""


def _checks() -> tuple[dict[bytes, int], dict[bytes, int], tuple[bytes, ...]]:
    """Tables that check a RUC by halves: ``digits[first[a] + second[b]]`` is the check digit of ``ab``."""
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    second = {
        b"%05d" % n: sum(int(d) * w for d, w in zip(f"{n:05}", weights[5:], strict=True)) % 11
        for n in range(100_000)
    }
    first = {
        f"{prefix}{n:03}".encode(): sum(
            int(d) * w for d, w in zip(f"{prefix}{n:03}", weights[:5], strict=True)
        )
        % 11
        for prefix in RUC_PREFIXES
        for n in range(1000)
    }
    digits = tuple(b"%d" % ((11 - total % 11) % 10) for total in range(21))
    assert all(  # noqa: S101 - the tables and the rule are one
        digits[first[n[:5]] + second[n[5:]]] == ruc_check_digit(n.decode()).encode()
        for n in (b"2010012345", b"1099999999", b"1700000001")
    )
    return first, second, digits


class RowReader:
    """Turns lines into sortable entries: folded name, RUC without its check digit, name, group, address.

    The parts are separated by tabs; the name is left out where it equals its folded form. ``groups``: texts
    ``estado|condicion|ubigeo``, by the number that their codes stand for.
    """

    def __init__(self) -> None:
        self.groups: list[bytes] = []
        self.damage = Damage()
        self._codes: dict[bytes, bytes] = {}
        self._tails: dict[bytes, bytes] = {}
        self._line_number = 1
        self._first, self._second, self._digits = _checks()

    def read(self, lines: Sequence[bytes]) -> list[bytes]:
        """The entries of the next lines (without their line ends)."""
        names: list[bytes] = []
        numbers: list[bytes] = []
        rest: list[bytes] = []
        first, second, digits, tails = self._first, self._second, self._digits, self._tails
        for position, line in enumerate(lines, self._line_number + 1):
            try:
                ruc, name, tail = line.split(b"|", 2)
                if digits[first[ruc[:5]] + second[ruc[5:10]]] != ruc[10:]:
                    raise KeyError
                end = tails.get(tail) or self._tail(tail)
            except (ValueError, KeyError, _Odd):
                found = self._odd(line, position)
                if found is None:
                    continue
                ruc, name, end = found
            numbers.append(ruc[:10])
            names.append(name)
            rest.append(end)
        self._line_number += len(lines)
        folded = fold(b"\n".join(names)).split(b"\n") if names else []
        written = [b"" if name == plain else name for name, plain in zip(names, folded, strict=True)]
        return list(map(b"\t".join, zip(folded, numbers, written, rest, strict=True)))

    def _tail(self, tail: bytes) -> bytes:
        """Group and address, from everything behind the name: 13 columns."""
        try:
            estado, condicion, ubigeo, address = tail.split(b"|", 3)
        except ValueError:
            raise _Odd from None
        separators = address.count(b"|")
        if separators == _ADDRESS_COLUMNS and address.endswith((b"|", b" ")):
            address = address.rstrip().removesuffix(b"|")
        elif separators != _ADDRESS_COLUMNS - 1:
            raise _Odd
        end = self._end(b"|".join((estado, condicion, ubigeo)), address)
        if len(end) == _NO_ADDRESS and len(self._tails) < _MAX_TAILS:
            self._tails[tail] = end
        return end

    def _end(self, group: bytes, address: bytes) -> bytes:
        """Code of the group, tab, address without the empty columns behind its last word."""
        address = address.rstrip()
        while address.endswith((b"|-", b"|")):
            address = address.removesuffix(b"-")[:-1].rstrip()
        if address == b"-":
            address = b""
        code = self._codes.get(group) or self._code(group)
        if code == WRITTEN_OUT:
            return b"%b\t%b|%b" % (code, group, address)
        return code + b"\t" + address

    def _code(self, group: bytes) -> bytes:
        """The code of a group as it was written, spaces and dashes included, when it comes the first time."""
        if len(self._codes) >= _MAX_TAILS:
            return WRITTEN_OUT
        cells = [b"" if cell == b"-" else cell for cell in map(bytes.strip, group.split(b"|"))]
        clean = b"|".join(cells)
        code = self._codes.get(clean)
        if code is None:
            if len(self.groups) >= MAX_GROUPS:
                return WRITTEN_OUT
            code = self._codes[clean] = group_code(len(self.groups))
            self.groups.append(clean)
        self._codes[group] = code
        return code

    def _odd(self, line: bytes, position: int) -> tuple[bytes, bytes, bytes] | None:
        """What can be saved of a line that is not of the usual form; None when it has no taxpayer."""
        if not line.strip():
            return None
        cells = [cell.strip() for cell in line.split(b"|")]
        if cells[-1] == b"":
            cells.pop()
        ruc = cells[0] if cells else b""
        if (
            ruc[:5] not in self._first
            or ruc[5:10] not in self._second
            or self._digits[self._first[ruc[:5]] + self._second[ruc[5:10]]] != ruc[10:]
        ):
            self.damage.note("ruc_invalido", position)
            return None
        if len(cells) < 5:
            # Without estado and condición nobody can rely on it.
            self.damage.note("fila_incompleta", position)
            return None
        extra = len(cells) - len(COLUMNS)
        if extra < 0:
            self.damage.note("fila_corta", position)
            cells += [b""] * -extra
        if extra > 0 and not _UBIGEO.fullmatch(cells[4]):
            if not _UBIGEO.fullmatch(cells[4 + extra]):
                self.damage.note("fila_ilegible", position)
                return None
            # The name holds the separator: everything behind it has moved.
            self.damage.note("fila_larga", position)
            name = b" ".join(cells[1 : 2 + extra])
            cells = [ruc, name, *cells[2 + extra :]]
        elif extra > 0:
            self.damage.note("fila_larga", position)
            kept = [cell for cell in cells[len(COLUMNS) :] if cell not in (b"", b"-")]
            cells = [*cells[: len(COLUMNS) - 1], b" ".join([cells[len(COLUMNS) - 1], *kept])]
        return ruc, cells[1], self._end(b"|".join(cells[2:5]), b"|".join(cells[5:]))
