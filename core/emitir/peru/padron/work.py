"""The two halves of the work that a second process can do: reading lines, and packing them in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import eq
from pathlib import Path

from emitir.peru.padron import blocks
from emitir.peru.padron.blocks import Packed, pack
from emitir.peru.padron.rows import Damage, RowReader
from emitir.peru.padron.sorting import LineSorter, Run, merged


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process has read: sorted runs in files, the groups that their codes mean, and what was wrong."""

    rows: int
    runs: list[Run]
    groups: dict[bytes, int]
    damage: Damage


class Reading:
    """Lines of the source into sorted runs; process ``which`` of ``of``, ``size``: lines of a run."""

    def __init__(self, folder: Path, size: int, which: int, of: int) -> None:
        self._reader = RowReader(which, of)
        self._sorter = LineSorter(folder, f"lines-{which}", size)
        self._rows = 0

    def take(self, text: bytes, first_line: int) -> None:
        """Take whole lines, decoded."""
        entries = self._reader.read(text.split(b"\n"), first_line)
        self._rows += len(entries)
        self._sorter.add(entries)

    def taken(self) -> Taken:
        """Everything so far. Ends the taking."""
        return Taken(self._rows, self._sorter.runs(), self._reader.groups, self._reader.damage)


def packed(runs: Sequence[Run], size: int) -> Iterator[Packed]:
    """Every row in the order of their names, about ``size`` at a time, exact repetitions left out."""
    kept: list[bytes] = []
    for entries in merged(runs, size):
        if any(map(eq, entries, islice(entries, 1, None))):
            entries = entries[:1] + [b for a, b in pairwise(entries) if a != b]
        entries = kept + entries
        whole = len(entries) - len(entries) % blocks.ROWS
        kept = entries[whole:]
        if whole:
            yield pack(entries[:whole])
    if kept:
        yield pack(kept)
