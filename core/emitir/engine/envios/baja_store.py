"""The moves of a document that is being annulled. Every method is one transaction, or runs in the caller's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.engine import events
from emitir.engine.comprobante import (
    ACEPTADO,
    BAJA_EN_PROCESO,
    BAJA_PEDIDA,
    BAJA_RECHAZADA,
    DIRECTO,
    EN_LOTE,
    NO_ENVIADO,
    OBSERVADO,
    POR_ENVIAR,
    Comprobante,
)
from emitir.engine.storage import relations
from emitir.engine.storage.database import Database
from emitir.engine.storage.relations import Relation
from emitir.engine.storage.rows import to_comprobante
from emitir.engine.storage.tables import COMPROBANTE, RELACION
from emitir.engine.work.effects import BAJA

_c = COMPROBANTE.c


class BajaStore:
    """Conditional updates: who comes second changes nothing and is told so."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def claim(self, connection: Connection, document: Comprobante) -> bool:
        """Take the right to annul an accepted document, in the transaction that makes the envio."""
        conditions = (_c.estado.in_((ACEPTADO, OBSERVADO)), _c.baja_estado == document.baja_estado)
        return self._change(connection, document, {"baja_estado": BAJA_EN_PROCESO}, *conditions) is not None

    def stop(self, document: Comprobante, motivo: str) -> Comprobante | None:
        """Settle a document of which nothing ever left as ``no_enviado``; ``None`` when something may have.

        A sending moves the state to ``enviando`` before the wire and nothing moves it back but an answer that
        it was not received, so ``por_enviar`` says that nothing is there.
        """
        now = self._clock()
        values = {
            "estado": NO_ENVIADO,
            "vence": None,
            "generacion": document.generacion + 1,
            "detalle": "",
            "resuelto_en": now,
        }
        apart = _c.canal.in_(
            (DIRECTO, EN_LOTE)
        )  # what waits for a resumen was handed over and is informed first
        conditions = (_c.estado == POR_ENVIAR, apart, _c.resuelto_en.is_(None))
        with self._database.write() as connection:
            stopped = self._change(connection, document, values, *conditions)
            if stopped is None:
                return None
            relations.add(connection, BAJA, None, [document.id], now, relations.ACEPTADA, motivo=motivo)
            events.write(connection, [events.event(stopped, events.NO_ENVIADO, now, motivo=motivo)])
        return stopped

    def keep(self, document: Comprobante, motivo: str) -> Comprobante | None:
        """Keep the baja until the document has its verdict; ``None`` when it has it already."""
        now = self._clock()
        conditions = (_c.resuelto_en.is_(None), _c.baja_estado == document.baja_estado)
        with self._database.write() as connection:
            kept = self._change(connection, document, {"baja_estado": BAJA_PEDIDA}, *conditions)
            if kept is None:
                return None
            relations.add(connection, BAJA, None, [document.id], now, relations.PEDIDA, motivo=motivo)
            events.write(connection, [events.event(kept, events.BAJA_PEDIDA, now, motivo=motivo)])
        return kept

    def refuse(self, document: Comprobante, relation: Relation, detail: str) -> None:
        """Close a kept baja that cannot be any more."""
        now = self._clock()
        condition = _c.baja_estado == BAJA_PEDIDA
        with self._database.write() as connection:
            changed = self._change(connection, document, {"baja_estado": BAJA_RECHAZADA}, condition)
            if changed is None:
                return
            relations.change(connection, [relation.id], now, relations.RECHAZADA, detail)
            events.write(connection, [events.event(changed, events.BAJA_RECHAZADA, now, detalle=detail)])

    def waiting(self, limit: int) -> list[Comprobante]:
        """Accepted documents whose baja waits for its envio, the oldest request first."""
        query = (
            sa.select(COMPROBANTE)
            .join(RELACION, RELACION.c.comprobante_id == _c.id)
            .where(
                RELACION.c.estado == sa.literal_column("'pedida'"),
                RELACION.c.accion == BAJA,
                _c.estado.in_((ACEPTADO, OBSERVADO)),
                _c.baja_estado == BAJA_PEDIDA,
            )
            .order_by(RELACION.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [to_comprobante(row._asdict()) for row in connection.execute(query)]

    def _change(
        self,
        connection: Connection,
        document: Comprobante,
        values: Mapping[str, Any],
        *conditions: sa.ColumnElement[bool],
    ) -> Comprobante | None:
        update = (
            sa.update(COMPROBANTE)
            .where(_c.id == document.id, _c.revision == document.revision, *conditions)
            .values(**values, cambiado_en=self._clock())
            .returning(*_c)
        )
        row = connection.execute(update).one_or_none()
        return None if row is None else to_comprobante(row._asdict())
