"""More that only some countries offer (an engine asks with isinstance): their time, the form of a RUC,
the last day for a baja, QR codes, what a company sets by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, runtime_checkable

from emitir.errors import Problem
from emitir.verdict import Verdict


@dataclass(frozen=True, slots=True)
class QrFacts:
    """What the QR of a printed comprobante says.

    ``valor_resumen``: empty, ``total``: None when the QR leaves it out. ``codigo_documento``: where it says the whole
    name; ``serie`` may then be a part of the stored one.
    """

    ruc: str
    tipo: str
    serie: str
    numero: int
    fecha: date
    total: Decimal | None
    receptor_numero: str
    valor_resumen: str
    codigo_documento: str = ""


@runtime_checkable
class ReadsQr(Protocol):
    """A country that reads the QR of its printed comprobantes back."""

    def is_qr(self, text: str) -> bool:
        """Whether ``text`` is meant to be one."""

    def read_qr(self, text: str) -> QrFacts:
        """Raises EmitirError with every field that cannot be."""


@runtime_checkable
class AsksAboutOthers(Protocol):
    """An :class:`Authority` that tells of comprobantes of other companies."""

    def ask_about(self, facts: QrFacts) -> Verdict:
        """``Accepted``; ``Observed`` when it was annulled; ``Rejected`` when another document has that name;
        ``Unknown``; ``NoVerdict``."""


@runtime_checkable
class InZone(Protocol):
    """A country with a time of its own."""

    @property
    def zona(self) -> str:
        """Its name in the IANA database of time zones (that of the capital)."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What an authority was found to say of a company: what keeps it from issuing, what soon will, and facts."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    facts: Mapping[str, Any]


@runtime_checkable
class Examines(Protocol):
    """An :class:`Authority` that tells more of a company than whether it is reached (command ``hola``)."""

    def examine(self, company: Mapping[str, Any], secrets: Mapping[str, str], now: datetime) -> Examination:
        """Sends no document."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A document as the authority has it, whoever issued it. ``facts``: what the wire tells of it."""

    verdict: Verdict
    facts: Mapping[str, Any]


@runtime_checkable
class FindsByCode(Protocol):
    """An :class:`Authority` that tells of any document by its ``codigo_documento``."""

    def find(self, codigo_documento: str) -> Registered | None:
        """``None`` for a text that is no such code."""


@runtime_checkable
class TellsRuc(Protocol):
    """A country whose taxpayers' numbers are told from those of the others by their form."""

    def looks_like_ruc(self, text: str) -> bool:
        """Whether ``text`` has the form of one; its check digit may be wrong."""


@runtime_checkable
class AnnulsUntil(Protocol):
    """A country that says until when a document may be annulled."""

    def baja_until(self, tipo: str, fecha_emision: date, aprobado: datetime) -> date:
        """The last day, in the country's own time. ``aprobado``: when the authority accepted it."""


@runtime_checkable
class TellsBajaTerms(Protocol):
    """A country that says in words how long a document may be annulled."""

    def baja_terms(self, tipo: str) -> str:
        """A marked Spanish sentence."""


@runtime_checkable
class DatesApproval(Protocol):
    """A country whose authority says in its answer when it accepted a document."""

    def approved_at(self, cdr: bytes) -> datetime | None:
        """The moment, with its zone; ``None`` when this answer does not tell."""


@runtime_checkable
class OwnSettings(Protocol):
    """A country that says what a company may change with its own token (command ``ajustes``)."""

    def own_settings(self) -> Mapping[str, Mapping[str, Any]]:
        """Settings by name, each with its JSON schema and a Spanish description."""

    def own_secrets(self) -> Mapping[str, str]:
        """Secrets by name, each with a Spanish description: they are set and never shown again."""


@runtime_checkable
class PrintsAnswer(Protocol):
    """A country whose authority adds to the printed form with its answer."""

    def with_answer(self, printable: Mapping[str, Any], cdr: bytes | None) -> Mapping[str, Any] | None:
        """The stored data completed from the CDR; None while it is not whole: what is printed then is not kept."""
