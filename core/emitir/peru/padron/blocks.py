"""Rows in blocks: 256 neighbours in the order of their names, packed together.

A block is the RUCs without check digit (4 bytes each), the codes of their groups (3 bytes each), and names
and addresses compressed. Neighbours have names that begin alike, which compresses well.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from emitir.peru.padron.charset import fold
from emitir.peru.padron.rows import CODE

ROWS = 256
#: Higher levels save a twentieth at most.
_LEVEL = 1
_PER_ROW = 4 + CODE
#: Of an entry: folded name, RUC, name, group, address.
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Packed:
    """Blocks one behind the other and how long each is; of their rows the folded names (one a line), the RUCs
    without check digit (4 bytes each) and the codes of the groups. Bytes, because they go through a pipe.
    """

    blocks: bytes
    lengths: list[int]
    folded: bytes
    rucs: bytes
    groups: bytes


def pack(entries: Sequence[bytes]) -> Packed:
    """Pack entries of :class:`~emitir.peru.padron.rows.RowReader`, in order; only the last block may be short."""
    # One split of everything is several times faster than one per entry.
    parts = b"\t".join(entries).split(b"\t")
    folded, rucs, written, groups, addresses = (parts[i::_PARTS] for i in range(_PARTS))
    names = [name or plain for plain, name in zip(folded, written, strict=True)]
    numbers = array("I", map(int, rucs)).tobytes()
    codes = b"".join(groups)
    content = []
    for start in range(0, len(entries), ROWS):
        end = start + ROWS
        text = b"\n".join(names[start:end]) + b"\0" + b"\n".join(addresses[start:end])
        content.append(
            numbers[4 * start : 4 * end] + codes[CODE * start : CODE * end] + zlib.compress(text, _LEVEL)
        )
    return Packed(b"".join(content), list(map(len, content)), b"\n".join(folded), numbers, codes)


@dataclass(frozen=True)
class Block:
    """A block as it stands in the file; ``rows``: how many it holds."""

    content: memoryview
    rows: int

    @property
    def rucs(self) -> memoryview:
        """RUCs without their check digit."""
        return self.content[: 4 * self.rows].cast("I")

    def group(self, index: int) -> bytes:
        """Code of the group of a row."""
        start = 4 * self.rows + CODE * index
        return bytes(self.content[start : start + CODE])

    @cached_property
    def _texts(self) -> tuple[bytes, bytes]:
        names, _, addresses = zlib.decompress(self.content[_PER_ROW * self.rows :]).partition(b"\0")
        return names, addresses

    @cached_property
    def names(self) -> list[bytes]:
        """Names as they were written."""
        return self._texts[0].split(b"\n")

    @cached_property
    def folded(self) -> list[bytes]:
        """Names as they are compared."""
        return fold(self._texts[0]).split(b"\n")

    @cached_property
    def addresses(self) -> list[bytes]:
        """Ten columns of the address, ``|`` between them, empty ones at the end left out."""
        return self._texts[1].split(b"\n")
