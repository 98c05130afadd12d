"""Names: first those that begin with what was asked, then those that hold its words in any order.

The last word may be the beginning of one. Accents, capitals and punctuation never matter. A search looks into
so many blocks at most, and says when it stopped there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emitir.peru.padron import blocks
from emitir.peru.padron.blocks import Block
from emitir.peru.padron.charset import fold_text
from emitir.peru.padron.contribuyente import Contribuyente
from emitir.peru.padron.postings import SEGMENT, Rows
from emitir.peru.padron.reader import Padron

#: Blocks that one search unpacks at most: some tenths of a second.
_MOST_BLOCKS = 3000
#: Words that a beginning may stand for; a shorter one is looked for in the rows that the other words give.
_MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Found:
    """``more``: there are others, or the search stopped before it had seen all."""

    rows: tuple[Contribuyente, ...]
    more: bool


def search(padron: Padron, text: str, limit: int) -> Found:
    """Up to ``limit`` taxpayers of the name ``text``; none when it has neither letter nor digit."""
    query = fold_text(text)
    if not query:
        return Found((), False)
    return _Search(padron, query, limit).run()


class _Search:
    def __init__(self, padron: Padron, query: bytes, limit: int) -> None:
        self._padron = padron
        self._query = query
        self._words = query.split()
        self._limit = limit
        self._looked = 0
        self._rows: dict[int, Contribuyente] = {}
        self._last: tuple[int, Block] | None = None

    def run(self) -> Found:
        complete = self._beginning() and self._holding()
        rows = tuple(self._rows.values())
        return Found(rows[: self._limit], not complete or len(rows) > self._limit)

    def _beginning(self) -> bool:
        """Names that begin with the query; False when it stopped early."""
        padron = self._padron
        after = bisect_left(range(padron.blocks), self._query, key=lambda n: padron.block(n).folded[0])
        for number in range(max(0, after - 1), padron.blocks):
            block = self._block(number)
            if block is None:
                return False
            folded = block.folded
            for index in range(bisect_left(folded, self._query), len(folded)):
                if not folded[index].startswith(self._query):
                    return True
                if not self._take(number, block, index):
                    return False
        return True

    def _holding(self) -> bool:
        """Names that hold every word; False when it stopped early."""
        postings = self._padron.postings
        exact = [postings.find(word) for word in {*self._words[:-1]}]
        required = [rows for rows in exact if rows is not None]
        last = postings.beginning_with(self._words[-1])
        if len(required) < len(exact) or not last:
            return True
        # Too many beginnings to bring together: the names decide. With no other word, the first ones are enough.
        by_name = bool(required) and len(last) > _MOST_WORDS
        any_of = [] if by_name else [postings.rows(number) for number in last[:_MOST_WORDS]]
        wanted = b" " + self._words[-1]
        for row in _in_all(required, any_of):
            number, index = divmod(row, blocks.ROWS)
            block = self._block(number)
            if block is None:
                return False
            if by_name and wanted not in b" " + block.folded[index]:
                continue
            if not self._take(number, block, index):
                return False
        return len(last) <= _MOST_WORDS or by_name

    def _block(self, number: int) -> Block | None:
        """A block, unpacked once while it is looked at; None when enough have been."""
        if self._last is not None and self._last[0] == number:
            return self._last[1]
        if self._looked >= _MOST_BLOCKS:
            return None
        self._looked += 1
        block = self._padron.block(number)
        self._last = (number, block)
        return block

    def _take(self, number: int, block: Block, index: int) -> bool:
        """Take a row, unless its RUC stands in another; False when there are enough."""
        row = number * blocks.ROWS + index
        if row not in self._rows and self._padron.row_of(block.rucs[index]) == row:
            self._rows[row] = self._padron.taxpayer(block, index)
        return len(self._rows) <= self._limit


def _in_all(required: Sequence[Rows], any_of: Sequence[Rows]) -> Iterator[int]:
    """Rows that every one of ``required`` has, and one of ``any_of`` where there are such; in order."""
    ordered = sorted(required, key=lambda rows: rows.count)
    lists = [rows.segments for rows in ordered]
    if any_of:
        lists.append(sorted({segment for rows in any_of for segment in rows.segments}))
    for segment in sorted(set(lists[0]).intersection(*lists[1:])):
        common: set[int] | None = None
        for rows in ordered:
            within = rows.within(segment)
            common = set(within) if common is None else common.intersection(within)
        if any_of and common != set():
            either: set[int] = set()
            for rows in any_of:
                within = rows.within(segment)
                either.update(within if common is None else common.intersection(within))
            common = either
        yield from (segment * SEGMENT + place for place in sorted(common or ()))
