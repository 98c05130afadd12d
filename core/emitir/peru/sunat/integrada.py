"""Consulta integrada: SUNAT's REST service that knows the state of any comprobante (spec.md §11).

It gives no CDR. It is the only one that answers for boletas. Its token is kept until shortly before it expires.
"""

from __future__ import annotations

import json
import threading
import time
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from emitir.i18n import N_
from emitir.peru.sunat.verdicts import from_failure
from emitir.soap.exchange import Exchange
from emitir.soap.outcome import Answer, Failure
from emitir.verdict import Accepted, Note, NoVerdict, Observed, Unknown, Verdict

SCOPE = "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes"
#: Seconds taken off a token's life, for clocks and for the way.
_MARGIN = 60.0
_MAX_BODY = 100_000

_ACCEPTED = N_("El comprobante existe y está aceptado (consulta integrada; sin CDR)")
_VOIDED = N_("El comprobante fue aceptado y está anulado (consulta integrada; sin CDR)")
_MISSING = N_("El comprobante no existe en SUNAT con esos datos (consulta integrada)")

#: Address of the token, client and secret: a secret that was changed does not live on in a kept token.
_Key = tuple[str, str, str]


class _Tokens:
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


_TOKENS = _Tokens()


class ConsultaIntegrada:
    """The service with one company's API credentials (SOL, "Credenciales de API SUNAT")."""

    def __init__(
        self, url: str, token_url: str, client_id: str, client_secret: str, exchange: Exchange
    ) -> None:
        self._url = url
        address = token_url.replace("{client_id}", quote(client_id, safe=""))
        self._token_url = f"{address}/" if address.endswith("/token") else address  # SUNAT's ends in a slash
        self._client_id = client_id
        self._client_secret = client_secret
        self._exchange = exchange

    def __repr__(self) -> str:
        return f"<ConsultaIntegrada {self._url}>"

    def ask(self, ruc: str, tipo: str, serie: str, numero: int, fecha: date, monto: Decimal) -> Verdict:
        """State of a comprobante; number, date and amount must be the ones SUNAT has.

        Accepted (estadoCp 1), Observed with a note when voided (2), Unknown (0); authorised ranges of
        printed ones (3, 4) say nothing of a sending.
        """
        question = {
            "numRuc": ruc,
            "codComp": tipo,
            "numeroSerie": serie,
            "numero": str(numero),
            "fechaEmision": f"{fecha:%d/%m/%Y}",
            "monto": f"{monto:.2f}",
        }
        answer = self._post(self._url.replace("{ruc}", ruc), json.dumps(question).encode())
        if isinstance(answer, NoVerdict):
            return answer
        data = answer.get("data")
        state = str(data.get("estadoCp", "")) if isinstance(data, dict) else ""
        if state == "1":
            return Accepted("0", _ACCEPTED)
        if state == "2":
            return Observed("0", _VOIDED, (Note("", _VOIDED),))
        if state == "0":
            return Unknown("0011", _MISSING)
        if state in ("3", "4"):
            return NoVerdict("unsupported", f"estadoCp {state}")
        return NoVerdict("garbled", str(answer.get("message") or "estadoCp")[:200])

    def _post(self, url: str, body: bytes) -> dict[str, Any] | NoVerdict:
        """Ask with the kept token; a token that SUNAT no longer takes is replaced once."""
        key = (self._token_url, self._client_id, self._client_secret)
        for fresh in (False, True):
            token = self._token(key, fresh)
            if isinstance(token, NoVerdict):
                return token
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
            answer = self._exchange.post(url, body, headers)
            if isinstance(answer, Answer) and answer.status == 401 and not fresh:
                _TOKENS.drop(key)
                continue
            return _json(answer)
        raise AssertionError("the second round always returns")

    def _token(self, key: _Key, fresh: bool) -> str | NoVerdict:
        if not fresh and (kept := _TOKENS.get(key)):
            return kept
        form = {
            "grant_type": "client_credentials",
            "scope": SCOPE,
            "client_id": self._client_id,
            "client_secret": self._client_secret,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = _json(self._exchange.post(self._token_url, urlencode(form).encode(), headers))
        if isinstance(answer, NoVerdict):
            return answer
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
            return NoVerdict("garbled", "access_token")
        _TOKENS.put(key, token, float(seconds) if isinstance(seconds, int | float) else 0.0)
        return token


def _json(answer: Answer | Failure) -> dict[str, Any] | NoVerdict:
    """The object in an answer of status 200."""
    if isinstance(answer, Failure):
        return from_failure(answer)
    if answer.status != 200:
        return from_failure(Failure("http", f"HTTP {answer.status}", answer.status))
    if not answer.body.strip():
        return from_failure(Failure("empty", "", 200))
    if len(answer.body) > _MAX_BODY:
        return from_failure(Failure("garbled", "demasiado grande", 200))
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        html = "html" in answer.content_type or answer.body.lstrip()[:1] == b"<"
        return from_failure(Failure("html" if html else "garbled", "", 200))
    return value if isinstance(value, dict) else from_failure(Failure("garbled", "no es un objeto JSON", 200))
