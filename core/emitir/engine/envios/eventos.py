"""Events of documents and inutilización of numbers: files of their own, made in one commit, sent as any document.

The same request again is answered with what became of the first, unless the authority refused it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.country import Prepared, Properties
from emitir.country_events import Declaration, Declares, EventOutcome, Numeros
from emitir.engine.comprobante import ENVIO, NO_ENVIADO, NO_RECIBIDO, RECHAZADO, Comprobante
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtime, Runtimes
from emitir.engine.envios.envios import Claim, Envios
from emitir.engine.storage.archive import CDR
from emitir.engine.storage.database import Database
from emitir.engine.storage.rows import to_comprobante
from emitir.engine.storage.store import Store
from emitir.engine.storage.tables import COMPROBANTE, INUTILIZADO
from emitir.engine.work.effects import EVENTO
from emitir.engine.work.waiting import Waiters
from emitir.error_codes import DOCUMENTO_NO_HABILITADO, ERROR_INTERNO, NUMERO_USADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

_c = COMPROBANTE.c
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a file: its name, the ``codigo_documento`` it is about (empty for numbers), what came of it."""

    evento: str
    codigo_documento: str
    resultado: EventOutcome


@dataclass(frozen=True, slots=True)
class EventosResult:
    """What became of a request: the file, each of its events, whether the same had been asked for before."""

    envio: Comprobante
    eventos: tuple[Told, ...]
    repeated: bool


