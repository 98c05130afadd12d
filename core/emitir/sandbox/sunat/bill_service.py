"""billService: sendBill, sendSummary, sendPack, getStatus."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from emitir.sandbox.clock import MovableClock
from emitir.sandbox.records import REJECTED, Call, Registered, Ticket
from emitir.sandbox.store import Store
from emitir.sandbox.sunat import access, archive, envelope
from emitir.sandbox.sunat.cdr import CdrWriter
from emitir.sandbox.sunat.documents import DOCUMENTS
from emitir.sandbox.sunat.documents.judgement import Arrival, Judgement, taken
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.messages import is_exception
from emitir.sandbox.sunat.mode import Mode
from emitir.sandbox.sunat.names import FileName
from emitir.sandbox.sunat.refusal import Refusal
from emitir.sandbox.sunat.registration import registered
from emitir.sandbox.sunat.tickets import TicketOffice, note


class BillService:
    """The operations, over one store and one clock. Each takes a request and gives the envelope of its answer."""

    def __init__(
        self,
        store: Store,
        clock: MovableClock,
        cdr: CdrWriter,
        office: TicketOffice,
        *,
        types: frozenset[str],
    ) -> None:
        """``types``: what this service takes; SUNAT has one for sales and one for retenciones and percepciones."""
        self._types = types
        self._store = store
        self._clock = clock
        self._cdr = cdr
        self._office = office

    def send_bill(self, request: envelope.Request, call: Call) -> bytes:
        """One document, answered at once with its CDR. Raises Refusal for what is not received."""
        caller = access.user_ruc(request)
        name = archive.zip_name(request.fields.get("fileName", ""))
        if name.tipo in ("RC", "RA", "RR"):
            raise Refusal("0152", node="fileName", value=name.base)
        if name.tipo == "LT":
            raise Refusal("0153", node="fileName", value=name.base)
        access.check_owner(caller, name.ruc, Lists.load(self._store))
        self._check_type(name)
        _, xml = archive.open_zip(request.fields["fileName"], request.fields.get("contentFile", ""))
        call.sha256 = hashlib.sha256(xml).hexdigest()
        document = self._register(name, xml, caller, call)
        if document.state == REJECTED and Mode.load(self._store).rejections == "fault":
            raise Refusal(document.code, node=name.base, value=document.description)
        return envelope.answer(
            "sendBill", ("applicationResponse", archive.pack(f"R-{name.base}", document.cdr))
        )

    def send_pack(self, request: envelope.Request, call: Call) -> bytes:
        """Several documents in one zip, answered with a ticket whose content holds a CDR for each."""
        caller = access.user_ruc(request)
        name = archive.zip_name(request.fields.get("fileName", ""))
        if name.tipo != "LT":
            raise Refusal("0151", node="fileName", value=name.base)
        access.check_owner(caller, name.ruc, Lists.load(self._store))
        answers = []
        entries = archive.unpack(request.fields.get("contentFile", ""))
        for entry, xml in entries:
            try:
                inner = archive.entry_name(entry)
                access.check_owner(caller, inner.ruc, Lists.load(self._store))
                self._check_type(inner)
                answers.append((f"R-{inner.base}", self._register(inner, xml, caller, call).cdr))
            except Refusal as refusal:  # one that is not received does not keep the others out
                call.remarks.append(f"{entry}: {refusal.detail}")
        mode = Mode.load(self._store)
        ready = self._clock.now() + timedelta(seconds=mode.ticket_seconds)
        ticket = self._store.add_ticket(
            Ticket(
                ticket="",
                ruc=name.ruc,
                file_name=name.base,
                sha256="",
                status_code="0" if len(answers) == len(entries) else "99",
                content=archive.pack_all(answers),
                ready_at=ready.isoformat(),
                sender=caller,
                asks_left=mode.ticket_asks,
            )
        )
        call.outcome, call.code = "ticket", ticket.ticket
        return envelope.answer("sendPack", ("ticket", ticket.ticket))

    def send_summary(self, request: envelope.Request, call: Call) -> bytes:
        """A summary or a baja, answered with a ticket."""
        caller = access.user_ruc(request)
        name = archive.zip_name(request.fields.get("fileName", ""))
        if name.tipo not in ("RC", "RA", "RR"):
            raise Refusal("0151", node="fileName", value=name.base)
        access.check_owner(caller, name.ruc, Lists.load(self._store))
        self._check_type(name)
        _, xml = archive.open_zip(request.fields["fileName"], request.fields.get("contentFile", ""))
        call.sha256 = hashlib.sha256(xml).hexdigest()
        ticket = self._office.take(name, xml, caller, call)
        call.outcome, call.code = "ticket", ticket.ticket
        return envelope.answer("sendSummary", ("ticket", ticket.ticket))

    def get_status(self, request: envelope.Request, call: Call) -> bytes:
        """What became of a ticket. Raises Refusal 0127 or 0126."""
        caller = access.user_ruc(request)
        self._office.settle()  # time may have passed since the call came in
        ticket = self._store.ticket(request.fields.get("ticket", ""))
        bare = Mode.load(self._store).ticket_answers == "bare"
        if ticket is None:
            call.outcome, call.code = "respondido", "0127"
            if bare:
                return envelope.answer("getStatus", ("statusCode", "0127"), wrapper="status")
            raise Refusal("0127", node="ticket", value=request.fields.get("ticket", ""))
        call.file_name = ticket.file_name
        if ticket.ruc != caller and caller not in Lists.load(self._store).proveedores:
            raise Refusal("0126", node="ticket", value=ticket.ticket)
        waiting = ticket.asks_left or self._clock.now() < datetime.fromisoformat(ticket.ready_at)
        if waiting or not ticket.status_code:
            self._store.count_ask(ticket)
            call.outcome, call.code = "en proceso", "98"
            return envelope.answer("getStatus", ("statusCode", "98"), wrapper="status")
        call.outcome, call.code = "respondido", ticket.status_code
        content = None if bare and ticket.status_code == "99" else ticket.content
        fields: list[tuple[str, str | bytes]] = [("content", content)] if content is not None else []
        return envelope.answer("getStatus", *fields, ("statusCode", ticket.status_code), wrapper="status")

    def _register(self, name: FileName, xml: bytes, caller: str, call: Call) -> Registered:
        """Judge a document and take its number. Raises Refusal when it is not received."""
        judgement, received = self._judge(name, xml, caller, call)
        error = judgement.error
        if error and is_exception(error.code):
            raise Refusal(error.code, error.node, error.value, error.where)
        cdr = self._cdr.answer(name, judgement, received, self._clock.now())
        document = registered(name, xml, judgement, cdr, received)
        before = self._store.register(document)
        if before is not None:  # another call was faster with the same number
            raise Refusal(taken(before), node="cbc:ID", value=judgement.document_id)
        call.outcome, call.code = document.state, document.code
        return document

    def _check_type(self, name: FileName) -> None:
        if name.tipo not in self._types:
            raise Refusal("0302", node="fileName", value=name.tipo)

    def _judge(self, name: FileName, xml: bytes, caller: str, call: Call) -> tuple[Judgement, datetime]:
        judge = DOCUMENTS[name.tipo]
        received = self._clock.now()
        use_schema = Mode.load(self._store).xsd
        judgement = judge(
            Arrival(name, xml, caller, received, Lists.load(self._store), self._store, use_schema)
        )
        note(call, judgement)
        return judgement, received
