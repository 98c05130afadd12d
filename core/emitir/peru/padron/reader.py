"""A loaded padrón: rows by RUC, rows by name, and what the file says of itself."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from emitir.peru.padron.contribuyente import Contribuyente, address
from emitir.peru.padron.storage import APPLICATION_ID, VERSION, BrokenFile, identity_of

_BY_RUC = """
select c.id, c.ruc, c.nombre, g.estado, g.condicion, g.ubigeo, c.direccion
from contribuyente c join grupo g on g.id = c.grupo
where c.ruc = ?
"""
#: The order of the joins is given: first the names, then their rows. Names without a row were repeated RUCs.
_BY_NAME = """
select c.id, c.ruc, c.nombre, g.estado, g.condicion, g.ubigeo, c.direccion
from nombres n cross join contribuyente c on c.id = n.rowid cross join grupo g on g.id = c.grupo
where n.nombres match ? limit ?
"""


class Padron:
    """One file, read by the thread that opened it; others open their own."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, and BrokenFile when it is not a whole file of ours."""
        while True:
            self.identity = identity_of(path)
            if self.identity is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
            try:
                self._open(path)
            except BrokenFile:
                if self.identity == identity_of(path):
                    raise
            else:
                if self.identity == identity_of(path):
                    return
            # It was replaced in between: which one was opened cannot be told.

    def _open(self, path: Path) -> None:
        try:
            # Immutable: it is never changed, only replaced, so there is nothing to lock.
            self._database = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
            self._check(path.stat().st_size)
            rows = self._database.execute("select clave, valor from dato")
            self.facts: Mapping[str, Any] = {key: json.loads(value) for key, value in rows}
            self.rows: int = self.facts["filas"]
        except (sqlite3.Error, ValueError, KeyError) as error:
            raise BrokenFile(str(error)) from error

    def find(self, ruc: str) -> Contribuyente | None:
        """The taxpayer with this RUC (11 digits)."""
        for row in self._select(_BY_RUC, int(ruc)):
            return self._taxpayer(row)
        return None

    def named(self, match: str, most: int) -> Iterator[tuple[int, Contribuyente]]:
        """Up to ``most`` rows with their numbers, in the order of the source; ``match``: in the language of FTS5.

        Nothing is asked before the first row is wanted.
        """
        for row in self._select(_BY_NAME, match, most):
            yield row[0], self._taxpayer(row)

    def _select(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._database.execute(statement, values)
        except sqlite3.Error as error:
            raise BrokenFile(str(error)) from error

    def _check(self, size: int) -> None:
        """SQLite looks into pages only when it needs them: a file that was cut short is told by its size."""
        marks = {
            name: self._database.execute(f"pragma {name}").fetchone()[0]
            for name in ("application_id", "user_version", "page_count", "page_size")
        }
        if (marks["application_id"], marks["user_version"]) != (APPLICATION_ID, VERSION):
            raise BrokenFile("another format")
        if marks["page_count"] * marks["page_size"] != size:
            raise BrokenFile("cut short or damaged")

    def _taxpayer(self, row: tuple[Any, ...]) -> Contribuyente:
        _, ruc, nombre, estado, condicion, ubigeo, direccion = row
        return Contribuyente(
            nombre=" ".join(nombre.split()),
            ruc=f"{ruc:011}",
            estado=estado,
            condicion=condicion,
            ubigeo=ubigeo,
            direccion=address(direccion.split("|")),
            fuente=self.facts["fuente"],
            fecha=self.facts["fecha"],
        )


class Current:
    """The file under a name, whichever it is now, for any thread: a new one is noticed with the next question."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mine = threading.local()

    def get(self) -> Padron | None:
        """The padrón; None when there is no file. Raises BrokenFile when there is one that cannot be read."""
        try:
            found: Padron | None = getattr(self._mine, "padron", None)
            if found is None or found.identity != identity_of(self.path):
                found = self._mine.padron = None
                found = self._mine.padron = Padron(self.path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BrokenFile(error.strerror or type(error).__name__) from error
        return found
