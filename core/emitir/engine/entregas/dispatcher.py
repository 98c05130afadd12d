"""Sends what is due, in this process: a thread that looks, and a few that send. Fair among companies."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from emitir.engine.entregas.deliveries import Delivery, Later, Outcome, said
from emitir.engine.entregas.store import DeliveryStore
from emitir.errors import EmitirError
from emitir.i18n import N_

logger = logging.getLogger("emitir.deliveries")

#: Sends the deliveries of one group, which go in one message: an outcome for each. Raises nothing but bugs.
Sender = Callable[[Sequence[Delivery]], Sequence[Outcome]]

#: Seconds between two looks at the database; what this process commits is looked at at once.
LOOK_SECONDS = 1.0
#: Messages that are sent at the same time, and those of one company, so that a slow server of one of them
#: does not hold up the others.
SENDERS, SENDERS_OF_ONE = 8, 2
_BATCH = 200


class Dispatcher:
    """``executor`` tells under which name this process works now; ``prepare`` makes deliveries of what has
    happened, before each look."""

    def __init__(
        self,
        store: DeliveryStore,
        senders: Mapping[str, Sender],
        executor: Callable[[], str],
        prepare: Callable[[], int],
    ) -> None:
        self._store = store
        self._senders = senders
        self._executor = executor
        self._prepare = prepare
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="emitir-sender")
        self._thread = threading.Thread(target=self._run, name="emitir-dispatcher", daemon=True)
        self._wake = threading.Event()
        self._stopping = False
        self._lock = threading.Lock()
        self._busy: dict[str, int] = {}

    def start(self) -> None:
        """First of all what an earlier process left behind in the middle of a sending."""
        left = self._store.recover(self._executor())
        if left:
            logger.warning("%d deliveries were cut off by the end of a process and go out again", left)
        self._thread.start()

    def close(self) -> None:
        """Take nothing new and let sendings under way end."""
        self._stopping = True
        self._wake.set()
        self._thread.join()
        self._pool.shutdown(wait=True)

    def wake(self) -> None:
        """Something was committed: look now."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                self._look()
            except (sa.exc.SQLAlchemyError, OSError):
                logger.exception("the dispatcher could not look; it will try again in %.0f s", LOOK_SECONDS)
            self._wake.wait(LOOK_SECONDS)

    def _look(self) -> None:
        self._prepare()
        with self._lock:
            busy = dict(self._busy)
        if len(busy) >= SENDERS:
            return
        of_company = Counter(busy.values())
        # What waits for a slow server may be more than a batch: it must not hide the others.
        full = [company for company, busy_with in of_company.items() if busy_with >= SENDERS_OF_ONE]
        for grupo, company_id, clase in self._store.due(_BATCH, full):
            if len(busy) >= SENDERS or self._stopping:
                return
            if grupo in busy or of_company[company_id] >= SENDERS_OF_ONE:
                continue
            busy[grupo] = company_id
            of_company[company_id] += 1
            with self._lock:
                self._busy[grupo] = company_id
            self._pool.submit(self._send, grupo, clase)

    def _send(self, grupo: str, clase: str) -> None:
        try:
            taken = self._store.take(grupo, self._executor())
            if taken:
                outcomes = self._outcomes(clase, taken)
                self._store.close(list(zip(taken, outcomes, strict=True)))
        except sa.exc.SQLAlchemyError:
            logger.exception("delivery %s: the database did not take its outcome", grupo)
        finally:
            with self._lock:
                self._busy.pop(grupo, None)
            self._wake.set()  # a place is free

    def _outcomes(self, clase: str, taken: Sequence[Delivery]) -> Sequence[Outcome]:
        try:
            outcomes = self._senders[clase](taken)
        except EmitirError as error:
            # Secrets that do not open, a file that cannot be made: somebody has to mend something.
            return [Later(str(error))] * len(taken)
        except Exception:
            # The last guard: a bug in one delivery must neither lose it nor stop those behind it.
            logger.exception("delivery %s failed inside of Emitir", taken[0].grupo)
            return [Later(said(N_("Algo falló dentro de Emitir al prepararlo.")))] * len(taken)
        for delivery, outcome in zip(taken, outcomes, strict=True):
            logger.info(
                "delivery %s (%s), attempt %d: %s",
                delivery.grupo,
                delivery.clase,
                delivery.intentos,
                type(outcome).__name__.lower(),
            )
        return outcomes
