"""One HTTP call: exactly one sending, bounded in time and size, whose failures are values.

Nothing here ever tries again (urllib3's and requests' own retries are off) and nothing follows a redirect:
whether a document may be sent twice is for its authority to say, not for a transport.
"""

from __future__ import annotations

import io
import logging
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as Urllib3Timeout
from urllib3.util.retry import Retry

from emitir import __version__
from emitir.soap.outcome import Answer, Failure

logger = logging.getLogger(__name__)

USER_AGENT = f"emitir/{__version__}"
_CHUNK = 65_536
#: Connections idle for longer are dropped, not reused: firewalls forget them without a word.
_IDLE_SECONDS = 20.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, between two pieces of the answer, and for all of it; bytes of the answer."""

    connect: float = 10.0
    read: float = 60.0
    total: float = 120.0
    max_bytes: int = 20_000_000


class _Adapter(HTTPAdapter):
    """Never retries; with ``context`` it shows a client certificate."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        never = Retry(total=0, connect=0, read=False, redirect=0, status=0, other=0)
        super().__init__(max_retries=never, pool_maxsize=16)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        if self._context is not None:
            kwargs["ssl_context"] = self._context
        super().init_poolmanager(*args, **kwargs)


class _Watched(io.BytesIO):
    """A request body that remembers whether anybody began to send it."""

    touched = False

    def read(self, size: int | None = -1, /) -> bytes:
        self.touched = True
        return super().read(size)


class Exchange:
    """Calls to one target over kept connections. Safe to share between threads.

    ``context``: see :func:`emitir.soap.identity.client_context`. ``verify``: a CA bundle's path instead of
    the usual one (tests). Cookies are not kept, nor is ``.netrc`` read; proxies come from the environment,
    except for loopback.
    """

    def __init__(
        self, limits: Limits | None = None, context: ssl.SSLContext | None = None, verify: str | bool = True
    ) -> None:
        self.limits = limits or Limits()
        self._session = requests.Session()
        self._verify = verify
        self._session.auth = _no_auth
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
        self._adapter = _Adapter(context)
        self._session.mount("https://", self._adapter)
        self._session.mount("http://", self._adapter)
        self._lock = threading.Lock()
        self._last_use = time.monotonic()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer | Failure:
        """Send ``body`` once. The answer of whatever status, or why there is none."""
        return self._once("POST", url, body, headers)

    def get(self, url: str, headers: Mapping[str, str]) -> Answer | Failure:
        """Ask for ``url`` once."""
        return self._once("GET", url, b"", headers)

    def _once(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer | Failure:
        watched, started = _Watched(body), time.monotonic()
        outcome = self._call(method, url, watched, headers, started)
        host, elapsed = urlsplit(url).hostname, int((time.monotonic() - started) * 1000)
        if isinstance(outcome, Failure):
            logger.info("%s: %s (%s) in %d ms", host, outcome.reason, outcome.detail, elapsed)
        else:
            logger.debug("%s: HTTP %d, %d bytes in %d ms", host, outcome.status, len(outcome.body), elapsed)
        return outcome

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()

    def _call(
        self, method: str, url: str, body: _Watched, headers: Mapping[str, str], started: float
    ) -> Answer | Failure:
        self._drop_idle(started)
        try:
            with self._session.request(
                method,
                url,
                data=body if method == "POST" else None,
                headers=dict(headers),
                timeout=(self.limits.connect, self.limits.read),
                verify=self._verify,  # the session's own would give way to REQUESTS_CA_BUNDLE
                allow_redirects=False,
                stream=True,
                **_no_proxy(url),
            ) as response:
                return self._receive(response, started)
        except (OSError, HTTPError) as error:  # requests' own are OSError too
            return _failure(error, body.touched)

    def _receive(self, response: requests.Response, started: float) -> Answer | Failure:
        status, pieces, size = response.status_code, list[bytes](), 0
        # read1 gives what has come so far; read, on an old urllib3, waits until the piece is full.
        read = getattr(response.raw, "read1", response.raw.read)
        while piece := read(_CHUNK, decode_content=True):
            size += len(piece)
            if size > self.limits.max_bytes:
                return Failure("garbled", f"respuesta de más de {self.limits.max_bytes} bytes", status)
            if time.monotonic() - started > self.limits.total:
                return Failure("timeout", "la respuesta no termina", status)
            pieces.append(piece)
        if getattr(response.raw, "length_remaining", None):  # urllib3 1 does not complain by itself
            return Failure("garbled", "la respuesta llegó cortada", status)
        return Answer(
            status,
            response.headers.get("Content-Type", "").lower(),
            b"".join(pieces),
            response.headers.get("Retry-After", ""),
        )

    def _drop_idle(self, now: float) -> None:
        with self._lock:
            idle, self._last_use = now - self._last_use, now
            if idle > _IDLE_SECONDS:
                self._adapter.close()


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Stands where requests would look into ``.netrc`` for credentials of its own."""
    return request


def _no_proxy(url: str) -> dict[str, Any]:
    return {"proxies": {"no_proxy": "*"}} if urlsplit(url).hostname in _LOOPBACK else {}


def _failure(error: BaseException, sent: bool) -> Failure:
    chain = _chain(error)
    if not sent:
        return Failure("unreachable", _words(chain[-1]), sent=False)
    if any(isinstance(one, (requests.Timeout, TimeoutError, Urllib3Timeout)) for one in chain):
        return Failure("timeout", "sin respuesta a tiempo")
    lost = isinstance(error, requests.ConnectionError) and not isinstance(error, requests.exceptions.SSLError)
    return Failure("empty" if lost else "garbled", _words(chain[-1]))


def _chain(error: BaseException) -> list[BaseException]:
    """``error`` and what lies under it, in the many ways that requests, urllib3 and http.client wrap."""
    chain: list[BaseException] = []
    inner: BaseException | None = error
    while inner is not None and inner not in chain:
        chain.append(inner)
        held = [
            one for one in (getattr(inner, "reason", None), *inner.args) if isinstance(one, BaseException)
        ]
        inner = held[0] if held else inner.__cause__ or inner.__context__
    return chain


def _words(error: BaseException) -> str:
    """An error in a few words, without the URL that requests and urllib3 put in theirs."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"TLS: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"TLS: {error.reason or 'failed'}"
    if isinstance(error, TimeoutError):
        return "sin respuesta a tiempo"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
