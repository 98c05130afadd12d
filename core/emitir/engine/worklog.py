"""The log of attempts and the moves of a document that waits for its verdict.

An attempt is committed before the wire and closed, together with what it changed, after it. One that was
never closed says that nobody knows what became of it: the authority is asked before anything is sent again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.engine.comprobante import EN_PROCESO, ENVIANDO, NO_RECIBIDO, PENDING, Comprobante
from emitir.engine.database import Database
from emitir.engine.rows import answer_values, file_values, outcome, to_comprobante
from emitir.engine.store import CDR, PICK_UP_SECONDS, XML, still_pending, without_verdict
from emitir.engine.tables import ARCHIVO, COMPROBANTE, INTENTO
from emitir.verdict import Final, NotReceived, Verdict

Operation = Literal["submit", "ask"]

#: Seconds that a contact with the authority may take before the watcher looks after the document.
LEASE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Work:
    """A document to work on: its signed bytes, and how earlier sendings of these bytes ended (``None``: unknown)."""

    document: Comprobante
    xml: bytes
    sendings: tuple[str | None, ...]


class WorkLog:
    """Every method is one transaction. ``executor``: who is working, for the record."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.executor = ""

    def load(self, comprobante_id: int) -> Work | None:
        """The document with its bytes; ``None`` when it has its verdict already."""
        sent = sa.select(INTENTO.c.resultado).where(
            INTENTO.c.comprobante_id == comprobante_id,
            INTENTO.c.revision == COMPROBANTE.c.revision,
            INTENTO.c.operacion == "submit",
            COMPROBANTE.c.id == comprobante_id,
        )
        bytes_of = sa.select(COMPROBANTE, ARCHIVO.c.contenido).join(
            ARCHIVO,
            sa.and_(
                ARCHIVO.c.comprobante_id == COMPROBANTE.c.id,
                ARCHIVO.c.revision == COMPROBANTE.c.revision,
                ARCHIVO.c.clase == XML,
            ),
        )
        with self._database.read() as connection:
            row = connection.execute(
                bytes_of.where(COMPROBANTE.c.id == comprobante_id, COMPROBANTE.c.estado.in_(PENDING))
            ).one_or_none()
            if row is None:
                return None
            sendings = tuple(connection.scalars(sent.order_by(INTENTO.c.id)))
        values = row._asdict()
        xml = values.pop("contenido")
        return Work(to_comprobante(values), xml, sendings)

    def begin(self, document: Comprobante, operation: Operation) -> int | None:
        """Commit the intent to contact the authority; ``None`` when the document is not ours to work on any more."""
        now = self._clock()
        values: dict[str, object] = {"vence": time.time() + LEASE_SECONDS, "cambiado_en": now}
        if operation == "submit":
            values["estado"] = ENVIANDO
        with self._database.write() as connection:
            mine = connection.execute(
                sa.update(COMPROBANTE)
                .where(still_pending(document), COMPROBANTE.c.generacion == document.generacion)
                .values(values)
            )
            if mine.rowcount != 1:
                return None
            attempt: int = connection.execute(
                sa.insert(INTENTO)
                .values(
                    comprobante_id=document.id,
                    revision=document.revision,
                    generacion=document.generacion,
                    operacion=operation,
                    ejecutor=self.executor,
                    empezado_en=now,
                )
                .returning(INTENTO.c.id)
            ).scalar_one()
        return attempt

    def close(self, attempt: int, verdict: Verdict) -> None:
        """Record how an attempt ended that changes nothing by itself."""
        with self._database.write() as connection:
            self._close(connection, attempt, verdict)

    def settle(self, document: Comprobante, attempt: int, verdict: Verdict, final: Final) -> bool:
        """The authority's word, with its CDR: ``final`` is what it means for this document, ``verdict`` what was
        said on the wire. True unless the document had its verdict already."""
        now = self._clock()
        values = {**answer_values(final), "vence": None, "resuelto_en": now, "cambiado_en": now}
        with self._database.write() as connection:
            self._close(connection, attempt, verdict)
            if not self._move(connection, without_verdict(document), values):
                return False
            if final.cdr is not None:
                files = file_values(document.id, document.revision, {CDR: final.cdr}, now)
                connection.execute(sa.insert(ARCHIVO), files)
        return True

    def not_received(self, document: Comprobante, attempt: int, verdict: NotReceived) -> bool:
        """The authority did not take it and will not until somebody mends something: the number is free."""
        now = self._clock()
        values = {
            "estado": NO_RECIBIDO,
            "respuesta_codigo": verdict.code[:20],
            "respuesta_descripcion": verdict.description,
            "detalle": "",
            "vence": None,
            "resuelto_en": now,
            "cambiado_en": now,
        }
        with self._database.write() as connection:
            self._close(connection, attempt, verdict)
            mine = sa.and_(still_pending(document), COMPROBANTE.c.generacion == document.generacion)
            return self._move(connection, mine, values)

    def postpone(
        self,
        document: Comprobante,
        pause: float,
        detail: str,
        attempt: int | None = None,
        verdict: Verdict | None = None,
        ticket: str | None = None,
    ) -> int | None:
        """Try again after ``pause`` seconds: the generation that will, or ``None`` when it is not ours any more.

        ``ticket``: the authority took the document under this ticket (``en_proceso``).
        """
        values: dict[str, object] = {
            "generacion": document.generacion + 1,
            "vueltas": document.vueltas + 1,
            "vence": time.time() + pause + PICK_UP_SECONDS,
            "detalle": detail,
            "cambiado_en": self._clock(),
        }
        if ticket is not None:
            values |= {"estado": EN_PROCESO, "ticket": ticket[:100]}
        with self._database.write() as connection:
            if attempt is not None and verdict is not None:
                self._close(connection, attempt, verdict)
            mine = sa.and_(still_pending(document), COMPROBANTE.c.generacion == document.generacion)
            moved = self._move(connection, mine, values)
        return document.generacion + 1 if moved else None

    def due(self, before: float, limit: int | None) -> list[Comprobante]:
        """Documents that should have moved before that moment (epoch seconds), the longest waiting first."""
        query = sa.select(COMPROBANTE).where(COMPROBANTE.c.vence < before).order_by(COMPROBANTE.c.vence)
        with self._database.read() as connection:
            return [to_comprobante(row._asdict()) for row in connection.execute(query.limit(limit))]

    def take_over(self, document: Comprobante) -> int | None:
        """A new generation for a document whose workflow is gone; ``None`` when another process was first."""
        values = {"generacion": document.generacion + 1, "vence": time.time() + PICK_UP_SECONDS}
        return document.generacion + 1 if self._if_unmoved(document, values) else None

    def extend(self, document: Comprobante) -> None:
        """Its workflow is alive: look again later."""
        self._if_unmoved(document, {"vence": time.time() + LEASE_SECONDS})

    def _if_unmoved(self, document: Comprobante, values: Mapping[str, object]) -> bool:
        unmoved = sa.and_(
            still_pending(document),
            COMPROBANTE.c.generacion == document.generacion,
            COMPROBANTE.c.vence == document.vence,
        )
        with self._database.write() as connection:
            return self._move(connection, unmoved, values)

    def _move(
        self, connection: Connection, which: sa.ColumnElement[bool], values: Mapping[str, object]
    ) -> bool:
        return connection.execute(sa.update(COMPROBANTE).where(which).values(values)).rowcount == 1

    def _close(self, connection: Connection, attempt: int, verdict: Verdict) -> None:
        name, code, detail = outcome(verdict)
        connection.execute(
            sa.update(INTENTO)
            .where(INTENTO.c.id == attempt)
            .values(terminado_en=self._clock(), resultado=name, codigo=code, detalle=detail)
        )
