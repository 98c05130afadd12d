"""What a country offers to the engine and the service, and how it is found.

A country is a package ``emitir.<name>`` with a module ``country`` that holds ``COUNTRY``. Nothing outside
the package names it: it is found by looking through the packages (CONTRIBUTING.md, "add a country").
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

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


#: Type, serie and number: the natural key of a document within its company.
Key = tuple[str, str, int]


@runtime_checkable
class Recorded(Protocol):
    """A :class:`Prepared` of which something is kept for later documents about it."""

    def record(self) -> dict[str, Any]:
        """JSON values from which the country later makes a baja, a line of a resumen, a nota."""

    @property
    def modifies(self) -> Sequence[Key]:
        """The documents that this one modifies (a nota)."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A document of the same company, for the country to look at.

    ``record``: what :meth:`Recorded.record` gave, ``{}`` for one stored by an early version. ``estado``: a
    state of :mod:`emitir.engine.comprobante`; ``baja``: its ``baja_estado``. ``notas``: those that modify it,
    in the order in which they were issued.
    """

    record: Mapping[str, Any]
    estado: str
    baja: str
    notas: tuple[Stored, ...] = ()


@runtime_checkable
class SignsWithSecrets(Protocol):
    """A :class:`Prepared` whose file needs a secret of the company beside its key (the CSC of a QR)."""

    def sign_with(self, signer: Signer, secrets: Mapping[str, str]) -> Signed:
        """Write the document and sign it. Raises EmitirError when the secret is missing."""


#: Finds a document of the same company; ``None`` when there is none.
Find = Callable[[Key], Stored | None]


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
    def name(self) -> str:
        """Its name in Spanish."""

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
        """JSON schema of what :meth:`prepare` takes, with Spanish descriptions: /docs is made from it.

        ``anyOf`` at the top where kinds of document have properties of their own.
        """

    def examples(self, now: datetime) -> list[dict[str, Any]]:
        """Properties that :meth:`prepare` takes at ``now``, one set per document, the usual one first."""

    def authority(self, company: Properties, secrets: Mapping[str, str], signer: Signer) -> Authority:
        """The connection of one company (endpoints by its ``ambiente``)."""

    def pdf(self, printable: Properties, layout: str, logo: bytes | None) -> bytes:
        """The printed form from stored data. ``layout``: ``"a4"``, and those that the country has beside it
        (``"a5"``, ``"80mm"``, ``"58mm"``); raises EmitirError for another."""

    def deadline(self, tipo: str, fecha_emision: date, serie: str = "") -> datetime:
        """The moment after which the authority does not take the document any more."""


#: Told now and then how far a long work has come: stage, units done, units altogether (0: nobody knows).
Progress = Callable[[str, int, int], None]


class Taxpayers(Protocol):
    """Who is a taxpayer of a country, from the list that this installation keeps (command ``consultarruc``).

    One object serves all threads of a process for as long as it lives, and notices by itself when another
    process has loaded a newer list.
    """

    def lookup(self, properties: Properties) -> dict[str, Any]:
        """What ``consultarruc`` answers, beside ``estado``: one taxpayer, or a list for a search by name.

        Raises EmitirError with every problem of the properties, when nobody is found, and when nobody can
        tell (no list, providers that do not answer).
        """

    def info(self) -> dict[str, Any]:
        """The list that is loaded: rows, date, source, what was wrong with lines; empty when there is none."""

    def load(self, source: str, progress: Progress, *, force: bool = False) -> dict[str, Any]:
        """Replace the list by the one at ``source`` (file or URL) and give its :meth:`info`.

        ``force``: also when it has far fewer rows than the present one. Raises EmitirError and leaves the
        present list as it is when the source is not a whole list.
        """

    def input_schema(self) -> dict[str, Any]:
        """JSON schema of what :meth:`lookup` takes, with Spanish descriptions."""

    def answer_schema(self) -> dict[str, Any]:
        """Properties of what :meth:`lookup` gives, each with its JSON schema."""

    def example(self) -> dict[str, Any]:
        """Properties of a lookup, for the documentation."""


@runtime_checkable
class ListsTaxpayers(Protocol):
    """A country whose taxpayers can be looked up."""

    def taxpayers(self, data_dir: Path) -> Taxpayers:
        """The list below the data directory of this installation; the same object each time it is asked for."""


@runtime_checkable
class AsksForTaxpayers(Protocol):
    """A country where the authority itself says who a taxpayer is, to a company with a connection."""

    def taxpayers_through(self, authority: Authority, company: Properties, data_dir: Path) -> Taxpayers:
        """Through the connection of that company; what was asked before is kept below the data directory."""

    def taxpayers_described(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """JSON schema of what a lookup takes, properties of what it gives, and an example."""


def taxpayers(code: str, data_dir: Path) -> Taxpayers | None:
    """The taxpayers of the country ``code``; None when it offers no list. KeyError when there is no such country."""
    country = countries()[code]
    return country.taxpayers(data_dir) if isinstance(country, ListsTaxpayers) else None


# -- what only some countries have: an engine asks with isinstance


@runtime_checkable
class Names(Protocol):
    """A country that knows documents by other names than their bare key."""

    def key(self, properties: Properties, company: Properties) -> Key:
        """The document that ``tipo``, ``serie`` and ``numero`` name, of a company with these settings.

        Raises EmitirError with every problem.
        """


@runtime_checkable
class Annuls(Protocol):
    """A country where a document is annulled by a file about it."""

    def baja(
        self, stored: Properties, motivo: object, company: Properties, now: datetime, correlativo: int
    ) -> Prepared:
        """The file that annuls a stored document. Raises EmitirError: the motivo, or it is too late.

        ``stored``: its record with ``codigo_documento``, ``tipo``, ``serie``, ``numero``, ``fecha`` and, once the
        authority accepted it, ``aprobado`` (ISO, with its zone). ``notas``: records of the accepted ones on it.
        """

    def annulled_already(self, code: str) -> bool:
        """Whether the authority refuses a baja with this code because the document is annulled already."""


@dataclass(frozen=True, slots=True)
class Blame:
    """What a refused resumen says of its documents, by position from 0.

    ``refused``: those that cannot go again as they are. ``known``: those that the authority has already.
    ``whole``: the file was at fault, not any document. Nothing of all that: nobody can tell.
    """

    refused: frozenset[int] = frozenset()
    known: frozenset[int] = frozenset()
    whole: bool = False


@runtime_checkable
class Batches(Protocol):
    """A country where documents may be informed in a resumen instead of one by one."""

    @property
    def resumen_size(self) -> int:
        """Documents that one resumen holds at most."""

    def in_resumen(self, prepared: Prepared, company: Properties) -> bool:
        """Whether this document waits for a resumen."""

    def resumen(
        self, stored: Sequence[Properties], company: Properties, now: datetime, correlativo: int
    ) -> Prepared:
        """The file that informs stored documents of one date of issue."""

    def resumen_due(self, company: Properties, now: datetime) -> datetime:
        """The last moment at which a resumen was due: what was issued before it has to go."""

    def resumen_next(self, company: Properties, now: datetime) -> datetime:
        """The next such moment, in the country's own time."""

    def blame(self, stored: Sequence[Properties], code: str, description: str) -> Blame:
        """Which documents made the authority refuse a resumen."""


