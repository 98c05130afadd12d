"""Messages of events: sent, asked for by the documents that they are about, read back from a stored answer.

SIFEN answers every event of a message by itself (0600, or a refusal). A message whose answer was lost is looked for in
the events of its documents: one that is there by its signature arrived, and then the whole message was judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from emitir.country import Submission
from emitir.country_events import EventOutcome
from emitir.i18n import N_
from emitir.paraguay.eventos.rules import Historia
from emitir.paraguay.sifen.answers import Found, Result
from emitir.paraguay.sifen.services import Sifen
from emitir.paraguay.sifen.verdicts import (
    FORBIDDEN,
    THERE,
    from_failure,
    from_fault,
    meaningless,
    said,
)
from emitir.soap.outcome import Failure, Fault
from emitir.soap.reader import UnsafeXmlError, local_name, parse, text_of
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    Note,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)

REGISTERED = "0600"
#: "Numbers of the range are given up already": so is told, too, who sends again an inutilización that had arrived.
_THERE_ALREADY = "4066"
#: Element of an event to the name that its properties have.
CLASES = {
    "rGeVeCan": "cancelacion",
    "rGeVeInu": "inutilizacion",
    "rGeVeConf": "conformidad",
    "rGeVeDisconf": "disconformidad",
    "rGeVeDescon": "desconocimiento",
    "rGeVeNotRec": "notificacion",
    "rGEveNom": "nominacion",
    "rGeVeTr": "transporte",
}
_LOST = N_("SIFEN no registró este evento y su respuesta se perdió: pídalo otra vez para conocer el motivo.")


@dataclass(frozen=True, slots=True)
class _Event:
    """One event of a message: its name, the CDC that it is about (none in an inutilización), its signature."""

    clase: str
    cdc: str
    signature: str
    moment: str
    partial: bool


def submit(sifen: Sifen, submission: Submission) -> Verdict:
    """Send a message once."""
    answer = sifen.evento(submission.xml.decode())
    if isinstance(answer, Fault):
        return from_fault(answer)
    if isinstance(answer, Failure):
        return from_failure(answer)
    if isinstance(answer, Result):
        return _refused(answer)
    if not answer:
        return NoVerdict("garbled", "respuesta sin eventos")
    return _judged(answer)


def _refused(answer: Result) -> Verdict:
    """A refusal of the whole call."""
    text = said(answer.text)
    if meaningless(answer):
        return NoVerdict("fault", f"{answer.code} {text}".strip())
    return Rejected(answer.code, text, (), answer.raw)


def _judged(results: Sequence[Result]) -> Verdict:
    raw = b"<eventos>" + b"".join(result.raw for result in results) + b"</eventos>"
    if any(meaningless(result) for result in results):
        first = next(result for result in results if meaningless(result))
        return NoVerdict("fault", f"{first.code} {said(first.text)}".strip())
    good = [result for result in results if result.code == REGISTERED]
    if len(good) == len(results):
        return Accepted(REGISTERED, said(results[0].text), raw)
    bad = next(result for result in results if result.code != REGISTERED)
    if len(results) == 1:
        if bad.code == _THERE_ALREADY:
            return AlreadyRegistered(bad.code, said(bad.text))
        return Rejected(bad.code, said(bad.text), (), raw)
    notes = tuple(Note(result.code, f"{result.id}: {said(result.text)}") for result in results)
    if good:
        return Observed(REGISTERED, said(good[0].text), notes, raw)
    return Rejected(bad.code, said(bad.text), notes, raw)


def ask(sifen: Sifen, submission: Submission) -> Verdict:
    """Whether a message arrived, by the events of its documents; an inutilización cannot be asked for."""
    events = _events_of(submission.xml.decode())
    named = [event for event in events if event.cdc]
    if not named:
        return NoVerdict("unsupported", "SIFEN no responde por inutilizaciones")
    there: dict[str, Found] = {}
    for cdc in dict.fromkeys(event.cdc for event in named):
        found = sifen.consulta(cdc)
        if isinstance(found, Fault):
            return from_fault(found)
        if isinstance(found, Failure):
            return from_failure(found)
        if isinstance(found, Result):
            return NoVerdict("fault", f"{found.code} {said(found.text)}".strip())
        if found.code == FORBIDDEN:  # not ours to see: sent again, SIFEN itself says whether it has it
            return NoVerdict("unsupported", said(found.text))
        there[cdc] = found
    arrived = [event for event in named if _is_there(event, there[event.cdc])]
    if not arrived:
        return Unknown("0420", N_("SIFEN no tiene el evento"))
    if len(arrived) == len(events):
        return Accepted(REGISTERED, N_("SIFEN tiene el evento registrado"))
    notes = tuple(
        Note(REGISTERED if event in arrived else "", f"{number}: {event.clase}")
        for number, event in enumerate(events, 1)
    )
    raw = b"<eventos>" + b"".join(
        _as_result(number, event in arrived) for number, event in enumerate(events, 1)
    )
    return Observed(
        REGISTERED, N_("SIFEN tiene registrada una parte de los eventos"), notes, raw + b"</eventos>"
    )


def _as_result(number: int, good: bool) -> bytes:
    """One result of an answer that was lost, in the form of those that were not."""
    code, text = (REGISTERED, "") if good else ("", _LOST)
    return (
        f"<gResProcEVe><dEstRes>{'Aprobado' if good else 'Rechazado'}</dEstRes><id>{number}</id>"
        f"<gResProc><dCodRes>{code}</dCodRes><dMsgRes>{text}</dMsgRes></gResProc></gResProcEVe>"
    ).encode()


def _is_there(event: _Event, found: Found) -> bool:
    if event.clase == "cancelacion" and any("<rGeVeCan" in one for one in found.events):
        return True  # whoever did it: the document is cancelled
    return any(event.signature in "".join(one.split()) for one in found.events)


def _events_of(xml: str) -> list[_Event]:
    """The events of a message, or of a consulta. Raises UnsafeXmlError."""
    return [_read(node) for node in parse(xml.encode()).iter() if local_name(node) == "rGesEve"]


def _read(event: etree._Element) -> _Event:
    named = {local_name(node): node for node in event.iter()}
    kind = next((name for name in CLASES if name in named), "")
    inner = named.get(kind)
    cdc = ""
    if inner is not None:
        cdc = next((text_of(node) for node in inner if local_name(node) == "Id"), "")
    return _Event(
        CLASES.get(kind, ""),
        cdc,
        "".join(text_of(named.get("SignatureValue")).split()),
        text_of(named.get("dFecFirma")),
        text_of(named.get("iTipConf")) == "2",
    )


def history(sifen: Sifen, cdc: str) -> Historia | NotReceived | None:
    """What has happened to a document. :class:`NotReceived`: SIFEN does not have it; None: nobody can tell now."""
    found = sifen.consulta(cdc)
    if not isinstance(found, Found):
        return None
    if found.code == "0420":
        return NotReceived(found.code, said(found.text), False)
    return history_of(found)


def history_of(found: Found) -> Historia | None:
    """Approval and events of a document that SIFEN has; None for another answer."""
    if found.code != THERE:
        return None
    events = []
    for xml in found.events:
        try:
            read = _events_of(xml)
        except UnsafeXmlError:
            continue
        events += [
            (f"{one.clase} parcial" if one.clase == "conformidad" and one.partial else one.clase, at)
            for one in read
            if (at := _moment(one.moment)) is not None
        ]
    return Historia(_moment(found.fecha), tuple(events))


def _moment(text: str) -> datetime | None:
    """A wall clock of Asunción: without its zone, where it says one."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def outcomes(answer: bytes | None, final: bool, count: int) -> list[EventOutcome]:
    """What a stored answer says of each of ``count`` events, in their order."""
    found: dict[str, EventOutcome] = {}
    for element in parse(answer).iter() if answer else ():
        if local_name(element) != "gResProcEVe":
            continue
        texts = {local_name(node): text_of(node) for node in element.iter()}
        good = texts.get("dEstRes", "").startswith("Aprobado")
        found[texts.get("id", "")] = EventOutcome(
            "aceptado" if good else "rechazado",
            texts.get("dCodRes", ""),
            said(texts.get("dMsgRes", "")),
            texts.get("dProtAut", ""),
        )
    unknown = EventOutcome("aceptado", REGISTERED) if final else EventOutcome("")
    return [found.get(str(number), unknown) for number in range(1, count + 1)]
