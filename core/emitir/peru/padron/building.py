"""From the lines of the source to a loaded padrón, in bounded memory.

Three passes: lines are read, checked and sorted by name (temporary files); rows are packed in that order
while their words and RUCs are collected; the index of RUCs and the one of words are written.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import eq
from pathlib import Path
from typing import Any

from emitir.country import Progress
from emitir.peru.padron import blocks
from emitir.peru.padron.layout import LayoutWriter
from emitir.peru.padron.postings import PostingsBuilder
from emitir.peru.padron.reader import ROW_BITS
from emitir.peru.padron.rows import Damage, RowReader
from emitir.peru.padron.sorting import LineSorter, NumberSorter


@dataclass(frozen=True, slots=True)
class Limits:
    """What is held in memory at a time: ``lines`` of the source, ``postings`` (a granule under a word)."""

    lines: int = 250_000
    postings: int = 8_000_000


class Builder:
    """Makes one file; temporary files go to ``folder``, which the caller removes."""

    def __init__(self, folder: Path, limits: Limits, progress: Progress) -> None:
        self._folder = folder
        self._limits = limits
        self._progress = progress
        self._reader = RowReader()
        self._sorter = LineSorter(folder, limits.lines)
        self._taken = 0
        self._repeated = 0

    def take(self, lines: list[bytes]) -> None:
        """Take some lines of the source, in order, the header left out."""
        entries = self._reader.read(lines)
        self._taken += len(entries)
        self._sorter.add(entries)

    @property
    def damage(self) -> Damage:
        """What was wrong with lines so far."""
        return self._reader.damage

    @property
    def taken(self) -> int:
        """Rows so far."""
        return self._taken

    def write(self, target: Path, facts: Mapping[str, Any]) -> int:
        """Write ``target``, whole and on the disk when this returns; gives its rows. ``facts``: of the source."""
        writer = LayoutWriter(target)
        try:
            numbers = NumberSorter(self._folder / "rucs")
            postings = PostingsBuilder(self._folder, self._limits.postings)
            rows = self._write_blocks(writer, numbers, postings)
            self._write_rucs(writer, numbers)
            for done, total in postings.finish(writer):
                self._progress("indexar", done, total)
            damage = self._reader.damage
            writer.finish(
                {
                    **facts,
                    "filas": rows,
                    "repetidas": self._repeated,
                    "danos": dict(damage.counts),
                    "primeros_danos": damage.examples,
                }
            )
        except BaseException:
            writer.abandon()
            raise
        return rows

    def _write_blocks(self, writer: LayoutWriter, numbers: NumberSorter, postings: PostingsBuilder) -> int:
        """The rows in the order of their names; gives how many there are."""
        starts = array("Q")
        rows = 0
        writer.begin("blocks")
        for entries in self._in_blocks():
            packed = blocks.pack(entries)
            for content in packed.blocks:
                starts.append(writer.position())
                writer.write(content)
            numbers.add([ruc << ROW_BITS | row for row, ruc in enumerate(packed.rucs, rows)])
            postings.add(rows, packed.folded)
            rows += len(entries)
            self._progress("ordenar", rows, self._taken)
        starts.append(writer.position())
        for name, section in (
            ("block_starts", starts.tobytes()),
            ("groups", b"\n".join(self._reader.groups)),
        ):
            writer.begin(name)
            writer.write(section)
        return rows

    def _in_blocks(self) -> Iterable[list[bytes]]:
        """Entries in order, in lists of whole blocks (the last one aside), without exact repetitions."""
        kept: list[bytes] = []
        for entries in self._sorter.ranges():
            if any(map(eq, entries, islice(entries, 1, None))):
                different = entries[:1] + [b for a, b in pairwise(entries) if a != b]
                self._repeated += len(entries) - len(different)
                entries = different
            entries = kept + entries
            whole = len(entries) - len(entries) % blocks.ROWS
            kept = entries[whole:]
            step = blocks.ROWS * 512
            for start in range(0, whole, step):
                yield entries[start : min(start + step, whole)]
        if kept:
            yield kept

    def _write_rucs(self, writer: LayoutWriter, numbers: NumberSorter) -> None:
        """The index of RUCs; of rows with the same RUC the first one by name is found by it."""
        writer.begin("rucs")
        for pairs in numbers.ranges(self._limits.lines):
            rucs = [pair >> ROW_BITS for pair in pairs]
            if any(map(eq, rucs, islice(rucs, 1, None))):
                single = pairs[:1] + [b for a, b in pairwise(pairs) if a >> ROW_BITS != b >> ROW_BITS]
                self._repeated += len(pairs) - len(single)
                pairs = single
            writer.write(array("Q", pairs).tobytes())
