"""A second process for the load, where the machine has a second core: it reads the lines that we store.

Batches go over a pipe to a child that we started ourselves. It ends with its parent, because then its
input ends.
"""

from __future__ import annotations

import contextlib
import errno
import marshal
import os
import signal
import subprocess
import sys
from collections import Counter
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any

from emitir.peru.padron.rows import Damage, RowReader, Rows


class Helper:
    """The child, as its parent sees it: it reads one batch while the parent stores the one before.

    ChildProcessError from anything when the child is gone.
    """

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "emitir.peru.padron.helper", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        self._busy = False

    def exchange(self, text: bytes, first_line: int) -> Rows | None:
        """Give it lines (see :meth:`RowReader.read`); the rows of those it was given before, if any."""
        rows = self.rest()
        try:
            self._pipe.send_bytes(marshal.dumps((text, first_line)))
        except ConnectionError:
            raise _gone() from None
        self._busy = True
        return rows

    def rest(self) -> Rows | None:
        """The rows of the lines that it was given last."""
        if not self._busy:
            return None
        self._busy = False
        return Rows(*self._receive())

    def damage(self) -> Damage:
        """What it found wrong with all lines; ends the child's work."""
        try:
            self._pipe.send_bytes(marshal.dumps(None))
        except ConnectionError:
            raise _gone() from None
        counts, examples = self._receive()
        return Damage(Counter(counts), examples)

    def close(self) -> None:
        """End the child, whatever it does."""
        self._child.kill()
        self._child.wait()
        self._pipe.close()

    def _receive(self) -> Any:
        try:
            return marshal.loads(self._pipe.recv_bytes())  # noqa: S302 - of our own child
        except (EOFError, ConnectionError):
            raise _gone() from None


def _gone() -> ChildProcessError:
    return ChildProcessError(errno.ECHILD, "the second process ended")


def _serve(pipe: Connection) -> None:
    """The child's life: batches, each with an answer; at the end, what was wrong."""
    reader = RowReader()
    while (batch := marshal.loads(pipe.recv_bytes())) is not None:  # noqa: S302 - of our own parent
        pipe.send_bytes(marshal.dumps(tuple(reader.read(*batch))))
    pipe.send_bytes(marshal.dumps((dict(reader.damage.counts), reader.damage.examples)))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The parent is gone, or does not want any more.
    with contextlib.suppress(EOFError, ConnectionError):
        _serve(Connection(int(sys.argv[1])))
