"""Quiet hours of a chat: from one time of the day to another, over midnight too, in the company's country."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


def quiet_until(desde: str, hasta: str, zona: str, now: datetime) -> datetime | None:
    """When the quiet hours that ``now`` lies in end; ``None`` outside of them.

    ``desde``, ``hasta``: ``HH:MM``, both empty for none; the first minute is quiet, the last is not. ``zona``: a
    name of the IANA database.
    """
    if not desde or not hasta or desde == hasta:
        return None
    here = now.astimezone(ZoneInfo(zona))
    start, end = (time(int(text[:2]), int(text[3:])) for text in (desde, hasta))
    present = here.time()
    inside = start <= present < end if start < end else present >= start or present < end
    if not inside:
        return None
    day = here.date() + timedelta(days=1) if start > end and present >= start else here.date()
    return datetime.combine(day, end, here.tzinfo).astimezone(now.tzinfo)
