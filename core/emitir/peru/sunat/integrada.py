"""Consulta integrada: SUNAT's REST service that knows the state of any comprobante (spec.md §11).

It gives no CDR. It is the only one that answers for boletas. Its token is kept until shortly before it expires.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from emitir.i18n import N_
from emitir.peru.sunat.tokens import Tokens, json_of
from emitir.soap.exchange import Exchange
from emitir.soap.outcome import Answer, Failure
from emitir.verdict import Accepted, Note, NoVerdict, Observed, Unknown, Verdict

SCOPE = "https://api.sunat.gob.pe/v1/contribuyente/contribuyentes"

_ACCEPTED = N_("El comprobante existe y está aceptado (consulta integrada; sin CDR)")
_VOIDED = N_("El comprobante fue aceptado y está anulado (consulta integrada; sin CDR)")
_MISSING = N_("El comprobante no existe en SUNAT con esos datos (consulta integrada)")


class ConsultaIntegrada:
    """The service with one company's API credentials (SOL, "Credenciales de API SUNAT")."""

    def __init__(
        self, url: str, token_url: str, client_id: str, client_secret: str, exchange: Exchange
    ) -> None:
        self._url = url
        form = {
            "grant_type": "client_credentials",
            "scope": SCOPE,
            "client_id": client_id,
            "client_secret": client_secret,
        }
        self._tokens = Tokens(token_url, client_id, form, exchange)
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
        def send(token: str) -> Answer | Failure:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
            return self._exchange.post(url, body, headers)

        answer = self._tokens.call(send)
        return answer if isinstance(answer, NoVerdict) else json_of(answer)
