"""A lote: up to 50 signed documents of one type in one file, which SIFEN judges later, each by itself (spec.md §10)."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from emitir.country import Signed
from emitir.paraguay.archivo import Archivo
from emitir.paraguay.emisor import emisor_of
from emitir.paraguay.plazos import asuncion
from emitir.signing.signer import Signer

#: Type of a lote among the documents of a company.
LOTE = "LT"
#: Documents of one lote, and their bytes before they are packed: XML shrinks to a quarter and base64 adds a third,
#: so that the message stays under the 1000 KB of 0200.
MAX_DOCUMENTOS = 50
MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lote(Archivo):
    """Implements :class:`emitir.country.Prepared`."""

    files: tuple[bytes, ...]
    dia: date

    @property
    def tipo(self) -> str:
        return LOTE

    @property
    def fecha_emision(self) -> date:
        return self.dia

    @property
    def content_hash(self) -> str:
        return hashlib.sha256(self._xml()).hexdigest()

    def _xml(self) -> bytes:
        return b"<rLoteDE>" + b"".join(map(bare, self.files)) + b"</rLoteDE>"

    def sign(self, signer: Signer) -> Signed:
        """The documents in one file; it has no signature of its own."""
        xml = self._xml()
        return Signed(xml, b64encode(hashlib.sha256(xml).digest()).decode())


def bare(xml: bytes) -> bytes:
    """The rDE without its declaration, not one byte of it changed."""
    return xml[xml.index(b"<rDE") :]


def lote(files: Sequence[bytes], company: Mapping[str, Any], now: datetime, correlativo: int) -> Lote:
    """The file of these signed documents."""
    ruc = emisor_of(company).ruc_y_dv[0]
    return Lote(files=tuple(files), ruc=ruc, dia=asuncion(now).date(), correlativo=correlativo)
