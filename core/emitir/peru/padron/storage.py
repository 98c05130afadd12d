"""The file of a loaded padrón: an SQLite database that nobody changes once it is under its name.

``contribuyente`` has one row per RUC, in the order in which the source brings them; ``nombres`` is a full text
index on their folded names (no copy of them: FTS5 without content), ``grupo`` the few combinations of estado,
condición and ubigeo, ``dato`` what the file says of itself (JSON values).
"""

from __future__ import annotations

from pathlib import Path

#: "EMIT": SQLite's header says whose file it is, and of which form.
APPLICATION_ID = 0x454D4954
VERSION = 1

#: Names are folded by us, because S.A.C., S A C and SAC are one word: FTS5 only has to split them.
SCHEMA = """
create table dato(clave text primary key, valor text not null) without rowid;
create table grupo(id integer primary key, estado text not null, condicion text not null, ubigeo text not null);
create table contribuyente(
    id integer primary key,
    ruc integer not null,
    nombre text not null,
    grupo integer not null references grupo,
    direccion text not null
);
create virtual table nombres using fts5(nombre, content='', columnsize=0, tokenize='ascii');
"""

Identity = tuple[int, int, int, int]


class BrokenFile(Exception):  # noqa: N818 - what it says is what it is
    """The file is not one of ours, or not whole. The argument says in which way (English, for logs)."""


def identity_of(path: Path) -> Identity | None:
    """What tells one file under this name from another; None when there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
