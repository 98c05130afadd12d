"""The way of every call: logged as it arrives, hit by a fault that waits for it, answered, logged again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from emitir.sandbox.clock import MovableClock
from emitir.sandbox.connections import Severed
from emitir.sandbox.faults import Fault, FaultBox
from emitir.sandbox.records import Call
from emitir.sandbox.store import Store

_BLOCKED = (
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. "
    "Please consult with your administrator.<br><br>Your support ID is: 13084872398713</body></html>"
)


@dataclass(slots=True)
class Desk:
    """What the routes share.

    ``stopping`` wakes the calls that a fault has put to sleep. ``catch_up``: what has to be done by now, before
    anything is looked at.
    """

    store: Store
    clock: MovableClock
    faults: FaultBox
    stopping: threading.Event
    catch_up: list[Callable[[], None]] = field(default_factory=list)

    def up_to_date(self) -> Store:
        """The store, with everything in it that has to be done by now."""
        for work in self.catch_up:
            work()
        return self.store

    def handle(
        self, call: Call, work: Callable[[Call], Response], complain: Callable[[Fault], Response]
    ) -> Response:
        """Work one call, or what a waiting fault makes of it. ``complain`` writes the fault with a code."""
        started = time.perf_counter()
        self.up_to_date()
        call.at = self.clock.now().isoformat()
        call.outcome = "recibido"
        fault = self.faults.take(call.operation, call.file_name)
        if fault is not None:
            fault = replace(fault)
            call.fault = fault.fault
        number = self.store.open_call(call)
        try:
            return self._answer(call, work, complain, fault)
        finally:
            call.milliseconds = round((time.perf_counter() - started) * 1000, 1)
            self.store.close_call(number, call)

    def _answer(
        self,
        call: Call,
        work: Callable[[Call], Response],
        complain: Callable[[Fault], Response],
        fault: Fault | None,
    ) -> Response:
        if fault is None:
            return work(call)
        if fault.fault == "timeout":
            if fault.when == "before":
                self.stopping.wait(fault.seconds)
                return work(call)
            answer = work(call)
            self.stopping.wait(fault.seconds)
            return answer
        answer = Response()
        if fault.when == "after":
            answer = work(call)
        else:
            call.outcome = "no atendido"
        return _broken(fault, answer, complain)


def _broken(fault: Fault, answer: Response, complain: Callable[[Fault], Response]) -> Response:
    match fault.fault:
        case "drop_before" | "drop_after_commit":
            return Severed()
        case "html":
            return Response(_BLOCKED, media_type="text/html")
        case "empty":
            return Response(b"", media_type="text/xml")
        case "garbled":
            body = bytes(answer.body) or b'<?xml version="1.0"?><soap-env:Envelope>'
            return Response(body[: len(body) // 2], media_type="text/xml")
        case "fault":
            return complain(fault)
        case status:
            code = int(status.removeprefix("http_"))
            return Response(
                f"<html><body><h1>{code}</h1></body></html>", status_code=code, media_type="text/html"
            )
