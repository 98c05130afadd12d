"""Which rows hold a word. Rows are numbered in the order of their names, from 0.

A word in few rows is a list of numbers (4 bytes each). A word in many is a list per segment of 65,536 rows
(2 bytes each), with a directory, so that frequent words are brought together segment by segment and a search
can stop as soon as it has enough. A row stands twice under a word that its name has twice.
"""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

from emitir.peru.padron.layout import LayoutReader, LayoutWriter

SEGMENT = 65_536
#: Words in more rows than this are kept by segment.
_MANY = 1024


class PostingsBuilder:
    """Takes names in order, writes the sections; ``limit``: postings that are held in memory at a time."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._held = 0
        self._rows_of: defaultdict[bytes, list[int]] = defaultdict(list)
        self._runs: list[Path] = []

    def add(self, first_row: int, names: Sequence[bytes]) -> None:
        """Take folded names; the first of them is row ``first_row``."""
        rows_of = self._rows_of
        for row, name in enumerate(names, first_row):
            for word in name.split():
                rows_of[word].append(row)
        self._held += b" ".join(names).count(b" ") + len(names)
        if self._held >= self._limit:
            self._write_run()

    def _write_run(self) -> None:
        path = self._folder / f"postings-{len(self._runs)}"
        words = sorted(self._rows_of)
        with path.open("wb", buffering=1 << 20) as file:
            for word in words:
                file.write(array("I", self._rows_of[word]).tobytes())
        counts = array("I", [len(self._rows_of[word]) for word in words])
        path.with_suffix(".counts").write_bytes(counts.tobytes())
        path.with_suffix(".words").write_bytes(b"\n".join(words))
        self._runs.append(path)
        self._rows_of.clear()
        self._held = 0

    def _run(self, number: int) -> Iterator[tuple[bytes, int, bytes]]:
        """Word, number of the run and rows, in the order of the words."""
        path = self._runs[number]
        counts = array("I", path.with_suffix(".counts").read_bytes())
        with path.open("rb", buffering=1 << 18) as file, path.with_suffix(".words").open("rb") as words:
            for word, count in zip(words, counts, strict=True):
                yield word.rstrip(b"\n"), number, file.read(4 * count)

    def finish(self, writer: LayoutWriter) -> Iterator[tuple[int, int]]:
        """Write the sections; yields postings so far and postings altogether, now and then."""
        if self._rows_of:
            self._write_run()
        total = sum(path.stat().st_size for path in self._runs) // 4
        done = 0
        words, word_ends, starts, counts = bytearray(), array("I"), array("Q"), array("I")
        writer.begin("postings")
        merged = heapq.merge(*[self._run(number) for number in range(len(self._runs))])
        for word, parts in groupby(merged, key=itemgetter(0)):
            rows = b"".join([part[2] for part in parts])
            words += word
            word_ends.append(len(words))
            starts.append(writer.position())
            counts.append(len(rows) // 4)
            writer.write(rows if len(rows) <= 4 * _MANY else _by_segment(rows))
            done += len(rows) // 4
            if not len(counts) % 50_000:
                yield done, total
        starts.append(writer.position())
        for name, content in (
            ("words", words),
            ("word_ends", word_ends.tobytes()),
            ("posting_starts", starts.tobytes()),
            ("posting_counts", counts.tobytes()),
        ):
            writer.begin(name)
            writer.write(content)
        yield done, total


def _by_segment(rows: bytes) -> bytes:
    """Number of segments, their numbers, where each begins, then the lower halves of the rows."""
    numbers = memoryview(rows).cast("I")
    segments, starts = array("I"), array("I")
    for segment in range(numbers[0] // SEGMENT, numbers[-1] // SEGMENT + 1):
        start = bisect_left(numbers, segment * SEGMENT)
        if start < len(numbers) and numbers[start] < (segment + 1) * SEGMENT:
            segments.append(segment)
            starts.append(start)
    starts.append(len(numbers))
    lower = memoryview(rows).cast("H")[::2].tobytes()
    padding = bytes(-len(lower) % 4)
    return b"".join(
        (len(segments).to_bytes(4, "little"), segments.tobytes(), starts.tobytes(), lower, padding)
    )


class Rows:
    """The rows of one word."""

    def __init__(self, content: memoryview, count: int) -> None:
        self.count = count
        self._list: memoryview | None = None
        self._by_segment: dict[int, tuple[int, int]] = {}
        if count <= _MANY:
            self._list = content.cast("I")
            return
        segments = int.from_bytes(content[:4], "little")
        directory = content[4 : 8 * segments + 8].cast("I")
        self._lower = content[8 * segments + 8 :].cast("H")
        self._by_segment = dict(zip(directory[:segments], pairwise(directory[segments:]), strict=True))

    @property
    def segments(self) -> Sequence[int]:
        """Segments with rows of this word, in order."""
        if self._list is None:
            return list(self._by_segment)
        return sorted({row // SEGMENT for row in self._list})

    def within(self, segment: int) -> Sequence[int]:
        """Rows in a segment, in order, counted from its beginning."""
        if self._list is None:
            start, end = self._by_segment.get(segment, (0, 0))
            return self._lower[start:end]
        start = bisect_left(self._list, segment * SEGMENT)
        end = bisect_left(self._list, (segment + 1) * SEGMENT, start)
        return [row % SEGMENT for row in self._list[start:end]]


class Postings:
    """The words of a file, by their number in alphabetical order."""

    def __init__(self, layout: LayoutReader) -> None:
        self._words = layout.section("words")
        self._ends = layout.section("word_ends").cast("I")
        self._starts = layout.section("posting_starts").cast("Q")
        self._counts = layout.section("posting_counts").cast("I")
        self._postings = layout.section("postings")

    def word(self, number: int) -> bytes:
        """A word by its number."""
        return bytes(self._words[self._ends[number - 1] if number else 0 : self._ends[number]])

    def _position(self, word: bytes) -> int:
        """Number of the first word that is not below ``word``."""
        low, high = 0, len(self._ends)
        while low < high:
            middle = (low + high) // 2
            if self.word(middle) < word:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, word: bytes) -> Rows | None:
        """The rows of exactly this word."""
        number = self._position(word)
        if number == len(self._ends) or self.word(number) != word:
            return None
        return self.rows(number)

    def beginning_with(self, prefix: bytes) -> range:
        """Numbers of the words that begin so."""
        return range(self._position(prefix), self._position(prefix + b"\xff"))

    def rows(self, number: int) -> Rows:
        """The rows of a word by its number."""
        content = self._postings[self._starts[number] : self._starts[number + 1]]
        return Rows(content, self._counts[number])
