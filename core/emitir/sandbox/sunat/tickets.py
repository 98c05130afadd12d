"""What is answered later: summaries, bajas and guías wait for their turn, are judged then, and their ticket knows.

Waiting files are in the store, so a sandbox that is killed judges them after its restart. The registry changes when
a file is judged, not when it arrives: while its ticket says 98, its documents are as they were.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from emitir.sandbox.clock import MovableClock
from emitir.sandbox.faults import PROCESS, FaultBox
from emitir.sandbox.records import Call, Ticket
from emitir.sandbox.store import Store
from emitir.sandbox.sunat import archive
from emitir.sandbox.sunat.cdr import CdrWriter
from emitir.sandbox.sunat.documents import GUIAS, SUMMARIES
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.messages import is_exception, message
from emitir.sandbox.sunat.mode import Mode
from emitir.sandbox.sunat.names import FileName, parse_name
from emitir.sandbox.sunat.refusal import Refusal
from emitir.sandbox.sunat.registration import registered
from emitir.sandbox.sunat.rules.table import Finding


@dataclass(frozen=True, slots=True)
class TicketOffice:
    """Takes files, and judges them when their time has come."""

    store: Store
    clock: MovableClock
    cdr: CdrWriter
    faults: FaultBox

    def take(self, name: FileName, xml: bytes, sender: str, call: Call) -> Ticket:
        """Give a ticket for a summary or a baja. Raises Refusal for what is not received.

        0402: one of the same name is still being processed.
        """
        with self.store.transaction():
            self.settle()
            if any(not ticket.status_code for ticket in self.store.tickets_of_file(name.base)):
                raise Refusal("0402", node="fileName", value=name.base)
            received = self.clock.now()
            judgement = self._judge(name, xml, sender, received, before="")
            error = judgement.error
            if error and is_exception(error.code):
                note(call, judgement)
                raise Refusal(error.code, error.node, error.value, error.where)
            ticket = self._give(name, xml, sender, received)
            if self._due(ticket, received):
                self._conclude(ticket, name, judgement, received)
                note(call, judgement)
            return ticket

    def take_guia(self, name: FileName, xml: bytes, sender: str, call: Call) -> Ticket:
        """Give a ticket for a guía: whatever is wrong with it is told under the ticket."""
        with self.store.transaction():
            self.settle()
            ticket = self._give(name, xml, sender, self.clock.now())
            if self._due(ticket, self.clock.now()):
                done = self._process(ticket, self.clock.now())
                call.findings, call.remarks = done.findings, done.remarks
            return ticket

    def _give(self, name: FileName, xml: bytes, sender: str, received: datetime) -> Ticket:
        mode = Mode.load(self.store)
        return self.store.add_ticket(
            Ticket(
                ticket="",
                ruc=name.ruc,
                file_name=name.base,
                sha256=hashlib.sha256(xml).hexdigest(),
                status_code="",
                content=None,
                ready_at=(received + timedelta(seconds=mode.ticket_seconds)).isoformat(),
                received_at=received.isoformat(),
                sender=sender,
                xml=xml,
                asks_left=mode.ticket_asks,
            )
        )

    def _due(self, ticket: Ticket, now: datetime) -> bool:
        return not ticket.asks_left and now >= datetime.fromisoformat(ticket.ready_at)

    def settle(self) -> None:
        """Judge what has waited long enough, in the order in which it came."""
        if not self.store.waiting_tickets():
            return
        with self.store.transaction():
            now = self.clock.now()
            for ticket in self.store.waiting_tickets():
                if self._due(ticket, now):
                    self.store.open_call(self._process(ticket, now))

    def _process(self, ticket: Ticket, now: datetime) -> Call:
        """Judge a file that has waited. Returns what the log says of it."""
        call = Call(now.isoformat(), "proceso", ticket.file_name, ticket.sha256, outcome="rechazado")
        name, received = parse_name(ticket.file_name), datetime.fromisoformat(ticket.received_at)
        try:
            if name is None or ticket.xml is None:
                raise Refusal("0306", node=ticket.file_name)
            judgement = self._judge(name, ticket.xml, ticket.sender, received, before=ticket.ticket)
        except Refusal as refusal:  # not read at all: a status without a CDR
            call.code = refusal.code
            call.remarks.append(refusal.detail)
            self.store.answer_ticket(ticket, "99", None, f"{refusal.code} {refusal.text}")
            return call
        status = self._conclude(ticket, name, judgement, received)
        call.outcome = "aceptado" if status == "0" else "rechazado"
        call.code = judgement.error.code if judgement.error else "0"
        note(call, judgement)
        return call

    def _judge(self, name: FileName, xml: bytes, sender: str, received: datetime, before: str) -> Judgement:
        """Judge a file. ``before``: its ticket, when it has one: only older ones were presented before it."""
        judge = GUIAS.get(name.tipo) or SUMMARIES[name.tipo]
        older = [ticket for ticket in self.store.tickets_of_file(name.base) if ticket.ticket != before]
        return judge(
            Arrival(
                name=name,
                xml=xml,
                sender=sender,
                now=received,
                lists=Lists.load(self.store),
                store=self.store,
                use_schema=Mode.load(self.store).xsd,
                presented=bool(older),
            )
        )

    def _conclude(self, ticket: Ticket, name: FileName, judgement: Judgement, received: datetime) -> str:
        """Write the CDR and do what an acceptance does. Returns the ticket's status: 0 or 99.

        A fault that waits for this file rejects it with its code, or lets it fail without a CDR.
        """
        order = self.faults.take(PROCESS, name.base)
        if order is not None and order.fault == "fail":
            self.store.answer_ticket(ticket, "99", None, f"0100 {message('0100')}")
            return "99"
        if order is not None:
            judgement.findings.insert(0, Finding(order.code, "cbc:ID", judgement.document_id, "INFO"))
        error = judgement.error
        told = f"{error.code} {judgement.description}" if error else ""
        if error and is_exception(error.code):  # a guía that is not registered: its number stays free
            self.store.answer_ticket(ticket, "99", None, told)
            return "99"
        answered = self.clock.now()
        cdr = self.cdr.answer(name, judgement, received, answered)
        if name.tipo in GUIAS:
            self.store.register(registered(name, ticket.xml or b"", judgement, cdr, received))
        elif error is None and judgement.commit:
            judgement.commit(cdr, answered)
        status = "99" if error else "0"
        self.store.answer_ticket(ticket, status, archive.pack(f"R-{name.base}", cdr), told)
        return status


def note(call: Call, judgement: Judgement) -> None:
    """Write what was found into the log's entry of a call."""
    call.findings.extend(
        {"code": item.code, "node": item.node, "value": item.value, "where": item.where}
        for item in judgement.findings
    )
    call.remarks.extend(judgement.remarks)
