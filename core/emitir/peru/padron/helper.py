"""A second process for the load, where the machine has a second core: half of the lines, then the packing.

Questions and answers go over a pipe to a child that we started ourselves. It ends with its parent,
because then its input ends.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from emitir.peru.padron.blocks import Packed
from emitir.peru.padron.sorting import Run
from emitir.peru.padron.work import Reading, Taken, packed


class Helper:
    """The child, as its parent sees it. OSError from anything: the child's own, or that it is gone."""

    def __init__(self, folder: Path, size: int) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            self._child = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "emitir.peru.padron.helper",
                    str(theirs.fileno()),
                    str(folder),
                    str(size),
                ],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        self._busy = False

    @property
    def ready(self) -> bool:
        """Whether it has nothing to do: only then does a batch go through the pipe at once."""
        if self._busy and self._pipe.poll():
            self._receive()
            self._busy = False
        return not self._busy

    def take(self, text: bytes, first_line: int) -> None:
        """See :meth:`Reading.take`."""
        self._pipe.send((text, first_line))
        self._busy = True

    def taken(self) -> Taken:
        """See :meth:`Reading.taken`."""
        if self._busy:
            self._receive()
            self._busy = False
        self._pipe.send(None)
        found: Taken = self._receive()
        return found

    def packed(self, runs: Sequence[Run]) -> Iterator[Packed]:
        """See :func:`emitir.peru.padron.work.packed`; it works ahead while the last one is looked at."""
        self._pipe.send(runs)
        while (found := self._receive()) is not None:
            yield found

    def close(self) -> None:
        """End the child, whatever it does."""
        self._child.kill()
        self._child.wait()
        self._pipe.close()

    def _receive(self) -> Any:
        try:
            value = self._pipe.recv()
        except EOFError:
            raise ChildProcessError(errno.ECHILD, "the second process ended") from None
        if isinstance(value, OSError):
            raise value
        return value


def _serve(pipe: Connection, folder: Path, size: int) -> None:
    """The child's life: batches, each with an answer; its runs; what is packed of the runs of both."""
    try:
        reading = Reading(folder, size, 1, 2)
        while (batch := pipe.recv()) is not None:
            reading.take(*batch)
            pipe.send(None)
        pipe.send(reading.taken())
        del reading
        for found in packed(pipe.recv(), size):
            pipe.send(found)
        pipe.send(None)
    except ConnectionError:
        raise
    except OSError as error:
        pipe.send(OSError(error.errno, error.strerror))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    # The parent is gone, or does not want any more.
    with contextlib.suppress(EOFError, ConnectionError):
        _serve(Connection(int(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]))
    os._exit(0)
