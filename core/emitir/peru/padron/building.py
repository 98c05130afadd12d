"""From the lines of the source to a loaded padrón, in bounded memory.

Lines are read, checked and sorted by name (temporary files); rows are packed in that order while their words
and RUCs are collected; the index of RUCs and the one of words are written.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, islice
from operator import eq
from pathlib import Path
from typing import Any

from emitir.country import Progress
from emitir.peru.padron.helper import Helper
from emitir.peru.padron.layout import LayoutWriter
from emitir.peru.padron.postings import PostingsBuilder
from emitir.peru.padron.reader import ROW_BITS, ROW_MASK
from emitir.peru.padron.rows import CODE, WRITTEN_OUT, Damage, group_number
from emitir.peru.padron.sorting import NumberSorter, Run
from emitir.peru.padron.work import Reading, packed

#: Bytes of text for which a second process pays.
_LARGE = 50 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What is held in memory at a time: ``lines`` of the source, ``postings`` (a granule under a word).

    ``helper``: whether a second process works along; None: where there is a second core and much to do.
    """

    lines: int = 250_000
    postings: int = 6_000_000
    helper: bool | None = None

    def wants_helper(self, size: int) -> bool:
        """``size``: bytes of the source."""
        if self.helper is not None:
            return self.helper
        return size > _LARGE and len(os.sched_getaffinity(0)) > 1


@contextmanager
def building(folder: Path, limits: Limits, size: int, progress: Progress) -> Iterator[Builder]:
    """A builder with its second process, if any; temporary files go to ``folder``, which the caller removes."""
    helper = Helper(folder, limits.lines) if limits.wants_helper(size) else None
    try:
        yield Builder(folder, limits, helper, progress)
    finally:
        if helper is not None:
            helper.close()


class Builder:
    """Makes one file: :meth:`take` all lines, :meth:`end_taking`, :meth:`write`."""

    def __init__(self, folder: Path, limits: Limits, helper: Helper | None, progress: Progress) -> None:
        self._folder = folder
        self._limits = limits
        self._helper = helper
        self._progress = progress
        self._reading = Reading(folder, limits.lines, 0, 2)
        self._next_line = 2
        self._runs: list[Run] = []
        self._groups: list[bytes] = []
        self._repeated = 0
        #: Of every row in order: what it counts for where its RUC stands more than once.
        self._standing = bytearray()
        self.rows = 0
        self.damage = Damage()

    def take(self, text: bytes) -> None:
        """Take whole lines of the source, decoded, in order, the header left out."""
        first, self._next_line = self._next_line, self._next_line + text.count(b"\n") + 1
        taker = self._helper if self._helper is not None and self._helper.ready else self._reading
        taker.take(text, first)

    def end_taking(self) -> None:
        """Then ``rows`` and ``damage`` are known, exact repetitions still among the rows."""
        parts = [self._reading.taken(), *([self._helper.taken()] if self._helper is not None else [])]
        del self._reading
        self.rows = sum(part.rows for part in parts)
        self.damage = sum((part.damage for part in parts), Damage())
        self._runs = [run for part in parts for run in part.runs]
        numbered = {number: group for part in parts for group, number in part.groups.items()}
        self._groups = [numbered.get(number, b"||") for number in range(max(numbered, default=-1) + 1)]

    def write(self, target: Path, facts: Mapping[str, Any]) -> None:
        """Write ``target``, whole and on the disk when this returns. ``facts``: of the source."""
        writer = LayoutWriter(target)
        try:
            numbers = NumberSorter(self._folder / "rucs")
            postings = PostingsBuilder(self._folder, self._limits.postings)
            rows = self._write_blocks(writer, numbers, postings)
            for run in self._runs:
                run.path.unlink()
            self._write_rucs(writer, numbers)
            for done, total in postings.finish(writer):
                self._progress("indexar", done, total)
            writer.finish(
                {
                    **facts,
                    "filas": rows,
                    "repetidas": self._repeated,
                    "danos": dict(self.damage.counts),
                    "primeros_danos": self.damage.examples,
                }
            )
        except BaseException:
            writer.abandon()
            raise

    def _write_blocks(self, writer: LayoutWriter, numbers: NumberSorter, postings: PostingsBuilder) -> int:
        """The rows in the order of their names; gives how many there are."""
        starts, rows, place = array("Q"), 0, 0
        standing = _Standing(self._groups)
        writer.begin("blocks")
        source = self._helper.packed(self._runs) if self._helper else packed(self._runs, self._limits.lines)
        for found in source:
            for length in found.lengths:
                starts.append(place)
                place += length
            writer.write(found.blocks)
            rucs = memoryview(found.rucs).cast("I")
            numbers.add([ruc << ROW_BITS | row for row, ruc in enumerate(rucs, rows)])
            postings.add(rows, found.folded.split(b"\n"))
            codes = [found.groups[i : i + CODE] for i in range(0, len(found.groups), CODE)]
            self._standing += bytes(map(standing.__getitem__, codes))
            rows += len(rucs)
            self._progress("ordenar", rows, self.rows)
        starts.append(place)
        self._repeated = self.rows - rows
        for name, section in (("block_starts", starts.tobytes()), ("groups", b"\n".join(self._groups))):
            writer.begin(name)
            writer.write(section)
        return rows

    def _write_rucs(self, writer: LayoutWriter, numbers: NumberSorter) -> None:
        """The index of RUCs; where a RUC stands more than once, the row that speaks for it."""
        writer.begin("rucs")
        for pairs in numbers.ranges(self._limits.lines):
            rucs = [pair >> ROW_BITS for pair in pairs]
            if any(map(eq, rucs, islice(rucs, 1, None))):
                single = [
                    self._speaking(list(same)) for _, same in groupby(pairs, lambda pair: pair >> ROW_BITS)
                ]
                self._repeated += len(pairs) - len(single)
                pairs = single
            writer.write(array("Q", pairs).tobytes())

    def _speaking(self, pairs: list[int]) -> int:
        """Of rows with the same RUC: an active one, one at home, the first by name, in this order."""
        return max(pairs, key=lambda pair: self._standing[pair & ROW_MASK]) if len(pairs) > 1 else pairs[0]


class _Standing(dict[bytes, int]):
    """Code of a group to how much its row says: an active taxpayer above others, one at home above others."""

    def __init__(self, groups: list[bytes]) -> None:
        super().__init__({WRITTEN_OUT: 0})
        self._groups = groups

    def __missing__(self, code: bytes) -> int:
        estado, condicion, _ = self._groups[group_number(code)].split(b"|")
        self[code] = standing = 2 * (estado == b"ACTIVO") + (condicion == b"HABIDO")
        return standing
