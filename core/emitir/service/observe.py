"""Request ids, the log and the metrics of the service.

Neither holds a token, a body, a query or a download code: of a path only the route is told.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emitir.service.logs import SHARED

#: Header of every answer: the id of the request in the log.
REQUEST_ID = "X-Solicitud"
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)

#: Goes through the standard logger: who embeds the service decides what becomes of it.
log: Any = structlog.wrap_logger(
    logging.getLogger("emitir.service"),
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    wrapper_class=structlog.stdlib.BoundLogger,
)


class Metrics:
    """Counters of one service, in the form that Prometheus reads."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("route", "command", "http", "codigo_error")
        self.requests = Counter("emitir_requests_total", "Answers sent.", labels, registry=self.registry)
        self.seconds = Histogram(
            "emitir_request_seconds",
            "Seconds from the first byte of a request to the last of its answer.",
            ("route", "command"),
            registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20),
        )
        self.running = Gauge("emitir_requests_running", "Requests being answered.", registry=self.registry)

    def text(self) -> bytes:
        """The metrics as text."""
        return generate_latest(self.registry)


class Observer:
    """ASGI middleware: gives each request its id, logs one line for its answer and counts it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and tell of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        # Starlette keeps request.state in this dict; the handlers below leave what the log tells there.
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        begun = time.perf_counter()
        self.metrics.running.inc()
        try:
            await self.app(scope, receive, send_with_id)
        finally:
            self.metrics.running.dec()
            self._tell(scope, state, status, time.perf_counter() - begun)

    def _tell(self, scope: Scope, state: dict[str, Any], status: int, seconds: float) -> None:
        route, command, code = (
            state.get("route", "other"),
            state.get("command", ""),
            state.get("codigo_error", ""),
        )
        self.metrics.requests.labels(route, command, str(status), code).inc()
        self.metrics.seconds.labels(route, command).observe(seconds)
        log.log(
            40 if status >= 500 else 20,
            "request",
            request_id=state["request_id"],
            method=scope["method"] if scope["method"] in _METHODS else "other",
            route=route,
            command=command,
            company=state.get("company", ""),
            http=status,
            codigo_error=code,
            ms=round(seconds * 1000, 1),
        )


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
