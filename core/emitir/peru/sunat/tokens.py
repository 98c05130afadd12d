"""Bearer tokens of SUNAT's REST services, kept until shortly before they expire (spec.md §10, §11)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from emitir.peru.sunat.verdicts import from_failure
from emitir.soap.exchange import Exchange
from emitir.soap.outcome import Answer, Failure
from emitir.verdict import NoVerdict

#: Seconds taken off a token's life, for clocks and for the way.
_MARGIN = 60.0
#: Status of HTTP when credentials are not the right ones.
REFUSED = frozenset({400, 401, 403})
#: Bytes of an answer that is no file.
MAX_BODY = 100_000

#: Address of the token and everything it is asked with: a secret that was changed does not live on in a kept token.
_Key = tuple[str, ...]


class _Kept:
    """Tokens by address and credentials, shared by every authority of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[_Key, tuple[str, float]] = {}

    def get(self, key: _Key) -> str | None:
        with self._lock:
            token, until = self._kept.get(key, ("", 0.0))
        return token if token and time.monotonic() < until else None

    def put(self, key: _Key, token: str, seconds: float) -> None:
        with self._lock:
            self._kept[key] = (token, time.monotonic() + seconds - _MARGIN)

    def drop(self, key: _Key) -> None:
        with self._lock:
            self._kept.pop(key, None)


_KEPT = _Kept()


class Tokens:
    """The tokens of one client. ``form``: what they are asked with, secrets included."""

    def __init__(self, url: str, client_id: str, form: Mapping[str, str], exchange: Exchange) -> None:
        address = url.replace("{client_id}", quote(client_id, safe=""))
        self._url = f"{address}/" if address.endswith("/token") else address  # SUNAT's ends in a slash
        self._form = dict(form)
        self._key = (self._url, *self._form.values())
        self._exchange = exchange

    def __repr__(self) -> str:
        return f"<Tokens {self._url}>"

    def call(
        self, send: Callable[[str], Answer | Failure], *, sending: bool = False
    ) -> Answer | Failure | NoVerdict:
        """``send`` with a kept token; one that SUNAT no longer takes is replaced once.

        What came instead of a token is given as it is; where ``sending`` a document as ``unreachable``, for it never
        left.
        """
        for fresh in (False, True):
            token = self._token(fresh)
            if isinstance(token, NoVerdict) and sending:
                return NoVerdict("unreachable", token.detail)
            if not isinstance(token, str):
                return token
            answer = send(token)
            if fresh or not (isinstance(answer, Answer) and answer.status == 401):
                return answer
            _KEPT.drop(self._key)
        raise AssertionError("the second round always returns")

    def _token(self, fresh: bool) -> str | Answer | NoVerdict:
        if not fresh and (kept := _KEPT.get(self._key)):
            return kept
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        came = self._exchange.post(self._url, urlencode(self._form).encode(), headers)
        if isinstance(came, Answer) and came.status in REFUSED:
            return came
        answer = json_of(came)
        if isinstance(answer, NoVerdict):
            return answer
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
            return NoVerdict("garbled", "access_token")
        _KEPT.put(self._key, token, float(seconds) if isinstance(seconds, int | float) else 0.0)
        return token


def json_of(answer: Answer | Failure, most: int = MAX_BODY) -> dict[str, Any] | NoVerdict:
    """The object in an answer of status 200."""
    if isinstance(answer, Failure):
        return from_failure(answer)
    if answer.status != 200:
        return from_failure(Failure("http", f"HTTP {answer.status}", answer.status))
    return object_in(answer, most)


def object_in(answer: Answer, most: int = MAX_BODY) -> dict[str, Any] | NoVerdict:
    """The object in an answer of whatever status."""
    if not answer.body.strip():
        return from_failure(Failure("empty", "", answer.status))
    if len(answer.body) > most:
        return from_failure(Failure("garbled", "demasiado grande", answer.status))
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        html = "html" in answer.content_type or answer.body.lstrip()[:1] == b"<"
        return from_failure(Failure("html" if html else "garbled", "", answer.status))
    if not isinstance(value, dict):
        return from_failure(Failure("garbled", "no es un objeto JSON", answer.status))
    return value
