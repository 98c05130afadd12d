"""The zip files that go to SUNAT and come from it (spec.md §2, §12)."""

from __future__ import annotations

import io
import zipfile
import zlib

#: The oldest moment a zip can hold: the same bytes go out whenever the same document is sent.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAX_ENTRIES = 20
_MAX_SIZE = 10_000_000


class ArchiveError(ValueError):
    """Not a zip with one XML in it, or one that means to burst."""


def pack(name: str, xml: bytes) -> bytes:
    """A zip with the one file ``<name>.xml``; equal input gives equal bytes."""
    buffer = io.BytesIO()
    entry = zipfile.ZipInfo(f"{name}.xml", _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry, xml)
    return buffer.getvalue()


def unpack(content: bytes) -> tuple[str, bytes]:
    """Name and bytes of the XML in a zip of SUNAT's. Raises :class:`ArchiveError`.

    Beside it there may be a ``dummy`` entry, file or folder; the extension may be ``.XML``. Some OSE send
    the XML without any zip: it is taken as it is, with an empty name.
    """
    if content.lstrip()[:1] == b"<":
        return "", content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _only_xml(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise ArchiveError("el zip no se puede leer") from error


def _only_xml(archive: zipfile.ZipFile) -> tuple[str, bytes]:
    entries = archive.infolist()
    if len(entries) > _MAX_ENTRIES:
        raise ArchiveError("el zip tiene demasiados archivos")
    found = [entry for entry in entries if entry.filename.lower().endswith(".xml")]
    if len(found) != 1:
        raise ArchiveError(f"{len(found)} archivos XML en el zip")
    # The size in the directory is what its writer claims: read no further than the limit, whatever it says.
    with archive.open(found[0]) as file:
        xml = file.read(_MAX_SIZE + 1)
    if len(xml) > _MAX_SIZE:
        raise ArchiveError("el XML es demasiado grande")
    return found[0].filename.rpartition("/")[2], xml
