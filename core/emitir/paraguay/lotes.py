"""A lote: up to 50 signed documents of one type in one file, which SIFEN judges later, each by itself (spec.md §10)."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from emitir.country import Signed
from emitir.errors import Problem
from emitir.paraguay.amounts import NADA
from emitir.paraguay.emisor import emisor_of
from emitir.paraguay.plazos import asuncion
from emitir.signing.signer import Signer

#: Type of a lote among the documents of a company.
LOTE = "LT"
#: Documents of one lote, and their bytes before they are packed: XML shrinks to a quarter and base64 adds a third,
#: so that the message stays under the 1000 KB of 0200.
MAX_DOCUMENTOS = 50
MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Lote:
    """Implements :class:`emitir.country.Prepared`; its number is given by who stores it."""

    files: tuple[bytes, ...]
    ruc: str
    dia: date
    correlativo: int
    tipo: str = LOTE
    warnings: tuple[Problem, ...] = ()
    moneda: str = "PYG"
    total: Decimal = NADA
    receptor_numero: str = ""
    receptor_nombre: str = ""

    @property
    def serie(self) -> str:
        """The day on which it is made: numbers start again every day."""
        return f"{self.dia:%Y%m%d}"

    @property
    def numero(self) -> int:
        return self.correlativo

    @property
    def codigo_documento(self) -> str:
        """``80000000-LT-20261121-1``."""
        return f"{self.ruc}-{LOTE}-{self.serie}-{self.correlativo}"

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

    def printable(self) -> dict[str, Any]:
        """Nothing is printed of a lote."""
        return {}


def bare(xml: bytes) -> bytes:
    """The rDE without its declaration, not one byte of it changed."""
    return xml[xml.index(b"<rDE") :]


def lote(files: Sequence[bytes], company: Mapping[str, Any], now: datetime, correlativo: int) -> Lote:
    """The file of these signed documents."""
    ruc = emisor_of(company).ruc_y_dv[0]
    return Lote(tuple(files), ruc, asuncion(now).date(), correlativo)
