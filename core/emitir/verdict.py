"""What a tax authority says of a document, as typed values.

A verdict is data: a rejection is not an exception. Exceptions are kept for transport set-up,
configuration and bugs (DESIGN.md §3). The classes are closed: ``match`` over :data:`Verdict`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One observation of the authority: its code (``"4031"``, may be empty) and its text."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The authority registered the document. ``cdr`` is the signed answer (XML bytes), when it came."""

    code: str
    description: str
    cdr: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Observed:
    """Registered, with observations: legally accepted, and the notes are for the person to read."""

    code: str
    description: str
    notes: tuple[Note, ...] = ()
    cdr: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Rejected:
    """The authority looked at the document and refused it.

    Its number is burned, unless ``frees`` says that the mended document may go under it.
    """

    code: str
    description: str
    notes: tuple[Note, ...] = ()
    cdr: bytes | None = field(default=None, repr=False)
    frees: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class NotReceived:
    """The authority answered that it did not register the document: its number is still free.

    ``retryable`` tells whether the same bytes may pass later (its system was busy) or somebody has to
    mend something first (credentials, malformed file). ``seconds``: not before so many.
    """

    code: str
    description: str
    retryable: bool
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class InProcess:
    """The authority took the document and will answer under ``ticket`` (empty when it gave none).

    ``seconds``: it wants to be asked not before so many.
    """

    ticket: str
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class AlreadyRegistered:
    """The authority has a document under this number already: ask it for the CDR and compare."""

    code: str
    description: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Asked for a document, the authority says that it never heard of it: the same bytes may go out."""

    code: str
    description: str


@dataclass(frozen=True, slots=True)
class NoVerdict:
    """Nobody knows what became of the document: no answer, or one that means nothing.

    ``reason`` is one of ``unreachable`` (never connected), ``timeout``, ``http`` (status without a SOAP
    body), ``html``, ``empty``, ``garbled``, ``fault`` (a fault without a usable code). Always resolved by
    asking before resending.
    """

    reason: str
    detail: str = ""


Final = Accepted | Observed | Rejected
Verdict = Accepted | Observed | Rejected | NotReceived | InProcess | AlreadyRegistered | Unknown | NoVerdict
