"""Comprobantes and their files in the database. What is stored here happened, whatever the engine does."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.country import Prepared, Recorded, Signed
from emitir.engine.comprobante import DIRECTO, POR_ENVIAR, Comprobante
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.secrets import new_download_code
from emitir.engine.storage import relations
from emitir.engine.storage.archive import PRINTABLE, XML, Archive
from emitir.engine.storage.database import Database
from emitir.engine.storage.numbering import next_number
from emitir.engine.storage.rows import document_values, file_values, no_answer, to_comprobante
from emitir.engine.storage.statements import ADD, ADD_FILE, REUSE
from emitir.engine.storage.tables import COMPROBANTE
from emitir.engine.work.effects import MODIFICA

#: Seconds after which a document that nobody took up is looked for by the watcher.
PICK_UP_SECONDS = 20.0

#: Writes what belongs to a new comprobante, whose id it gets, in the same transaction.
Beside = Callable[[Connection, int], None]


@dataclass(frozen=True, slots=True)
class Extras:
    """What a new comprobante has beside its content.

    ``canal``: how it goes; one that goes with others waits for them, as ``detalle`` says. ``referencia``: the caller's own id.
    ``modifies``: ids of the stored documents that it modifies, ``notas``: how many notas they had when it was
    checked against them. ``beside``: what else to commit with it.
    """

    canal: str = DIRECTO
    detalle: str = ""
    referencia: str | None = None
    modifies: tuple[int, ...] = ()
    notas: int = 0
    beside: Beside | None = None


NO_EXTRAS = Extras()


class Store(Archive):
    """Every method is one transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database)
        self._clock = clock

    def add(
        self,
        company: Company,
        prepared: Prepared,
        signed: Signed,
        plazo: datetime,
        extras: Extras = NO_EXTRAS,
    ) -> Comprobante | None:
        """Number, key, hash, signed bytes, printable data and record in one commit.

        ``None`` when another thread or process took the number in the meantime, or issued another nota on what
        this one modifies.
        """
        try:
            with self._database.write() as connection:
                return self._add(connection, company, prepared, signed, plazo, extras)
        except (sa.exc.IntegrityError, _OvertakenError):
            return None

    def add_next(
        self,
        company: Company,
        tipo: str,
        serie: str,
        build: Callable[[int], tuple[Prepared, Signed, datetime]],
        extras: Extras = NO_EXTRAS,
    ) -> Comprobante | None:
        """The same under the next number of the serie, which ``build`` gets; ``None`` as in :meth:`add`."""
        try:
            with self._database.write() as connection:
                number = next_number(connection, company.id, company.ambiente, tipo, serie)
                return self._add(connection, company, *build(number), extras)
        except (sa.exc.IntegrityError, _OvertakenError):
            return None

    def _add(
        self,
        connection: Connection,
        company: Company,
        prepared: Prepared,
        signed: Signed,
        plazo: datetime,
        extras: Extras,
    ) -> Comprobante:
        values = {
            "empresa_id": company.id,
            "ambiente": company.ambiente,
            "tipo": prepared.tipo,
            "serie": prepared.serie,
            "numero": prepared.numero,
            "codigo_descarga": new_download_code(),
            "revision": 1,
            "generacion": 1,
            **document_values(prepared, signed, plazo),
            **self._waiting(),
        }
        values["creado_en"] = now = values["cambiado_en"]
        if extras.referencia is not None:
            values["referencia"] = extras.referencia
        if extras.canal != DIRECTO:
            values |= {"canal": extras.canal, "vence": None, "detalle": extras.detalle}
        if extras.modifies:
            _still_as_checked(connection, extras)
        row = connection.execute(ADD, values).one()
        self._put_files(connection, row.id, 1, _files(prepared, signed))
        relations.add(connection, MODIFICA, row.id, extras.modifies, now, relations.ACEPTADA)
        if extras.beside is not None:
            extras.beside(connection, row.id)
        return to_comprobante(row._asdict())

    def replace(
        self,
        old: Comprobante,
        prepared: Prepared,
        signed: Signed,
        plazo: datetime,
        extras: Extras = NO_EXTRAS,
    ) -> Comprobante | None:
        """Other content under a number that the authority did not receive. The old bytes stay on record.

        ``None`` when the document is not as ``old`` says any more.
        """
        values = {
            **document_values(prepared, signed, plazo),
            **self._waiting(),
            "revision": old.revision + 1,
            "generacion": old.generacion + 1,
            "canal": extras.canal,
            "tanda": 0,
            "desde": None,
        }
        if extras.canal != DIRECTO:
            values |= {"vence": None, "detalle": extras.detalle}
        try:
            with self._database.write() as connection:
                return self._replace(connection, old, prepared, signed, values, extras)
        except _OvertakenError:
            return None

    def _replace(
        self,
        connection: Connection,
        old: Comprobante,
        prepared: Prepared,
        signed: Signed,
        values: dict[str, Any],
        extras: Extras,
    ) -> Comprobante | None:
        row = connection.execute(REUSE, {**same_generation(old), **values}).one_or_none()
        if row is None:
            return None
        self._put_files(connection, row.id, row.revision, _files(prepared, signed))
        relations.forget(connection, row.id, MODIFICA)
        if extras.modifies:
            _still_as_checked(connection, extras)
            now = values["cambiado_en"]
            relations.add(connection, MODIFICA, row.id, extras.modifies, now, relations.ACEPTADA)
        if extras.beside is not None:
            extras.beside(connection, row.id)
        return to_comprobante(row._asdict())

    def requeue(self, old: Comprobante) -> Comprobante | None:
        """The same bytes again, for a document that the authority did not receive; ``None`` as in replace."""
        values = {**self._waiting(), "generacion": old.generacion + 1}
        if old.canal != DIRECTO:
            values |= {"vence": None, "tanda": 0, "desde": None}
        with self._database.write() as connection:
            row = connection.execute(REUSE, {**same_generation(old), **values}).one_or_none()
        return None if row is None else to_comprobante(row._asdict())

    def put_file(self, document: Comprobante, clase: str, content: bytes) -> None:
        """Keep a file made later (the PDF). When two make it at once, the first one stays."""
        try:
            with self._database.write() as connection:
                self._put_files(connection, document.id, document.revision, {clase: content})
        except sa.exc.IntegrityError:
            return

    def _waiting(self) -> dict[str, Any]:
        return {
            "estado": POR_ENVIAR,
            "avisado_en": None,
            "vueltas": 0,
            "vence": time.time() + PICK_UP_SECONDS,
            "cambiado_en": self._clock(),
            **no_answer(),
        }

    def _put_files(
        self, connection: Connection, comprobante_id: int, revision: int, files: dict[str, bytes]
    ) -> None:
        connection.execute(ADD_FILE, file_values(comprobante_id, revision, files, self._clock()))


def same_generation(document: Comprobante) -> dict[str, Any]:
    """The conditions of :mod:`emitir.engine.storage.statements` that name these bytes and this generation."""
    return {"b_id": document.id, "b_revision": document.revision, "b_generacion": document.generacion}


class _OvertakenError(Exception):
    """Another nota on the same document came first."""


def _still_as_checked(connection: Connection, extras: Extras) -> None:
    """Hold the modified documents and see that no nota has come since this one was checked against them."""
    ids = COMPROBANTE.c.id.in_(extras.modifies)
    connection.execute(sa.select(COMPROBANTE.c.id).where(ids).order_by(COMPROBANTE.c.id).with_for_update())
    if relations.count_used(connection, extras.modifies) != extras.notas:
        raise _OvertakenError


def _files(prepared: Prepared, signed: Signed) -> dict[str, bytes]:
    data = {**prepared.printable(), "valor_resumen": signed.valor_resumen}
    files = {XML: signed.xml, PRINTABLE: _json(data)}
    if isinstance(prepared, Recorded):
        files[relations.REGISTRO] = _json(prepared.record())
    return files


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
