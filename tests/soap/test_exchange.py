"""What the wire can do, done to a real HTTP client by a real server."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from emitir.soap.exchange import USER_AGENT, Exchange, Limits
from emitir.soap.outcome import Answer, Failure
from tests.soap.raw_server import Behaviour, RawServer, Request, answer, free_port, hang_up, raw, reset

QUICK = Limits(connect=2, read=0.4, total=1.2, max_bytes=50_000)
HEADERS = {"Content-Type": "text/xml"}


def post(behaviour: Behaviour, body: bytes = b"<documento/>") -> tuple[Answer | Failure, RawServer]:
    exchange = Exchange(QUICK)
    with RawServer(behaviour) as server:
        outcome = exchange.post(f"{server.url}/billService", body, HEADERS)
    exchange.close()
    return outcome, server


def drip(connection: socket.socket, _: Request) -> None:
    """An answer that never stalls long enough for the read timeout, and never ends."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _n in range(100):
        connection.sendall(b"x" * 40)
        time.sleep(0.05)


def stall(connection: socket.socket, _: Request) -> None:
    time.sleep(1)


def stall_midway(connection: socket.socket, _: Request) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
    time.sleep(1)


def test_an_answer() -> None:
    outcome, server = post(answer("<ok/>", "200 OK", "Content-Type: TEXT/XML"))
    assert outcome == Answer(200, "text/xml", b"<ok/>")
    (request,) = server.requests
    assert (request.line, request.body) == ("POST /billService HTTP/1.1", b"<documento/>")
    assert request.headers["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("emitir/")
    assert request.headers["content-length"] == "12"


@pytest.mark.parametrize("status", ["401 Unauthorized", "500 X", "503 Busy"])
def test_an_answer_of_any_status(status: str) -> None:
    outcome, _ = post(answer("", status, "Retry-After: 30"))
    assert isinstance(outcome, Answer)
    assert (outcome.status, outcome.retry_after) == (int(status[:3]), "30")


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (hang_up, "empty"),
        (reset, "empty"),
        (stall, "timeout"),
        (stall_midway, "timeout"),
        (drip, "timeout"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nmedio"), "garbled"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nmedio"), "garbled"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nmedio"), "garbled"),
        (raw(b"220 ftp.example ready\r\n"), "empty"),
        (answer(b"x" * 60_000), "garbled"),
    ],
)
def test_failures_after_sending(behaviour: Behaviour, reason: str) -> None:
    """Each is one sending, never more, and says that the request may have arrived."""
    outcome, server = post(behaviour)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.sent) == (reason, True)
    assert "127.0.0.1" not in outcome.detail
    assert len(server.requests) == 1


def test_never_connected() -> None:
    outcome = Exchange(QUICK).post(f"http://127.0.0.1:{free_port()}/x", b"a", HEADERS)
    assert outcome == Failure("unreachable", "Connection refused", sent=False)
    outcome = Exchange(QUICK).post("http://no-existe.invalid/x", b"a", HEADERS)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.sent) == ("unreachable", False)


def test_never_connected_for_want_of_an_answer() -> None:
    """A listener whose queue is full drops connections silently, as a firewall does."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        limits = Limits(connect=0.5, read=0.5)
        outcome = Exchange(limits).post(f"http://127.0.0.1:{listener.getsockname()[1]}/x", b"a", HEADERS)
        for one in waiting:
            one.close()
    assert outcome == Failure("unreachable", "sin respuesta a tiempo", sent=False)


def test_a_missing_bundle_of_authorities_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/existe.pem")
    outcome = Exchange(QUICK).post(f"https://127.0.0.1:{free_port()}/x", b"a", HEADERS)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.sent) == ("unreachable", False)


def test_redirects_are_not_followed() -> None:
    outcome, server = post(answer("", "302 Found", "Location: /otra"))
    assert isinstance(outcome, Answer)
    assert outcome.status == 302
    assert len(server.requests) == 1


def test_a_gzip_bomb_stops_at_the_limit() -> None:
    import gzip

    bomb = gzip.compress(bytes(30_000_000))
    outcome, _ = post(answer(bomb, "200 OK", "Content-Encoding: gzip"))
    assert outcome == Failure("garbled", "respuesta de más de 50000 bytes", 200)


def test_connections_are_kept_and_shared_by_threads() -> None:
    exchange = Exchange(QUICK)
    with RawServer(answer("<ok/>")) as server:
        for _ in range(5):
            assert isinstance(exchange.post(server.url, b"a", HEADERS), Answer)
        assert server.connections == 1
        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(lambda n: exchange.post(server.url, b"%d" % n, HEADERS), range(40)))
    assert all(isinstance(outcome, Answer) for outcome in outcomes)
    assert sorted(int(r.body) for r in server.requests[5:]) == list(range(40))
    assert server.connections <= 5


def test_a_connection_closed_while_idle_is_replaced_before_sending() -> None:
    closing = threading.Event()

    def once(connection: socket.socket, request: Request) -> None:
        answer("<ok/>")(connection, request)
        connection.shutdown(socket.SHUT_RDWR)
        closing.set()

    exchange = Exchange(QUICK)
    with RawServer(once) as server:
        exchange.post(server.url, b"a", HEADERS)
        closing.wait(2)
        time.sleep(0.05)
        assert isinstance(exchange.post(server.url, b"b", HEADERS), Answer)
    assert [request.body for request in server.requests] == [b"a", b"b"]


def test_long_idle_connections_are_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emitir.soap.exchange._IDLE_SECONDS", 0.05)
    exchange = Exchange(QUICK)
    with RawServer(answer("<ok/>")) as server:
        for _ in range(2):
            exchange.post(server.url, b"a", HEADERS)
            time.sleep(0.1)
        assert server.connections == 2


def test_no_cookies_no_netrc_no_proxy_for_loopback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login yo password secreto")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    exchange = Exchange(QUICK)
    with RawServer(answer("<ok/>", "200 OK", "Set-Cookie: sesion=1; Path=/")) as server:
        for _ in range(2):
            assert isinstance(exchange.post(server.url, b"a", HEADERS), Answer)
    for request in server.requests:
        assert "authorization" not in request.headers
        assert "cookie" not in request.headers


def test_logs_hold_no_content(caplog: pytest.LogCaptureFixture) -> None:
    exchange = Exchange(QUICK)
    behaviours: list[Callable[[socket.socket, Request], None]] = [answer("respuesta-privada"), hang_up]
    with caplog.at_level(logging.DEBUG):
        for behaviour in behaviours:
            with RawServer(behaviour) as server:
                exchange.post(server.url, b"clave-secreta", HEADERS | {"Authorization": "Bearer ficha"})
    assert len(caplog.records) >= 2
    for word in ("clave-secreta", "respuesta-privada", "ficha"):
        assert word not in caplog.text
