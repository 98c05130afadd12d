"""What SIFEN remembers, in the sandbox's own database: approved documents, events, lotes, numbers given up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from emitir.sandbox.store import Store

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sifen_documents (
    cdc TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE, xml TEXT NOT NULL, protocol INTEGER NOT NULL,
    approved_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sifen_events (
    protocol INTEGER PRIMARY KEY AUTOINCREMENT, cdc TEXT NOT NULL, kind TEXT NOT NULL, xml TEXT NOT NULL,
    at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sifen_lotes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, xml TEXT NOT NULL, received_at TEXT NOT NULL, answer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sifen_void (number TEXT PRIMARY KEY);
"""
#: A lote's number has 17 digits.
FIRST_LOTE = 10**16
FIRST_PROTOCOL = 50_000_000


@dataclass(frozen=True, slots=True)
class Approved:
    """A document that was approved."""

    cdc: str
    xml: str
    protocol: int
    approved_at: str


class Archive:
    """SIFEN's tables over the sandbox's store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.transaction() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)

    def approved(self, cdc: str) -> Approved | None:
        """The approved document of a CDC."""
        with self._store.transaction() as db:
            row = db.execute(
                "SELECT cdc, xml, protocol, approved_at FROM sifen_documents WHERE cdc = ?", (cdc,)
            ).fetchone()
        return Approved(*row) if row else None

    def approve(self, cdc: str, number: tuple[str, ...], xml: str, at: str) -> tuple[str, int]:
        """Keep a document: the code of what stands against it (1001, 1002, 1109; empty), and its protocol."""
        key = "-".join(number)
        with self._store.transaction() as db:
            if db.execute("SELECT 1 FROM sifen_documents WHERE cdc = ?", (cdc,)).fetchone():
                return "1001", 0
            if db.execute("SELECT 1 FROM sifen_documents WHERE number = ?", (key,)).fetchone():
                return "1002", 0
            if db.execute("SELECT 1 FROM sifen_void WHERE number = ?", (key,)).fetchone():
                return "1109", 0
            count = db.execute("SELECT COUNT(*) FROM sifen_documents").fetchone()[0]
            protocol = FIRST_PROTOCOL + count + 1
            db.execute("INSERT INTO sifen_documents VALUES (?, ?, ?, ?, ?)", (cdc, key, xml, protocol, at))
        return "", protocol

    def is_used(self, number: tuple[str, ...]) -> bool:
        """Whether a number is that of an approved document."""
        with self._store.transaction() as db:
            found = db.execute(
                "SELECT 1 FROM sifen_documents WHERE number = ?", ("-".join(number),)
            ).fetchone()
        return found is not None

    def give_up(self, numbers: Sequence[tuple[str, ...]]) -> bool:
        """Give up numbers, all of them; False, and nothing done, when one was before."""
        keys = [("-".join(number),) for number in numbers]
        with self._store.transaction() as db:
            for key in keys:
                if db.execute("SELECT 1 FROM sifen_void WHERE number = ?", key).fetchone():
                    return False
            db.executemany("INSERT INTO sifen_void VALUES (?)", keys)
        return True

    def add_event(self, cdc: str, kind: str, xml: str, at: str) -> int:
        """Keep an event; its protocol."""
        with self._store.transaction() as db:
            done = db.execute(
                "INSERT INTO sifen_events (cdc, kind, xml, at) VALUES (?, ?, ?, ?)", (cdc, kind, xml, at)
            )
            return done.lastrowid or 0

    def events(self, cdc: str) -> list[tuple[str, str, str, int]]:
        """Kind, XML, moment and protocol of every event of a document."""
        with self._store.transaction() as db:
            rows = db.execute(
                "SELECT kind, xml, at, protocol FROM sifen_events WHERE cdc = ? ORDER BY protocol", (cdc,)
            )
            return [tuple(row) for row in rows]

    def add_lote(self, documents: list[str], at: str) -> str:
        """Keep a lote to be judged later; its number."""
        with self._store.transaction() as db:
            done = db.execute(
                "INSERT INTO sifen_lotes (xml, received_at, answer) VALUES (?, ?, '')",
                (json.dumps(documents), at),
            )
            return str(FIRST_LOTE + (done.lastrowid or 0))

    def lote(self, number: str) -> dict[str, Any] | None:
        """A lote: ``documents``, ``received_at``, ``answer`` (empty before it was judged)."""
        if not number.isdigit() or len(number) > 18:
            return None
        with self._store.transaction() as db:
            row = db.execute(
                "SELECT xml, received_at, answer FROM sifen_lotes WHERE id = ?", (int(number) - FIRST_LOTE,)
            ).fetchone()
        return {"documents": json.loads(row[0]), "received_at": row[1], "answer": row[2]} if row else None

    def lote_of(self, cdc: str) -> str:
        """The newest lote that holds a CDC; empty for none."""
        with self._store.transaction() as db:
            row = db.execute(
                "SELECT MAX(id) FROM sifen_lotes WHERE instr(xml, ?) > 0", (f'Id=\\"{cdc}\\"',)
            ).fetchone()
        return str(FIRST_LOTE + row[0]) if row and row[0] else ""

    def answer_lote(self, number: str, answer: str) -> None:
        """Write what became of a lote."""
        with self._store.transaction() as db:
            db.execute("UPDATE sifen_lotes SET answer = ? WHERE id = ?", (answer, int(number) - FIRST_LOTE))
