"""The engine: companies, issuing, durable sending, files. One per process; the service and the CLI call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from emitir.clock import Clock, system_clock
from emitir.country import AsksForTaxpayers, Country, ListsTaxpayers, Properties, Sells, Taxpayers, countries
from emitir.country_facts import AnnulsUntil, Registered, TellsBajaTerms
from emitir.country_files import FileReport
from emitir.engine.chats.avisos import Avisos
from emitir.engine.chats.bots import Bots
from emitir.engine.chats.chats import Chats
from emitir.engine.chats.links import Access, Links
from emitir.engine.chats.vigilancia import Vigilancia
from emitir.engine.comprobante import (
    BAJA_RECHAZADA,
    COMPROBANTE,
    EN_LOTE,
    Attempt,
    Comprobante,
    Result,
    Stuck,
)
from emitir.engine.emision.drafts import Drafter
from emitir.engine.emision.emit import Emitter
from emitir.engine.emision.inquiry import Inquiry
from emitir.engine.emision.naming import find_named
from emitir.engine.emision.preview import Preview, preview
from emitir.engine.emision.verification import Verification, verify, verify_received
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.health import Health, HolaResult
from emitir.engine.empresas.propios import Propios, own_settings
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.empresas.secrets import load_master_keys
from emitir.engine.empresas.sessions import Sessions
from emitir.engine.entregas.deliveries import Delivery
from emitir.engine.entregas.mail import MailResult
from emitir.engine.entregas.mail_request import PROPERTIES as MAIL_PROPERTIES
from emitir.engine.entregas.outgoing import Outgoing
from emitir.engine.envios.eventos import EventosResult
from emitir.engine.envios.office import Office
from emitir.engine.files import Download, Files
from emitir.engine.results import BajaResult, Consulta, Filtro, Pagina, ResumenResult, TicketResult
from emitir.engine.settings import Settings
from emitir.engine.storage.database import Database
from emitir.engine.storage.migrate import migrate
from emitir.engine.storage.sales import Sales, sales
from emitir.engine.storage.search import search
from emitir.engine.storage.store import Store
from emitir.engine.work.waiting import Waiters
from emitir.engine.work.workshop import Workshop
from emitir.error_codes import NO_AUTORIZADO
from emitir.errors import EmitirError

#: Seconds that ``correo`` waits for the mail server, at most.
MAIL_WAIT = 5.0
#: What waits for a resumen longer than this was forgotten by the daily one.
_DAILY = timedelta(hours=26)


class Engine:
    """Opened, it knows companies and documents; started, it also issues and sends.

    ``companies``, lookups and downloads work as soon as it is made (the command line uses it so, beside a
    running service). ``emitir`` needs :meth:`start`, which one process per SQLite file may call, and any
    number on PostgreSQL. As a context manager it starts and closes.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock = system_clock,
        country_map: Mapping[str, Country] | None = None,
    ) -> None:
        """Create what is missing (data directory, key, tables). Raises ``CONFIGURACION_INVALIDA``."""
        self.settings = settings
        data_dir = settings.make_data_dir()
        self._database = Database(settings.url)
        migrate(self._database)
        keys = load_master_keys(settings.master_keys, data_dir)
        self.companies = Companies(
            self._database, keys, countries() if country_map is None else country_map, clock
        )
        self._clock = clock
        self.sessions = Sessions(keys, self.companies, clock)
        self.bots = Bots(self._database, keys, clock)
        self.chats = Chats(self._database, clock)
        self.avisos = Avisos(
            self._database, self.companies.country, Vigilancia(self._database, clock).look, clock
        )
        self.links = Links(self._database, keys, self.companies, self.chats, clock)
        self._runtimes = Runtimes(self.companies)
        self._store = Store(self._database, clock)
        self._files = Files(self._store, self.companies)
        self._health = Health(self.companies, self._runtimes, clock)
        self._waiters = Waiters()
        self._workshop: Workshop | None = None
        self._office = Office(
            self._database,
            self._store,
            self.companies,
            self._runtimes,
            self._waiters,
            clock,
            self._start_round,
            settings.watch_seconds,
        )
        self.eventos = self._office.eventos
        self._inquiry = Inquiry(self._store, self._runtimes)
        self._outgoing = Outgoing(self._database, self._store, self.companies, self._files, clock)
        self._drafter = Drafter(self._store, clock)
        self._emitter = Emitter(
            self._store,
            self._runtimes,
            self._waiters,
            self._drafter,
            clock,
            self._start_round,
            self._outgoing.mailer.when_accepted,
        )

    # -- life

    def start(self) -> None:
        """Take up the work: stored documents without a verdict, and from now on new ones.

        Raises ``CONFIGURACION_INVALIDA`` when another process works on the same SQLite file.
        """
        if self._workshop is not None:
            raise RuntimeError("the engine is started already")
        self._database.learn()
        workshop = Workshop(
            self._database, self.settings, self._clock, self.companies, self._runtimes, self._settled
        )
        workshop.start()
        self._workshop = workshop
        if self.settings.workers:
            self._outgoing.start(lambda: workshop.executor)
        self._office.open()

    def close(self) -> None:
        """Stop taking up work, let sendings under way end (``drain_seconds``), close the database."""
        self._outgoing.close()
        self._office.close()
        if self._workshop is not None:
            self._workshop.close()
            self._workshop = None
        self._database.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def started(self) -> bool:
        """Whether documents are being sent by this process."""
        return self._workshop is not None

    # -- issuing

    def authenticate(self, uuid: str, token: str) -> Company:
        """The company of that UUID and token. Raises ``NO_AUTORIZADO``."""
        return self.companies.authenticate(uuid, token)

    def access(self, uuid: str, token: str) -> Access:
        """Whose call it is: the company's own, or one of a chat that is linked to it. Raises ``NO_AUTORIZADO``."""
        try:
            return Access(self.companies.authenticate(uuid, token))
        except EmitirError as error:
            if error.code != NO_AUTORIZADO:
                raise
        return self.links.access(uuid, token)

    def emitir(self, company: Company, properties: Properties, wait: float | None = None) -> Result:
        """Issue a comprobante and wait up to ``wait`` seconds (default of the settings) for the verdict.

        The result may be pending (the work goes on), accepted, observed, rejected or not received: see
        ``Result.comprobante``. The same content again gives the same answer and sends nothing. Raises
        EmitirError with every problem when nothing was issued: bad properties, ``NUMERO_USADO``, certificate.
        """
        result = self._emitter.emitir(company, properties, self._seconds(wait))
        if result.comprobante.canal == EN_LOTE:
            self._office.nudge()  # perhaps this one fills a lote
        return result

    def baja(self, company: Company, properties: Properties, wait: float | None = None) -> BajaResult:
        """Annul an issued document and wait up to ``wait`` seconds (default of the settings) for the verdict.

        ``properties``: ``tipo``, ``serie``, ``numero`` (or ``codigo_documento``) and ``motivo``. Asked again, the
        same answer and nothing sent. Raises EmitirError with every problem: ``COMPROBANTE_NO_EXISTE``,
        ``BAJA_NO_PROCEDE``, ``FECHA_FUERA_DE_PLAZO`` with the nota to issue instead.
        """
        return self._office.bajas.baja(company, properties, self._seconds(wait))

    def evento(self, company: Company, properties: Properties, wait: float | None = None) -> EventosResult:
        """Declare events of documents; asked again, the same answer. Raises EmitirError with every problem."""
        return self.eventos.evento(company, properties, self._seconds(wait))

    def inutilizar(
        self, company: Company, properties: Properties, wait: float | None = None
    ) -> EventosResult:
        """Give up numbers that no document has, as :meth:`evento` declares. Raises ``NUMERO_USADO`` besides."""
        return self.eventos.inutilizar(company, properties, self._seconds(wait))

    def resumen(self, company: Company, fecha: date | None = None) -> ResumenResult:
        """Send the resúmenes of everything that waits for one (of that date of issue only), whatever the hour."""
        if self._workshop is None:
            raise RuntimeError("the engine is not started")
        return self._office.resumenes.resumen(company, fecha)

    def consultar(self, company: Company, properties: Properties) -> Consulta:
        """An issued document and the envios about it; with ``en_autoridad: true`` also what the authority says now.

        ``properties``: ``tipo``, ``serie``, ``numero`` or ``codigo_documento``. Raises EmitirError.
        """
        return self._inquiry.consultar(company, properties)

    def elsewhere(self, company: Company, codigo_documento: str) -> Registered | None:
        """A document that we did not issue, as the authority has it; ``None`` where it cannot be asked."""
        return self._inquiry.elsewhere(company, codigo_documento)

    def ticket(self, company: Company, properties: Properties) -> TicketResult:
        """The envio behind a ``ticket`` and the documents that it is about. Raises ``TICKET_NO_EXISTE``."""
        return self._inquiry.ticket(company, properties)

    def hola(self, company: Company) -> HolaResult:
        """Whether the company is ready to issue, with everything that is wrong in words."""
        return self._health.hola(company)

    def ajustes(self, company: Company, changes: Properties) -> Propios:
        """Change the settings that are the company's own. Raises EmitirError with every problem."""
        return own_settings(self.companies, company, changes)

    def correo(self, company: Company, properties: Properties, wait: float | None = None) -> MailResult:
        """Mail the files of a comprobante and wait up to ``wait`` seconds for what becomes of it.

        Committed before this returns: it is sent whatever happens to this process. The same request within five
        minutes is the same mail. Raises EmitirError with every problem when nothing was committed.
        """
        seconds = min(self.settings.wait_seconds, MAIL_WAIT) if wait is None else wait
        return self._outgoing.mailer.correo(company, self._mailed(company), properties, seconds)

    def check_mail(self, company: Company) -> str:
        """Log in at the company's mail server: what is wrong, in Spanish; empty when mail can go out.

        Raises ``CORREO_NO_CONFIGURADO``.
        """
        return self._outgoing.mailer.check(company)

    def customer_mail(self, document: Comprobante) -> str:
        """The address that the comprobante itself names for its customer; empty when it names none."""
        return str(self._store.record(document).get("receptor", {}).get("correo", ""))

    def mails(self, document: Comprobante) -> list[Delivery]:
        """Every mail about a comprobante, per address, oldest first."""
        return self._outgoing.mailer.of_document(document)

    # -- looking things up; a company sees its own documents only

    def comprobante(self, company: Company, tipo: str, serie: str, numero: int) -> Comprobante | None:
        """By type, serie and number, in the company's present ambiente."""
        return self._store.find(company, tipo, serie, numero)

    def comprobante_by_code(self, company: Company, codigo_documento: str) -> Comprobante | None:
        """By ``codigo_documento``, in the company's present ambiente."""
        return self._store.by_code(company, codigo_documento)

    def comprobante_by_download(self, codigo_descarga: str) -> Comprobante | None:
        """By ``codigo_descarga``: whoever has it may see the document."""
        return self._store.by_download(codigo_descarga)

    def latest(self, company: Company, limit: int = 100) -> list[Comprobante]:
        """The company's newest documents, newest first."""
        return self._store.latest(company, limit)

    def buscar(self, company: Company, filtro: Filtro, limit: int = 50, after: str = "") -> Pagina:
        """Documents by what people know of them, newest first; ``after``: ``siguiente`` of the page before."""
        return search(self._database, company, filtro, limit, after)

    def ventas(self, company: Company, desde: date, hasta: date) -> Sales:
        """What was sold between two dates of issue, both included."""
        return sales(self._database, self.companies.country(company.pais), company, desde, hasta)

    def today(self, company: Company) -> date:
        """The day in the company's country."""
        country, now = self.companies.country(company.pais), self._clock()
        return country.today(now) if isinstance(country, Sells) else now.date()

    def preview(self, company: Company, properties: Properties) -> Preview:
        """What ``emitir`` would issue, computed and printed; stores and sends nothing. Raises as issuing does."""
        today = self.today(company)
        return preview(self._drafter, self.companies, self._runtimes, company, properties, today)

    def verificar(self, company: Company, qr: str) -> Verification:
        """Whether the comprobante behind the text of a QR is valid. Raises EmitirError when it is no such QR."""
        return verify(self._store, self._runtimes, self.companies.countries, company, qr)

    def verificar_archivo(self, company: Company, content: bytes) -> FileReport:
        """Whether a received file holds, and what the authority says of it. Raises EmitirError: no such file."""
        return verify_received(self._runtimes, self.companies, company, content, self._clock())

    def baja_until(self, company: Company, document: Comprobante) -> date | None:
        """The last day for its baja; ``None`` when that is over, or it cannot be annulled (any more)."""
        country = self.companies.country(company.pais)
        if not isinstance(country, AnnulsUntil) or not document.accepted:
            return None
        if document.clase != COMPROBANTE or document.baja_estado not in ("", BAJA_RECHAZADA):
            return None
        accepted = self._office.bajas.accepted_at(country, document)
        until = country.baja_until(document.tipo, document.fecha_emision, accepted)
        return until if self.today(company) <= until else None

    def baja_terms(self, company: Company, document: Comprobante) -> str:
        """How long a document of that type may be annulled, as a marked sentence; may be empty."""
        country = self.companies.country(company.pais)
        return country.baja_terms(document.tipo) if isinstance(country, TellsBajaTerms) else ""

    def document_types(self, company: Company) -> Mapping[str, str]:
        """Codes of the types of document by every name that a request may give them; empty: only codes."""
        country = self.companies.country(company.pais)
        return country.document_types() if isinstance(country, Sells) else {}

    def taxpayers(self, company: Company) -> Taxpayers | None:
        """The list of taxpayers of the company's country; ``None`` when it offers none."""
        country = self.companies.country(company.pais)
        if isinstance(country, AsksForTaxpayers):
            authority = self._runtimes.get(company).authority
            return country.taxpayers_through(authority, company.settings, self.settings.data_dir)
        return country.taxpayers(self.settings.data_dir) if isinstance(country, ListsTaxpayers) else None

    def attempts(self, document: Comprobante) -> list[Attempt]:
        """Every contact with the authority about a document."""
        return self._store.attempts(document)

    def download(self, codigo_descarga: str, clase: str, layout: str = "a4") -> Download:
        """A file (``xml``, ``cdr``, ``pdf``) by ``codigo_descarga``.

        Raises ``COMPROBANTE_NO_EXISTE``, ``ARCHIVO_NO_DISPONIBLE``, ``VALOR_NO_PERMITIDO``.
        """
        return self._files.download(codigo_descarga, clase, layout)

    def stuck(self, minutes: float = 10.0) -> list[Stuck]:
        """Documents of every company that wait for a verdict for longer than ``minutes``, oldest first."""
        now = self._clock()
        return [
            Stuck(document, document.detalle, now > document.plazo)
            for document in self._store.pending() + self._store.left_behind(now - _DAILY)
            if (now - document.creado_en).total_seconds() >= minutes * 60
        ]

    def copy_database(self, target: Path) -> int:
        """Write the SQLite database as it is at this moment to a new file (mode 0600): its size in bytes.

        Raises ``CONFIGURACION_INVALIDA`` with PostgreSQL, which has its own tools, and when the file cannot be
        written.
        """
        return self._database.copy_to(target)

    def _mailed(self, company: Company) -> Callable[[Properties], Comprobante]:
        country = self.companies.country(company.pais)
        return lambda asked: find_named(self._store, country, company, asked, optional=MAIL_PROPERTIES)

    def _seconds(self, wait: float | None) -> float:
        """How long a caller waits. Raises RuntimeError when nothing would be sent meanwhile."""
        if self._workshop is None:
            raise RuntimeError("the engine is not started")
        return self.settings.wait_seconds if wait is None else wait

    def _settled(self, document: Comprobante) -> None:
        """Tell those who wait, and have what depends on the verdict done now."""
        self._waiters.settled(document)
        self._office.settled(document)

    def _start_round(self, document: Comprobante, generation: int) -> None:
        if self._workshop is None:
            raise RuntimeError("the engine is not started")
        self._workshop.start_round(document, generation)
