"""The sandbox as a server: on a thread inside a test or a demo, or in the foreground."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path
from types import TracebackType

import uvicorn

from emitir.sandbox.app import create_app
from emitir.sandbox.connections import SeveredProtocol
from emitir.sandbox.store import Store


class SandboxServer:
    """SUNAT on ``host``. ``port`` 0 takes a free one; ``state`` None keeps everything in memory.

    The port is bound on construction, so ``url`` is good at once. A context manager: serves on a thread inside.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, state: Path | None = None) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((host, port))
        shown = f"[{host}]" if family == socket.AF_INET6 else host
        self.url = f"http://{shown}:{self._socket.getsockname()[1]}"
        self._store = Store(state)
        self._stopping = threading.Event()
        config = uvicorn.Config(
            create_app(self._store, self._stopping),
            http=SeveredProtocol,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread: threading.Thread | None = None

    def run(self) -> None:
        """Serve in the foreground until interrupted."""
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._close()

    def start(self) -> None:
        """Serve on a thread; returns when the server answers. Raises RuntimeError when it does not come up."""
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="sandbox", daemon=True
        )
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop serving and close the state."""
        self._server.should_exit = True
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(10)
        self._close()

    def _close(self) -> None:
        self._stopping.set()
        self._socket.close()
        self._store.close()

    def __enter__(self) -> SandboxServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
