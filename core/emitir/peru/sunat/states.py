"""What SUNAT answers when it is asked for a comprobante or a ticket, and comes without a CDR."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from emitir.i18n import N_
from emitir.peru.sunat import codes
from emitir.peru.sunat.services import Status
from emitir.peru.sunat.verdicts import fault_code, from_code
from emitir.soap.outcome import Fault
from emitir.soap.reader import local_name, parse, text_of
from emitir.verdict import Accepted, InProcess, Note, NoVerdict, Observed, Rejected, Unknown, Verdict


def code_of(answer: Status | Fault) -> int | None:
    """The code of an answer, whichever way it came; None when there is none."""
    if isinstance(answer, Fault):
        return fault_code(answer)
    return int(answer.code) if answer.code.isascii() and answer.code.isdigit() else None


def of_comprobante(answer: Status | Fault) -> Verdict | None:
    """billConsultService's own codes, 0001 to 0012; None when they settle nothing.

    They are not those of the list of return codes: 0001 there is another thing.
    """
    code, text = code_of(answer), _text(answer)
    if code == 1:
        return Accepted("0", text)
    if code == 2:
        return Rejected("0002", text)
    if code == 3:
        return Observed("0", text, (Note("0003", text),))
    if code in (11, 127):
        return Unknown(f"{code:04}", text)
    if code in (9, 10):
        return NoVerdict("unsupported", text)
    return None


def of_ticket(answer: Status | Fault, ticket: str) -> Verdict:
    """A ticket's status without a CDR. That there is nothing to read never means that all is well."""
    code = code_of(answer)
    if code == 98:
        return InProcess(ticket)
    if code == 127:
        return Unknown("0127", _text(answer))
    if code == 99:
        return Rejected("99", N_("SUNAT procesó el envío con errores y no entregó constancia"))
    if code is not None and 2000 <= code < 4000:
        return from_code(code, _text(answer))
    return unsettled(answer)


def unsettled(answer: Status | Fault) -> NoVerdict:
    """An answer that says nothing of the document: who asks has to ask again."""
    code = code_of(answer)
    return NoVerdict("fault", f"{code:04} {_text(answer)}" if code is not None else _text(answer))


def date_and_total(xml: bytes) -> tuple[date, Decimal]:
    """IssueDate and PayableAmount of one of our own documents. ValueError: it is none of ours."""
    root = parse(xml)
    dates = [text_of(element) for element in root if local_name(element) == "IssueDate"]
    totals = [one for one in root if local_name(one) in ("LegalMonetaryTotal", "RequestedMonetaryTotal")]
    amounts = [text_of(one) for total in totals for one in total if local_name(one) == "PayableAmount"]
    try:
        return date.fromisoformat(dates[0]), Decimal(amounts[0])
    except (IndexError, InvalidOperation) as error:
        raise ValueError("the document has no date or total") from error


def _text(answer: Status | Fault) -> str:
    if isinstance(answer, Fault):
        return answer.string or answer.detail or answer.code
    return answer.message or codes.message(answer.code)
