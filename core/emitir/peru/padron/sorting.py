"""Sorting more than memory holds: sorted runs in temporary files, merged range by range.

Each run remembers a sample of what it holds. The samples of all runs together cut the whole into ranges of
about equal size, whatever the data look like, so that one range at a time fits in memory.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

#: Lines between two samples of a run.
_GROUP = 512


@dataclass(frozen=True, slots=True)
class Run:
    """Sorted lines in a file; ``samples``: every 512th of them, ``offsets``: where these begin, and the end."""

    path: Path
    samples: list[bytes]
    offsets: list[int]


class LineSorter:
    """Writes runs of ``size`` lines into ``folder``; the lines are bytes without line ends in them."""

    def __init__(self, folder: Path, name: str, size: int) -> None:
        self._folder = folder
        self._name = name
        self._size = size
        self._lines: list[bytes] = []
        self._runs: list[Run] = []

    def add(self, lines: list[bytes]) -> None:
        """Take some more lines."""
        self._lines += lines
        if len(self._lines) >= self._size:
            self._write_run()

    def runs(self) -> list[Run]:
        """Every run. Ends the taking."""
        if self._lines:
            self._write_run()
        return self._runs

    def _write_run(self) -> None:
        lines, self._lines = self._lines, []
        lines.sort()
        path = self._folder / f"{self._name}-{len(self._runs)}"
        offsets = [0]
        with path.open("wb", buffering=1 << 20) as file:
            for start in range(0, len(lines), _GROUP):
                offsets.append(offsets[-1] + file.write(b"\n".join(lines[start : start + _GROUP]) + b"\n"))
        self._runs.append(Run(path, lines[::_GROUP], offsets))


def merged(runs: Sequence[Run], size: int) -> Iterator[list[bytes]]:
    """Every line of ``runs`` in order, a list of about ``size`` at a time."""
    samples = sorted(sample for run in runs for sample in run.samples)
    step = max(1, size // _GROUP)
    # Below every line, and above: no line begins with 0xFF 0xFF.
    for lower, upper in pairwise([b"", *samples[step::step], b"\xff\xff"]):
        lines: list[bytes] = []
        for run in runs:
            lines += _between(run, lower, upper)
        lines.sort()
        yield lines


def _between(run: Run, lower: bytes, upper: bytes) -> list[bytes]:
    """The lines of a run from ``lower`` up to ``upper``, which does not belong to them."""
    first = max(0, bisect_left(run.samples, lower) - 1)
    last = bisect_left(run.samples, upper)
    if last <= first:
        return []
    with run.path.open("rb") as file:
        file.seek(run.offsets[first])
        lines = file.read(run.offsets[last] - run.offsets[first]).split(b"\n")
    lines.pop()
    return lines[bisect_left(lines, lower) : bisect_left(lines, upper)]


class NumberSorter:
    """Whole numbers below 2**64."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb", buffering=1 << 20)
        self._lengths: list[int] = []

    def add(self, numbers: list[int]) -> None:
        """Take a run of numbers."""
        if numbers:
            array("Q", sorted(numbers)).tofile(self._file)
            self._lengths.append(len(numbers))

    def ranges(self, size: int) -> Iterator[list[int]]:
        """Every number in order, a list of about ``size`` at a time. Ends the taking."""
        self._file.close()
        if not self._lengths:
            return
        with self._path.open("rb") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast("Q")
        runs, start = [], 0
        for length in self._lengths:
            runs.append(whole[start : start + length])
            start += length
        samples = sorted(number for run in runs for number in run[::_GROUP])
        step = max(1, size // _GROUP)
        for lower, upper in pairwise([0, *samples[step::step], 1 << 64]):
            numbers: list[int] = []
            for run in runs:
                numbers += run[bisect_left(run, lower) : bisect_left(run, upper)].tolist()
            numbers.sort()
            yield numbers
