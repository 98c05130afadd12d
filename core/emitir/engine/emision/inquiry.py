"""``consultar`` and ``consultarticket``: where a document stands, by our store and by the authority itself."""

from __future__ import annotations

from emitir.country import Country, Properties, Submission
from emitir.country_facts import FindsByCode, Registered
from emitir.engine.comprobante import Comprobante
from emitir.engine.emision.naming import find_named, missing_properties, unknown_properties
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.results import Consulta, TicketResult
from emitir.engine.storage.archive import XML
from emitir.engine.storage.store import Store
from emitir.engine.work.effects import BAJA, INFORME
from emitir.error_codes import TICKET_NO_EXISTE, TIPO_INCORRECTO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.verdict import Verdict

_ASK = "en_autoridad"


class Inquiry:
    """Changes nothing."""

    def __init__(self, store: Store, runtimes: Runtimes) -> None:
        self._store = store
        self._runtimes = runtimes

    def consultar(self, company: Company, properties: Properties) -> Consulta:
        """Raises EmitirError with every problem; ``en_autoridad``: true asks the authority too."""
        runtime = self._runtimes.get(company)
        document = self._named(runtime.country, company, properties)
        verdict: Verdict | None = None
        if properties.get(_ASK):
            xml = self._store.file(document, XML)
            verdict = runtime.authority.ask(_submission(document, xml[0] if xml else b""))
            document = self._store.by_id(document.id)
        return Consulta(document, self._envio(document, BAJA), self._envio(document, INFORME), verdict)

    def elsewhere(self, company: Company, codigo_documento: str) -> Registered | None:
        """What the authority has under a code that no document of ours has; ``None`` where it cannot be asked."""
        authority = self._runtimes.get(company).authority
        return authority.find(codigo_documento) if isinstance(authority, FindsByCode) else None

    def ticket(self, company: Company, properties: Properties) -> TicketResult:
        """Raises EmitirError with every problem, ``TICKET_NO_EXISTE``."""
        problems = unknown_properties(properties, ("ticket",)) + missing_properties(properties, ("ticket",))
        if problems:
            raise EmitirError(problems)
        ticket = str(properties["ticket"]).strip()
        envio = self._store.by_ticket(company, ticket) if ticket else None
        if envio is None:
            text = N_("No hay un envío de esta empresa con el ticket {ticket}.")
            raise EmitirError(Problem(TICKET_NO_EXISTE, text, "ticket", {"ticket": ticket[:40]}))
        return TicketResult(ticket, envio, tuple(self._store.spoken_of(envio)))

    def _named(self, country: Country, company: Company, properties: Properties) -> Comprobante:
        if not isinstance(properties.get(_ASK, False), bool):
            text = N_("Debe ser true o false.")
            raise EmitirError(Problem(TIPO_INCORRECTO, text, _ASK))
        return find_named(self._store, country, company, properties, optional=(_ASK,))

    def _envio(self, document: Comprobante, accion: str) -> Comprobante | None:
        relation = self._store.relation(document, accion)
        if relation is None or relation.envio_id is None:
            return None
        return self._store.by_id(relation.envio_id)


def _submission(document: Comprobante, xml: bytes) -> Submission:
    return Submission(
        codigo_documento=document.codigo_documento,
        tipo=document.tipo,
        serie=document.serie,
        numero=document.numero,
        xml=xml,
        valor_resumen=document.valor_resumen,
        ticket=document.ticket,
    )
