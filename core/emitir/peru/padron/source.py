"""Where a padrón comes from: a file or a URL, text or zip; and everything that may be wrong with it."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from emitir.country import Progress
from emitir.error_codes import PADRON_ILEGIBLE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.peru.padron.charset import Decoder
from emitir.peru.padron.download import download
from emitir.peru.padron.rows import is_header
from emitir.peru.plazos import lima_date

_CHUNK = 4 << 20
#: No line of the padrón comes near.
_LONGEST_LINE = 1 << 16
#: Ten times SUNAT's file of today: what unpacks to more is no padrón.
_MOST_BYTES = 20 << 30


def unreadable(text: str, **params: object) -> EmitirError:
    """The error of a source that is not what it should be; ``text``: marked Spanish."""
    return EmitirError(Problem(PADRON_ILEGIBLE, text, params=params))


@dataclass
class Source:
    """An open source. ``size``: bytes of its text (0: nobody knows); ``fecha``: day that it is of."""

    origen: str
    fecha: date
    size: int
    _stream: IO[bytes] = field(repr=False)
    _digest: hashlib._Hash = field(repr=False)
    #: The text itself is what is hashed (no zip around it).
    _plain: bool = False
    decoder: Decoder = field(default_factory=Decoder)

    @property
    def sha256(self) -> str:
        """Of the file as it came; for a text file only once all was read."""
        return self._digest.hexdigest()

    def texts(self, progress: Progress) -> Iterator[bytes]:
        """Its lines, many at a time, in our bytes, the header left out. Raises EmitirError when it is not whole."""
        rest, done = b"", 0
        header = False
        while chunk := self._read():
            done += len(chunk)
            if done > _MOST_BYTES:
                raise unreadable(N_("Contiene más de {gigas} GB: no es el padrón."), gigas=_MOST_BYTES >> 30)
            whole, _, after = (rest + chunk).rpartition(b"\n")
            rest = after
            if len(rest) > _LONGEST_LINE:
                raise unreadable(
                    N_("Contiene líneas de más de {bytes} bytes: no es el padrón."), bytes=_LONGEST_LINE
                )
            if whole:
                text = self.decoder.decode(whole)
                yield text if header else self._without_header(text)
                header = True
            progress("leer", done, self.size)
        if rest:
            text = self.decoder.decode(rest)
            yield text if header else self._without_header(text)
        elif not header:
            raise unreadable(N_("Está vacío."))

    def _read(self) -> bytes:
        try:
            chunk = self._stream.read(_CHUNK)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise unreadable(N_("El zip está dañado o incompleto ({reason})."), reason=error) from error
        if self._plain:
            self._digest.update(chunk)
        return chunk

    @staticmethod
    def _without_header(text: bytes) -> bytes:
        first, _, others = text.partition(b"\n")
        if first.lstrip()[:1] == b"<":
            raise unreadable(N_("Es una página web (HTML), no el padrón: revise la dirección."))
        if not is_header(first):
            raise unreadable(
                N_("Su primera línea no es el encabezado del padrón reducido: «{line}»."),
                line=first[:80].decode("latin-1"),
            )
        return others


@contextmanager
def opened(source: str, folder: Path, progress: Progress) -> Iterator[Source]:
    """Open a path or an ``http(s)://`` URL, which is downloaded into ``folder``. Raises EmitirError."""
    with ExitStack() as stack:
        if source.startswith(("http://", "https://")):
            fetched = download(source, folder / "descarga", progress)
            path, origen, moment, digest = fetched.path, fetched.origin, fetched.modified, fetched.digest
        else:
            path, digest = Path(source).expanduser(), None
            try:
                moment = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except OSError as error:
                raise _cannot_read(path, error) from error
            origen = path.name
        try:
            file = stack.enter_context(path.open("rb"))
        except OSError as error:
            raise _cannot_read(path, error) from error
        first = file.read(4)
        file.seek(0)
        if not first:
            raise unreadable(N_("Está vacío."))
        day = lima_date(moment)
        if first[:2] != b"PK":
            yield Source(origen, day, path.stat().st_size, file, hashlib.sha256(), _plain=True)
            return
        if digest is None:
            digest = hashlib.file_digest(file, "sha256")
        try:
            archive = stack.enter_context(zipfile.ZipFile(file))
            member = _member(archive)
            text = stack.enter_context(archive.open(member))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise unreadable(N_("El zip está dañado o incompleto ({reason})."), reason=error) from error
        yield Source(origen, _day_of(member, day), member.file_size, text, digest)


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one text file inside."""
    texts = [info for info in archive.infolist() if info.filename.lower().endswith(".txt")]
    if len(texts) != 1:
        names = ", ".join(info.filename for info in archive.infolist()[:5]) or "-"
        raise unreadable(N_("El zip debe contener un solo archivo .txt; contiene: {names}."), names=names)
    if texts[0].flag_bits & 1:
        raise unreadable(N_("El zip está protegido con contraseña."))
    return texts[0]


def _day_of(member: zipfile.ZipInfo, otherwise: date) -> date:
    """The day that the zip says of its text, where it says a possible one."""
    try:
        day = date(*member.date_time[:3])
    except ValueError:
        return otherwise
    return day if day.year > 2000 and day <= max(otherwise, lima_date(datetime.now(UTC))) else otherwise


def require_space(folder: Path, size: int) -> None:
    """Raises EmitirError when the disk has less free than a load of ``size`` bytes of text takes."""
    # Rows and both indexes take nine tenths of the text.
    needed, free = size * 9 // 8, shutil.disk_usage(folder).free
    if needed > free:
        raise unreadable(
            N_("Faltan {missing} MB libres en {folder}."),
            missing=(needed - free >> 20) + 1,
            folder=str(folder),
        )


def _cannot_read(path: Path, error: OSError) -> EmitirError:
    return unreadable(N_("No se puede leer {file}: {reason}."), file=str(path), reason=error.strerror or "")
