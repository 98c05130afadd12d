"""The executor id of this process: never the same in two live processes (DESIGN.md §4, guard 1).

Work that a process leaves behind is found again under its executor id. On SQLite there is one, held by an
exclusive lock on a file beside the database. On PostgreSQL there are numbered places, each an advisory lock:
a process takes the lowest free one, so that a replacement takes over the place, and the work, of the dead.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa

from emitir.engine.storage.database import Database
from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: First key of the advisory locks ("EMIT"), the second one is the number of the place.
_LOCK_CLASS = 0x454D4954
#: Processes that may work on one database at the same time.
PLACES = 512


class Place(Protocol):
    """The right to work under an executor id, held until it is released or the process ends."""

    @property
    def executor_id(self) -> str: ...

    def held(self) -> bool:
        """Whether it is still ours; a lost connection to the server gives it away."""

    def live(self, executor_id: str) -> bool:
        """Whether some process works under that executor id now."""

    def release(self) -> None: ...


def take_place(database: Database, prefix: str) -> Place:
    """Raises ``CONFIGURACION_INVALIDA`` when another process holds the SQLite file, or every place is taken."""
    if database.is_sqlite:
        return FilePlace(Path(str(database.url.database)), prefix)
    return ServerPlace(database, prefix)


class FilePlace:
    """One process per SQLite file. The system drops the lock with the process, however it ends."""

    def __init__(self, database_file: Path, prefix: str) -> None:
        self.executor_id = f"{prefix}-0"
        path = database_file.with_name(database_file.name + ".lock")
        self._file: IO[str] = path.open("a+", encoding="ascii")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            holder = self._file.read().strip() or "?"
            self._file.close()
            text = N_("Otro proceso de Emitir (número {pid}) ya trabaja con la base de datos {archivo}.")
            action = N_("Detenga el otro proceso, o use PostgreSQL para trabajar con varios procesos.")
            params = {"pid": holder, "archivo": str(database_file)}
            raise EmitirError(
                Problem(
                    CONFIGURACION_INVALIDA, text, path="EMITIR_DATABASE_URL", params=params, action=action
                )
            ) from None
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def held(self) -> bool:
        return not self._file.closed

    def live(self, executor_id: str) -> bool:
        return executor_id == self.executor_id

    def release(self) -> None:
        self._file.close()


class ServerPlace:
    """A numbered place on a PostgreSQL server, held by a connection of its own."""

    def __init__(self, database: Database, prefix: str) -> None:
        self._prefix = prefix
        self._connection = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        # A machine that vanishes must not keep its place for hours: the server looks after it every minute.
        for setting in ("idle = 30", "interval = 10", "count = 3"):
            self._connection.execute(sa.text(f"SET tcp_keepalives_{setting}"))
        query = sa.text("SELECT pg_try_advisory_lock(:kind, :place)")
        for place in range(PLACES):
            if self._connection.scalar(query, {"kind": _LOCK_CLASS, "place": place}):
                self.executor_id = f"{prefix}-{place}"
                # Kept out of the pool: returned there, the lock would outlive its owner.
                self._connection.detach()
                return
        self._connection.close()
        text = N_("Ya hay {procesos} procesos de Emitir trabajando con esta base de datos.")
        raise EmitirError(
            Problem(
                CONFIGURACION_INVALIDA, text, path="EMITIR_DATABASE_URL", params={"procesos": str(PLACES)}
            )
        )

    def held(self) -> bool:
        try:
            self._connection.execute(sa.text("SELECT 1"))
        except (sa.exc.DBAPIError, sa.exc.PendingRollbackError):
            return False
        return True

    def live(self, executor_id: str) -> bool:
        place = executor_id.removeprefix(f"{self._prefix}-")
        if not place.isdigit():
            return False
        query = sa.text(
            "SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE l.locktype = 'advisory' AND l.classid = :kind AND l.objid = :place AND l.objsubid = 2"
            " AND l.granted AND d.datname = current_database())"
        )
        return bool(self._connection.scalar(query, {"kind": _LOCK_CLASS, "place": int(place)}))

    def release(self) -> None:
        """Give the place up at once: of a closed connection the server learns a moment later."""
        if self.held():
            self._connection.execute(sa.text("SELECT pg_advisory_unlock_all()"))
        self._connection.close()
