"""What the authority's answer means for our document. Pure decisions: no database, no wire.

The hard case is "already registered" (SUNAT 1033): is the registered one ours? The log of attempts tells. If
an earlier sending of these very bytes ended without a verdict, it arrived after all; if none did, somebody
issued that number from another system, and our document is not the one that counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from emitir.i18n import N_
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    Final,
    Note,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)

_VERIFY = N_("La autoridad lo tiene registrado, pero no entrega la constancia: verifíquelo en su portal.")
_FOREIGN = N_(
    "La autoridad ya tiene registrado otro comprobante con este número, emitido desde otro sistema. {descripcion}"
)


def may_have_arrived(sendings: Sequence[str | None]) -> bool:
    """Whether one of these sendings (as the log names their outcomes) may have been registered.

    Not one that never connected, and not one that the authority itself said it did not take.
    """
    return any(
        outcome is None
        or outcome in ("in_process", "not_received:retry")
        or (outcome.startswith("no_verdict:") and outcome != "no_verdict:unreachable")
        for outcome in sendings
    )


def never_heard_of(verdict: Verdict) -> bool:
    """Asked, the authority does not know the document, or cannot be asked: the same bytes may go out."""
    return isinstance(verdict, Unknown) or (
        isinstance(verdict, NoVerdict) and verdict.reason == "unsupported"
    )


def of_registered(answer: Verdict, already: AlreadyRegistered | None, arrived: bool) -> Final | None:
    """What a registered number means for us: ``None`` when it has to be asked again.

    ``answer``: what the authority said when asked. ``already``: its answer to our sending, if that was what
    told of the registration. ``arrived``: an earlier sending of ours may have been the one.
    """
    if isinstance(answer, Accepted | Observed | Rejected):
        return answer if arrived else _foreign(already.code if already else "", answer.description)
    if isinstance(answer, AlreadyRegistered):
        already = answer
    elif not never_heard_of(answer):
        return None
    if already is None:
        return None
    if not arrived:
        return _foreign(already.code, already.description)
    return Observed(already.code, already.description, (Note(already.code, _VERIFY),))


def _foreign(code: str, description: str) -> Rejected:
    return Rejected(code, _FOREIGN.format(descripcion=description).strip())


def why_waiting(verdict: Verdict) -> str:
    """In words, for ``detalle``: why the document has no verdict yet."""
    match verdict:
        case NotReceived(code, description):
            text = N_("La autoridad no lo recibió todavía: {codigo} {descripcion}")
            return text.format(codigo=code, descripcion=description)
        case NoVerdict():
            return no_verdict_in_words(verdict)
        case _:
            return N_("La autoridad todavía no da su respuesta.")


def no_verdict_in_words(verdict: NoVerdict) -> str:
    """What the country says happened, or what its reason means."""
    if verdict.detail and verdict.reason != "html":  # a page is for a browser
        return verdict.detail
    return _REASONS.get(verdict.reason, N_("La autoridad dio una respuesta que no se entiende."))


_REASONS = {
    "unreachable": N_("No hay conexión con la autoridad."),
    "timeout": N_("La autoridad no respondió a tiempo."),
    "http": N_("La autoridad respondió con un error de su servidor."),
    "html": N_("La autoridad respondió con una página en lugar de su respuesta."),
    "empty": N_("La autoridad dio una respuesta vacía."),
}
