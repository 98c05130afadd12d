"""What a document is judged by and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from emitir.sandbox.records import ACCEPTED, VOIDED, Registered
from emitir.sandbox.store import Store
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.messages import described, is_observation, message
from emitir.sandbox.sunat.names import FileName
from emitir.sandbox.sunat.rules.table import Finding


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that arrived: its name, its bytes, whose credentials brought it, and when (Lima).

    ``presented``: whether a file of the same name was presented before (summaries and bajas).
    """

    name: FileName
    xml: bytes = field(repr=False)
    sender: str
    now: datetime
    lists: Lists
    store: Store
    use_schema: bool = True
    presented: bool = False

    def find(self, tipo: str, serie: str, numero: int) -> Registered | None:
        """A document of the issuer that SUNAT knows, or None."""
        return self.store.document(self.name.ruc, tipo, serie, numero)


@dataclass(slots=True)
class Judgement:
    """Everything found. ``remarks``: what was not looked at, and why.

    ``link``: where SUNAT shows the document, told in the CDR of a guía. ``commit``: what else an acceptance does,
    given the CDR and the moment.
    """

    findings: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    title: str = "El Comprobante numero"
    document_id: str = ""
    customer: str = ""
    issue_date: str = ""
    total: str = ""
    currency: str = ""
    link: str = ""
    commit: Callable[[bytes, datetime], None] | None = None

    @property
    def error(self) -> Finding | None:
        """The finding that ends it: the first that is no observation."""
        return next((finding for finding in self.findings if not is_observation(finding.code)), None)

    @property
    def description(self) -> str:
        """The sentence of the CDR."""
        if self.error:
            return f"{described(self.error.code)} - {told(self.error)}"
        article = "aceptada" if self.title.startswith("La ") else "aceptado"
        return f"{self.title} {self.document_id}, ha sido {article}"

    @property
    def notes(self) -> list[str]:
        """The observations, ready for the CDR."""
        return [
            f"{finding.code} - {message(finding.code)} - {told(finding)}"
            for finding in self.findings
            if is_observation(finding.code)
        ]


def told(finding: Finding) -> str:
    """``INFO: 4252 (nodo: "cbc:InvoiceTypeCode/@listName" valor: "x")``, as SUNAT tells it."""
    return f'{finding.where}: {finding.code} (nodo: "{finding.node}" valor: "{finding.value}")'


def taken(document: Registered | None, *, contingency: bool = False) -> str:
    """The code of a number that is taken, empty when it is free.

    1033; after a rejection or a baja 1032 (a retención or percepción given of baja: 1033 too); 1084 for one on
    paper (``contingency``) that a summary informed.
    """
    if document is None:
        return ""
    if document.state == VOIDED and document.tipo in ("20", "40"):
        return "1033"
    if document.state != ACCEPTED:
        return "1032"
    return "1084" if contingency and document.informed_by else "1033"


Judge = Callable[[Arrival], Judgement]
