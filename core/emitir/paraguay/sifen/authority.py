"""SIFEN as one company reaches it (implements ``emitir.country.Authority``)."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from emitir.country import Submission
from emitir.country_facts import Examination, QrFacts, Registered
from emitir.error_codes import CERTIFICADO_NO_SIRVE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.paraguay import cdc as cdcs
from emitir.paraguay.emisor import emisor_of
from emitir.paraguay.eventos.envio import EVENTOS
from emitir.paraguay.eventos.rules import Historia
from emitir.paraguay.lotes import LOTE
from emitir.paraguay.sifen import eventos, lotes
from emitir.paraguay.sifen.answers import Contribuyente, Lote, Result
from emitir.paraguay.sifen.endpoints import SANDBOX_TRUST_VARIABLE, base_of
from emitir.paraguay.sifen.examen import examine
from emitir.paraguay.sifen.lotes import DONE, PROCESSING, QUEUED
from emitir.paraguay.sifen.services import MAX_SYNC_BYTES, Sifen
from emitir.paraguay.sifen.verdicts import (
    from_failure,
    from_fault,
    from_found,
    from_result,
    meaningless,
    said,
)
from emitir.signing.keys import LocalSigner
from emitir.signing.signer import Signer
from emitir.soap.exchange import Exchange, Limits
from emitir.soap.identity import client_context
from emitir.soap.outcome import Failure, Fault
from emitir.verdict import Accepted, InProcess, NotReceived, NoVerdict, Observed, Verdict

#: Seconds after which a lote is asked for, and between questions (spec.md §11: ten minutes; the sandbox needs none).
LOTE_PAUSE, SANDBOX_PAUSE = 600.0, 1.0
#: Room in a synchronous message beside the document.
_ENVELOPE = 2_000


class SifenAuthority:
    """Sends and asks for one company. ``by_lote``: whether its documents go in lotes, each in one of its own where
    nobody put it together with others. ``pause``: seconds between the sending of a lote and questions about it."""

    def __init__(self, ruc: str, sifen: Sifen, by_lote: bool = False, pause: float = LOTE_PAUSE) -> None:
        self._ruc = ruc
        self._sifen = sifen
        self._by_lote = by_lote
        self._pause = pause

    def __repr__(self) -> str:
        return f"<SifenAuthority {self._ruc}>"

    def submit(self, submission: Submission) -> Verdict:
        """Send the document: at once, or in a lote of its own, which gives ``InProcess`` with the lote's number.

        A document that is too large for the synchronous service goes by lote. Lotes of many documents and messages
        of events have services of their own.
        """
        if submission.tipo == EVENTOS:
            return eventos.submit(self._sifen, submission)
        if submission.tipo == LOTE:
            return lotes.submit(self._sifen, submission, self._pause)
        if self._by_lote or len(submission.xml) + _ENVELOPE > MAX_SYNC_BYTES:
            return self._submit_lote(submission)
        answer = self._sifen.recibe(submission.xml)
        if isinstance(answer, (Fault, Failure)):
            return _wrong(answer)
        return from_result(answer, submission.codigo_documento)

    def ask(self, submission: Submission) -> Verdict:
        """What became of a document: by its lote while that answers, else by its CDC."""
        if submission.tipo == EVENTOS:
            return eventos.ask(self._sifen, submission)
        if submission.tipo == LOTE:
            return lotes.ask(self._sifen, submission, self._pause)
        if submission.ticket:
            verdict = self._ask_lote(submission)
            if verdict is not None:
                return verdict
        found = self._sifen.consulta(submission.codigo_documento)
        if isinstance(found, (Fault, Failure)):
            return _wrong(found)
        if isinstance(found, Result):
            return NoVerdict("fault", f"{found.code} {said(found.text)}".strip())
        return from_found(found, submission.valor_resumen)

    def history(self, cdc: str) -> Historia | NotReceived | None:
        """What has happened to a document: see :func:`emitir.paraguay.sifen.eventos.history`."""
        return eventos.history(self._sifen, cdc)

    def ask_about(self, facts: QrFacts) -> Verdict:
        """Any document by its CDC; SIFEN shows those that the company issued or received (0421 otherwise)."""
        found = self._sifen.consulta(facts.codigo_documento)
        if isinstance(found, (Fault, Failure)):
            return _wrong(found)
        if isinstance(found, Result):
            return NoVerdict("fault", f"{found.code} {said(found.text)}".strip())
        # A CDC alone says no digest: what SIFEN stores under it is then the document that is meant.
        verdict = from_found(found, facts.valor_resumen or found.digest())
        if isinstance(verdict, Accepted) and found.cancelled():
            return Observed(verdict.code, N_("El documento fue cancelado por quien lo emitió."), (), None)
        return verdict

    def contribuyente(self, ruc: str) -> Contribuyente | NotReceived | NoVerdict:
        """Who a RUC (without digit) is."""
        answer = self._sifen.consulta_ruc(ruc)
        if isinstance(answer, Contribuyente):
            return answer
        if isinstance(answer, Result):
            if meaningless(answer):
                return NoVerdict("fault", f"{answer.code} {said(answer.text)}".strip())
            return NotReceived(answer.code, said(answer.text), False)
        wrong = _wrong(answer)
        return wrong if isinstance(wrong, NotReceived | NoVerdict) else NoVerdict("garbled")

    def examine(self, company: Mapping[str, Any], secrets: Mapping[str, str], now: datetime) -> Examination:
        """See :mod:`emitir.paraguay.sifen.examen`."""
        return examine(self._sifen, emisor_of(company), secrets, now)

    def find(self, codigo_documento: str) -> Registered | None:
        """What SIFEN has under a CDC, with its events; None for a text that is no CDC."""
        known = cdcs.parse(codigo_documento)
        if known is None:
            return None
        facts: dict[str, Any] = {
            "tipo": known.tipo,
            "emisor_ruc": f"{known.ruc}-{known.dv}",
            "serie": f"{known.establecimiento}-{known.punto}",
            "numero": known.numero,
            "fecha": known.fecha.isoformat(),
        }
        found = self._sifen.consulta(codigo_documento)
        if isinstance(found, (Fault, Failure)):
            return Registered(_wrong(found), facts)
        if isinstance(found, Result):
            return Registered(NoVerdict("fault", f"{found.code} {said(found.text)}".strip()), facts)
        past = eventos.history_of(found)
        if past is not None:
            facts["eventos"] = [{"evento": name, "fecha": at.isoformat()} for name, at in past.eventos]
            facts["aprobado"] = found.fecha
        return Registered(from_found(found, found.digest()), facts)

    def ping(self) -> Verdict:
        """Ask for the company's own RUC: ``Accepted`` when SIFEN answers and knows the certificate."""
        answer = self._sifen.consulta_ruc(self._ruc)
        if isinstance(answer, (Fault, Failure)):
            return _wrong(answer)
        if isinstance(answer, Result):
            if meaningless(answer):
                return NoVerdict("fault", f"{answer.code} {said(answer.text)}".strip())
            return NotReceived(answer.code, said(answer.text), False)
        if answer.code != "0502":
            return NotReceived(answer.code, said(answer.text), False)
        return Accepted("0", f"{answer.razon_social} ({answer.estado_descripcion})")

    def _submit_lote(self, submission: Submission) -> Verdict:
        answer = self._sifen.recibe_lote([submission.xml])
        if isinstance(answer, (Fault, Failure)):
            return _wrong(answer)
        if isinstance(answer, Result):
            return from_result(answer, submission.codigo_documento)
        if answer.code == QUEUED and answer.protocolo:
            return InProcess(answer.protocolo, self._pause)
        # 0301 is said also of a repeated or slow sending, and of a RUC that is held back for some minutes.
        return NotReceived(answer.code, said(answer.text), True, self._pause)

    def _ask_lote(self, submission: Submission) -> Verdict | None:
        """The lote's word; None where only the CDC can tell (unknown, mixed or old lote)."""
        answer = self._sifen.consulta_lote(submission.ticket)
        if isinstance(answer, (Fault, Failure)):
            return _wrong(answer)
        if not isinstance(answer, Lote):
            return NoVerdict("fault", f"{answer.code} {said(answer.text)}".strip())
        if answer.code == PROCESSING:
            return InProcess(submission.ticket, self._pause)
        if answer.code == DONE:
            for result in answer.documents:
                if result.id == submission.codigo_documento:
                    return from_result(result, submission.codigo_documento)
        return None


