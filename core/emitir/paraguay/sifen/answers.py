"""SIFEN's answers as values, told by their element, not by the HTTP status (spec.md §10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from emitir.soap.outcome import Body, Failure, Fault, Outcome
from emitir.soap.reader import UnsafeXmlError, local_name, parse, text_of
from emitir.verdict import Note

#: What the stored document begins and ends with inside the text of a consulta.
_DOCUMENT = re.compile(r"<rDE[\s>].*</rDE>", re.DOTALL)
_EVENTS = re.compile(r"<rGesEve[\s>].*?</rGesEve>", re.DOTALL)

_CANCELACION = re.compile(r"<(\w+:)?rGeVeCan[\s>]")


@dataclass(frozen=True, slots=True)
class Result:
    """What SIFEN says of one document, event or call.

    ``id``: CDC, or the event's number. ``estado``: ``Aprobado``, ``Aprobado con observación``, ``Rechazado`` or
    empty. ``raw``: the element as it came, to be kept with the document.
    """

    id: str
    estado: str
    protocolo: str
    fecha: str
    notes: tuple[Note, ...]
    raw: bytes = field(repr=False, default=b"")

    @property
    def code(self) -> str:
        """The first code."""
        return self.notes[0].code if self.notes else ""

    @property
    def text(self) -> str:
        """The first text."""
        return self.notes[0].text if self.notes else ""


@dataclass(frozen=True, slots=True)
class Lote:
    """What recibe-lote or consulta-lote says: its own code, the number of the lote, and its documents."""

    code: str
    text: str
    protocolo: str = ""
    documents: tuple[Result, ...] = ()
    raw: bytes = field(repr=False, default=b"")


@dataclass(frozen=True, slots=True)
class Found:
    """A consulta by CDC. ``document``: the stored rDE; ``events``: every stored rGesEve."""

    code: str
    text: str
    fecha: str = ""
    protocolo: str = ""
    document: str = field(repr=False, default="")
    events: tuple[str, ...] = field(repr=False, default=())

    def digest(self) -> str:
        """DigestValue of the stored document; empty when there is none to read."""
        try:
            root = parse(self.document.encode())
        except UnsafeXmlError:
            return ""
        return next((text_of(node) for node in root.iter() if local_name(node) == "DigestValue"), "")

    def cancelled(self) -> bool:
        """Whether its issuer cancelled it: a cancelled document is still answered as approved (spec.md §10)."""
        return any(_CANCELACION.search(event) for event in self.events)


@dataclass(frozen=True, slots=True)
class Contribuyente:
    """A consulta of a RUC. ``facturador``: whether it issues electronically."""

    code: str
    text: str
    ruc: str = ""
    razon_social: str = ""
    estado: str = ""
    estado_descripcion: str = ""
    facturador: bool = False


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if local_name(child) == name)


def _text(element: etree._Element, name: str) -> str:
    return text_of(next(_children(element, name), None))


def _notes(element: etree._Element) -> tuple[Note, ...]:
    return tuple(
        Note(_text(one, "dCodRes").zfill(4), _text(one, "dMsgRes")) for one in _children(element, "gResProc")
    )


def _result(element: etree._Element, fecha: str = "") -> Result:
    return Result(
        _text(element, "Id") or _text(element, "id"),
        _text(element, "dEstRes"),
        _text(element, "dProtAut"),
        _text(element, "dFecProc") or fecha,
        _notes(element),
        etree.tostring(element, with_tail=False),
    )


def _unexpected(element: etree._Element) -> Failure:
    return Failure("garbled", f"respuesta inesperada: {local_name(element)}", 200)


def general_refusal(element: etree._Element) -> Result | None:
    """A refusal of the whole call comes as rRetEnviDe, whatever the service."""
    if local_name(element) != "rRetEnviDe":
        return None
    inner = next(_children(element, "rProtDe"), element)
    return _result(inner)


def document(outcome: Outcome) -> Result | Fault | Failure:
    """The answer of recibe."""
    if not isinstance(outcome, Body):
        return outcome
    return general_refusal(outcome.element) or _unexpected(outcome.element)


def lote(outcome: Outcome) -> Lote | Result | Fault | Failure:
    """The answer of recibe-lote or of consulta-lote."""
    if not isinstance(outcome, Body):
        return outcome
    element, name = outcome.element, local_name(outcome.element)
    if name == "rResEnviLoteDe":
        code = _text(element, "dCodRes").zfill(4)
        return Lote(code, _text(element, "dMsgRes"), _text(element, "dProtConsLote"))
    if name == "rResEnviConsLoteDe":
        raw = etree.tostring(element, with_tail=False)
        code, text = _text(element, "dCodResLot").zfill(4), _text(element, "dMsgResLot")
        return Lote(code, text, "", _lote_results(element), raw)
    return general_refusal(element) or _unexpected(element)


def _lote_results(element: etree._Element) -> tuple[Result, ...]:
    fecha = _text(element, "dFecProc")
    return tuple(_result(one, fecha) for one in _children(element, "gResProcLote"))


def lote_results(answer: bytes) -> tuple[Result, ...]:
    """The documents of an answer about a lote that was kept (:attr:`Lote.raw`)."""
    try:
        return _lote_results(parse(answer))
    except UnsafeXmlError:
        return ()


def found(outcome: Outcome) -> Found | Result | Fault | Failure:
    """The answer of consulta: the stored document comes as escaped text, cut out byte by byte."""
    if not isinstance(outcome, Body):
        return outcome
    element = outcome.element
    if local_name(element) not in {"rEnviConsDeResponse", "rResEnviConsDe"}:
        return general_refusal(element) or _unexpected(element)
    content = next(_children(element, "xContenDE"), None)
    inside = "" if content is None else "".join(content.itertext())
    stored = _DOCUMENT.search(inside)
    rest = inside[stored.end() :] if stored else inside
    protocol = re.search(r"<dProtAut>\s*([0-9]+)\s*</dProtAut>", rest)
    return Found(
        _text(element, "dCodRes").zfill(4),
        _text(element, "dMsgRes"),
        _text(element, "dFecProc"),
        protocol.group(1) if protocol else "",
        stored.group() if stored else "",
        tuple(_EVENTS.findall(rest)),
    )


def contribuyente(outcome: Outcome) -> Contribuyente | Result | Fault | Failure:
    """The answer of consulta-ruc."""
    if not isinstance(outcome, Body):
        return outcome
    element = outcome.element
    if local_name(element) != "rResEnviConsRUC":
        return general_refusal(element) or _unexpected(element)
    code, message = _text(element, "dCodRes").zfill(4), _text(element, "dMsgRes")
    who = next(_children(element, "xContRUC"), None)
    if who is None:
        return Contribuyente(code, message)
    return Contribuyente(
        code,
        message,
        _text(who, "dRUCCons"),
        _text(who, "dRazCons"),
        _text(who, "dCodEstCons"),
        _text(who, "dDesEstCons"),
        _text(who, "dRUCFactElec") == "S",
    )


def events(outcome: Outcome) -> tuple[Result, ...] | Result | Fault | Failure:
    """The answer of evento: one result per event of the message."""
    if not isinstance(outcome, Body):
        return outcome
    element = outcome.element
    if local_name(element) != "rRetEnviEventoDe":
        return general_refusal(element) or _unexpected(element)
    fecha = _text(element, "dFecProc")
    return tuple(_result(one, fecha) for one in _children(element, "gResProcEVe"))
