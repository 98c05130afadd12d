"""What a country offers where events are declared of documents and of numbers (an engine asks with isinstance)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from emitir.country import Authority, Prepared, Properties


@dataclass(frozen=True, slots=True)
class Numeros:
    """A range of numbers of one type and serie, both ends included."""

    tipo: str
    serie: str
    desde: int
    hasta: int


@dataclass(frozen=True, slots=True)
class EventOutcome:
    """What the authority said of one event: ``aceptado``, ``rechazado`` or empty while nobody knows."""

    estado: str
    codigo: str = ""
    descripcion: str = ""
    protocolo: str = ""


class Declaration(Prepared, Protocol):
    """A file of events: of documents (``about``: their ``codigo_documento``) or of numbers (``gives_up``)."""

    @property
    def about(self) -> Sequence[str]: ...

    @property
    def gives_up(self) -> Numeros | None: ...


@runtime_checkable
class Declares(Protocol):
    """A country where events are declared of documents, one's own and those that one received."""

    def events(
        self,
        properties: Properties,
        company: Properties,
        now: datetime,
        correlativo: int,
        authority: Authority | None,
    ) -> Declaration:
        """The file of one event, or of those in ``eventos``. With ``authority`` it is asked what has happened to
        each document, and deadlines and order are checked. Raises EmitirError with every problem.
        """

    def void(
        self, properties: Properties, company: Properties, now: datetime, correlativo: int
    ) -> Declaration:
        """The file that gives up numbers (command ``inutilizar``). Raises EmitirError with every problem."""

    def event_outcomes(self, answer: bytes | None, final: bool, count: int) -> list[EventOutcome]:
        """What the stored answer says of each of ``count`` events. ``final``: the authority accepted them all."""

    def events_schema(self) -> dict[str, Any]:
        """JSON schema of what :meth:`events` takes."""

    def events_example(self, now: datetime) -> dict[str, Any]:
        """Properties of an event, for the documentation."""

    def void_schema(self) -> dict[str, Any]:
        """JSON schema of what :meth:`void` takes."""

    def void_example(self, now: datetime) -> dict[str, Any]:
        """Properties of such a request, for the documentation."""
