"""What the bot was doing when it was killed: a line before an alert goes out and one after it has arrived.

The service keeps what has to be delivered. This file only narrows down, after a crash, which alerts may have
reached their chat without anybody writing it down; losing it costs a repeated alert, never a lost one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Left:
    """What an earlier run left: ``sent`` alerts are in their chats; ``open`` ones (with the highest message id
    that was known when they went out) may be."""

    sent: set[int] = field(default_factory=set)
    open: dict[int, int] = field(default_factory=dict)


class Journal:
    """Lines ``> ALERT HIGHEST_MESSAGE``, then ``< ALERT`` or ``x ALERT``. Written at once: what is in the file survives a kill."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / "avisos.journal"
        self.left = _read(self._path)
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def going(self, alert: int, highest: int) -> None:
        """It is about to be sent."""
        os.write(self._file, f"> {alert} {highest}\n".encode())

    def gone(self, alert: int) -> None:
        """It is in its chat."""
        os.write(self._file, f"< {alert}\n".encode())

    def refused(self, alert: int) -> None:
        """Telegram did not take it: nothing is in the chat."""
        os.write(self._file, f"x {alert}\n".encode())

    def forget(self) -> None:
        """The service knows everything that was delivered: the file starts anew."""
        os.ftruncate(self._file, 0)

    def close(self) -> None:
        os.close(self._file)


def _read(path: Path) -> Left:
    left = Left()
    try:
        lines = path.read_text("ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return left
    for line in lines:
        parts = line.split()
        if len(parts) == 3 and parts[0] == ">" and parts[1].isdigit() and parts[2].isdigit():
            left.open[int(parts[1])] = int(parts[2])
        elif len(parts) == 2 and parts[0] == "<" and parts[1].isdigit():
            left.sent.add(int(parts[1]))
            left.open.pop(int(parts[1]), None)
        elif len(parts) == 2 and parts[0] == "x" and parts[1].isdigit():
            left.open.pop(int(parts[1]), None)
    return left
