"""One round of work on one document: ask when something may have arrived, send when nothing did, keep the word.

A round sends at most once. It is safe to run again from the start at any moment: what it did is in the log
of attempts, committed before the wire. That log, and not the engine's own checkpoints, is what a recovered
round goes by (docs/decisions/0003-durable-engine.md).
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from emitir.clock import Clock
from emitir.country import Authority, Country, Submission
from emitir.country_lotes import Packs
from emitir.engine.comprobante import ENVIO, Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.work.effects import INFORME, LOTE, Decision, decide
from emitir.engine.work.verdicts import may_have_arrived, never_heard_of, of_registered, why_waiting
from emitir.engine.work.worklog import Work, WorkLog
from emitir.errors import EmitirError
from emitir.i18n import N_
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    Final,
    InProcess,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)

logger = logging.getLogger("emitir.engine")

#: Seconds between rounds, growing: a short hiccup costs seconds, a long outage a look every quarter of an hour.
PAUSES = (2, 5, 10, 20, 30, 60, 120, 300, 600, 900)
#: Seconds between rounds after the authority's deadline: it still has the last word, but there is no hurry.
LATE_PAUSE = 3600
#: Seconds between looks at a document that somebody has to help (certificate removed, ambiente changed).
HELD_PAUSE = 900
#: Seconds between a lost answer and the question what became of it.
ASK_AFTER = 1.0
#: Seconds for which "no such ticket" is taken for a service that lags behind the one that gave it.
TICKET_LAG = 600.0
#: Rounds for which "already registered" together with "never heard of it" is taken for a service that lags.
_LAGGING_ROUNDS = 3
#: Refusals of a lote after which its documents go one by one.
_REFUSALS = 2


@dataclass(frozen=True, slots=True)
class Again:
    """The next round: its generation, and the seconds until then."""

    generation: int
    pause: float


class Rounds:
    """Runs rounds; ``settled`` is called with the document after its verdict was committed."""

    def __init__(
        self,
        log: WorkLog,
        companies: Companies,
        runtimes: Runtimes,
        clock: Clock,
        settled: Callable[[Comprobante], None],
        stopping: threading.Event,
    ) -> None:
        self._log = log
        self._companies = companies
        self._runtimes = runtimes
        self._clock = clock
        self._settled = settled
        self._stopping = stopping

    def run(self, comprobante_id: int, generation: int) -> Again | None:
        """Work on a document once. ``None``: it is settled, or another generation has taken over."""
        work = self._log.load(comprobante_id)
        if work is None or work.document.generacion != generation:
            return None
        document = work.document
        company = self._companies.at_version(document.empresa_id, work.company_version)
        if company.ambiente != document.ambiente:
            # Never let a document of one environment out into another one.
            text = N_("Es del ambiente {suyo} y la empresa está en {actual}: espera a que vuelva.")
            return self._held(document, text.format(suyo=document.ambiente, actual=company.ambiente))
        try:
            authority = self._runtimes.get(company).authority
        except EmitirError as error:
            return self._held(document, str(error))
        if work.held_by and not work.sendings:
            # Sent before what it modifies is registered, it would be refused and its number burned.
            text = N_("Espera la respuesta de la autoridad sobre {documento}.")
            pause = self.pause_of(document)
            detail = text.format(documento=work.held_by)
            return self.again(document, self._log.postpone(document, pause, detail), pause)
        country = self._companies.country(company.pais)
        return _Round(self, work, authority, country).run()

    def _held(self, document: Comprobante, detail: str) -> Again | None:
        logger.warning("%s waits: %s", document.codigo_documento, detail)
        return self.again(document, self._log.postpone(document, HELD_PAUSE, detail), HELD_PAUSE)

    def again(self, document: Comprobante, generation: int | None, pause: float) -> Again | None:
        return None if generation is None else Again(generation, pause)

    def pause_of(self, document: Comprobante) -> float:
        """The pause before the next round, a little shaken so that a thousand documents do not march in step."""
        late = self._clock() > document.plazo
        pause = LATE_PAUSE if late else PAUSES[min(document.vueltas, len(PAUSES) - 1)]
        return pause * random.uniform(0.9, 1.1)

    def now(self) -> datetime:
        return self._clock()

    def use_lotes(self, document: Comprobante, country: Country) -> None:
        """From now on the company's documents go in lotes: its own setting says so."""
        if isinstance(country, Packs):
            company = self._companies.by_id(document.empresa_id)
            self._companies.update(company.uuid, country.by_lote())
            logger.warning("%s: the authority takes its documents in lotes only", company.ruc)

    def wait_a_little(self) -> bool:
        """Let the authority finish what it may still be doing; False when the engine is closing."""
        return not self._stopping.wait(ASK_AFTER)


