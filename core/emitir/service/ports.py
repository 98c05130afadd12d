"""What the service needs of the engine, and nothing else: a protocol, so that its wire can be tested alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from emitir.country import Properties, Taxpayers
from emitir.country_facts import Registered
from emitir.country_files import FileReport
from emitir.engine.chats.avisos import Avisos
from emitir.engine.chats.bots import Bots
from emitir.engine.chats.chats import Chats
from emitir.engine.chats.links import Access, Links
from emitir.engine.comprobante import Comprobante, Result, Stuck
from emitir.engine.emision.preview import Preview
from emitir.engine.emision.verification import Verification
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.health import HolaResult
from emitir.engine.empresas.propios import Propios
from emitir.engine.empresas.sessions import Sessions
from emitir.engine.entregas.deliveries import Delivery
from emitir.engine.entregas.mail import MailResult
from emitir.engine.envios.eventos import Eventos, EventosResult
from emitir.engine.files import Download
from emitir.engine.results import BajaResult, Consulta, Filtro, Pagina, TicketResult
from emitir.engine.storage.sales import Sales


class Engine(Protocol):
    """The part of ``emitir.engine.Engine`` that the service calls."""

    @property
    def started(self) -> bool:
        """Whether documents are being sent by this process."""

    @property
    def bots(self) -> Bots:
        """The bots and their credentials."""

    @property
    def avisos(self) -> Avisos:
        """Alerts on their way to the chats."""

    @property
    def chats(self) -> Chats:
        """The chats with the bots."""

    @property
    def sessions(self) -> Sessions:
        """Who is logged in at the back office."""

    @property
    def links(self) -> Links:
        """Which chat sees which company."""

    def access(self, uuid: str, token: str) -> Access:
        """Raises EmitirError ``NO_AUTORIZADO``; compares in constant time."""

    def emitir(self, company: Company, properties: Properties) -> Result:
        """Issue, or answer again for the same content. Raises EmitirError with every problem."""

    def hola(self, company: Company) -> HolaResult:
        """Whether the company is ready to issue."""

    def ajustes(self, company: Company, changes: Properties) -> Propios:
        """Change what is the company's own. Raises EmitirError with every problem."""

    def baja(self, company: Company, properties: Properties) -> BajaResult:
        """Annul, or answer again. Raises EmitirError with every problem."""

    @property
    def eventos(self) -> Eventos:
        """What was declared of documents and numbers."""

    def evento(self, company: Company, properties: Properties) -> EventosResult:
        """Declare events, or answer again. Raises EmitirError with every problem."""

    def inutilizar(self, company: Company, properties: Properties) -> EventosResult:
        """Give up numbers, or answer again. Raises EmitirError with every problem."""

    def consultar(self, company: Company, properties: Properties) -> Consulta:
        """An issued document and the files about it. Raises EmitirError with every problem."""

    def elsewhere(self, company: Company, codigo_documento: str) -> Registered | None:
        """A document that was not issued here, as the authority has it."""

    def ticket(self, company: Company, properties: Properties) -> TicketResult:
        """What a ticket of ours stands for. Raises EmitirError with every problem."""

    def correo(self, company: Company, properties: Properties) -> MailResult:
        """Commit a mail. Raises EmitirError with every problem."""

    def customer_mail(self, document: Comprobante) -> str:
        """The address that the comprobante names for its customer; may be empty."""

    def mails(self, document: Comprobante) -> Sequence[Delivery]:
        """Every mail about a comprobante."""

    def buscar(self, company: Company, filtro: Filtro, limit: int = 50, after: str = "") -> Pagina:
        """A page of documents. Raises EmitirError for a cursor that is none."""

    def ventas(self, company: Company, desde: date, hasta: date) -> Sales:
        """What was sold between two dates of issue."""

    def today(self, company: Company) -> date:
        """The day in the company's country."""

    def preview(self, company: Company, properties: Properties) -> Preview:
        """What would be issued. Raises EmitirError with every problem."""

    def verificar(self, company: Company, qr: str) -> Verification:
        """Raises EmitirError when the text is no QR of a comprobante."""

    def verificar_archivo(self, company: Company, content: bytes) -> FileReport:
        """Raises EmitirError when there is no electronic document in it, or the country looks none over."""

    def baja_until(self, company: Company, document: Comprobante) -> date | None:
        """The last day for its baja; ``None`` when there is none."""

    def baja_terms(self, company: Company, document: Comprobante) -> str:
        """How long it may be annulled, as a marked sentence."""

    def document_types(self, company: Company) -> Mapping[str, str]:
        """Codes of types by their names; empty: only codes."""

    def taxpayers(self, company: Company) -> Taxpayers | None:
        """The list of taxpayers of the company's country."""

    def download(self, codigo_descarga: str, clase: str, layout: str = "a4") -> Download:
        """Raises EmitirError when there is no such comprobante, file or layout."""

    def stuck(self, minutes: float = 10.0) -> Sequence[Stuck]:
        """Documents that wait for a verdict for longer than that."""
