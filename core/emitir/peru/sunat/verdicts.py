"""What a code of SUNAT means for the document (spec.md §12): the one place that decides it.

0 accepted; 0100-1999 exceptions, not received; 2000-3999 rejected, the number is burned; from 4000 on
observed, which is accepted.
"""

from __future__ import annotations

import base64
import hashlib
import re

from emitir.country import Submission
from emitir.i18n import N_
from emitir.peru.sunat import codes
from emitir.peru.sunat.archive import ArchiveError
from emitir.peru.sunat.cdr import CdrError, read_cdr
from emitir.soap.outcome import Failure, Fault
from emitir.soap.reader import UnsafeXmlError
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    InProcess,
    Note,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Verdict,
)

#: SUNAT's own troubles: the same bytes may pass later.
SERVICE_TROUBLE = frozenset(
    {100, 109, 110, 125, *range(130, 139), 200, 201, 202, 250, 251, 253, 254, 303, 304, 307}
)
#: The user, the password or what they may do.
CREDENTIALS = frozenset({101, 102, 103, 104, 105, 106, 111, 112, 113})
#: The file or the number is there already: 1033 with other data, 1032 voided or rejected, files of RC and RA.
ALREADY_THERE = frozenset({402, 1032, 1033, 2223, 2324})
#: "Existe un documento igual en proceso".
BEING_PROCESSED = 140

_IN_CODE = re.compile(r"(?:^|[.:])(\d{3,4})$")
_ALONE = re.compile(r"\s*(\d{3,4})\s*(?:$|[-:]\s*\D)")
_SPOKEN = re.compile(r"\berrorCode\s*[:=]?\s*(\d{3,4})\b|\b(\d{4})\s*\(nodo", re.IGNORECASE)


def from_failure(failure: Failure) -> NoVerdict:
    """Nobody knows what became of the document."""
    return NoVerdict(failure.reason, failure.detail)


def from_fault(fault: Fault) -> Verdict:
    """A fault is an answer when it carries a code of SUNAT; when it carries none, nobody knows."""
    code = fault_code(fault)
    if code is None:
        return NoVerdict("fault", fault.string or fault.detail or fault.code)
    return from_code(code, _fault_text(fault, code))


def from_code(
    code: int, description: str = "", notes: tuple[Note, ...] = (), cdr: bytes | None = None
) -> Verdict:
    """The verdict of a code from a CDR, a fault or a ticket's status."""
    name = "0" if code == 0 else f"{code:04}"
    text = description or codes.message(code)
    if code == 0:
        return Observed(name, text, notes, cdr) if notes else Accepted(name, text, cdr)
    if code >= 4000:
        return Observed(name, text, notes or (Note(name, text),), cdr)
    if code in ALREADY_THERE and cdr is None:
        return AlreadyRegistered(name, text)
    if code >= 2000:
        return Rejected(name, text, notes, cdr)
    if code == BEING_PROCESSED:
        return InProcess("")
    if code >= 100:
        return NotReceived(name, text, retryable=code in SERVICE_TROUBLE)
    return NoVerdict("fault", f"{name} {text}".strip())


def from_cdr(content: bytes, submission: Submission) -> Verdict:
    """The verdict in a CDR's zip; :class:`NoVerdict` when it is none, or that of another document."""
    try:
        cdr = read_cdr(content)
    except (ArchiveError, CdrError, UnsafeXmlError) as error:
        return NoVerdict("garbled", f"CDR: {error}")
    if not cdr.speaks_of(submission.codigo_documento):
        return NoVerdict("garbled", f"CDR de otro documento: {cdr.file_name} {cdr.reference}")
    notes = cdr.notes
    if cdr.document_hash and cdr.document_hash not in _digests(submission):
        # OSE do not agree on what they hash, so this is a person's to look at and no refusal.
        said = N_("El CDR trae otro valor resumen: verifique que sea de este comprobante.")
        notes = (*notes, Note("", f"{said} {cdr.document_hash}"))
    return from_code(cdr.code, cdr.description, notes, cdr.xml)


def _digests(submission: Submission) -> set[str]:
    """What an OSE may call the hash of our document: its DigestValue, or that of the file."""
    files = (
        hashlib.sha256(submission.xml).digest(),
        hashlib.sha1(submission.xml, usedforsecurity=False).digest(),
    )
    named = {form for digest in files for form in (digest.hex(), base64.b64encode(digest).decode("ascii"))}
    return named | {submission.valor_resumen}


def fault_code(fault: Fault) -> int | None:
    """SUNAT's code in a fault: in faultcode (``Client.0151``), faultstring (``0151``) or detail; else None."""
    found = _IN_CODE.search(fault.code)
    if found is None and (alone := _ALONE.match(fault.string)) and codes.is_known(alone[1]):
        found = alone
    if found is not None:
        return int(found[1])
    for said in (fault.string, fault.detail):
        for spoken in _SPOKEN.finditer(said):
            if codes.is_known(code := spoken[1] or spoken[2]):
                return int(code)
    if (alone := _ALONE.match(fault.detail)) and codes.is_known(alone[1]):
        return int(alone[1])
    return None


def _fault_text(fault: Fault, code: int) -> str:
    """What the fault says beside its code; an OSE puts the code in faultstring and the text in detail."""
    for said in (fault.string, fault.detail):
        if said.strip() and not said.strip().isdigit():
            return said
    return codes.message(code)
