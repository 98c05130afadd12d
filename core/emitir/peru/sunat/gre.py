"""Guías de remisión over SUNAT's REST service (spec.md §10): a token, the zip with its hash, a ticket, the CDR."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any
from urllib.parse import quote

from emitir.country import Submission
from emitir.i18n import N_
from emitir.peru.sunat import codes
from emitir.peru.sunat.archive import pack
from emitir.peru.sunat.tokens import REFUSED, Tokens, object_in
from emitir.peru.sunat.verdicts import from_cdr, from_code, from_failure
from emitir.soap.envelope import UsernameToken
from emitir.soap.exchange import Exchange
from emitir.soap.outcome import Answer, Failure
from emitir.verdict import AlreadyRegistered, InProcess, NotReceived, NoVerdict, Rejected, Unknown, Verdict

SCOPE = "https://api-cpe.sunat.gob.pe"
#: What SUNAT says of a ticket: done, in process, done with errors.
DONE, WAITING, FAILED = "0", "98", "99"
#: No such ticket.
_NO_TICKET = 127
_MAX_CDR = 5_000_000
_DENIED = N_("SUNAT no acepta las credenciales de API para guías, el usuario o la clave SOL")


class GuiaService:
    """The service with one company's API credentials and SOL user."""

    def __init__(
        self,
        url: str,
        token_url: str,
        client_id: str,
        client_secret: str,
        user: UsernameToken,
        exchange: Exchange,
    ) -> None:
        self._url = url.rstrip("/")
        form = {
            "grant_type": "password",
            "scope": SCOPE,
            "client_id": client_id,
            "client_secret": client_secret,
            "username": user.username,
            "password": user.password,
        }
        self._tokens = Tokens(token_url, client_id, form, exchange)
        self._exchange = exchange

    def __repr__(self) -> str:
        return f"<GuiaService {self._url}>"

    def send(self, name: str, xml: bytes) -> Verdict:
        """Send one guía: ``InProcess`` with its ticket, or why it was not received."""
        data = pack(name, xml)
        file = {
            "nomArchivo": f"{name}.zip",
            "arcGreZip": base64.b64encode(data).decode("ascii"),
            "hashZip": hashlib.sha256(data).hexdigest(),
        }
        body = json.dumps({"archivo": file}).encode()

        def post(token: str) -> Answer | Failure:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
            return self._exchange.post(f"{self._url}/{quote(name, safe='')}", body, headers)

        answer = _read(self._tokens.call(post, sending=True))
        if not isinstance(answer, dict):
            return answer
        ticket = answer.get("numTicket")
        if not isinstance(ticket, str) or not ticket.isascii() or not ticket.isprintable() or not ticket:
            return NoVerdict("garbled", "sin numTicket")
        return InProcess(ticket)

    def ask(self, submission: Submission) -> Verdict:
        """What became of a guía, by its ticket."""
        ticket = submission.ticket
        url = f"{self._url}/envios/{quote(ticket, safe='')}"

        def get(token: str) -> Answer | Failure:
            return self._exchange.get(url, {"Authorization": f"Bearer {token}"})

        answer = _read(self._tokens.call(get))
        if isinstance(answer, dict):
            return _of_ticket(answer, submission)
        if isinstance(answer, Rejected | AlreadyRegistered | NotReceived):
            # Of the question, not of the guía.
            if answer.code == f"{_NO_TICKET:04}":
                return Unknown(answer.code, answer.description)
            return NoVerdict("fault", f"{answer.code} {answer.description}".strip())
        return answer


def _read(answer: Answer | Failure | NoVerdict) -> dict[str, Any] | Verdict:
    """The object of a good answer; a verdict of any other."""
    if isinstance(answer, NoVerdict):
        return answer
    if isinstance(answer, Failure):
        return from_failure(answer)
    found = object_in(answer, _MAX_CDR)
    if answer.status == 200:
        return found
    if answer.status in REFUSED - {400}:
        return NotReceived(str(answer.status), _DENIED, False)
    if isinstance(found, NoVerdict):
        return from_failure(Failure("http", f"HTTP {answer.status}", answer.status))
    code, text = _first_error(found)
    if code is not None:
        return from_code(code, text)
    if "error" in found:  # of the token: {"error": "invalid_client", ...}
        return NotReceived(str(answer.status), _DENIED, False)
    return NoVerdict("fault", f"HTTP {answer.status} {found.get('msg', '')}".strip()[:300])


def _first_error(found: dict[str, Any]) -> tuple[int | None, str]:
    """SUNAT's code and text in the body of a 422 or 500."""
    errors = found.get("errors")
    listed = [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    for one in (*listed, found):
        code, text = str(one.get("cod", "")), str(one.get("msg", ""))
        if code.isascii() and code.isdigit() and codes.is_known(code) and len(code) <= 4 and one is not found:
            return int(code), text[:500]
    return None, ""


def _of_ticket(answer: dict[str, Any], submission: Submission) -> Verdict:
    state = str(answer.get("codRespuesta", ""))
    if state == WAITING:
        return InProcess(submission.ticket)
    if state not in (DONE, FAILED):
        return NoVerdict("garbled", f"codRespuesta {state[:20]}")
    if file := answer.get("arcCdr"):
        try:
            content = base64.b64decode("".join(str(file).split()), validate=True)
        except (binascii.Error, ValueError):
            return NoVerdict("garbled", "arcCdr")
        return from_cdr(content, submission)
    if state == DONE:
        # Accepted, and the CDR that the QR comes from is not there yet.
        return InProcess(submission.ticket)
    error = answer.get("error")
    told = error if isinstance(error, dict) else {}
    code, text = str(told.get("numError", "")), str(told.get("desError", ""))[:500]
    if not (code.isascii() and code.isdigit()):
        return Rejected("99", text or N_("SUNAT procesó el envío con errores y no entregó constancia"))
    verdict = from_code(int(code), text)
    if isinstance(verdict, NotReceived) and not verdict.retryable:
        # What makes SUNAT stop here is in the file: the same bytes would end here again.
        return Rejected(verdict.code, verdict.description)
    return verdict
