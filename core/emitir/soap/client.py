"""A SOAP endpoint: its address, its version, its credentials."""

from __future__ import annotations

from emitir.soap import envelope
from emitir.soap.envelope import UsernameToken, Version
from emitir.soap.exchange import Exchange
from emitir.soap.outcome import Failure, Outcome


class SoapClient:
    """Calls the operations of one endpoint. Its ``repr`` shows neither user nor password."""

    def __init__(
        self,
        url: str,
        exchange: Exchange,
        *,
        version: Version = "1.1",
        token: UsernameToken | None = None,
        any_status: bool = False,
    ) -> None:
        self._url = url
        self._exchange = exchange
        self._version: Version = version
        self._token = token
        self._any_status = any_status

    def call(self, action: str, body: str) -> Outcome:
        """Call ``action`` with ``body`` (XML, its values already escaped): exactly one sending."""
        request = envelope.write(body, self._version, self._token)
        answer = self._exchange.post(self._url, request, envelope.headers(action, self._version))
        return answer if isinstance(answer, Failure) else envelope.read(answer, any_status=self._any_status)

    def __repr__(self) -> str:
        return f"<SoapClient {self._url}>"
