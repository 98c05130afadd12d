"""The durable workflow of a document: DBOS starts it, brings it back after a crash and wakes it after pauses.

One round is one workflow, named after document and generation; a round that ends without a verdict enqueues
the next one with a delay. So a pause costs no thread and no memory, a history never grows long, and the same
generation never runs twice. DESIGN.md §4 lists the guards; docs/decisions/0003-durable-engine.md the reasons.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

import sqlalchemy as sa
from dbos import (
    DBOS,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    SetEnqueueOptions,
    SetWorkflowID,
    WorkflowStatus,
)

from emitir.engine.comprobante import Comprobante
from emitir.engine.storage.database import Database, workflow_engine
from emitir.engine.work.executor import Place
from emitir.engine.work.rounds import Rounds

#: Raised by one only when the workflow changes shape: work of another version is left alone by DBOS.
APPLICATION_VERSION = "emitir-1"
QUEUE = "comprobantes"
#: Seconds between looks at the queue of delayed rounds.
_POLL_SECONDS = 0.5
#: Finished workflows are of no use to anybody after this.
_KEEP_SECONDS = 3 * 24 * 3600
_PRUNE_BATCH = 500
_WAITING = ("ENQUEUED", "DELAYED")
#: Seconds after which a round that is said to run is not believed.
_PATIENCE_SECONDS = 900.0

#: Whether the workflow of a generation waits or runs, has ended, or was never started.
State = Literal["alive", "gone", "missing"]

_running: Workflows | None = None


class _ClosingError(BaseException):
    """Ends a workflow without an outcome: not an Exception, so DBOS leaves it to be taken up at the next start."""


@DBOS.workflow(name="comprobante")
def _round(comprobante_id: int, generation: int, key: str) -> str:
    """Arguments are ids only; ``key`` is the document's part of the workflow id."""
    if _running is None:
        raise RuntimeError("the engine is not running")
    return _running.round(comprobante_id, generation, key)


def workflow_key(document: Comprobante) -> str:
    """Names the document among the workflows. Derived from its random download code (and not telling it), so
    that a database made anew never meets the workflows of an older one with the same numbers."""
    return hashlib.sha256(document.codigo_descarga.encode()).hexdigest()[:16]


def _log_with_the_others() -> None:
    """What DBOS says goes where the rest goes. It writes to stderr by itself where it finds no handler."""
    logger = logging.getLogger("dbos")
    logger.handlers[:] = [logging.NullHandler()]
    logger.propagate = True


class Workflows:
    """DBOS as one engine uses it. DBOS is one per process, and so is this."""

    def __init__(self, database: Database, place: Place, rounds: Rounds, workers: int) -> None:
        self._database = database
        self._place = place
        self._rounds = rounds
        self._workers = workers
        self._engine: sa.Engine | None = None
        self._active = 0
        self._idle = threading.Condition()
        self._closing = False

    def start(self) -> None:
        """Launch DBOS, which takes up the work that an earlier process left under this executor id."""
        global _running
        if _running is not None:
            raise RuntimeError("another engine is running in this process")
        config: DBOSConfig = {
            "name": "emitir",
            "application_version": APPLICATION_VERSION,
            "executor_id": self._place.executor_id,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
            "max_executor_threads": self._workers + 4,
            # We use none of its notifications; this is how long closing waits for their listener.
            "notification_listener_polling_interval_sec": 0.1,
        }
        url = self._database.url
        if self._database.is_sqlite:
            # A file of its own: DBOS's commits do not queue behind ours.
            self._engine = workflow_engine(url.set(database=f"{url.database}-dbos"))
            config["system_database_engine"] = self._engine
        else:
            config["system_database_url"] = url.render_as_string(hide_password=False)
            config["sys_db_pool_size"] = self._workers + 6
        _running = self
        try:
            self._launch(config)
        except BaseException:
            self.close(0)
            raise

    def _launch(self, config: DBOSConfig) -> None:
        _log_with_the_others()
        DBOS(config=config)
        if not self._workers:
            DBOS.listen_queues([])
        DBOS.launch()
        if self._workers:
            # Half of the workers at most retry; the others are there for new documents.
            retrying = max(1, self._workers // 2)
            DBOS.register_queue(QUEUE, worker_concurrency=retrying, polling_interval_sec=_POLL_SECONDS)

    def close(self, drain_seconds: float) -> None:
        """Let running rounds end (new ones stay for the next start), then stop DBOS."""
        global _running
        with self._idle:
            self._closing = True
            self._idle.wait_for(lambda: not self._active, drain_seconds)
        try:
            DBOS.destroy()
        finally:
            if self._engine is not None:
                self._engine.dispose()
            _running = None

    def start_round(self, document: Comprobante, generation: int) -> None:
        """Start a generation now: here, or (without workers) wherever there is one. Starting it twice is one."""
        key = workflow_key(document)
        with SetWorkflowID(f"{key}-{generation}"):
            if self._workers:
                DBOS.start_workflow(_round, document.id, generation, key)
            else:
                DBOS.enqueue_workflow(QUEUE, _round, document.id, generation, key)

    def round(self, comprobante_id: int, generation: int, key: str) -> str:
        """The body of the workflow."""
        with self._counted():
            again = self._rounds.run(comprobante_id, generation)
            if again is None:
                return "done"
            options = SetEnqueueOptions(delay_seconds=again.pause)
            with SetWorkflowID(f"{key}-{again.generation}"), options:
                DBOS.enqueue_workflow(QUEUE, _round, comprobante_id, again.generation, key)
            return "again"

    def states(self, documents: Sequence[Comprobante]) -> dict[int, State]:
        """What became of the workflow of each document's present generation."""
        names = {f"{workflow_key(document)}-{document.generacion}": document.id for document in documents}
        found: dict[int, State] = dict.fromkeys(names.values(), "missing")
        for status in DBOS.list_workflows(workflow_ids=list(names), load_input=False, load_output=False):
            found[names[status.workflow_id]] = "alive" if self._is_alive(status) else "gone"
        return found

    def _is_alive(self, status: WorkflowStatus) -> bool:
        if status.status == "PENDING":
            # No round lasts this long: its process died in a way that left its executor id to a live one.
            fresh = time.time() - (status.updated_at or 0) / 1000 < _PATIENCE_SECONDS
            return fresh and self._place.live(status.executor_id or "")
        # Nobody takes up what waits for another version of the workflow.
        return status.status in _WAITING and status.app_version == APPLICATION_VERSION

    def prune(self) -> int:
        """Forget workflows that ended long ago: how many."""
        before = datetime.fromtimestamp(time.time() - _KEEP_SECONDS, UTC).isoformat()
        old = DBOS.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            completed_before=before,
            limit=_PRUNE_BATCH,
            load_input=False,
            load_output=False,
        )
        if old:
            DBOS.delete_workflows([status.workflow_id for status in old])
        return len(old)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._idle:
            if self._closing:
                raise _ClosingError
            self._active += 1
        try:
            yield
        finally:
            with self._idle:
                self._active -= 1
                self._idle.notify_all()
