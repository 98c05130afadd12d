"""What the sandbox remembers: documents, tickets, calls and settings, in SQLite.

Every answer that says "registered" is given after the commit, so a sandbox that is killed knows after its
restart what it said before.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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

#: State of a registered document: the number is taken in all three.
ACCEPTED, REJECTED, VOIDED = "aceptado", "rechazado", "anulado"


@dataclass(frozen=True, slots=True)
class Registered:
    """A document whose number is taken."""

    name: str
    ruc: str
    tipo: str
    serie: str
    numero: int
    sha256: str
    xml: bytes = field(repr=False)
    state: str
    code: str
    description: str
    cdr: bytes = field(repr=False)
    issue_date: str
    total: str
    registered_at: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """The receipt of something that is answered later. ``content``: the zip with the CDR, when there is one."""

    ticket: str
    ruc: str
    file_name: str
    sha256: str
    status_code: str
    content: bytes | None = field(repr=False)
    ready_at: str


@dataclass(slots=True)
class Call:
    """One call as the log keeps it. ``outcome``: a word; ``findings``: every rule broken, ``remarks``: the rest."""

    at: str
    operation: str
    file_name: str = ""
    sha256: str = ""
    username: str = ""
    fault: str = ""
    outcome: str = ""
    code: str = ""
    findings: list[dict[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    milliseconds: float = 0.0


class Store:
    """One SQLite database behind one lock. ``path`` None keeps it in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
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

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside is committed together, or nothing is."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
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

    def document(self, ruc: str, tipo: str, serie: str, numero: int) -> Registered | None:
        """The document that has this number, or None."""
        with self._lock:
            row = self._db.execute(
                "SELECT * FROM documents WHERE ruc = ? AND tipo = ? AND serie = ? AND numero = ?",
                (ruc, tipo, serie, numero),
            ).fetchone()
        return Registered(**row) if row else None

    def register(self, document: Registered) -> Registered | None:
        """Take the number for ``document``. Returns the document that has it already, or None when taken now."""
        with self.transaction() as db:
            before = self.document(document.ruc, document.tipo, document.serie, document.numero)
            if before is None:
                db.execute(
                    "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    tuple(getattr(document, name) for name in Registered.__dataclass_fields__),
                )
            return before

    def set_state(self, ruc: str, tipo: str, serie: str, numero: int, state: str) -> bool:
        """Change a document's state (a baja). False when there is no such document."""
        with self.transaction() as db:
            done = db.execute(
                "UPDATE documents SET state = ? WHERE ruc = ? AND tipo = ? AND serie = ? AND numero = ?",
                (state, ruc, tipo, serie, numero),
            )
            return done.rowcount == 1

    def documents(self) -> list[Registered]:
        """Every registered document, in the order of registration."""
        with self._lock:
            return [Registered(**row) for row in self._db.execute("SELECT * FROM documents ORDER BY rowid")]

    def add_ticket(
        self, ruc: str, file_name: str, sha256: str, status: str, content: bytes | None, ready: str
    ) -> str:
        """Write a ticket and return its number."""
        with self.transaction() as db:
            done = db.execute(
                "INSERT INTO tickets (ruc, file_name, sha256, status_code, content, ready_at) VALUES (?, ?, ?, ?, ?, ?)",
                (ruc, file_name, sha256, status, content, ready),
            )
            return _ticket_text(done.lastrowid or 0)

    def ticket(self, number: str) -> Ticket | None:
        """The ticket of this number, or None."""
        if not (number.isascii() and number.isdigit()) or len(number) > 18:
            return None
        with self._lock:
            row = self._db.execute(
                "SELECT * FROM tickets WHERE ticket = ?", (int(number) - _FIRST,)
            ).fetchone()
        return Ticket(**{**dict(row), "ticket": number}) if row else None

    def ticket_of_file(self, file_name: str) -> Ticket | None:
        """The last ticket given for a file name, or None."""
        with self._lock:
            row = self._db.execute(
                "SELECT * FROM tickets WHERE file_name = ? ORDER BY ticket DESC LIMIT 1", (file_name,)
            ).fetchone()
        return Ticket(**{**dict(row), "ticket": _ticket_text(row["ticket"])}) if row else None

    def open_call(self, call: Call) -> int:
        """Write a call as it arrives, before anything is done with it. Returns its number."""
        row = _call_row(call)
        with self.transaction() as db:
            done = db.execute(f"INSERT INTO calls VALUES (NULL{', ?' * len(row)})", row)  # noqa: S608 -- placeholders
            return done.lastrowid or 0

    def close_call(self, number: int, call: Call) -> None:
        """Write what became of a call."""
        fields = ", ".join(f"{name} = ?" for name in Call.__dataclass_fields__)
        with self.transaction() as db:
            db.execute(f"UPDATE calls SET {fields} WHERE id = ?", (*_call_row(call), number))  # noqa: S608 -- our names

    def calls(self, file_name: str | None = None) -> list[dict[str, Any]]:
        """The calls received, oldest first; those of one file only when ``file_name`` is given."""
        with self._lock:
            if file_name is None:
                rows = self._db.execute("SELECT * FROM calls ORDER BY id").fetchall()
            else:
                rows = self._db.execute(
                    "SELECT * FROM calls WHERE file_name = ? ORDER BY id", (file_name,)
                ).fetchall()
        return [
            {**dict(row), "findings": json.loads(row["findings"]), "remarks": json.loads(row["remarks"])}
            for row in rows
        ]

    def clear(self) -> None:
        """Forget documents, tickets and calls; settings stay."""
        with self.transaction() as db:
            for table in ("documents", "tickets", "calls"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of our own


#: SUNAT's tickets are long numbers; ours start here so that they look it.
_FIRST = 1_600_000_000_000


def _call_row(call: Call) -> list[Any]:
    values = [getattr(call, name) for name in Call.__dataclass_fields__]
    return [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in values]


def _ticket_text(row_id: int) -> str:
    return str(_FIRST + row_id)