@runtime_checkable
class Sells(Protocol):
    """A country that says what counts as a sale, and what day it is there."""

    def sales_sign(self, tipo: str) -> int:
        """1: a document of that type adds to the sales; -1: it takes away (nota de crédito)."""

    def today(self, now: datetime) -> date:
        """The day in the country at ``now``."""

    def document_types(self) -> Mapping[str, str]:
        """The authority's code of each type by every name that a request may give it."""


@runtime_checkable
class Completes(Protocol):
    """A country that completes a document about others from what is stored of them."""

    def complete(self, properties: Properties, company: Properties, find: Find) -> Properties:
        """The properties with what they leave out taken from what is stored; others as they are.

        Raises EmitirError with every problem.
        """

    def judge(self, prepared: Prepared, find: Find) -> None:
        """Hold a prepared document against those that it modifies. Raises EmitirError with every problem."""


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Every registered country, by code and in the order of their codes."""
    import emitir

    found: dict[str, Country] = {}
    for module in pkgutil.iter_modules(emitir.__path__):
        if module.ispkg and any(
            (Path(root) / module.name / "country.py").exists() for root in emitir.__path__
        ):
            country: Country = importlib.import_module(f"emitir.{module.name}.country").COUNTRY
            found[country.code] = country
    return dict(sorted(found.items()))
