"""A line of the padrón reducido, taken apart: 15 columns, ``|`` between them and behind the last (spec.md §15).

The hot path of loading: most lines belong to natural persons without an address, and everything behind
their name is one of few texts, looked up instead of parsed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from emitir.peru.identity import RUC_PREFIXES, ruc_weighted_sum
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
_ADDRESS_COLUMNS = 10
#: Kinds of damage that cost the line: nothing of it is kept.
LOST = ("ruc_invalido", "fila_incompleta", "fila_ilegible")
#: Texts behind the name, and groups, that are remembered.
_MOST_REMEMBERED = 200_000
_EXAMPLES = 20
_UBIGEO = re.compile(rb"[0-9]{6}|-?")


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


class _Checks:
    """Tables that check the RUC at the beginning of a line; small ones, so that they stay in the cache.

    ``start[line[:5]] + middle[line[5:8]] in end[line[8:12]]``: what the digits add to the sum (mod 11), and the
    sums that two digits and the check digit behind them go together with. The separator belongs to the last
    part, so that a longer number is none.
    """

    def __init__(self) -> None:
        self.start = {
            f"{prefix}{n:03}".encode(): ruc_weighted_sum(f"{prefix}{n:03}00000") % 11
            for prefix in RUC_PREFIXES
            for n in range(1000)
        }
        self.middle = {b"%03d" % n: ruc_weighted_sum(f"00000{n:03}00") % 11 for n in range(1000)}
        self.end = {}
        for n in range(100):
            rest = ruc_weighted_sum(f"00000000{n:02}")
            for digit in range(10):
                sums = tuple(s for s in range(21) if (11 - (s + rest) % 11) % 10 == digit)
                self.end[b"%02d%d|" % (n, digit)] = sums

    def fits(self, ruc: bytes) -> bool:
        """Whether this is a RUC."""
        return (
            ruc[:5] in self.start
            and ruc[5:8] in self.middle
            and self.start[ruc[:5]] + self.middle[ruc[5:8]] in self.end.get(ruc[8:] + b"|", ())
        )


class Rows(NamedTuple):
    """Columns of rows in the order of the source; lists, because they go through a pipe as they are.

    ``folded``: names as they are searched; ``groups``: ``estado|condicion|ubigeo``; ``addresses``: ten columns,
    ``|`` between them, without the empty ones at the end.
    """

    rucs: list[int]
    names: list[str]
    folded: list[str]
    groups: list[str]
    addresses: list[str]


class RowReader:
    """Turns lines into rows, and counts what is wrong with them."""

    def __init__(self) -> None:
        self.damage = Damage()
        self._groups: dict[tuple[bytes, bytes, bytes], str] = {}
        self._tails: dict[bytes, tuple[str, str]] = {}
        self._checks = _Checks()

    def read(self, text: bytes, first_line: int) -> Rows:
        """The rows of whole lines, decoded; ``first_line``: number of the first of them."""
        rucs: list[int] = []
        names: list[bytes] = []
        groups: list[str] = []
        addresses: list[str] = []
        start, middle, end, tails = self._checks.start, self._checks.middle, self._checks.end, self._tails
        for position, line in enumerate(text.split(b"\n"), first_line):
            try:
                if start[line[:5]] + middle[line[5:8]] not in end[line[8:12]]:
                    raise KeyError
                _, name, tail = line.split(b"|", 2)
                group, address = tails.get(tail) or self._tail(tail)
            except (ValueError, KeyError, _Odd):
                found = self._odd(line, position)
                if found is None:
                    continue
                line, name, (group, address) = found
            rucs.append(int(line[:11]))
            names.append(name)
            groups.append(group)
            addresses.append(address)
        if not rucs:
            return Rows([], [], [], [], [])
        joined = b"\n".join(names)
        return Rows(rucs, to_text(joined).split("\n"), to_text(fold(joined)).split("\n"), groups, addresses)

    def _tail(self, tail: bytes) -> tuple[str, str]:
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
        end = self._end((estado, condicion, ubigeo), address)
        if not end[1] and len(self._tails) < _MOST_REMEMBERED:
            self._tails[tail] = end
        return end

    def _end(self, cells: tuple[bytes, bytes, bytes], address: bytes) -> tuple[str, str]:
        """Group, and address without the empty columns at its end."""
        short = address.rstrip(b"|- ")
        if short and address.startswith(b"-", len(short)):
            # It belongs to the last word.
            short += b"-"
        group = self._groups.get(cells)
        if group is None:
            clean = (b"" if cell == b"-" else cell for cell in map(bytes.strip, cells))
            group = to_text(b"|".join(clean))
            if len(self._groups) < _MOST_REMEMBERED:
                self._groups[cells] = group
        return group, to_text(short)

    def _odd(self, line: bytes, position: int) -> tuple[bytes, bytes, tuple[str, str]] | None:
        """RUC, name and what is behind it, saved from a line that is not of the usual form; None when it has no taxpayer."""
        if not line.strip():
            return None
        cells = [cell.strip() for cell in line.split(b"|")]
        if cells[-1] == b"":
            cells.pop()
        ruc = cells[0] if cells else b""
        if not self._checks.fits(ruc):
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
        return ruc, cells[1], self._end((cells[2], cells[3], cells[4]), b"|".join(cells[5:]))
