"""The service on a socket: in the foreground for ``emitir serve``, in a thread for the demo and the tests."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

import uvicorn

from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.app import ServiceSettings, create_app
from emitir.service.ports import Engine

#: Seconds that a connection is kept for the next call; longer than the minute of common proxies.
_KEEP_ALIVE = 75
#: Seconds that a stop waits for calls under way: an ``emitir`` waits up to ten for its verdict.
_GRACE = 15


class ServiceServer:
    """HTTP on ``host``:``port`` (0: a free one) over a running engine. Listens as soon as it exists."""

    def __init__(
        self,
        engine: Engine,
        host: str = "127.0.0.1",
        port: int = 0,
        settings: ServiceSettings | None = None,
    ) -> None:
        self._socket = _listen(host, port)
        name = f"[{host}]" if ":" in host else host
        self.url = f"http://{name}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            create_app(engine, settings),
            log_config=None,
            access_log=False,  # its lines would hold download codes; ours hold the route
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = _Server(config)
        self._thread: threading.Thread | None = None

    def run(self) -> None:
        """Serve in the foreground until SIGINT or SIGTERM; returns then, so that the engine can be closed."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self._server.handle_exit) for number in numbers}
        try:
            self._serve()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> ServiceServer:
        self._thread = threading.Thread(target=self._serve, name="emitir-service", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.01)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(_GRACE + 5)
        self._socket.close()


class _Server(uvicorn.Server):
    """Uvicorn without its own signal handling, which ends the process before anybody can tidy up."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises EmitirError when the address is taken or is not of this machine."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)  # calls wait from now on, also while the application starts
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> EmitirError:
    return EmitirError(
        Problem(
            CONFIGURACION_INVALIDA,
            N_("No se puede escuchar en {host}:{port}: {reason}."),
            params={"host": host, "port": port, "reason": error.strerror or error},
            action=N_("Elija otro puerto, o detenga el programa que lo usa."),
        )
    )
