"""The file that holds a loaded padrón: named sections of bytes, read through memory mapping.

A header of fixed length says where a JSON text stands that names the sections and carries the provenance.
Everything is written once, in order; the header comes last, so that a file that was cut short is never
taken for a whole one. Integers are little-endian. A reader keeps the file that it opened, whatever happens
to its name.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MAGIC = b"EMITIR-PADRON-1\n"
#: Magic, offset, length and CRC-32 of the JSON text, length of the file.
_HEADER = struct.Struct("<16sQQIQ")
_ALIGNMENT = 8


class BrokenFile(Exception):  # noqa: N818 - what it says is what it is
    """The file is not one of ours, or not whole. The argument says in which way (English, for logs)."""


class LayoutWriter:
    """Writes sections one after the other; :meth:`finish` makes the file valid."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=1 << 20)
        self._file.write(bytes(_HEADER.size))
        self._sections: dict[str, tuple[int, int]] = {}
        self._open = ""

    def begin(self, name: str) -> None:
        """Start section ``name``; the one before ends."""
        self._end()
        self._file.write(bytes(-self._file.tell() % _ALIGNMENT))
        self._open = name
        self._sections[name] = (self._file.tell(), 0)

    def write(self, content: bytes | bytearray | memoryview) -> None:
        """Append to the open section."""
        self._file.write(content)

    def position(self) -> int:
        """Bytes in the open section so far."""
        return self._file.tell() - self._sections[self._open][0]

    def _end(self) -> None:
        if self._open:
            start = self._sections[self._open][0]
            self._sections[self._open] = (start, self._file.tell() - start)
            self._open = ""

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Write what the file says of itself, then the header, and wait until it is all on the disk."""
        self._end()
        text = json.dumps({"secciones": self._sections, "datos": facts}, ensure_ascii=False).encode()
        start = self._file.tell()
        self._file.write(text)
        length = self._file.tell()
        self._file.seek(0)
        self._file.write(_HEADER.pack(_MAGIC, start, len(text), zlib.crc32(text), length))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Close without making it valid."""
        self._file.close()


class LayoutReader:
    """One open file. ``facts``: what was given to :meth:`LayoutWriter.finish`. Safe for many threads."""

    def __init__(self, path: Path) -> None:
        """Raises OSError, and BrokenFile when it is not a whole file of ours."""
        if sys.byteorder != "little":
            raise BrokenFile("needs a little-endian machine")
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            self.identity = (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
            if status.st_size < _HEADER.size:
                raise BrokenFile("too short for a header")
            self._whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        magic, start, length, crc, size = _HEADER.unpack(self._whole[: _HEADER.size])
        if magic != _MAGIC:
            raise BrokenFile("another format")
        text = bytes(self._whole[start : start + length])
        if size != status.st_size or zlib.crc32(text) != crc:
            raise BrokenFile("cut short or damaged")
        described = json.loads(text)
        self._sections: dict[str, tuple[int, int]] = described["secciones"]
        self.facts: dict[str, Any] = described["datos"]

    def section(self, name: str) -> memoryview:
        """The bytes of a section. KeyError when there is none."""
        start, length = self._sections[name]
        return self._whole[start : start + length]


def identity_of(path: Path) -> tuple[int, int, int, int] | None:
    """What tells one file under this name from another; None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size)
