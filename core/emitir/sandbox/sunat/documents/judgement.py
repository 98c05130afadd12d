"""What a document is judged by and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from emitir.sandbox.store import Registered, Store
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.messages import is_observation, message
from emitir.sandbox.sunat.names import FileName
from emitir.sandbox.sunat.rules.table import Finding


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that arrived: its name, its bytes, whose credentials brought it, and when (Lima)."""

    name: FileName
    xml: bytes = field(repr=False)
    sender: str
    now: datetime
    lists: Lists
    store: Store
    use_schema: bool = True


@dataclass(slots=True)
class Judgement:
    """Everything found. ``remarks``: what was not looked at, and why. ``commit``: what else an acceptance does."""

    findings: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    title: str = "El Comprobante numero"
    document_id: str = ""
    customer: str = ""
    issue_date: str = ""
    total: str = ""
    commit: Callable[[], None] | None = None

    @property
    def error(self) -> Finding | None:
        """The finding that ends it: the first that is no observation."""
        return next((finding for finding in self.findings if not is_observation(finding.code)), None)

    @property
    def description(self) -> str:
        """The sentence of the CDR."""
        if self.error:
            return f"{message(self.error.code)} - {told(self.error)}"
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


def taken(document: Registered | None) -> str:
    """The code of a number that is taken: 1033, or 1032 after a rejection or a baja; empty when it is free."""
    if document is None:
        return ""
    return "1033" if document.state == "aceptado" else "1032"


Judge = Callable[[Arrival], Judgement]
