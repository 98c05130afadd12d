"""Callers that wait for a verdict: told at once in this process, looking again and again across processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from emitir.engine.comprobante import Comprobante
from emitir.engine.storage.store import Store

#: Seconds between looks at the database, first and last; the work of this process tells without looking.
FIRST_LOOK, LAST_LOOK = 0.25, 1.0


class Waiter:
    """One caller: told of the verdict, it has the document as it was committed."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._document: Comprobante | None = None

    def tell(self, document: Comprobante) -> None:
        self._document = document
        self._told.set()

    def verdict(self, store: Store, document: Comprobante, seconds: float) -> Comprobante:
        """The document as it is once it is settled, or as it is after ``seconds``."""
        until = time.monotonic() + seconds
        look = FIRST_LOOK
        while not document.settled:
            left = until - time.monotonic()
            if left <= 0:
                break
            if self._told.wait(min(left, look)) and self._document is not None:
                return self._document
            look = min(look * 1.5, LAST_LOOK)
            document = store.by_id(document.id)
        return document


class Waiters:
    """Who waits for which document, in this process."""

    def __init__(self) -> None:
        self._waiters: dict[int, set[Waiter]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def listening(self, comprobante_id: int) -> Iterator[Waiter]:
        """A waiter that is told when the document is settled in this process."""
        waiter = Waiter()
        with self._lock:
            self._waiters.setdefault(comprobante_id, set()).add(waiter)
        try:
            yield waiter
        finally:
            with self._lock:
                waiters = self._waiters[comprobante_id]
                waiters.discard(waiter)
                if not waiters:
                    del self._waiters[comprobante_id]

    def settled(self, document: Comprobante) -> None:
        """Tell those who wait for the document."""
        with self._lock:
            for waiter in self._waiters.get(document.id, ()):
                waiter.tell(document)
