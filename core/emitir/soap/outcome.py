"""What becomes of a call: an answer, a fault, or a failure of the wire. Never an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml import etree

#: ``unreachable``: nothing of the request's body left. All others: it may have arrived.
Reason = Literal["unreachable", "timeout", "http", "html", "empty", "garbled"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole HTTP answer, of any status. ``retry_after``: that header as it came (may be empty)."""

    status: int
    content_type: str
    body: bytes = field(repr=False)
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """The first element inside a SOAP body that is no fault."""

    element: etree._Element = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """A SOAP fault. ``code``: faultcode, or the innermost Subcode of SOAP 1.2, as it came.

    ``string``: faultstring or Reason. ``detail``: all text of the detail, with single blanks.
    """

    code: str
    string: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """The wire gave nothing that can be understood.

    ``detail``: a short technical text without URL, name or secret. ``status``: of HTTP, 0 when there was no
    answer. ``sent``: whether any part of the request's body may have left this machine.
    """

    reason: Reason
    detail: str
    status: int = 0
    sent: bool = True
    retry_after: str = ""


Outcome = Body | Fault | Failure
