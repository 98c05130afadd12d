"""What the sandbox remembers: documents, tickets and calls."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from emitir.sandbox.database import Database
from emitir.sandbox.records import Call, Registered, Ticket

#: SUNAT's tickets are long numbers; ours start here so that they look it.
_FIRST = 1_600_000_000_000


class Store(Database):
    """The sandbox's memory."""

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
        row = [getattr(document, name) for name in Registered.__dataclass_fields__]
        with self.transaction() as db:
            before = self.document(document.ruc, document.tipo, document.serie, document.numero)
            if before is None:
                columns = ", ".join(Registered.__dataclass_fields__)
                db.execute(f"INSERT INTO documents ({columns}) VALUES (?{', ?' * (len(row) - 1)})", row)  # noqa: S608 -- our names
            return before

    def change(self, document: Registered, **values: str) -> Registered:
        """Change a registered document (``state``, ``total``...) and return it as it is then."""
        with self.transaction() as db:
            fields = ", ".join(f"{name} = ?" for name in values)
            db.execute(
                f"UPDATE documents SET {fields} WHERE ruc = ? AND tipo = ? AND serie = ? AND numero = ?",  # noqa: S608 -- our names
                (*values.values(), document.ruc, document.tipo, document.serie, document.numero),
            )
        return replace(document, **values)  # type: ignore[arg-type]  # every field that changes is a text

    def documents(self) -> list[Registered]:
        """Every registered document, in the order of registration."""
        with self._lock:
            return [Registered(**row) for row in self._db.execute("SELECT * FROM documents ORDER BY rowid")]

    def add_ticket(self, ticket: Ticket) -> Ticket:
        """Write a ticket and return it with its number."""
        with self.transaction() as db:
            done = db.execute(
                "INSERT INTO tickets (ruc, file_name, sha256, status_code, content, ready_at, received_at, sender, xml,"
                " asks_left) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    ticket.ruc, ticket.file_name, ticket.sha256, ticket.status_code, ticket.content,
                    ticket.ready_at, ticket.received_at, ticket.sender, ticket.xml, ticket.asks_left,
                ),
            )  # fmt: skip
            return replace(ticket, ticket=str(_FIRST + (done.lastrowid or 0)))

    def answer_ticket(self, ticket: Ticket, status_code: str, content: bytes | None, error: str = "") -> None:
        """Write what became of a ticket."""
        with self.transaction() as db:
            db.execute(
                "UPDATE tickets SET status_code = ?, content = ?, error = ? WHERE ticket = ?",
                (status_code, content, error, int(ticket.ticket) - _FIRST),
            )

    def count_ask(self, ticket: Ticket) -> None:
        """One question less to be answered with 98."""
        with self.transaction() as db:
            db.execute(
                "UPDATE tickets SET asks_left = asks_left - 1 WHERE ticket = ? AND asks_left > 0",
                (int(ticket.ticket) - _FIRST,),
            )

    def ticket(self, number: str) -> Ticket | None:
        """The ticket of this number, or None."""
        if not (number.isascii() and number.isdigit()) or len(number) > 18:
            return None
        found = self._tickets("ticket = ?", int(number) - _FIRST)
        return found[0] if found else None

    def tickets_of_file(self, file_name: str) -> list[Ticket]:
        """The tickets given for a file name, oldest first."""
        return self._tickets("file_name = ?", file_name)

    def waiting_tickets(self) -> list[Ticket]:
        """The tickets of what has not been judged yet, oldest first."""
        return self._tickets("status_code = ?", "")

    def _tickets(self, condition: str, value: str | int) -> list[Ticket]:
        with self._lock:
            rows = self._db.execute(
                f"SELECT * FROM tickets WHERE {condition} ORDER BY ticket",  # noqa: S608 -- our words
                (value,),
            ).fetchall()
        return [Ticket(**{**dict(row), "ticket": str(_FIRST + row["ticket"])}) for row in rows]

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


def _call_row(call: Call) -> list[Any]:
    values = [getattr(call, name) for name in Call.__dataclass_fields__]
    return [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in values]
