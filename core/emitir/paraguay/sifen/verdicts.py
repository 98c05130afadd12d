"""From SIFEN's answers to verdicts (spec.md §10, "Result codes to branch on").

A document that SIFEN refuses keeps its number free: it may go again, mended, under the same number (spec.md §1). So a
refusal is :class:`Rejected` with ``frees``, and the answers that mean nothing (timeout, HTML, a generic 0160) are :class:`NoVerdict`,
which only a consulta by CDC resolves.
"""

from __future__ import annotations

from emitir.i18n import N_
from emitir.paraguay.sifen.answers import Found, Result
from emitir.soap.outcome import Failure, Fault
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)

APPROVED = "Aprobado"
#: Codes that say nothing of the document.
MEANINGLESS = frozenset({"0100", "0161", "0162"})
MALFORMED = "0160"
#: The whole text of a 0160 that names nothing: seen for sound documents when SIFEN is in trouble.
GENERIC = "XML Mal Formado"
#: The CDC is approved already; the number is, under another CDC.
DUPLICATED_CDC, DUPLICATED_NUMBER = "1001", "1002"
#: SIFEN's clock is behind ours: the same bytes pass a little later.
SIGNED_AHEAD = "1004"
#: The RUC is not enabled for the synchronous service.
ONLY_LOTE = "1264"
#: consulta: unknown or rejected, not ours to see, there.
NOT_THERE, FORBIDDEN, THERE = "0420", "0421", "0422"
_TEST = "TEST - "


def said(text: str) -> str:
    """A text without the prefix of the test environment."""
    return text.removeprefix(_TEST).strip()


def from_failure(failure: Failure) -> Verdict:
    """No answer, or none that can be understood."""
    if failure.reason == "http" and failure.status in (401, 403):
        return NotReceived(str(failure.status), N_("SIFEN no acepta el certificado de la empresa"), False)
    return NoVerdict(failure.reason, failure.detail)


def from_fault(fault: Fault) -> Verdict:
    """SIFEN does not refuse documents with SOAP faults: a fault is trouble of its own."""
    return NoVerdict("fault", f"{fault.code} {fault.string}".strip())


def meaningless(result: Result) -> bool:
    """Whether an answer leaves open what became of the document."""
    if result.code in MEANINGLESS or not result.notes:
        return True
    return result.code == MALFORMED and said(result.text).rstrip(". ").lower() == GENERIC.lower()


def from_result(result: Result, cdc: str) -> Verdict:
    """The verdict on one document; one that speaks of another CDC decides nothing."""
    notes = tuple(type(note)(note.code, said(note.text)) for note in result.notes)
    text = said(result.text)
    if result.estado.startswith(APPROVED):
        if result.id and result.id != cdc:
            return NoVerdict("garbled", f"respuesta de otro documento: {result.id}")
        if result.estado != APPROVED:
            return Observed(result.code, text, notes, result.raw)
        return Accepted(result.code, text, result.raw)
    if meaningless(result):
        return NoVerdict("fault", f"{result.code} {text}".strip())
    if result.id and result.id != cdc:
        return NoVerdict("garbled", f"respuesta de otro documento: {result.id}")
    if result.code == DUPLICATED_CDC:
        return AlreadyRegistered(result.code, text)
    if result.code == DUPLICATED_NUMBER:
        return Rejected(result.code, text, notes, result.raw)
    description = "; ".join(f"{note.code} {note.text}" for note in notes[1:])
    description = f"{text}; {description}" if description else text
    if result.code == SIGNED_AHEAD:
        return NotReceived(result.code, description, retryable=True)
    return Rejected(result.code, description, notes[1:], result.raw, frees=True)


def from_found(found: Found, valor_resumen: str) -> Verdict:
    """The verdict of a consulta by CDC: SIFEN keeps approved documents only."""
    text = said(found.text)
    if found.code == THERE:
        stored = found.digest()
        if stored and stored != valor_resumen:
            return Rejected(DUPLICATED_CDC, N_("SIFEN guarda otro documento bajo este CDC"))
        return Accepted(found.code, text, found.document.encode() or None)
    if found.code == NOT_THERE:
        return Unknown(found.code, text)
    if found.code == FORBIDDEN:
        return NotReceived(found.code, text, retryable=False)
    return NoVerdict("fault", f"{found.code} {text}".strip())
