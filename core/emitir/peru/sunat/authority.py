"""SUNAT as one company reaches it (implements ``emitir.country.Authority``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from emitir.country import Submission
from emitir.country_facts import QrFacts
from emitir.error_codes import DOCUMENTO_NO_HABILITADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.peru.sunat import effects, states
from emitir.peru.sunat.connection import Connection
from emitir.peru.sunat.gre import GuiaService
from emitir.peru.sunat.integrada import ConsultaIntegrada
from emitir.peru.sunat.services import BillService, ConsultService, Status
from emitir.peru.sunat.verdicts import (
    ALREADY_THERE,
    CREDENTIALS,
    SERVICE_TROUBLE,
    from_cdr,
    from_code,
    from_failure,
    from_fault,
)
from emitir.soap.exchange import Limits
from emitir.soap.outcome import Failure, Fault
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    InProcess,
    NotReceived,
    NoVerdict,
    Rejected,
    Unknown,
    Verdict,
)

#: Sent with sendSummary, answered under a ticket.
SUMMARIES = frozenset({"RC", "RA", "RR"})
#: Types that go to the service of "otros comprobantes" (spec.md §11).
OTHERS = frozenset({"20", "40", "RR"})
_SENT_HERE = frozenset({"01", "03", "04", "07", "08"}) | SUMMARIES | OTHERS
#: Guías, which go by REST and are answered under tickets (spec.md §10).
GUIAS = frozenset({"09", "31"})
#: Types that getStatusCdr knows, and only under a serie that begins with F (spec.md §11).
_WITH_CDR = frozenset({"01", "07", "08"})
_IN_INTEGRADA = frozenset({"01", "03", "04", "07", "08"})
#: A ticket that SUNAT never gives: asking for it proves the credentials and touches nothing.
_NO_TICKET = "0000000000000"
_NO_GUIAS = N_(
    "Para enviar guías faltan las credenciales de API SUNAT (gre_client_id y gre_client_secret) o, en este ambiente, "
    "un servicio que las reciba: SUNAT solo lo tiene en producción."
)


class SunatAuthority:
    """Sends and asks for one company. Holds its credentials, shows none of them.

    ``others``: the service of 20, 40 and RR. ``consult``: CDR queries, which an OSE answers for every type
    (``is_ose``). ``integrada`` and ``guias``: only with the company's API credentials for each.
    """

    def __init__(
        self,
        ruc: str,
        bills: BillService,
        others: BillService | None,
        consult: ConsultService | None,
        integrada: ConsultaIntegrada | None,
        is_ose: bool = False,
        guias: GuiaService | None = None,
    ) -> None:
        self._ruc = ruc
        self._bills = bills
        self._others = others
        self._consult = consult
        self._integrada = integrada
        self._is_ose = is_ose
        self._guias = guias

    def __repr__(self) -> str:
        return f"<SunatAuthority {self._ruc}>"

    def submit(self, submission: Submission) -> Verdict:
        """Send the document: exactly one sending. A resumen, baja or guía gives ``InProcess`` with its ticket.

        Raises EmitirError(DOCUMENTO_NO_HABILITADO) for a type that SUNAT takes elsewhere.
        """
        if submission.tipo in GUIAS:
            if self._guias is None:
                return NotReceived("", _NO_GUIAS, False)
            return self._guias.send(submission.codigo_documento, submission.xml)
        service = self._service(submission.tipo)
        name = submission.codigo_documento
        if submission.tipo in SUMMARIES:
            ticket = service.send_summary(name, submission.xml)
            return InProcess(ticket) if isinstance(ticket, str) else _wrong(ticket)
        answer = service.send_bill(name, submission.xml)
        verdict = from_cdr(answer, submission) if isinstance(answer, bytes) else _wrong(answer)
        match verdict:
            case AlreadyRegistered("1032", text) if self._question(submission) is None:
                # Voided or rejected: nobody will tell which, but the number is burned either way.
                return Rejected("1032", text)
            case _:
                return verdict

    def ask(self, submission: Submission) -> Verdict:
        """What became of a document, by its number or ticket: getStatusCdr, getStatus, consulta integrada.

        ``NoVerdict("unsupported")`` where SUNAT offers no way to know: in beta, for boletas without the
        company's API credentials, for a resumen whose ticket was lost.
        """
        question = self._question(submission)
        if question is None:
            return NoVerdict("unsupported", N_("SUNAT no ofrece cómo consultar este comprobante"))
        verdict = question(submission)
        if isinstance(verdict, NotReceived):  # a CDR with an exception in it: it was never registered
            return Unknown(verdict.code, verdict.description)
        return verdict

    def ask_about(self, facts: QrFacts) -> Verdict:
        """Any company's comprobante, by the consulta integrada; ``NoVerdict("unsupported")`` without it."""
        if self._integrada is None or facts.tipo not in _IN_INTEGRADA:
            return NoVerdict("unsupported", N_("SUNAT no ofrece cómo consultar este comprobante"))
        numbered = (facts.ruc, facts.tipo, facts.serie, facts.numero)
        return self._integrada.ask(*numbered, facts.fecha, Decimal(0) if facts.total is None else facts.total)

    def ping(self) -> Verdict:
        """Ask for a ticket that does not exist: ``Accepted`` when SUNAT answers and knows the user.

        ``NotReceived`` when it refuses the credentials or is in trouble, ``NoVerdict`` when it is not reached.
        """
        status = self._bills.get_status(_NO_TICKET)
        if isinstance(status, Failure):
            if status.status in (401, 403):
                return NotReceived(str(status.status), N_("SUNAT no acepta el usuario o la clave SOL"), False)
            return from_failure(status)
        code = states.code_of(status)
        if code is None and isinstance(status, Fault):
            return from_fault(status)
        if code in CREDENTIALS | SERVICE_TROUBLE:
            return (
                _wrong(status) if isinstance(status, Fault) else from_code(int(status.code), status.message)
            )
        return Accepted("0", N_("SUNAT responde y acepta las credenciales"))

    def _service(self, tipo: str) -> BillService:
        service = self._others if tipo in OTHERS else self._bills
        if tipo not in _SENT_HERE or service is None:
            text = N_("Los documentos de tipo {tipo} no se envían por este servicio.")
            raise EmitirError(Problem(DOCUMENTO_NO_HABILITADO, text, "tipo", {"tipo": tipo}))
        return service

    def _question(self, submission: Submission) -> Callable[[Submission], Verdict] | None:
        """The way to ask for this document; None when there is none."""
        if submission.tipo in GUIAS:
            return self._guias.ask if self._guias is not None and submission.ticket else None
        if submission.tipo in SUMMARIES:
            return self._ask_ticket if submission.ticket else self._effect_question(submission)
        has_cdr = submission.tipo in _WITH_CDR and submission.serie.startswith("F")
        if self._consult is not None and (has_cdr or self._is_ose):
            return partial(self._ask_cdr, self._consult)
        if self._integrada is not None and submission.tipo in _IN_INTEGRADA:
            return partial(self._ask_integrada, self._integrada)
        return None

    def _effect_question(self, submission: Submission) -> Callable[[Submission], Verdict] | None:
        """The ticket was lost: what the file was to bring about can be asked, where SUNAT tells of its documents.

        Its first line tells for all: a file counts as a whole.
        """
        line = effects.first_line(submission.xml)
        if line is None:
            return None
        if line.annuls and self._consult is not None and line.serie.startswith("F"):
            return partial(effects.ask_consult, self._consult, self._ruc, line)
        if self._integrada is not None and line.total is not None:
            return partial(effects.ask_integrada, self._integrada, self._ruc, line)
        return None

    def _ask_ticket(self, submission: Submission) -> Verdict:
        status = self._service(submission.tipo).get_status(submission.ticket)
        if isinstance(status, Failure):
            return from_failure(status)
        if isinstance(status, Status) and status.content:
            verdict = from_cdr(status.content, submission)
            if (
                isinstance(verdict, Rejected)
                and verdict.code.isdigit()
                and int(verdict.code) in ALREADY_THERE
            ):
                # Sent twice because the first ticket was lost: this one says nothing of the first.
                return AlreadyRegistered(verdict.code, verdict.description)
            return verdict
        return states.of_ticket(status, submission.ticket)

    def _ask_cdr(self, consult: ConsultService, submission: Submission) -> Verdict:
        key = (self._ruc, submission.tipo, submission.serie, submission.numero)
        found = consult.get_status_cdr(*key)
        if isinstance(found, Failure):
            return from_failure(found)
        if isinstance(found, Status) and found.content:
            return from_cdr(found.content, submission)
        if isinstance(found, Fault) and states.code_of(found) is None:
            # An OSE that does not know the operation; SUNAT does, so from there it is a passing trouble.
            return NoVerdict("unsupported", found.string) if self._is_ose else from_fault(found)
        # No CDR: whether the comprobante exists is another operation's to say.
        state = consult.get_status(*key)
        if not isinstance(state, Failure) and (verdict := states.of_comprobante(state)):
            return verdict
        return states.of_comprobante(found) or states.unsettled(found)

    def _ask_integrada(self, integrada: ConsultaIntegrada, submission: Submission) -> Verdict:
        numbered = (submission.tipo, submission.serie, submission.numero)
        return integrada.ask(self._ruc, *numbered, *states.date_and_total(submission.xml))


def connect(
    company: Mapping[str, Any], secrets: Mapping[str, str], limits: Limits | None = None
) -> SunatAuthority:
    """The authority of a company, by its settings and secrets.

    ``secrets``: ``usuario_sol``, ``clave_sol``; optional ``consulta_client_id``, ``consulta_client_secret``.
    ``limits``: of time and size, else the usual ones or those of ``EMITIR_PE_TIMEOUT``. Sends nothing yet.
    Raises EmitirError: unknown ``ambiente``, refused addresses, missing credentials.
    """
    connection = Connection(company, secrets, limits)
    found = connection.endpoints
    consult = found.billConsultService or (found.billService if connection.is_ose else "")
    others = found.otrosCpe or (found.billService if connection.is_ose else "")
    return SunatAuthority(
        company["ruc"],
        BillService(connection.soap(found.billService)),
        BillService(connection.soap(others)) if others else None,
        ConsultService(connection.soap(consult)) if consult else None,
        connection.integrada(),
        connection.is_ose,
        connection.guias(),
    )


def _wrong(answer: Fault | Failure) -> Verdict:
    return from_fault(answer) if isinstance(answer, Fault) else from_failure(answer)
