"""From the lines of the source to a loaded padrón: an SQLite database, written in one go.

Memory is bounded by SQLite's cache and one batch of lines. What SQLite sorts does not fit there and goes to
its temporary files (``TMPDIR``, else ``/var/tmp``).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from emitir.country import Progress
from emitir.peru.padron.helper import Helper
from emitir.peru.padron.rows import Damage, RowReader, Rows
from emitir.peru.padron.storage import APPLICATION_ID, SCHEMA, VERSION

#: Bytes of text for which a second process pays.
_LARGE = 50 << 20
#: Groups that are remembered. There are some thousands; in a damaged file every row could have its own.
_MOST_GROUPS = 200_000
#: Nobody reads the file before it is whole, and a load that was interrupted starts again: no journal.
_WRITING = """
pragma page_size = 16384;
pragma journal_mode = off;
pragma synchronous = off;
pragma locking_mode = exclusive;
pragma cache_size = -200000;
pragma secure_delete = off;
"""
#: FTS5 collects so many bytes of words before it writes them: fewer, larger segments, which it merges at the end
#: of sixteen instead of all the time. A fifth of the time that words take.
_WORDS = (("hashsize", 32 << 20), ("automerge", 0))
#: Of rows with the same RUC: those that are not active where another is, not at home where another is, not last.
_SILENT = """delete from contribuyente where id in (
    select id from (
        select c.id, row_number() over (
            partition by c.ruc
            order by g.estado = 'ACTIVO' desc, g.condicion = 'HABIDO' desc, c.id desc
        ) as place
        from (select ruc from contribuyente group by ruc having count(*) > 1) as repeated
        cross join contribuyente as c on c.ruc = repeated.ruc
        cross join grupo as g on g.id = c.grupo
    ) where place > 1
)
"""


@contextmanager
def writing(target: Path, size: int, progress: Progress, helper: bool | None) -> Iterator[Writer]:
    """A writer of ``target``; ``size``: bytes of the source. ``helper``: whether a second process reads the lines;
    None: where there is a second core and much to do. Raises sqlite3.Error, and ChildProcessError.
    """
    if helper is None:
        helper = size > _LARGE and len(os.sched_getaffinity(0)) > 1
    second = Helper() if helper else None
    try:
        database = sqlite3.connect(target, isolation_level=None)
        try:
            yield Writer(database, second, progress)
        finally:
            database.close()
    finally:
        if second is not None:
            second.close()


class Writer:
    """Makes one file: :meth:`take` all lines, :meth:`end_taking`, :meth:`finish`."""

    def __init__(self, database: sqlite3.Connection, helper: Helper | None, progress: Progress) -> None:
        self._database = database
        self._helper = helper
        self._reader = RowReader()
        self._progress = progress
        self._next_line = 2
        self._groups: dict[str, int] = {}
        self._next_group = 1
        self.rows = 0
        self.damage = Damage()
        database.executescript(_WRITING + SCHEMA)
        database.executemany("insert into nombres(nombres, rank) values (?, ?)", _WORDS)
        database.execute("begin")

    def take(self, text: bytes) -> None:
        """Take whole lines of the source, decoded, in order, the header left out."""
        first, self._next_line = self._next_line, self._next_line + text.count(b"\n") + 1
        if self._helper is None:
            self._store(self._reader.read(text, first))
        else:
            self._store(self._helper.exchange(text, first))

    def end_taking(self) -> None:
        """Then ``rows`` and ``damage`` are known, repeated RUCs still among the rows."""
        if self._helper is None:
            self.damage = self._reader.damage
        else:
            self._store(self._helper.rest())
            self.damage = self._helper.damage()

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Index and close the transaction. ``facts``: of the source."""
        database = self._database
        self._progress("indexar", 0, 3)
        database.execute("create index contribuyente_ruc on contribuyente(ruc)")
        self._progress("indexar", 1, 3)
        repeated = database.execute(_SILENT).rowcount
        self._progress("indexar", 2, 3)
        whole = {
            **facts,
            "filas": self.rows - repeated,
            "repetidas": repeated,
            "danos": dict(sorted(self.damage.counts.items())),
            "primeros_danos": self.damage.examples,
        }
        database.executemany(
            "insert into dato values (?, ?)",
            [(key, json.dumps(value, ensure_ascii=False)) for key, value in whole.items()],
        )
        database.execute(f"pragma application_id = {APPLICATION_ID}")
        database.execute(f"pragma user_version = {VERSION}")
        database.execute("commit")
        self._progress("indexar", 3, 3)

    def _store(self, rows: Rows | None) -> None:
        if rows is None:
            return
        groups = [self._groups.get(group) or self._group(group) for group in rows.groups]
        self._database.executemany(
            "insert into contribuyente(id, ruc, nombre, grupo, direccion) values (?, ?, ?, ?, ?)",
            zip(
                range(self.rows + 1, self.rows + 1 + len(groups)),
                rows.rucs,
                rows.names,
                groups,
                rows.addresses,
                strict=True,
            ),
        )
        self._database.executemany(
            "insert into nombres(rowid, nombre) values (?, ?)", enumerate(rows.folded, self.rows + 1)
        )
        self.rows += len(groups)

    def _group(self, group: str) -> int:
        """The number of a group that comes the first time, or again after too many others."""
        if len(self._groups) >= _MOST_GROUPS:
            # It may then stand in the table twice, which harms nothing.
            self._groups.clear()
        number = self._groups[group] = self._next_group
        self._next_group += 1
        self._database.execute("insert into grupo values (?, ?, ?, ?)", (number, *group.split("|")))
        return number
