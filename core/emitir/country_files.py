"""Files that a company receives from others: how a country that can tell says whether they hold (an engine asks with
isinstance)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from emitir.country import Authority, Properties
from emitir.country_facts import QrFacts

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
