"""A new padrón in place of the old one: built aside, checked, then put under its name in one step."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from emitir.country import Progress
from emitir.error_codes import PADRON_ILEGIBLE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.peru.padron.reader import Padron
from emitir.peru.padron.rows import LOST
from emitir.peru.padron.source import opened, require_space, unreadable
from emitir.peru.padron.storage import BrokenFile
from emitir.peru.padron.writing import Writer, writing

#: As it stands in ``fuente`` of every answer, with the name of the file behind it.
LABEL = "Padrón reducido de SUNAT"
_WORK = ".carga"


def load(
    source: str,
    folder: Path,
    name: str,
    progress: Progress,
    *,
    force: bool = False,
    helper: bool | None = None,
) -> None:
    """Make ``folder/name`` from ``source``: a path or URL of SUNAT's file, text or zip.

    ``force``: also when it has less than half of the rows of the present one. Whatever goes wrong, a kill
    included, the present file stays as it is. ``helper``: see :func:`~emitir.peru.padron.writing.writing`.
    Raises EmitirError (PADRON_ILEGIBLE).
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _alone(folder) as work, opened(source, work, progress) as found:
            require_space(work, found.size)
            built = work / name
            with writing(built, found.size, progress, helper) as writer:
                for lines in found.texts(progress):
                    writer.take(lines)
                writer.end_taking()
                _check(writer, folder / name, force)
                facts = {
                    "fuente": f"{LABEL} ({found.origen})",
                    "origen": found.origen,
                    "sha256": found.sha256,
                    "fecha": found.fecha.isoformat(),
                    "cargado": datetime.now(UTC).isoformat(timespec="seconds"),
                    "codificacion": found.decoder.encoding,
                }
                writer.finish(facts)
            Padron(built)
            _sync(built)
            os.replace(built, folder / name)
            _sync(folder)
    except BrokenFile as error:
        raise unreadable(N_("Lo que se escribió no se puede leer ({reason})."), reason=error) from error
    except (OSError, sqlite3.Error) as error:
        text = N_("No se puede escribir en {folder}: {reason}.")
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise unreadable(text, folder=str(folder), reason=reason or type(error).__name__) from error


def _check(writer: Writer, present: Path, force: bool) -> None:
    """Is this a whole padrón?"""
    rows, damage = writer.rows, writer.damage
    lost = sum(damage.counts[kind] for kind in LOST)
    if not rows:
        raise unreadable(N_("No tiene ninguna fila de un contribuyente."))
    if lost > 100 and lost > rows // 10:
        text = N_("No se entienden {lost} de sus {lines} filas; la primera es la línea {first}.")
        raise unreadable(text, lost=lost, lines=rows + lost, first=damage.examples[0][0])
    try:
        before = Padron(present).rows
    except (OSError, BrokenFile):
        return
    if rows < before // 2 and not force:
        raise EmitirError(
            Problem(
                PADRON_ILEGIBLE,
                N_("Tiene {rows} filas y el padrón en uso {before}: parece incompleto."),
                params={"rows": rows, "before": before},
                action=N_("Si es lo que quiere, vuelva a cargarlo con --force."),
            )
        )


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """The folder for temporary files, while no other load runs; what a killed one left is removed."""
    with (folder / f"{_WORK}.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EmitirError(
                Problem(
                    PADRON_ILEGIBLE,
                    N_("Otro proceso está cargando el padrón."),
                    action=N_("Espere a que termine."),
                )
            ) from None
        work = folder / _WORK
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
