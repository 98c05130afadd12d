"""The connection to the database: SQLite with its pragmas, or PostgreSQL, behind ``read()`` and ``write()``."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection

from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: Seconds that a SQLite statement waits for a lock of another process.
BUSY_SECONDS = 30
#: Rows of each index that SQLite looks at to know it.
_SAMPLE = 400


class Database:
    """One pool of connections. ``write`` transactions of SQLite start with ``BEGIN IMMEDIATE``.

    SQLite lets one writer in at a time: a lock in the process queues our threads, which is fairer and
    cheaper than its busy handler's growing sleeps.
    """

    def __init__(self, url: str) -> None:
        self.url: URL = _parse(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self._writer = self.engine.execution_options(emitir_write=True)
        self._write_lock = threading.RLock() if self.is_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes: committed at the end, rolled back by an exception."""
        if self._write_lock is None:
            with self._writer.begin() as connection:
                yield connection
            return
        with self._write_lock, self._writer.begin() as connection:
            yield connection

    def learn(self) -> None:
        """Let SQLite see how its tables have grown, so that it chooses the right indexes: milliseconds.
        PostgreSQL does so by itself."""
        if self.is_sqlite:
            with self.write() as connection:
                connection.exec_driver_sql(f"PRAGMA analysis_limit={_SAMPLE}")
                connection.exec_driver_sql("ANALYZE")

    def copy_to(self, target: Path) -> int:
        """See :meth:`emitir.engine.engine.Engine.copy_database`."""
        if not self.is_sqlite:
            text = N_("La base de datos es PostgreSQL: respáldela con pg_dump.")
            raise EmitirError(Problem(CONFIGURACION_INVALIDA, text))
        try:
            # Ours from the first byte on: SQLite would give the file the permissions that the process has.
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            with self.engine.connect() as connection:
                source = connection.connection.driver_connection
                with contextlib.closing(sqlite3.connect(target)) as copy:
                    cast(sqlite3.Connection, source).backup(copy)
            return target.stat().st_size
        except (OSError, sqlite3.Error) as error:
            text = N_("No se puede escribir el respaldo en {archivo}: {motivo}")
            reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
            params = {"archivo": str(target), "motivo": reason}
            raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, params=params)) from error

    def close(self) -> None:
        """Close the pooled connections."""
        self.engine.dispose()


def _parse(url: str) -> URL:
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        text = N_("La dirección de la base de datos no se entiende.")
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, path="EMITIR_DATABASE_URL")) from None
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        text = N_("La base de datos SQLite debe ser un archivo: lo que está en memoria se pierde.")
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, path="EMITIR_DATABASE_URL"))
    return parsed


def _sqlite_engine(url: URL) -> sa.Engine:
    engine = _sqlite_pool(url, "FULL")  # a commit survives a power cut

    @event.listens_for(engine, "connect")
    def _no_implicit_begin(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = None  # transactions are begun by the listener below, not by the driver

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("emitir_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def workflow_engine(url: URL) -> sa.Engine:
    """The SQLite file of the workflow engine, which begins its transactions through the driver.

    Losing its last moments in a power cut is harmless (our own tables are the truth), so it is not flushed
    at every commit.
    """
    engine = _sqlite_pool(url, "NORMAL")

    @event.listens_for(engine, "connect")
    def _immediate(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = "IMMEDIATE"

    return engine


def _sqlite_pool(url: URL, synchronous: str) -> sa.Engine:
    """WAL, foreign keys and a busy timeout on every connection (DESIGN.md §4, guard 5)."""
    engine = sa.create_engine(
        url, pool_size=20, max_overflow=20, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _pragmas(dbapi: Any, _record: object) -> None:
        dbapi.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        dbapi.execute("PRAGMA journal_mode=WAL")
        dbapi.execute("PRAGMA foreign_keys=ON")
        dbapi.execute(f"PRAGMA synchronous={synchronous}")

    return engine


def _postgres_engine(url: URL) -> sa.Engine:
    return sa.create_engine(
        url,
        pool_size=10,
        max_overflow=30,
        pool_pre_ping=True,
        hide_parameters=True,  # an error's text must not carry what was being stored
        connect_args={"application_name": "emitir", "connect_timeout": 10},
    )
