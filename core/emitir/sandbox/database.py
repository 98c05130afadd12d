"""The sandbox's SQLite file: its tables, one lock, transactions, settings.

Every answer that says "registered" is given after the commit, so a sandbox that is killed knows after its
restart what it said before.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    name TEXT PRIMARY KEY, ruc TEXT NOT NULL, tipo TEXT NOT NULL, serie TEXT NOT NULL, numero INTEGER NOT NULL,
    sha256 TEXT NOT NULL, xml BLOB NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL, description TEXT NOT NULL,
    cdr BLOB NOT NULL, issue_date TEXT NOT NULL, total TEXT NOT NULL, registered_at TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS document_number ON documents (ruc, tipo, serie, numero);
CREATE TABLE IF NOT EXISTS tickets (
    ticket INTEGER PRIMARY KEY AUTOINCREMENT, ruc TEXT NOT NULL, file_name TEXT NOT NULL, sha256 TEXT NOT NULL,
    status_code TEXT NOT NULL, content BLOB, ready_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, operation TEXT NOT NULL, file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL, username TEXT NOT NULL, fault TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL,
    findings TEXT NOT NULL, remarks TEXT NOT NULL, milliseconds REAL NOT NULL);
CREATE INDEX IF NOT EXISTS call_file ON calls (file_name);
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

#: Columns that came later: a file written before gets them when it is opened.
_ADDED = {
    "documents": ("currency TEXT NOT NULL DEFAULT ''", "informed_by TEXT NOT NULL DEFAULT ''"),
    "tickets": (
        "received_at TEXT NOT NULL DEFAULT ''",
        "sender TEXT NOT NULL DEFAULT ''",
        "xml BLOB",
        "asks_left INTEGER NOT NULL DEFAULT 0",
        "error TEXT NOT NULL DEFAULT ''",
    ),
}


class Database:
    """One SQLite database behind one lock. ``path`` None keeps it in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._settings: dict[str, Any] = {}
        self._db = sqlite3.connect(
            str(path) if path else ":memory:", check_same_thread=False, isolation_level=None
        )
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA busy_timeout = 10000")
        if path:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")  # safe against a killed process, not a power cut
        self._db.executescript(_SCHEMA)
        for table, columns in _ADDED.items():
            present = {row["name"] for row in self._db.execute(f"PRAGMA table_info({table})")}
            for column in columns:
                if column.split()[0] not in present:
                    self._db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is committed together, or nothing is. One inside another is part of it."""
        with self._lock:
            if self._depth:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                self._settings.clear()
                raise
            finally:
                self._depth = 0
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    def setting(self, key: str) -> Any:
        """A setting as JSON value, or None."""
        with self._lock:
            if key not in self._settings:
                row = self._db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
                self._settings[key] = json.loads(row["value"]) if row else None
            return self._settings[key]

    def set_setting(self, key: str, value: Any) -> None:
        """Write a setting."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, json.dumps(value)))
            self._settings[key] = value
