"""The log of attempts and the moves of a document that waits for its verdict.

An attempt is committed before the wire and closed, together with what it changed, after it. One that was
never closed says that nobody knows what became of it: the authority is asked before anything is sent again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.engine.comprobante import (
    EN_LOTE,
    EN_PROCESO,
    ENVIANDO,
    IN_LOTE,
    NO_RECIBIDO,
    POR_ENVIAR,
    Comprobante,
)
from emitir.engine.storage import relations
from emitir.engine.storage.archive import CDR
from emitir.engine.storage.database import Database
from emitir.engine.storage.rows import (
    ALREADY_REGISTERED,
    answer_values,
    clean,
    file_values,
    outcome,
    to_comprobante,
)
from emitir.engine.storage.statements import (
    ADD_FILE,
    BEGIN_ATTEMPT,
    END_ATTEMPT,
    LOAD,
    MOVE,
    MOVE_UNTOUCHED,
    SENDINGS,
    SETTLE,
)
from emitir.engine.storage.store import PICK_UP_SECONDS, same_generation
from emitir.engine.storage.tables import COMPROBANTE
from emitir.engine.work import applying
from emitir.engine.work.effects import Decision, Related
from emitir.verdict import AlreadyRegistered, Final, NotReceived, Rejected, Verdict

Operation = Literal["submit", "ask"]

#: Seconds that a contact with the authority may take before the watcher looks after the document.
LEASE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Work:
    """A document to work on: its signed bytes, how earlier sendings of these bytes ended (``None``: unknown), what
    the last of them to be told so was told ("already registered"), when the last one began, the present version
    of its company, and the document without verdict (its ``codigo_documento``) that this one modifies."""

    document: Comprobante
    xml: bytes
    sendings: tuple[str | None, ...]
    already: AlreadyRegistered | None
    sent_at: datetime | None
    company_version: int
    held_by: str


class WorkLog:
    """Every method is one transaction. ``executor``: who is working, for the record."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.executor = ""

    def load(self, comprobante_id: int) -> Work | None:
        """The document with its bytes; ``None`` when it has its verdict already."""
        with self._database.read() as connection:
            row = connection.execute(LOAD, {"b_id": comprobante_id}).one_or_none()
            if row is None:
                return None
            key = {"b_id": comprobante_id, "b_revision": row.revision}
            sent = connection.execute(SENDINGS, key).all()
        values = row._asdict()
        xml, version = values.pop("contenido"), values.pop("empresa_version")
        held_by = values.pop("espera_a")
        told = [AlreadyRegistered(s.codigo, s.detalle) for s in sent if s.resultado == ALREADY_REGISTERED]
        return Work(
            document=to_comprobante(values),
            xml=xml,
            sendings=tuple(s.resultado for s in sent),
            already=told[-1] if told else None,
            sent_at=sent[-1].empezado_en if sent else None,
            company_version=version,
            held_by=held_by or "",
        )

    def begin(self, document: Comprobante, operation: Operation) -> int | None:
        """Commit the intent to contact the authority; ``None`` when the document is not ours to work on any more."""
        now = self._clock()
        values: dict[str, object] = {"vence": time.time() + LEASE_SECONDS, "cambiado_en": now}
        if operation == "submit":
            values["estado"] = ENVIANDO
        attempt = {
            "comprobante_id": document.id,
            "revision": document.revision,
            "generacion": document.generacion,
            "operacion": operation,
            "ejecutor": self.executor,
            "empezado_en": now,
        }
        with self._database.write() as connection:
            if connection.execute(MOVE, {**same_generation(document), **values}).one_or_none() is None:
                return None
            begun: int = connection.execute(BEGIN_ATTEMPT, attempt).scalar_one()
        return begun

    def close(self, attempt: int, verdict: Verdict) -> None:
        """Record how an attempt ended that changes nothing by itself."""
        with self._database.write() as connection:
            self._close(connection, attempt, verdict)

    def documents_of(self, envio: Comprobante) -> list[Related]:
        """The documents that an envio is about and that wait for its verdict."""
        with self._database.read() as connection:
            return relations.documents_of(connection, envio.id)

    def settle(
        self,
        document: Comprobante,
        attempt: int,
        verdict: Verdict,
        final: Final,
        decisions: Sequence[Decision] = (),
        lost: bool = False,
    ) -> Comprobante | None:
        """The authority's word, with its CDR: ``final`` is what it means for this document, ``verdict`` what was
        said on the wire. ``None`` when the document had its verdict already.

        ``decisions``: what it means for the documents that an envio is about; written in the same commit, as is
        the event that tells of it. ``lost``: what the authority decided about an envio is not known.
        """
        now = self._clock()
        values = {**answer_values(final), "vence": None, "resuelto_en": now, "cambiado_en": now}
        same_bytes = {"b_id": document.id, "b_revision": document.revision}
        with self._database.write() as connection:
            self._close(connection, attempt, verdict)
            row = connection.execute(SETTLE, {**same_bytes, **values}).one_or_none()
            if row is None:
                return None
            if final.cdr is not None:
                files = file_values(document.id, document.revision, {CDR: final.cdr}, now)
                connection.execute(ADD_FILE, files)
            settled = applying.settled(connection, to_comprobante(row._asdict()), now, lost)
            applying.apply(connection, settled, final, decisions, now)
        return settled

    def not_received(
        self,
        document: Comprobante,
        attempt: int,
        verdict: NotReceived,
        decisions: Sequence[Decision] = (),
    ) -> Comprobante | None:
        """The authority did not take it and will not until somebody mends something: the number is free.

        ``decisions``: as for :meth:`settle`.
        """
        now = self._clock()
        values = {
            "estado": NO_RECIBIDO,
            "respuesta_codigo": clean(verdict.code)[:20],
            "respuesta_descripcion": clean(verdict.description),
            "detalle": "",
            "vence": None,
            "resuelto_en": now,
            "cambiado_en": now,
        }
        with self._database.write() as connection:
            self._close(connection, attempt, verdict)
            row = connection.execute(MOVE, {**same_generation(document), **values}).one_or_none()
            if row is None:
                return None
            settled = applying.settled(connection, to_comprobante(row._asdict()), now)
            said = Rejected(verdict.code, verdict.description)
            applying.apply(connection, settled, said, decisions, now)
        return settled

    def keep_cdr(self, document: Comprobante, cdr: bytes) -> None:
        """Store a CDR that came after the verdict; the first one stays."""
        files = file_values(document.id, document.revision, {CDR: cdr}, self._clock())
        try:
            with self._database.write() as connection:
                connection.execute(ADD_FILE, files)
        except sa.exc.IntegrityError:
            return

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
            "detalle": clean(detail),
            "cambiado_en": self._clock(),
        }
        if ticket is not None:
            values |= {"estado": EN_PROCESO, "ticket": clean(ticket)[:100]}
        with self._database.write() as connection:
            if attempt is not None and verdict is not None:
                self._close(connection, attempt, verdict)
            row = connection.execute(MOVE, {**same_generation(document), **values}).one_or_none()
        return None if row is None else document.generacion + 1

    def to_lote(self, document: Comprobante, attempt: int, verdict: Verdict) -> None:
        """The authority takes it together with others only: it waits for them."""
        values: dict[str, object] = {
            "canal": EN_LOTE,
            "estado": POR_ENVIAR,
            "detalle": IN_LOTE,
            "vence": None,
            "cambiado_en": self._clock(),
        }
        with self._database.write() as connection:
            self._close(connection, attempt, verdict)
            connection.execute(MOVE, {**same_generation(document), **values})

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
        conditions = {**same_generation(document), "b_vence": document.vence}
        with self._database.write() as connection:
            return connection.execute(MOVE_UNTOUCHED, {**conditions, **values}).rowcount == 1

    def _close(self, connection: Connection, attempt: int, verdict: Verdict) -> None:
        name, code, detail = outcome(verdict)
        values = {"terminado_en": self._clock(), "resultado": name, "codigo": code, "detalle": detail}
        connection.execute(END_ATTEMPT, {"b_id": attempt, **values})
