"""Everything that works in the background of a started engine: the place, the workflows, the watcher."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from emitir.clock import Clock
from emitir.engine.comprobante import Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.settings import Settings
from emitir.engine.storage.database import Database
from emitir.engine.work.executor import Place, take_place
from emitir.engine.work.rounds import Rounds
from emitir.engine.work.watcher import Watcher
from emitir.engine.work.workflow import Workflows
from emitir.engine.work.worklog import WorkLog

logger = logging.getLogger("emitir.engine")


class Workshop:
    """Started once and closed once."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        companies: Companies,
        runtimes: Runtimes,
        settled: Callable[[Comprobante], None],
    ) -> None:
        self._database = database
        self._settings = settings
        self._stopping = threading.Event()
        self._log = WorkLog(database, clock)
        self._rounds = Rounds(self._log, companies, runtimes, clock, settled, self._stopping)
        self._watcher = Watcher(
            self._log, self._present, self._keep_place, database.learn, settings.watch_seconds
        )
        self._place: Place | None = None
        self._workflows: Workflows | None = None

    def start(self) -> None:
        """Raises ``CONFIGURACION_INVALIDA`` when there is no place for this process."""
        self._launch()
        self._watcher.look(everything=True)
        self._watcher.start()

    def close(self) -> None:
        """Let rounds under way end, then give up the place."""
        self._stopping.set()
        self._watcher.stop()
        self._land()

    def start_round(self, document: Comprobante, generation: int) -> None:
        """Have somebody work on a document now. While a new place is being taken, the watcher will find it."""
        if self._workflows is not None:
            self._workflows.start_round(document, generation)

    @property
    def executor(self) -> str:
        """The executor id under which this process works now."""
        return self._log.executor

    def _present(self) -> Workflows:
        if self._workflows is None:
            raise RuntimeError("the workshop is closed")
        return self._workflows

    def _launch(self) -> None:
        place = take_place(self._database, self._settings.executor)
        try:
            workflows = Workflows(self._database, place, self._rounds, self._settings.workers)
            workflows.start()
        except BaseException:
            place.release()
            raise
        self._log.executor = place.executor_id
        self._place, self._workflows = place, workflows
        logger.info("working as %s", place.executor_id)

    def _land(self) -> None:
        if self._workflows is not None:
            self._workflows.close(self._settings.drain_seconds)
            self._workflows = None
        if self._place is not None:
            self._place.release()
            self._place = None

    def _keep_place(self) -> None:
        """The server dropped our connection: another process may have the place by now, so take a new one."""
        if self._place is not None and self._place.held():
            return
        logger.error("the place of this process was lost; taking a new one")
        self._land()
        self._launch()
