"""Callers that wait for a verdict: told at once in this process, looking again and again across processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from emitir.engine.comprobante import Comprobante
from emitir.engine.store import Store

#: Seconds between looks at the database, first and last; the work of this process tells without looking.
FIRST_LOOK, LAST_LOOK = 0.25, 1.0


class Waiters:
    """Who waits for which document, in this process."""

    def __init__(self) -> None:
        self._events: dict[int, set[threading.Event]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def listening(self, comprobante_id: int) -> Iterator[threading.Event]:
        """An event that is set when the document is settled in this process."""
        event = threading.Event()
        with self._lock:
            self._events.setdefault(comprobante_id, set()).add(event)
        try:
            yield event
        finally:
            with self._lock:
                events = self._events[comprobante_id]
                events.discard(event)
                if not events:
                    del self._events[comprobante_id]

    def settled(self, comprobante_id: int) -> None:
        """Wake those who wait for the document."""
        with self._lock:
            for event in self._events.get(comprobante_id, ()):
                event.set()


def wait_for_verdict(
    store: Store, document: Comprobante, event: threading.Event, seconds: float
) -> Comprobante:
    """The document as it is once it is settled, or as it is after ``seconds``."""
    until = time.monotonic() + seconds
    look = FIRST_LOOK
    while not document.settled:
        left = until - time.monotonic()
        if left <= 0:
            break
        event.wait(min(left, look))
        event.clear()
        look = min(look * 1.5, LAST_LOOK)
        document = store.by_id(document.id)
    return document
