"""The sandbox's clock: the machine's, moved as a test wants it. What it says survives a restart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from emitir.sandbox.store import Store

#: Peru has no daylight saving time.
LIMA = timezone(timedelta(hours=-5), "America/Lima")

_KEY = "clock"


class MovableClock:
    """Present moment plus an offset, or a moment that stands still. Kept in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def now(self) -> datetime:
        """The present moment in Lima."""
        setting = self._store.setting(_KEY) or {}
        if "frozen" in setting:
            return datetime.fromisoformat(setting["frozen"]).astimezone(LIMA)
        return (datetime.now(UTC) + timedelta(seconds=setting.get("offset_seconds", 0))).astimezone(LIMA)

    def move(
        self, *, now: datetime | None = None, offset_seconds: float | None = None, frozen: bool = False
    ) -> None:
        """Set the clock to ``now`` (without time zone: Lima) or move it by ``offset_seconds`` from the machine's.

        ``frozen`` stops it there. Without ``now`` and ``offset_seconds`` it goes back to the machine's.
        """
        real = datetime.now(UTC)
        target = now or real + timedelta(seconds=offset_seconds or 0)
        if target.tzinfo is None:
            target = target.replace(tzinfo=LIMA)
        if frozen:
            self._store.set_setting(_KEY, {"frozen": target.isoformat()})
        else:
            self._store.set_setting(_KEY, {"offset_seconds": (target - real).total_seconds()})
