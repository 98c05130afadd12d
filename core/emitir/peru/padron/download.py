"""Fetching a padrón over HTTP into a file: in pieces, never more than fits, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import requests

from emitir.country import Progress
from emitir.error_codes import PADRON_ILEGIBLE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

_CHUNK = 1 << 20
_MOST_BYTES = 8 << 30
#: Free bytes that a download leaves on the disk.
_LEFT_FREE = 1 << 30
_SECONDS = (15, 60)


@dataclass(frozen=True)
class Fetched:
    """``origin``: the URL without user, password and query; ``modified``: Last-Modified, or now."""

    path: Path
    origin: str
    modified: datetime
    digest: hashlib._Hash = field(repr=False)


def download(url: str, target: Path, progress: Progress) -> Fetched:
    """Fetch ``url`` into ``target``. Raises EmitirError (PADRON_ILEGIBLE) with what went wrong."""
    digest = hashlib.sha256()
    origin = public(url)

    def wrong(text: str, **params: object) -> EmitirError:
        return EmitirError(Problem(PADRON_ILEGIBLE, text, params={"url": origin, **params}))

    try:
        with requests.get(
            url, stream=True, timeout=_SECONDS, headers={"Accept-Encoding": "identity"}
        ) as answer:
            if answer.status_code != 200:
                raise wrong(N_("{url} responde HTTP {status}."), status=answer.status_code)
            said = answer.headers.get("Content-Length", "")
            total, done = int(said) if said.isdigit() else 0, 0
            with target.open("wb") as file:
                for chunk in answer.iter_content(_CHUNK):
                    done += len(chunk)
                    if done > _MOST_BYTES or shutil.disk_usage(target.parent).free < _LEFT_FREE:
                        raise wrong(N_("{url} no cabe en el disco."))
                    file.write(chunk)
                    digest.update(chunk)
                    progress("descargar", done, total)
            modified = _modified(answer.headers.get("Last-Modified", ""))
    except requests.RequestException as error:
        # Its text may hold the whole URL.
        raise wrong(N_("No se pudo descargar {url} ({reason})."), reason=type(error).__name__) from None
    if total and done != total:
        raise wrong(
            N_("La descarga de {url} quedó incompleta: {done} de {total} bytes."), done=done, total=total
        )
    return Fetched(target, origin, modified, digest)


def public(url: str) -> str:
    """``url`` without what may be secret in it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def _modified(text: str) -> datetime:
    now = datetime.now(UTC)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return now
    return min(now, moment if moment.tzinfo else moment.replace(tzinfo=UTC))
