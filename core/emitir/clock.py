"""Time as a parameter: every part that needs "now" takes a :data:`Clock`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

#: Gives the present moment, with time zone (UTC). Tests pass their own.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's clock, in UTC."""
    return datetime.now(UTC)


def fixed_clock(moment: datetime) -> Clock:
    """A clock that stands at ``moment`` (must carry a time zone)."""
    if moment.tzinfo is None:
        raise ValueError("a clock needs a moment with a time zone")
    return lambda: moment
