"""A loaded padrón: rows by RUC, rows by name, and what the file says of itself."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emitir.peru.identity import ruc_check_digit
from emitir.peru.padron import blocks
from emitir.peru.padron.blocks import Block
from emitir.peru.padron.charset import to_text
from emitir.peru.padron.contribuyente import Contribuyente, address
from emitir.peru.padron.layout import LayoutReader, identity_of
from emitir.peru.padron.postings import Postings
from emitir.peru.padron.rows import WRITTEN_OUT, group_number

#: In the index of RUCs: the RUC without check digit above, the number of the row below.
ROW_BITS = 32
ROW_MASK = (1 << ROW_BITS) - 1


class Padron:
    """One file, for many threads at the same time. Rows are numbered in the order of their names."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, and BrokenFile when it is not a whole file of ours."""
        layout = LayoutReader(path)
        self.identity = layout.identity
        self.facts: Mapping[str, Any] = layout.facts
        self.rows: int = layout.facts["filas"]
        self.postings = Postings(layout)
        self._content = layout.section("blocks")
        self._starts = layout.section("block_starts").cast("Q")
        self._rucs = layout.section("rucs").cast("Q")
        self._groups = bytes(layout.section("groups")).split(b"\n")

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return len(self._starts) - 1

    def block(self, number: int) -> Block:
        """A block by its number."""
        rows = min(blocks.ROWS, self.rows - number * blocks.ROWS)
        return Block(self._content[self._starts[number] : self._starts[number + 1]], rows)

    def find(self, ruc: str) -> Contribuyente | None:
        """The taxpayer with this RUC (11 digits)."""
        row = self.row_of(int(ruc[:10]))
        if row is None:
            return None
        number, index = divmod(row, blocks.ROWS)
        return self.taxpayer(self.block(number), index)

    def row_of(self, first_ten: int) -> int | None:
        """The row that speaks for a RUC, given without its check digit; others with the same RUC do not count."""
        position = bisect_left(self._rucs, first_ten << ROW_BITS)
        if position == len(self._rucs) or self._rucs[position] >> ROW_BITS != first_ten:
            return None
        return self._rucs[position] & ROW_MASK

    def taxpayer(self, block: Block, index: int) -> Contribuyente:
        """The row at a place of a block."""
        code = block.group(index)
        cells = to_text(block.addresses[index]).split("|")
        if code == WRITTEN_OUT:
            group, cells = cells[:3], cells[3:]
        else:
            group = to_text(self._groups[group_number(code)]).split("|")
        first_ten = str(block.rucs[index])
        return Contribuyente(
            nombre=" ".join(to_text(block.names[index]).split()),
            ruc=first_ten + ruc_check_digit(first_ten),
            estado=group[0],
            condicion=group[1],
            ubigeo=group[2],
            direccion=address(cells),
            fuente=self.facts["fuente"],
            fecha=self.facts["fecha"],
        )


class Current:
    """The file under a name, whichever it is now: a new one is noticed with the next question."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._open: Padron | None = None

    def get(self) -> Padron | None:
        """The padrón; None when there is no file. Raises BrokenFile when it is not one of ours."""
        identity = identity_of(self.path)
        found = self._open
        if found is not None and found.identity == identity:
            return found
        with self._lock:
            # Whoever still reads the old file keeps it: it goes away with its last reader.
            try:
                self._open = Padron(self.path)
            except FileNotFoundError:
                self._open = None
            return self._open
