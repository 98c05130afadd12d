"""Comprobantes, their files and their contacts with the authority, as the database has them: looking them up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from emitir.country import Properties, Stored
from emitir.engine.comprobante import DIRECTO, Attempt, Comprobante
from emitir.engine.empresas.company import Company
from emitir.engine.storage import relations
from emitir.engine.storage.database import Database
from emitir.engine.storage.numbering import given_up
from emitir.engine.storage.relations import Relation
from emitir.engine.storage.rows import to_comprobante
from emitir.engine.storage.statements import BY_ID, FIND, in_serie
from emitir.engine.storage.tables import ARCHIVO, COMPROBANTE, INTENTO, RELACION
from emitir.engine.work.effects import EVENTO, INFORME

#: Classes of files.
XML = "xml"
CDR = "cdr"
PRINTABLE = "imprimible"

#: Bounds beyond every value (seconds since 1970; moments).
_FAR, _LONG_AGO, _YEARS = 1e12, datetime(1970, 1, 1, tzinfo=UTC), timedelta(days=3650)


class Archive:
    """Reads; every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(
        self, company: Company, tipo: str, serie: str, numero: int, ambiente: str | None = None
    ) -> Comprobante | None:
        """By natural key, in the company's present ambiente unless another is given."""
        key = {
            "b_empresa": company.id,
            "b_ambiente": ambiente or company.ambiente,
            "b_tipo": tipo,
            "b_serie": serie,
            "b_numero": numero,
        }
        with self._database.read() as connection:
            row = connection.execute(FIND, key).one_or_none()
        return None if row is None else to_comprobante(row._asdict())

    def numbered(self, company: Company, serie: str, numero: int) -> list[Comprobante]:
        """Documents of any type with that serie (or its end) and number, in the company's present ambiente."""
        return self._many(
            COMPROBANTE.c.empresa_id == company.id,
            COMPROBANTE.c.ambiente == company.ambiente,
            COMPROBANTE.c.numero == numero,
            in_serie(serie),
        )

    def by_id(self, comprobante_id: int) -> Comprobante:
        """By internal number; it exists."""
        with self._database.read() as connection:
            return to_comprobante(connection.execute(BY_ID, {"b_id": comprobante_id}).one()._asdict())

    def by_code(self, company: Company, codigo_documento: str) -> Comprobante | None:
        """By ``codigo_documento``, in the company's present ambiente."""
        return self._one(
            COMPROBANTE.c.empresa_id == company.id,
            COMPROBANTE.c.ambiente == company.ambiente,
            COMPROBANTE.c.codigo_documento == codigo_documento,
        )

    def by_download(self, codigo_descarga: str) -> Comprobante | None:
        """By ``codigo_descarga``, which alone gives access."""
        return self._one(COMPROBANTE.c.codigo_descarga == codigo_descarga)

    def latest(self, company: Company, limit: int) -> list[Comprobante]:
        """The company's newest documents in its present ambiente."""
        return self._many(
            COMPROBANTE.c.empresa_id == company.id, COMPROBANTE.c.ambiente == company.ambiente, limit=limit
        )

    def pending(self) -> list[Comprobante]:
        """Every document of every company without a verdict, oldest first."""
        # A range is what SQLite uses an index for; "is not null" is none.
        return self._many(COMPROBANTE.c.vence.between(0, _FAR))[::-1]

    def left_behind(self, before: datetime) -> list[Comprobante]:
        """Documents of every company that wait for others to go with since before that moment, oldest first."""
        return self._many(
            sa.literal_column("resuelto_en").is_(None),
            COMPROBANTE.c.plazo.between(_LONG_AGO, before + _YEARS),
            COMPROBANTE.c.canal != DIRECTO,
            COMPROBANTE.c.creado_en < before,
        )[::-1]

    def relation(self, document: Comprobante, accion: str) -> Relation | None:
        """The newest baja or resumen that is about the document."""
        with self._database.read() as connection:
            return relations.latest(connection, document.id, accion)

    def spoken_of(self, envio: Comprobante) -> list[Comprobante]:
        """The documents that an envio annuls or informs, in the order of its lines."""
        with self._database.read() as connection:
            ids = [relation.comprobante_id for relation in relations.of_envio(connection, envio.id)]
            rows = connection.execute(sa.select(COMPROBANTE).where(COMPROBANTE.c.id.in_(ids))).all()
        found = {row.id: to_comprobante(row._asdict()) for row in rows}
        return [found[one] for one in ids]

    def informed_by(self, document: Comprobante) -> Comprobante | None:
        """The accepted resumen that informed the document."""
        relation = self.relation(document, INFORME)
        if relation is None or relation.estado != relations.ACEPTADA or relation.envio_id is None:
            return None
        return self.by_id(relation.envio_id)

    def notas_on(self, document: Comprobante, before: int | None = None) -> tuple[list[Stored], int]:
        """The notas that modify a document, issued before the one of that id, and how many have a number now."""
        with self._database.read() as connection:
            rows = relations.notas_on(connection, document.id, before)
            used = relations.count_used(connection, [document.id])
        return rows, used

    def by_reference(self, company: Company, referencia: str) -> Comprobante | None:
        """By the caller's own id, in the company's present ambiente."""
        return self._one(
            COMPROBANTE.c.empresa_id == company.id,
            COMPROBANTE.c.ambiente == company.ambiente,
            COMPROBANTE.c.referencia == referencia,
        )

    def by_ticket(self, company: Company, ticket: str) -> Comprobante | None:
        """The newest of the company's files that has that ticket, in its present ambiente."""
        found = self._many(
            COMPROBANTE.c.empresa_id == company.id,
            COMPROBANTE.c.ambiente == company.ambiente,
            COMPROBANTE.c.ticket == ticket,
            limit=1,
        )
        return found[0] if found else None

    def given_up(self, company: Company, tipo: str, serie: str, numero: int) -> bool:
        """Whether that number was given up at the authority (command ``inutilizar``)."""
        with self._database.read() as connection:
            found = given_up(connection, company.id, company.ambiente, tipo, serie, numero)
        return found is not None

    def events_about(self, document: Comprobante) -> list[Comprobante]:
        """The files of events about a document, in the order in which they were made."""
        query = (
            sa.select(COMPROBANTE)
            .join(RELACION, RELACION.c.envio_id == COMPROBANTE.c.id)
            .where(RELACION.c.comprobante_id == document.id, RELACION.c.accion == EVENTO)
            .order_by(COMPROBANTE.c.id)
        )
        with self._database.read() as connection:
            return [to_comprobante(row._asdict()) for row in connection.execute(query)]

    def record(self, document: Comprobante) -> Mapping[str, Any]:
        """What the country keeps of it for later documents; ``{}`` for one of before there were records."""
        found = self.file(document, relations.REGISTRO)
        return relations.read_record(found[0] if found else None)

    def file(self, document: Comprobante, clase: str) -> tuple[bytes, str] | None:
        """Content and SHA-256 (hex) of one file of the document's present revision."""
        query = sa.select(ARCHIVO.c.contenido, ARCHIVO.c.sha256).where(
            ARCHIVO.c.comprobante_id == document.id,
            ARCHIVO.c.revision == document.revision,
            ARCHIVO.c.clase == clase,
        )
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else (row.contenido, row.sha256)

    def attempts(self, document: Comprobante) -> list[Attempt]:
        """Every contact with the authority about this document, in order."""
        query = sa.select(INTENTO).where(INTENTO.c.comprobante_id == document.id).order_by(INTENTO.c.id)
        with self._database.read() as connection:
            return [
                Attempt(
                    operacion=row.operacion,
                    empezado_en=row.empezado_en,
                    terminado_en=row.terminado_en,
                    resultado=row.resultado,
                    codigo=row.codigo or "",
                    detalle=row.detalle or "",
                    revision=row.revision,
                    ejecutor=row.ejecutor,
                )
                for row in connection.execute(query)
            ]

    def _one(self, *conditions: sa.ColumnElement[bool]) -> Comprobante | None:
        with self._database.read() as connection:
            row = connection.execute(sa.select(COMPROBANTE).where(*conditions)).one_or_none()
        return None if row is None else to_comprobante(row._asdict())

    def _many(self, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[Comprobante]:
        query = sa.select(COMPROBANTE).where(*conditions).order_by(COMPROBANTE.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [to_comprobante(row._asdict()) for row in connection.execute(query)]


def read_printable(content: bytes) -> Properties:
    """The stored data of the printed form."""
    printable: dict[str, Any] = json.loads(content)
    return printable
