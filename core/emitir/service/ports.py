"""What the service needs of the engine, and nothing else: a protocol, so that its wire can be tested alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from emitir.country import Properties
from emitir.engine.bots import Bots
from emitir.engine.chats import Chats
from emitir.engine.company import Company
from emitir.engine.comprobante import Result, Stuck
from emitir.engine.files import Download
from emitir.engine.health import HolaResult
from emitir.engine.links import Access, Links


class Engine(Protocol):
    """The part of ``emitir.engine.Engine`` that the service calls."""

    @property
    def started(self) -> bool:
        """Whether documents are being sent by this process."""

    @property
    def bots(self) -> Bots:
        """The bots and their credentials."""

    @property
    def chats(self) -> Chats:
        """The chats with the bots."""

    @property
    def links(self) -> Links:
        """Which chat sees which company."""

    def access(self, uuid: str, token: str) -> Access:
        """Raises EmitirError ``NO_AUTORIZADO``; compares in constant time."""

    def emitir(self, company: Company, properties: Properties) -> Result:
        """Issue, or answer again for the same content. Raises EmitirError with every problem."""

    def hola(self, company: Company) -> HolaResult:
        """Whether the company is ready to issue."""

    def download(self, codigo_descarga: str, clase: str, layout: str = "a4") -> Download:
        """Raises EmitirError when there is no such comprobante, file or layout."""

    def stuck(self, minutes: float = 10.0) -> Sequence[Stuck]:
        """Documents that wait for a verdict for longer than that."""