class Eventos:
    """``start`` hands a file and its generation to the workflows."""

    def __init__(
        self,
        database: Database,
        store: Store,
        envios: Envios,
        runtimes: Runtimes,
        waiters: Waiters,
        clock: Clock,
        start: Callable[[Comprobante, int], None],
    ) -> None:
        self._database = database
        self._store = store
        self._envios = envios
        self._runtimes = runtimes
        self._waiters = waiters
        self._clock = clock
        self._start = start

    def evento(self, company: Company, properties: Properties, wait: float) -> EventosResult:
        """Declare events of documents and wait up to ``wait`` seconds. Raises EmitirError with every problem."""
        runtime = self._runtimes.get(company)
        country = _declaring(runtime)

        def make(correlativo: int, asking: bool = False) -> Declaration:
            authority = runtime.authority if asking else None
            return country.events(properties, company.settings, self._clock(), correlativo, authority)

        return self._declare(company, runtime, make, wait)

    def inutilizar(self, company: Company, properties: Properties, wait: float) -> EventosResult:
        """Give up numbers and wait up to ``wait`` seconds. Raises EmitirError with every problem, ``NUMERO_USADO``
        for those that a document of ours has."""
        runtime = self._runtimes.get(company)
        country = _declaring(runtime)

        def make(correlativo: int, asking: bool = False) -> Declaration:
            return country.void(properties, company.settings, self._clock(), correlativo)

        return self._declare(company, runtime, make, wait)

    def about(self, company: Company, document: Comprobante) -> tuple[tuple[Comprobante, Told], ...]:
        """The events declared of a document of ours, oldest first, each with the file that it is in."""
        return tuple(
            (envio, one)
            for envio in self._store.events_about(document)
            for one in self._told(company, envio)
            if one.codigo_documento == document.codigo_documento
        )

    def _told(self, company: Company, envio: Comprobante) -> tuple[Told, ...]:
        """The events of a file and what the authority said of each."""
        record = self._store.record(envio).get("eventos", ())
        country = self._runtimes.get(company).country
        answer = self._store.file(envio, CDR)
        outcomes: list[EventOutcome] = [EventOutcome("")] * len(record)
        if isinstance(country, Declares) and envio.settled:
            final = envio.accepted and not envio.observaciones
            outcomes = country.event_outcomes(answer[0] if answer else None, final, len(record))
        if len(record) == 1 and envio.settled:
            estado = "aceptado" if envio.accepted else "rechazado"
            known = outcomes[0]
            code, text = envio.respuesta_codigo or "", envio.respuesta_descripcion or ""
            outcomes = [known if known.estado else EventOutcome(estado, code, text)]
        return tuple(
            Told(str(one["evento"]), str(one.get("cdc", "")), outcome)
            for one, outcome in zip(record, outcomes, strict=True)
        )

    def _declare(
        self, company: Company, runtime: Runtime, make: Callable[..., Declaration], wait: float
    ) -> EventosResult:
        bare = make(1)
        for _ in range(_TRIES):
            old = self._same(company, bare)
            if old is not None:
                return self._result(company, old, True, wait)
            first = make(1, asking=True)
            problems = runtime.country.check_signer(company.settings, runtime.signer, self._clock())
            if first.gives_up is not None:
                problems = [*problems, *self._used(company, first.gives_up)]
            if problems:
                raise EmitirError(problems)
            new = self._create(company, runtime, first, make)
            if new is not None:
                return self._result(company, new, False, wait)
        text = N_("Otras solicitudes iguales llegan a la vez.")
        raise EmitirError(Problem(ERROR_INTERNO, text))

    def _create(
        self, company: Company, runtime: Runtime, first: Declaration, make: Callable[..., Declaration]
    ) -> Comprobante | None:
        documents = [self._store.by_code(company, code) for code in first.about]
        ids = tuple(dict.fromkeys(one.id for one in documents if one is not None))

        def claim(connection: Connection) -> Claim | None:
            if connection.execute(_same(company, first)).first() is not None:
                return None
            return Claim(EVENTO, ids, beside=beside if first.gives_up else None)

        def beside(connection: Connection, envio_id: int) -> None:
            """The numbers are out of use from now on; should the authority refuse, they are free again."""
            numbers = first.gives_up
            if numbers is not None:
                connection.execute(
                    sa.insert(INUTILIZADO),
                    {
                        "empresa_id": company.id,
                        "ambiente": company.ambiente,
                        "tipo": numbers.tipo,
                        "serie": numbers.serie,
                        "desde": numbers.desde,
                        "hasta": numbers.hasta,
                        "envio_id": envio_id,
                    },
                )

        def build(correlativo: int) -> Prepared:
            return make(correlativo)

        return self._envios.create(company, runtime, first, claim, build)

    def _result(self, company: Company, envio: Comprobante, repeated: bool, wait: float) -> EventosResult:
        if not envio.settled:
            with self._waiters.listening(envio.id) as waiter:
                if not envio.vueltas:
                    self._start(envio, envio.generacion)
                envio = waiter.verdict(self._store, envio, wait)
        return EventosResult(envio, self._told(company, envio), repeated)

    def _same(self, company: Company, declaration: Declaration) -> Comprobante | None:
        with self._database.read() as connection:
            row = connection.execute(_same(company, declaration)).first()
        return None if row is None else to_comprobante(row._asdict())

    def _used(self, company: Company, numbers: Numeros) -> list[Problem]:
        """Numbers of the range that a document of ours has, or may have."""
        query = (
            sa.select(_c.numero)
            .where(
                _c.empresa_id == company.id,
                _c.ambiente == company.ambiente,
                _c.tipo == numbers.tipo,
                _c.serie == numbers.serie,
                _c.numero.between(numbers.desde, numbers.hasta),
                _c.estado.not_in((NO_RECIBIDO, NO_ENVIADO)),
                ~_c.libre,
            )
            .order_by(_c.numero)
            .limit(20)
        )
        with self._database.read() as connection:
            used = [str(number) for number in connection.scalars(query)]
        if not used:
            return []
        text = N_("Hay comprobantes con números de ese rango: {numeros}.")
        return [Problem(NUMERO_USADO, text, "desde", {"numeros": ", ".join(used)})]


def _declaring(runtime: Runtime) -> Declares:
    if isinstance(runtime.country, Declares):
        return runtime.country
    text = N_("{autoridad} no recibe eventos de este tipo.")
    raise EmitirError(
        Problem(DOCUMENTO_NO_HABILITADO, text, params={"autoridad": runtime.country.authority_name})
    )


def _same(company: Company, declaration: Declaration) -> sa.Select[tuple[object, ...]]:
    """The file that says the same and was not refused."""
    return (
        sa.select(COMPROBANTE)
        .where(
            _c.empresa_id == company.id,
            _c.ambiente == company.ambiente,
            _c.tipo == declaration.tipo,
            _c.contenido_hash == declaration.content_hash,
            _c.clase == ENVIO,
            _c.estado.not_in((RECHAZADO, NO_RECIBIDO)),
        )
        .order_by(_c.id.desc())
        .limit(1)
    )
