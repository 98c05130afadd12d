"""More that only some countries offer (asked for with isinstance): received files looked over, and the tests that an
authority wants before a company may issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from emitir.clock import Clock
from emitir.country import Authority, Properties
from emitir.country_facts import QrFacts
from emitir.signing.signer import Signer

#: Of one check: it holds, it does not, nobody could tell.
Outcome = Literal["bien", "mal", "sin_comprobar"]
BIEN: Outcome = "bien"
MAL: Outcome = "mal"
SIN_COMPROBAR: Outcome = "sin_comprobar"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``detalle``: a marked Spanish sentence with ``params``, empty where all is well."""

    nombre: str
    resultado: Outcome
    detalle: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileReport:
    """``resultado``: ``valido``, ``sin_validez``, ``no_coincide``, ``desconocido`` or ``sin_comprobar``; see
    :mod:`emitir.engine.emision.verification`."""

    facts: QrFacts
    resultado: str
    checks: tuple[Check, ...]


@runtime_checkable
class VerifiesFiles(Protocol):
    """A country that looks a received file over."""

    def verify_file(
        self,
        content: bytes,
        company: Properties,
        authority: Authority | None,
        now: datetime,
        *,
        trust: bytes | None = None,
        secrets: Mapping[str, str] | None = None,
    ) -> FileReport:
        """Everything that can be told of a received file. Raises EmitirError: no such file.

        ``authority``: asked last; None asks nobody. ``trust``: PEM of the certification authorities that are trusted.
        ``secrets``: of the company, for its own documents.
        """


#: Told what is being done, a line at a time.
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Onboarding:
    """How the authority's tests went. ``faltan``: those that did not go as they should; ``informe``: the report."""

    completa: bool
    faltan: tuple[str, ...]
    informe: Path


@runtime_checkable
class Onboards(Protocol):
    """A country whose authority wants tests before it lets a company issue."""

    def homologar(
        self,
        company: Properties,
        secrets: Mapping[str, str],
        signer: Signer,
        folder: Path,
        options: Mapping[str, Any],
        clock: Clock,
        tell: Tell,
    ) -> Onboarding:
        """Run them all and write files and report into ``folder``. Raises EmitirError: settings that do not allow it.

        ``options``: ``desde`` (first number), ``pausa`` and ``espera`` (seconds), and the country's own.
        """
