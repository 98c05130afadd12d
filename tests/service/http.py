"""Bytes over loopback: what a client really sends, and what really comes back."""

from __future__ import annotations

import http.client
import io
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from emitir.wire import parse

#: What the contract lets these routes answer (paperclip: anything else kills the client).
UNDERSTOOD = {200, 400, 403, 406, 500, 503}


@dataclass(frozen=True)
class Reply:
    """One answer: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def properties(self) -> dict[str, Any]:
        """The body, read in the format that it says it has."""
        return parse(self.body, "json" if self.media_type == "application/json" else "texto")

    @property
    def paths(self) -> list[tuple[str, str]]:
        """Code and property of each error."""
        return [(error["codigo_error"], error["propiedad"]) for error in self.properties["errores"]]


class _Socket:
    """The little that http.client needs of a socket to read an answer."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def makefile(self, mode: str) -> io.BufferedIOBase:
        return self._sock.makefile(mode)  # type: ignore[call-overload,no-any-return]


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    assert parts.hostname is not None
    return socket.create_connection((parts.hostname, parts.port or 80), timeout=60)


def read_reply(sock: socket.socket, method: str = "POST") -> Reply:
    response = http.client.HTTPResponse(_Socket(sock), method=method)  # type: ignore[arg-type]
    response.begin()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Reply(response.status, headers, response.read())


def send(url: str, target: str, headers: Mapping[str, str], body: bytes = b"", method: str = "POST") -> Reply:
    """One request with exactly these headers (and Host and Content-Length), as PHP's cURL would send it."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {urlsplit(url).netloc}", "Accept: */*"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    with connect(url) as sock:
        sock.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        return read_reply(sock, method)


@dataclass(frozen=True)
class Access:
    """A running service and one company's way in."""

    url: str
    uuid: str
    token: str

    def generation_1(self, command: str, body: bytes, formato: str = "json") -> Reply:
        """2017-2020: X-Token, X-Formato; cURL calls every body a form."""
        headers = {
            "X-Token": self.token,
            "X-Formato": formato,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return send(self.url, f"/{self.uuid}/{command}", headers, body)

    def generation_2(self, command: str, body: bytes, content_type: str = "application/json") -> Reply:
        """2021-2024: Bearer, Content-Type."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": content_type}
        return send(self.url, f"/{self.uuid}/{command}", headers, body)

    def generation_3(self, command: str, body: bytes, content_type: str = "application/json") -> Reply:
        """2022-2023: the same under /v1."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": content_type}
        return send(self.url, f"/v1/{self.uuid}/{command}", headers, body)

    def emitir(self, properties: Mapping[str, Any]) -> Reply:
        """The present way, in JSON."""
        return self.generation_3("emitir", json.dumps(properties).encode())
