"""Does what has its time rather than its request: resúmenes, lotes, bajas that waited, deadlines to announce.

A thread of every started engine. What it does are conditional commits, so that any number of processes may have
one and each thing is done once; one that dies leaves nothing half done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from dbos import error as dbos_error

from emitir.clock import Clock
from emitir.engine import events
from emitir.engine.comprobante import COMPROBANTE, ENVIO, NO_RECIBIDO, Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.envios.baja_store import BajaStore
from emitir.engine.envios.bajas import Bajas
from emitir.engine.envios.lotes import Lotes
from emitir.engine.envios.resumenes import URGENT, Resumenes
from emitir.engine.storage import relations
from emitir.engine.storage.database import Database
from emitir.engine.storage.rows import to_comprobante
from emitir.engine.storage.store import Store
from emitir.engine.storage.tables import ATTENTION, EMPRESA, RELACION
from emitir.engine.storage.tables import COMPROBANTE as TABLE
from emitir.errors import EmitirError

logger = logging.getLogger("emitir.engine")

#: What a database in trouble, or data of an older version, makes of a look. The next look tries again.
_TROUBLE = (
    *(sa.exc.SQLAlchemyError, dbos_error.DBOSException, EmitirError, RuntimeError, OSError),
    *(LookupError, ValueError),
)
_BATCH = 200
#: An envio that the authority did not receive goes out again after this: somebody may have mended the reason.
RESEND_AFTER = timedelta(hours=6)
#: An older one is past every deadline of its documents.
_RESEND_WITHIN = timedelta(days=10)
#: Between two looks for such envios, which have no index of their own.
_RESEND_LOOK = timedelta(minutes=15)
#: What was issued just now has its verdict in a moment and is not announced as late.
_SETTLING = timedelta(minutes=10)

_c = TABLE.c


class Clerk:
    """``look`` is one pass over everything; the thread looks every ``seconds`` and when it is nudged."""

    def __init__(
        self,
        database: Database,
        store: Store,
        bajas: Bajas,
        baja_store: BajaStore,
        resumenes: Resumenes,
        lotes: Lotes,
        companies: Companies,
        runtimes: Runtimes,
        clock: Clock,
        start: Callable[[Comprobante, int], None],
        seconds: float,
    ) -> None:
        self._database = database
        self._store = store
        self._bajas = bajas
        self._baja_store = baja_store
        self._resumenes = resumenes
        self._lotes = lotes
        self._companies = companies
        self._runtimes = runtimes
        self._clock = clock
        self._start_round = start
        self._seconds = seconds
        self._nudged = threading.Event()
        self._stopping = False
        self._looked_for_unsent: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="emitir-clerk", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for a pass under way."""
        self._stopping = True
        self._nudged.set()
        self._thread.join()

    def nudge(self) -> None:
        """Look now: a verdict came on which something waits."""
        self._nudged.set()

    def look(self) -> None:
        """One pass. What fails for one document or company is logged and tried again in the next."""
        self._go_on_with_bajas()
        self._resumenes.due()
        self._lotes.due()
        self._send_again()
        self._announce_deadlines()

    def _go_on_with_bajas(self) -> None:
        for document in self._baja_store.waiting(_BATCH):
            company = self._companies.by_id(document.empresa_id)
            if company.ambiente != document.ambiente:
                continue
            try:
                self._bajas.go_on(company, self._runtimes.get(company), document)
            except EmitirError as error:
                logger.warning("the baja of %s waits: %s", document.codigo_documento, error)

    def _send_again(self) -> None:
        """Envios that were not received: their documents depend on them, and their numbers must not be skipped."""
        now = self._clock()
        if self._looked_for_unsent is not None and now < self._looked_for_unsent + _RESEND_LOOK:
            return
        self._looked_for_unsent = now
        before, since = now - RESEND_AFTER, (now - _RESEND_WITHIN).date()
        has_work = sa.exists().where(RELACION.c.envio_id == _c.id, RELACION.c.estado == relations.EN_PROCESO)
        query = (
            sa.select(TABLE)
            .join(EMPRESA, sa.and_(EMPRESA.c.id == _c.empresa_id, EMPRESA.c.ambiente == _c.ambiente))
            .where(_c.fecha_emision >= since, _c.clase == ENVIO, ATTENTION, _c.estado == NO_RECIBIDO)
            .where(_c.cambiado_en < before, has_work)
            .limit(_BATCH)
        )
        with self._database.read() as connection:
            found = [to_comprobante(row._asdict()) for row in connection.execute(query)]
        for envio in found:
            again = self._store.requeue(envio)
            if again is not None:
                self._start_round(again, again.generacion)

    def _announce_deadlines(self) -> None:
        """One event for each document whose deadline is near and that has no verdict."""
        now = self._clock()
        update = (
            sa.update(TABLE)
            .where(
                sa.literal_column("resuelto_en").is_(None),
                _c.plazo < now + URGENT,
                _c.avisado_en.is_(None),
                _c.clase == COMPROBANTE,
                _c.creado_en < now - _SETTLING,
            )
            .values(avisado_en=now)
            .returning(*_c)
        )
        with self._database.write() as connection:
            late = [to_comprobante(row._asdict()) for row in connection.execute(update)]
            told = [
                events.event(one, events.POR_VENCER, now, plazo=one.plazo.isoformat(), detalle=one.detalle)
                for one in late
            ]
            events.write(connection, told)

    def _run(self) -> None:
        while not self._stopping:
            try:
                self.look()
            except _TROUBLE:
                logger.exception("the clerk could not look; it will try again in %.0f s", self._seconds)
            self._nudged.wait(self._seconds)
            self._nudged.clear()
