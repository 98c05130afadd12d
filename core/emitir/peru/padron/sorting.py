"""Sorting more than memory holds: sorted runs in temporary files, merged range by range.

Each run remembers a sample of what it holds. The samples of all runs together cut the whole into ranges of
about equal size, whatever the data look like, so that one range at a time fits in memory.
"""

from __future__ import annotations

import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

#: Lines between two samples of a run.
_GROUP = 512


class LineSorter:
    """Lines of bytes, without line ends in them; ``size``: lines that are held in memory at a time."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._size = size
        self._lines: list[bytes] = []
        self._runs: list[tuple[Path, list[bytes], list[int]]] = []

    def add(self, lines: list[bytes]) -> None:
        """Take some more lines."""
        self._lines += lines
        if len(self._lines) >= self._size:
            self._write_run()

    def _write_run(self) -> None:
        lines, self._lines = self._lines, []
        lines.sort()
        path = self._folder / f"lines-{len(self._runs)}"
        offsets = [0]
        with path.open("wb", buffering=1 << 20) as file:
            for start in range(0, len(lines), _GROUP):
                offsets.append(offsets[-1] + file.write(b"\n".join(lines[start : start + _GROUP]) + b"\n"))
        self._runs.append((path, lines[::_GROUP], offsets))

    def ranges(self) -> Iterator[list[bytes]]:
        """Every line in order, a list of about ``size`` at a time. Ends the taking."""
        if not self._runs:
            self._lines.sort()
            yield self._lines
            return
        if self._lines:
            self._write_run()
        samples = sorted(sample for _, run_samples, _ in self._runs for sample in run_samples)
        step = max(1, self._size // _GROUP)
        # Below every line, and above: no line begins with 0xFF 0xFF.
        for lower, upper in pairwise([b"", *samples[step::step], b"\xff\xff"]):
            lines: list[bytes] = []
            for path, run_samples, offsets in self._runs:
                lines += _between(path, run_samples, offsets, lower, upper)
            lines.sort()
            yield lines


def _between(path: Path, samples: list[bytes], offsets: list[int], lower: bytes, upper: bytes) -> list[bytes]:
    """The lines of a run from ``lower`` up to ``upper``, which does not belong to them."""
    first = max(0, bisect_left(samples, lower) - 1)
    last = bisect_left(samples, upper)
    if last <= first:
        return []
    with path.open("rb") as file:
        file.seek(offsets[first])
        lines = file.read(offsets[last] - offsets[first]).split(b"\n")
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
