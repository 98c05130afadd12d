"""What the sandbox remembers, as values: documents, tickets, calls."""

from __future__ import annotations

from dataclasses import dataclass, field

#: State of a registered document: the number is taken in all three.
ACCEPTED, REJECTED, VOIDED = "aceptado", "rechazado", "anulado"


@dataclass(frozen=True, slots=True)
class Registered:
    """A document whose number is taken.

    ``total`` in ``currency``. ``informed_by``: name of the summary that informed it (then ``xml`` and ``cdr`` are
    the summary's); empty for a document that was sent by itself.
    """

    name: str
    ruc: str
    tipo: str
    serie: str
    numero: int
    sha256: str
    xml: bytes = field(repr=False)
    state: str
    code: str
    description: str
    cdr: bytes = field(repr=False)
    issue_date: str
    total: str
    registered_at: str
    currency: str = ""
    informed_by: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """The receipt of something that is answered later.

    ``status_code``: empty while it waits for its turn. ``content``: the zip with the CDR, when there is one.
    ``sender``: RUC of who sent it. ``received_at`` and ``ready_at``: ISO moments with offset. ``xml``: what is
    to be judged at ``ready_at``; None when that was done on reception (sendPack). ``asks_left``: how many more
    questions are answered with 98, whatever the time. ``error``: code and text of what was wrong, with a blank
    between them.
    """

    ticket: str
    ruc: str
    file_name: str
    sha256: str
    status_code: str
    content: bytes | None = field(repr=False)
    ready_at: str
    received_at: str = ""
    sender: str = ""
    xml: bytes | None = field(default=None, repr=False)
    asks_left: int = 0
    error: str = ""


@dataclass(slots=True)
class Call:
    """One call as the log keeps it. ``outcome``: a word; ``findings``: every rule broken, ``remarks``: the rest."""

    at: str
    operation: str
    file_name: str = ""
    sha256: str = ""
    username: str = ""
    fault: str = ""
    outcome: str = ""
    code: str = ""
    findings: list[dict[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    milliseconds: float = 0.0