def connect(
    company: Mapping[str, Any], signer: Signer, limits: Limits | None = None, verify: str | bool = True
) -> SifenAuthority:
    """The authority of a company: the certificate that signs also opens the connection (mutual TLS).

    Raises EmitirError: unknown ``ambiente``, refused address, a signer whose key cannot be shown to TLS.
    """
    ruc = company["ruc"].partition("-")[0]
    by_lote = company.get("envio") == "lote"
    pause = SANDBOX_PAUSE if company.get("ambiente") == "sandbox" else LOTE_PAUSE
    return SifenAuthority(ruc, sifen_of(company, signer, limits, verify), by_lote, pause)


def sifen_of(
    company: Mapping[str, Any], signer: Signer, limits: Limits | None = None, verify: str | bool = True
) -> Sifen:
    """The services alone, for what is no document: events, consultas."""
    if not isinstance(signer, LocalSigner):
        text = N_("La conexión con SIFEN necesita la clave del certificado en este equipo.")
        raise EmitirError(Problem(CERTIFICADO_NO_SIRVE, text))
    base = base_of(company)
    if verify is True and (company.get("ambiente") or "sandbox") == "sandbox":
        verify = os.environ.get(SANDBOX_TRUST_VARIABLE) or True
    return Sifen(base, _exchange(base, signer, limits or Limits(), verify, os.getpid()))


@lru_cache(maxsize=64)
def _exchange(base: str, signer: LocalSigner, limits: Limits, verify: str | bool, process: int) -> Exchange:
    """Kept connections of one company to one host; never across a fork (``process``)."""
    del process
    if base.startswith("http://"):  # the sandbox on this machine
        return Exchange(limits)
    try:
        context = client_context(signer)
        if isinstance(verify, str):
            context.load_verify_locations(verify)
    except (ssl.SSLError, OSError) as error:
        text = N_("El certificado no sirve para conectarse con SIFEN.")
        raise EmitirError(Problem(CERTIFICADO_NO_SIRVE, text)) from error
    return Exchange(limits, context, verify)


def _wrong(answer: Fault | Failure) -> Verdict:
    return from_fault(answer) if isinstance(answer, Fault) else from_failure(answer)
