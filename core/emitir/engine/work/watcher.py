"""Finds documents that should have moved and did not, whatever the reason, and starts them again."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable

import sqlalchemy as sa
from dbos import error as dbos_error

from emitir.engine.work.workflow import Workflows
from emitir.engine.work.worklog import WorkLog
from emitir.errors import EmitirError

logger = logging.getLogger("emitir.engine")

#: What a database in trouble, or being restarted, makes of a look. The next look tries again.
_TROUBLE = (sa.exc.SQLAlchemyError, dbos_error.DBOSException, EmitirError, RuntimeError, OSError)
_BATCH = 1000
_PRUNE_SECONDS = 3600.0


class Watcher:
    """A thread that looks every ``seconds``; ``check_place`` is called first and sees to the executor's place;
    ``learn`` once an hour."""

    def __init__(
        self,
        log: WorkLog,
        workflows: Callable[[], Workflows],
        check_place: Callable[[], None],
        learn: Callable[[], None],
        seconds: float,
    ) -> None:
        self._log = log
        self._workflows = workflows
        self._check_place = check_place
        self._learn = learn
        self._seconds = seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="emitir-watcher", daemon=True)
        self._pruned = time.monotonic()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for a look under way."""
        self._stop.set()
        self._thread.join()

    def look(self, *, everything: bool = False) -> int:
        """One look: how many documents were started again.

        ``everything``: also those whose time has not come, for the first look after a start.
        """
        before = math.inf if everything else time.time()
        started = 0
        due = self._log.due(before, _BATCH if not everything else None)
        for start in range(0, len(due), _BATCH):
            batch = due[start : start + _BATCH]
            workflows = self._workflows()
            states = workflows.states(batch)
            for document in batch:
                state = states[document.id]
                if state == "alive":
                    self._log.extend(document)
                    continue
                generation = document.generacion if state == "missing" else self._log.take_over(document)
                if generation is not None:
                    workflows.start_round(document, generation)
                    started += 1
        if started:
            logger.warning("%d documents had nobody working on them and were started again", started)
        return started

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            try:
                self._check_place()
                self.look()
                if time.monotonic() - self._pruned > _PRUNE_SECONDS:
                    self._pruned = time.monotonic()
                    self._workflows().prune()
                    self._learn()
            except _TROUBLE:
                logger.exception("the watcher could not look; it will try again in %.0f s", self._seconds)
