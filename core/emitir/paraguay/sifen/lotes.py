"""Lotes of many documents: sent, asked for by their number or by a CDC inside, read back from a stored answer.

What SIFEN says of a lote as a whole decides nothing of its documents: unknown, mixed or older than 48 hours (0360,
0363, 0364), each of them is asked for by its CDC.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from emitir.country import Submission
from emitir.paraguay.sifen.answers import Lote, Result, lote_results
from emitir.paraguay.sifen.services import Sifen
from emitir.paraguay.sifen.verdicts import from_failure, from_fault, from_result, meaningless, said
from emitir.soap.outcome import Failure, Fault
from emitir.verdict import Accepted, InProcess, NotReceived, NoVerdict, Rejected, Unknown, Verdict

#: Codes of a lote: queued, not queued, unknown, being processed, done, of mixed types, older than 48 hours.
QUEUED, NOT_QUEUED, UNKNOWN, PROCESSING, DONE, MIXED, OLD = (
    *("0300", "0301", "0360", "0361", "0362", "0363", "0364"),
)
_CDC = re.compile(rb'<DE Id="([0-9A-D]{44})"')


def submit(sifen: Sifen, submission: Submission, pause: float) -> Verdict:
    """Send a lote once. ``pause``: seconds until its first query."""
    answer = sifen.recibe_lote([submission.xml])
    if isinstance(answer, Fault):
        return from_fault(answer)
    if isinstance(answer, Failure):
        return from_failure(answer)
    if isinstance(answer, Result):
        if meaningless(answer):
            return NoVerdict("fault", f"{answer.code} {said(answer.text)}".strip())
        return Rejected(answer.code, said(answer.text), (), answer.raw)
    if answer.code == QUEUED and answer.protocolo:
        return InProcess(answer.protocolo, pause)
    # 0301 is said of a repeated or slow sending too, and of a RUC that is held back for 10 to 60 minutes.
    return NotReceived(answer.code, said(answer.text), True, pause)


def ask(sifen: Sifen, submission: Submission, pause: float) -> Verdict:
    """What became of a lote: by its number, or by its first document where the number was lost."""
    if submission.ticket:
        verdict = _asked(sifen.consulta_lote(submission.ticket), submission.ticket, pause)
        if not isinstance(verdict, Unknown):
            return verdict
    first = _CDC.search(submission.xml)
    if first is None:
        return Rejected(UNKNOWN, "lote sin documentos")
    cdc = first.group(1).decode()
    verdict = _asked(sifen.consulta_lote(cdc=cdc), "", pause)
    if not isinstance(verdict, Unknown):
        return verdict
    # SIFEN knows no such lote. Should it know the document, then the lote arrived and cannot be asked for any more.
    found = sifen.consulta(cdc)
    if isinstance(found, Fault):
        return from_fault(found)
    if isinstance(found, Failure):
        return from_failure(found)
    if found.code == "0422":
        return Rejected(verdict.code, verdict.description)
    if found.code == "0420":
        return verdict
    return NoVerdict("fault", f"{found.code} {said(found.text)}".strip())


def _asked(answer: Lote | Result | Fault | Failure, ticket: str, pause: float) -> Verdict:
    if isinstance(answer, Fault):
        return from_fault(answer)
    if isinstance(answer, Failure):
        return from_failure(answer)
    if isinstance(answer, Result):
        return NoVerdict("fault", f"{answer.code} {said(answer.text)}".strip())
    text = said(answer.text)
    match answer.code:
        case "0361":
            return InProcess(ticket, pause)
        case "0362":
            return Accepted(answer.code, text, answer.raw)
        case "0363" | "0364":
            return Rejected(answer.code, text, (), answer.raw)
        case "0360":
            return Unknown(answer.code, text)
        case _:
            return NoVerdict("fault", f"{answer.code} {text}".strip())


def verdicts(answer: bytes | None, codes: Sequence[str]) -> Mapping[str, Verdict]:
    """What the stored answer to a lote says of each of these CDCs; one of which it says nothing is missing."""
    if answer is None:
        return {}
    wanted = set(codes)
    return {
        result.id: from_result(result, result.id) for result in lote_results(answer) if result.id in wanted
    }
