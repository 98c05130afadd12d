"""Guías over REST (spec.md §10): a token for a SOL user, sending with a hash, asking for a ticket."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import Any

from emitir.sandbox.clock import MovableClock
from emitir.sandbox.records import Call, Ticket
from emitir.sandbox.store import Store
from emitir.sandbox.sunat import access, archive
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.messages import described
from emitir.sandbox.sunat.mode import Mode
from emitir.sandbox.sunat.names import parse_name
from emitir.sandbox.sunat.refusal import Refusal
from emitir.sandbox.sunat.tickets import TicketOffice
from emitir.sandbox.sunat.tokens import WRONG_SECRET, DeniedError, Tokens

_SCOPE = "https://api-cpe.sunat.gob.pe"
_TYPES = ("09", "31")
_TICKET = re.compile(r"00000000-0000-4000-8000-([0-9a-f]{12})")


class UnprocessableError(Exception):
    """Not received: the body of the 422 is the first argument, SUNAT's code the second."""

    def __init__(self, code: str, detail: str = "") -> None:
        text = described(code) + (f" ({detail})" if detail else "")
        body = {"cod": "422", "msg": "Unprocessable Entity", "errors": [{"cod": code, "msg": text}]}
        super().__init__(body, code)


class GuiaService:
    """Tokens, sendings and tickets."""

    def __init__(self, store: Store, clock: MovableClock, office: TicketOffice) -> None:
        self._store = store
        self._clock = clock
        self._office = office
        self._tokens = Tokens(store, clock, "gre")

    def token(self, client_id: str, form: dict[str, str]) -> dict[str, Any]:
        """A bearer token for a SOL user (``username``: RUC and user). Raises DeniedError."""
        user = form.get("username", "")
        ruc, name = user[:11], user[11:].strip()
        if (
            form.get("grant_type") != "password"
            or form.get("scope") != _SCOPE
            or form.get("client_id") != client_id
            or form.get("client_secret") in (None, "", WRONG_SECRET)
        ):
            raise DeniedError({"error": "invalid_client", "error_description": "Credenciales incorrectas"})
        wrong_user = not (ruc.isascii() and ruc.isdigit() and len(ruc) == 11) or not name
        if (
            wrong_user
            or name.upper() in access.REFUSED_USERS
            or form.get("password")
            in (
                None,
                "",
                access.WRONG_PASSWORD,
            )
        ):
            raise DeniedError({"error": "access_denied", "error_description": "Usuario o clave incorrectos"})
        return self._tokens.issue(f"{ruc}-{client_id}")

    def send(self, authorization: str, name: str, body: dict[str, Any], call: Call) -> dict[str, Any]:
        """Take a guía and give its ticket. Raises DeniedError, UnprocessableError."""
        caller = self._caller(authorization)
        found = parse_name(name)
        if found is None or found.tipo not in _TYPES:
            raise UnprocessableError("0151", name)
        file = body.get("archivo")
        values = file if isinstance(file, dict) else {}
        file_name, content, digest = (
            str(values.get(key) or "") for key in ("nomArchivo", "arcGreZip", "hashZip")
        )
        try:
            access.check_owner(caller, found.ruc, Lists.load(self._store))
            inner, xml = archive.open_zip(file_name, content)
        except Refusal as refusal:
            raise UnprocessableError(refusal.code, refusal.value) from None
        if inner.base != found.base:
            raise UnprocessableError("0151", file_name)
        expected = hashlib.sha256(base64.b64decode("".join(content.split()))).hexdigest()
        if not hmac.compare_digest(digest.lower().encode(), expected.encode()):
            raise UnprocessableError("0156", "hashZip")
        call.sha256 = hashlib.sha256(xml).hexdigest()
        ticket = self._office.take_guia(inner, xml, caller, call)
        call.outcome, call.code = "ticket", ticket.ticket
        return {
            "numTicket": f"00000000-0000-4000-8000-{int(ticket.ticket):012x}",
            "fecRecepcion": self._clock.now().replace(tzinfo=None).isoformat(timespec="seconds"),
        }

    def status(self, authorization: str, number: str, call: Call) -> dict[str, Any]:
        """What became of a ticket: 98, 0 or 99. Raises DeniedError, UnprocessableError 0127 or 0126."""
        caller = self._caller(authorization)
        self._office.settle()
        match = _TICKET.fullmatch(number)
        ticket = self._store.ticket(str(int(match[1], 16))) if match else None
        parsed = parse_name(ticket.file_name) if ticket else None
        if ticket is None or parsed is None or parsed.tipo not in _TYPES:
            raise UnprocessableError("0127", number)
        call.file_name = ticket.file_name
        if ticket.ruc != caller and caller not in Lists.load(self._store).proveedores:
            raise UnprocessableError("0126", number)
        if not ticket.status_code:
            self._store.count_ask(ticket)
            call.outcome, call.code = "en proceso", "98"
            return {"codRespuesta": "98"}
        call.outcome, call.code = "respondido", ticket.status_code
        return self._answer(ticket)

    def _answer(self, ticket: Ticket) -> dict[str, Any]:
        answer: dict[str, Any] = {"codRespuesta": ticket.status_code, "indCdrGenerado": "0"}
        if ticket.error:
            code, _, text = ticket.error.partition(" ")
            answer["error"] = {"numError": code, "desError": text}
        bare = Mode.load(self._store).ticket_answers == "bare" and ticket.status_code == "99"
        if ticket.content is not None and not bare:
            answer["arcCdr"] = base64.b64encode(ticket.content).decode()
            answer["indCdrGenerado"] = "1"
        return answer

    def _caller(self, authorization: str) -> str:
        return self._tokens.subject(authorization)[:11]