class _Round:
    """The state of one round: the document, its connection, the attempt that is open."""

    def __init__(self, rounds: Rounds, work: Work, authority: Authority, country: Country) -> None:
        self._rounds = rounds
        self._country = country
        self._log = rounds._log
        self._document = work.document
        self._authority = authority
        self._arrived = may_have_arrived(work.sendings)
        # Of the last sending its ticket tells: "already registered" there is about an earlier one, or another's.
        self._arrived_before = may_have_arrived(work.sendings[:-1])
        self._sent_before = bool(work.sendings)
        self._refusals = sum(outcome == "not_received:retry" for outcome in work.sendings)
        self._told = work.already
        self._sent_at = work.sent_at
        self._submission = Submission(
            codigo_documento=work.document.codigo_documento,
            tipo=work.document.tipo,
            serie=work.document.serie,
            numero=work.document.numero,
            xml=work.xml,
            valor_resumen=work.document.valor_resumen,
            ticket=work.document.ticket,
        )

    def run(self) -> Again | None:
        if not self._sent_before:
            return self._send()
        attempt = self._log.begin(self._document, "ask")
        if attempt is None:
            return None
        answer = self._authority.ask(self._submission)
        if not never_heard_of(answer):
            return self._asked(attempt, answer, self._told)
        if self._is_fresh_ticket(answer):
            return self._postpone(attempt, answer)
        self._log.close(attempt, answer)
        return self._send()

    def _is_fresh_ticket(self, answer: Verdict) -> bool:
        """Whether a ticket that the authority does not know (SUNAT 0127) was given only now: it may lag."""
        if not isinstance(answer, Unknown) or not self._document.ticket or self._sent_at is None:
            return False
        return (self._rounds.now() - self._sent_at).total_seconds() < TICKET_LAG

    def _may_lag(self) -> bool:
        """Whether "already registered" and "never heard of it" may both be said of one document."""
        if self._document.clase == ENVIO and self._sent_at is not None:
            # It was taken under a ticket that is lost, and is perhaps still being judged.
            return (self._rounds.now() - self._sent_at).total_seconds() < TICKET_LAG
        return self._document.vueltas < _LAGGING_ROUNDS

    def _send(self) -> Again | None:
        """Exactly one sending of the stored bytes."""
        attempt = self._log.begin(self._document, "submit")
        if attempt is None:
            return None
        answer = self._authority.submit(self._submission)
        match answer:
            case Rejected(code) if self._goes_in_lotes(code):
                self._rounds.use_lotes(self._document, self._country)
                self._log.to_lote(self._document, attempt, answer)
                return None
            case Accepted() | Observed() | Rejected():
                self._settle(attempt, answer, answer)
                if isinstance(answer, Rejected) and answer.cdr is None:
                    self._fetch_cdr()
                return None
            case NotReceived(code, description, retryable=False):
                decisions = self._decide(Rejected(code, description), unread=True)
                self._done(self._log.not_received(self._document, attempt, answer, decisions))
                return None
            case NotReceived(code, description) if self._refused_too_often():
                # A lote that is not taken, whatever the reason: its documents go one by one.
                self._settle(attempt, answer, Rejected(code, description))
                return None
            case AlreadyRegistered():
                self._log.close(attempt, answer)
                return self._ask(answer)
            case NoVerdict(reason) if reason != "unreachable" and self._rounds.wait_a_little():
                self._arrived = True
                self._log.close(attempt, answer)
                return self._ask(None)
            case _:
                return self._postpone(attempt, answer)

    def _goes_in_lotes(self, code: str) -> bool:
        """Whether the authority takes documents of this company in lotes only."""
        is_document = self._document.clase != ENVIO
        return is_document and isinstance(self._country, Packs) and self._country.demands_lote(code)

    def _refused_too_often(self) -> bool:
        """Whether this is a lote that the authority did not take for the third time."""
        if self._document.clase != ENVIO or self._refusals < _REFUSALS:
            return False
        return any(one.accion == LOTE for one in self._log.documents_of(self._document))

    def _fetch_cdr(self) -> None:
        """A rejection that came as a fault brings no CDR; the authority may have one all the same.

        Asked once, and after the verdict was stored: whatever happens here changes nothing.
        """
        answer = self._authority.ask(self._submission)
        if isinstance(answer, Rejected) and answer.cdr is not None:
            self._log.keep_cdr(self._document, answer.cdr)

    def _ask(self, already: AlreadyRegistered | None) -> Again | None:
        """Right after a sending: what became of it?"""
        attempt = self._log.begin(self._document, "ask")
        if attempt is None:
            return None
        return self._asked(attempt, self._authority.ask(self._submission), already)

    def _asked(self, attempt: int, answer: Verdict, already: AlreadyRegistered | None) -> Again | None:
        if already and isinstance(answer, Unknown) and self._may_lag():
            return self._postpone(attempt, answer)
        final: Final | None
        if self._document.clase == ENVIO and isinstance(answer, Accepted | Observed | Rejected):
            final = answer  # what it was to bring about is so, whoever did it
        else:
            under_ticket = bool(self._document.ticket) and isinstance(answer, AlreadyRegistered)
            final = of_registered(answer, already, self._arrived_before if under_ticket else self._arrived)
        if final is None:
            return self._postpone(attempt, answer)
        # "Already presented", and what became of it the authority does not tell.
        self._settle(attempt, answer, final, lost=not isinstance(answer, Accepted | Observed | Rejected))
        return None

    def _settle(self, attempt: int, answer: Verdict, final: Final, lost: bool = False) -> None:
        decisions = self._decide(final, lost=lost)
        self._done(self._log.settle(self._document, attempt, answer, final, decisions, lost))

    def _decide(self, final: Final, lost: bool = False, unread: bool = False) -> list[Decision]:
        """What becomes of the documents of an envio; nothing for another document."""
        if self._document.clase != ENVIO:
            return []
        about = self._log.documents_of(self._document)
        if unread:
            about = [one for one in about if one.accion in (INFORME, LOTE)]
        found = decide(self._country, self._document, final, lost, about, self._rounds.now())
        # Not received for a reason that has nothing to do with them: they stay in it, and it goes again.
        return [] if unread and any(one.desde for one in found) else found

    def _done(self, settled: Comprobante | None) -> None:
        if settled is not None:
            logger.info("%s: %s %s", settled.codigo_documento, settled.estado, settled.respuesta_codigo)
            self._rounds._settled(settled)

    def _postpone(self, attempt: int, answer: Verdict) -> Again | None:
        pause = self._rounds.pause_of(self._document)
        if isinstance(answer, InProcess | NotReceived):
            pause = max(pause, answer.seconds)
        ticket = answer.ticket if isinstance(answer, InProcess) else None
        detail = why_waiting(answer)
        generation = self._log.postpone(self._document, pause, detail, attempt, answer, ticket)
        logger.info("%s: again in %.0f s. %s", self._document.codigo_documento, pause, detail)
        return self._rounds.again(self._document, generation, pause)
