"""Everything that makes files about documents: bajas, events, resúmenes, lotes, and the clerk who works by the clock."""

from __future__ import annotations

from collections.abc import Callable

from emitir.clock import Clock
from emitir.engine.comprobante import BAJA_PEDIDA, ENVIO, Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.envios.baja_store import BajaStore
from emitir.engine.envios.bajas import Bajas
from emitir.engine.envios.clerk import Clerk
from emitir.engine.envios.envios import Envios
from emitir.engine.envios.eventos import Eventos
from emitir.engine.envios.lotes import Lotes
from emitir.engine.envios.resumenes import Resumenes
from emitir.engine.storage.database import Database
from emitir.engine.storage.store import Store
from emitir.engine.work.waiting import Waiters


class Office:
    """``start_round`` hands a file and its generation to the workflows; ``new_clerk`` makes a clerk."""

    def __init__(
        self,
        database: Database,
        store: Store,
        companies: Companies,
        runtimes: Runtimes,
        waiters: Waiters,
        clock: Clock,
        start_round: Callable[[Comprobante, int], None],
        watch_seconds: float,
    ) -> None:
        envios, moves = Envios(database, clock), BajaStore(database, clock)
        self.bajas = Bajas(store, moves, envios, runtimes, waiters, clock, start_round)
        self.eventos = Eventos(database, store, envios, runtimes, waiters, clock, start_round)
        self.resumenes = Resumenes(database, envios, companies, runtimes, clock, start_round)
        lotes = Lotes(database, envios, companies, runtimes, clock, start_round)

        def clerk() -> Clerk:
            return Clerk(
                database,
                store,
                self.bajas,
                moves,
                self.resumenes,
                lotes,
                companies,
                runtimes,
                clock,
                start_round,
                watch_seconds,
            )

        self.new_clerk = clerk
        self._clerk: Clerk | None = None

    def open(self) -> None:
        """The clerk begins."""
        self._clerk = self.new_clerk()
        self._clerk.start()

    def close(self) -> None:
        """The clerk ends; a pass under way is waited for."""
        if self._clerk is not None:
            self._clerk.stop()
            self._clerk = None

    def nudge(self) -> None:
        """Have the clerk look now."""
        if self._clerk is not None:
            self._clerk.nudge()

    def settled(self, document: Comprobante) -> None:
        """A verdict came: what depends on it is done now."""
        if document.clase == ENVIO or document.baja_estado == BAJA_PEDIDA:
            self.nudge()
