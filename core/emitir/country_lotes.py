"""What a country offers where documents go to the authority many in one file, each judged by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from emitir.country import Prepared, Properties
from emitir.verdict import Verdict


@runtime_checkable
class Packs(Protocol):
    """A country with lotes (an engine asks with isinstance). A lote holds documents of one type."""

    @property
    def lote_size(self) -> int:
        """Documents that a lote holds at most."""

    @property
    def lote_bytes(self) -> int:
        """Bytes of signed documents that a lote holds at most; one document goes whatever its size."""

    def lote_wait(self, company: Properties) -> timedelta:
        """How long the first document of a lote waits for others."""

    def in_lote(self, prepared: Prepared, company: Properties) -> bool:
        """Whether this document goes in a lote."""

    def lote(self, files: Sequence[bytes], company: Properties, now: datetime, correlativo: int) -> Prepared:
        """The file that holds these signed documents, not one byte of them changed."""

    def lote_verdicts(self, answer: bytes | None, codes: Sequence[str]) -> Mapping[str, Verdict]:
        """What the authority's answer to a lote says of the documents of these ``codigo_documento``; one of which
        it says nothing is missing."""

    def demands_lote(self, code: str) -> bool:
        """Whether the authority says with this code that a company's documents have to go in lotes."""

    def by_lote(self) -> Mapping[str, Any]:
        """The settings of a company whose documents go in lotes."""
