"""A loopback server that misbehaves on purpose, byte by byte, and remembers what it was sent."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Behaviour = Callable[[socket.socket, "Request"], None]


@dataclass(frozen=True)
class Request:
    """One request as it arrived."""

    line: str
    headers: dict[str, str]
    body: bytes


class RawServer:
    """Serves one connection per thread; each request of a connection goes to ``behaviour``."""

    def __init__(self, behaviour: Behaviour, context: ssl.SSLContext | None = None) -> None:
        self.behaviour = behaviour
        self.requests: list[Request] = []
        self.connections = 0
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._scheme = "https" if context else "http"
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> RawServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                for request in _requests(connection):
                    self.requests.append(request)
                    self.behaviour(connection, request)


def _requests(connection: socket.socket) -> Iterator[Request]:
    stream = connection.makefile("rb")
    while line := stream.readline():
        headers = {}
        while header := stream.readline().decode("latin-1").strip():
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        yield Request(line.decode().strip(), headers, stream.read(int(headers.get("content-length", 0))))


def answer(body: bytes | str, status: str = "200 OK", *headers: str) -> Behaviour:
    """A whole, well-formed HTTP answer."""
    content = body if isinstance(body, bytes) else body.encode()
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers]

    def send(connection: socket.socket, _: Request) -> None:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + content)

    return send


def raw(data: bytes) -> Behaviour:
    """These bytes, and the end of the connection."""

    def send(connection: socket.socket, _: Request) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)

    return send


def reset(connection: socket.socket, _: Request) -> None:
    """The connection is torn down (RST) once the request is in."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    socket.close(connection.detach())


def hang_up(connection: socket.socket, _: Request) -> None:
    """The connection is closed in order, without a word."""
    connection.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
