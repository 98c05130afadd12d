"""What a country offers to the engine and the service, and how it is found.

A country is a package ``emitir.<name>`` with a module ``country`` that holds ``COUNTRY``. Nothing outside
the package names it: it is found by looking through the packages (CONTRIBUTING.md, "add a country").
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from emitir.errors import Problem
from emitir.signing.signer import Signer
from emitir.verdict import Verdict

#: Properties as they come from the wire: text, Decimal, int, bool, lists and dicts of them.
Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed document, ready to be stored and sent, byte for byte.

    ``xml``: the file. ``valor_resumen``: base64 digest that is printed and answered.
    """

    xml: bytes = field(repr=False)
    valor_resumen: str


class Prepared(Protocol):
    """A comprobante that passed model, arithmetic and rules; nothing of it has left yet.

    Country packages return their own class; these are the parts the engine reads.
    """

    @property
    def tipo(self) -> str:
        """The authority's code of the document type (``"01"``)."""

    @property
    def serie(self) -> str: ...

    @property
    def numero(self) -> int: ...

    @property
    def codigo_documento(self) -> str:
        """Name of the document in the whole country: ``20123456786-01-F001-21``."""

    @property
    def fecha_emision(self) -> date: ...

    @property
    def moneda(self) -> str: ...

    @property
    def total(self) -> Decimal: ...

    @property
    def receptor_numero(self) -> str: ...

    @property
    def receptor_nombre(self) -> str: ...

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of the normalised content: equal for two requests that say the same."""

    @property
    def warnings(self) -> Sequence[Problem]:
        """What the authority would observe (``advertencias``)."""

    def sign(self, signer: Signer) -> Signed:
        """Write the document and sign it. Deterministic but for the key."""

    def printable(self) -> dict[str, Any]:
        """The data of the printed form as JSON values: stored, so that a PDF never needs the input again."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What goes to the authority: names and the stored bytes, nothing computed anew.

    ``ticket``: the one that the authority gave for these bytes, where it answers under tickets.
    """

    codigo_documento: str
    tipo: str
    serie: str
    numero: int
    xml: bytes = field(repr=False)
    valor_resumen: str
    ticket: str = ""


class Authority(Protocol):
    """The tax authority as one company reaches it. Never raises for what the wire does: it returns a verdict."""

    def submit(self, submission: Submission) -> Verdict:
        """Send the document; exactly one sending, whatever happens."""

    def ask(self, submission: Submission) -> Verdict:
        """Ask what became of it, sending nothing: a final verdict, ``InProcess``, ``Unknown`` or ``NoVerdict``."""

    def ping(self) -> Verdict:
        """Is it reachable with these credentials? ``Accepted`` when so; ``NotReceived`` / ``NoVerdict`` when not."""


class Country(Protocol):
    """One country. Stateless: everything of a company comes in as ``company`` (its public settings)."""

    @property
    def code(self) -> str:
        """ISO 3166 alpha-2, lower case."""

    @property
    def authority_name(self) -> str: ...

    @property
    def environments(self) -> tuple[str, ...]:
        """Allowed values of the company's ``ambiente``; the first is the default (the sandbox)."""

    @property
    def secret_names(self) -> tuple[str, ...]:
        """Names of the secrets that a company of this country has beside its certificate."""

    def check_company(self, company: Properties) -> dict[str, Any]:
        """Validate and complete a company's settings; raises EmitirError with every problem."""

    def check_signer(self, company: Properties, signer: Signer, now: datetime) -> list[Problem]:
        """What keeps this certificate from signing for this company now."""

    def prepare(self, properties: Properties, company: Properties, now: datetime) -> Prepared:
        """Model, arithmetic, rules: raises EmitirError with every problem, each with its property path."""

    def input_schema(self) -> dict[str, Any]:
        """JSON schema of what :meth:`prepare` takes, with Spanish descriptions: /docs is made from it."""

    def examples(self, now: datetime) -> list[dict[str, Any]]:
        """Properties that :meth:`prepare` takes at ``now``, one set per document, the usual one first."""

    def authority(self, company: Properties, secrets: Mapping[str, str], signer: Signer) -> Authority:
        """The connection of one company (endpoints by its ``ambiente``)."""

    def pdf(self, printable: Properties, layout: str, logo: bytes | None) -> bytes:
        """The printed form from stored data. ``layout``: ``"a4"``."""

    def deadline(self, tipo: str, fecha_emision: date, serie: str = "") -> datetime:
        """The moment after which the authority does not take the document any more."""


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Every registered country, by code."""
    import emitir

    found: dict[str, Country] = {}
    for module in pkgutil.iter_modules(emitir.__path__):
        if module.ispkg and any(
            (Path(root) / module.name / "country.py").exists() for root in emitir.__path__
        ):
            country: Country = importlib.import_module(f"emitir.{module.name}.country").COUNTRY
            found[country.code] = country
    return found
