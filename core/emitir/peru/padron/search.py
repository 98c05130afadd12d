"""Names: first those that begin with what was asked, then those that hold its words in any order.

The last word may be the beginning of one, from three letters on. A shorter one begins too many words of the
index: it is looked for in the names that hold the other words, of which so many are looked at; alone, it has to
be a whole word. Accents, capitals and punctuation never matter. Within each part the order is the source's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from emitir.peru.padron.charset import fold_text
from emitir.peru.padron.contribuyente import Contribuyente
from emitir.peru.padron.reader import Padron

#: Letters of a beginning that FTS5 is asked for.
_SHORTEST_BEGINNING = 3
#: Names that are looked at for a shorter one: some tenths of a second.
MOST_CANDIDATES = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """``more``: there are others, or the search stopped before it had seen all."""

    rows: tuple[Contribuyente, ...]
    more: bool


def search(padron: Padron, text: str, limit: int) -> Found:
    """Up to ``limit`` taxpayers of the name ``text``; none when it has neither letter nor digit."""
    words = fold_text(text).decode("ascii").split()
    if not words:
        return Found((), False)
    if len(words) > 1 and len(words[-1]) < _SHORTEST_BEGINNING:
        candidates = _Candidates(padron, words)
        rows = _first(candidates, limit)
        return Found(rows[:limit], len(rows) > limit or candidates.stopped)
    star = " *" if len(words[-1]) >= _SHORTEST_BEGINNING else ""
    # One more than asked for tells whether there are more; so many are enough although some come twice.
    begin = padron.named(f"{_beginning(words)}{star}", limit + 1)
    rows = _first(chain(begin, padron.named(f"{_holding(words)}{star}", limit + 1)), limit)
    return Found(rows[:limit], len(rows) > limit)


def _beginning(words: list[str]) -> str:
    """FTS5: names that begin with these words. Folding has left letters, digits and spaces only."""
    return f'^ "{" ".join(words)}"'


def _holding(words: list[str]) -> str:
    """FTS5: names that hold each of these words."""
    return " ".join(f'"{word}"' for word in words)


def _first(found: Iterable[tuple[int, Contribuyente]], limit: int) -> tuple[Contribuyente, ...]:
    """One more than ``limit``, each row once."""
    rows: dict[int, Contribuyente] = {}
    for number, taxpayer in found:
        rows.setdefault(number, taxpayer)
        if len(rows) > limit:
            break
    return tuple(rows.values())


class _Candidates:
    """Names with a short last word: those of the words before it, looked at one by one."""

    def __init__(self, padron: Padron, words: list[str]) -> None:
        self._padron = padron
        self._words = words
        #: Whether some were not looked at.
        self.stopped = False

    def __iter__(self) -> Iterator[tuple[int, Contribuyente]]:
        before, last = self._words[:-1], self._words[-1]
        for match, wanted, sign in (
            (_beginning(before), f" {' '.join(self._words)}", str.startswith),
            (_holding(before), f" {last}", str.__contains__),
        ):
            names = self._padron.named(match, MOST_CANDIDATES + 1)
            for place, (number, taxpayer) in enumerate(names):
                if place == MOST_CANDIDATES:
                    self.stopped = True
                    break
                if sign(f" {fold_text(taxpayer.nombre).decode('ascii')}", wanted):
                    yield number, taxpayer
