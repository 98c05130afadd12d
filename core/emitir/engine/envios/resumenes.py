"""Resúmenes: which documents are due, and the files that inform them. Safe to run in any number of processes.

Every resumen is made in one commit that takes its documents out of those that wait, so two processes that look
at once make one. A document waits for those that it modifies; what nobody named goes again in halves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.country import Batches, Prepared
from emitir.engine.comprobante import ACEPTADO, EN_RESUMEN, ENVIANDO, OBSERVADO, POR_ENVIAR, Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtime, Runtimes
from emitir.engine.envios.envios import Claim, Envios
from emitir.engine.results import ResumenResult
from emitir.engine.storage import relations
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import ARCHIVO, ATTENTION, COMPROBANTE, EMPRESA, RELACION
from emitir.engine.work.effects import INFORME, MODIFICA
from emitir.errors import EmitirError

logger = logging.getLogger("emitir.engine")

#: What is that near to its deadline does not wait for the hour of its company.
URGENT = timedelta(hours=24)

_c = COMPROBANTE.c


@dataclass(frozen=True, slots=True)
class _Batch:
    """What goes together: one date of issue, one tanda."""

    fecha: date
    tanda: int


class Resumenes:
    """``start`` hands an envio and its generation to the workflows."""

    def __init__(
        self,
        database: Database,
        envios: Envios,
        companies: Companies,
        runtimes: Runtimes,
        clock: Clock,
        start: Callable[[Comprobante, int], None],
    ) -> None:
        self._database = database
        self._envios = envios
        self._companies = companies
        self._runtimes = runtimes
        self._clock = clock
        self._start = start

    def due(self) -> int:
        """Send what is due of every company: how many resúmenes were made."""
        mine = (_c.empresa_id == EMPRESA.c.id, _c.ambiente == EMPRESA.c.ambiente)
        query = sa.select(EMPRESA.c.id).where(sa.exists().where(*mine, *_waiting()).correlate(EMPRESA))
        with self._database.read() as connection:
            ids = connection.scalars(query).all()
        made = 0
        for company_id in ids:
            company = self._companies.by_id(company_id)
            country = self._companies.country(company.pais)
            if not isinstance(country, Batches):
                continue
            now = self._clock()
            cutoff = country.resumen_due(company.settings, now)
            is_due = sa.or_(_c.tanda != 0, _c.creado_en < cutoff, _c.plazo < now + URGENT)
            ready = sa.or_(_c.desde.is_(None), _c.desde <= now)
            try:
                made += len(self._send(company, [is_due, ready]))
            except (EmitirError, LookupError, ValueError) as error:  # of one company: the others go on
                logger.warning("the resumen of %s waits: %r", company.ruc, error)
        return made

    def resumen(self, company: Company, fecha: date | None = None) -> ResumenResult:
        """Send everything of the company that waits (of that date of issue only), whatever the hour.

        Raises EmitirError when the company cannot sign or send.
        """
        envios = self._send(company, [] if fecha is None else [_c.fecha_emision == fecha])
        count = sa.select(sa.func.count()).select_from(COMPROBANTE).where(*_waiting(company))
        informed = sa.select(sa.func.count()).where(
            RELACION.c.envio_id.in_([envio.id for envio in envios]), RELACION.c.accion == INFORME
        )
        with self._database.read() as connection:
            waiting, told = connection.scalar(count), connection.scalar(informed)
        return ResumenResult(tuple(envios), told or 0, waiting or 0)

    def _send(self, company: Company, conditions: Sequence[sa.ColumnElement[bool]]) -> list[Comprobante]:
        """Make resúmenes until nothing that meets the conditions waits."""
        made: list[Comprobante] = []
        runtime = self._runtimes.get(company)
        problems = runtime.country.check_signer(company.settings, runtime.signer, self._clock())
        if problems:
            raise EmitirError(problems)
        eligible = [*_waiting(company), modifies_nothing_unsettled(), *conditions]
        query = sa.select(_c.fecha_emision, _c.tanda).where(*eligible).distinct().order_by(*_ORDER)
        with self._database.read() as connection:
            batches = [_Batch(*row) for row in connection.execute(query)]
        for batch in batches:
            here = [*eligible, _c.fecha_emision == batch.fecha, _c.tanda == batch.tanda]
            while (envio := self._make(company, runtime, here)) is not None:
                made.append(envio)
                self._start(envio, envio.generacion)
        return made

    def _make(
        self, company: Company, runtime: Runtime, conditions: Sequence[sa.ColumnElement[bool]]
    ) -> Comprobante | None:
        """One resumen of what meets the conditions; ``None`` when nothing is left."""
        country = runtime.country
        if not isinstance(country, Batches):
            return None
        now = self._clock()
        with self._database.read() as connection:
            sample = _records(connection, conditions, 1)
        if not sample:
            return None
        taken: list[Mapping[str, Any]] = []

        def claim(connection: Connection) -> Claim | None:
            rows = _records(connection, conditions, country.resumen_size, lock=True)
            if not rows:
                return None
            taken.extend(record for _, record in rows)
            ids = tuple(one for one, _ in rows)
            values = {"estado": ENVIANDO, "detalle": "", "desde": None, "cambiado_en": now}
            connection.execute(sa.update(COMPROBANTE).where(_c.id.in_(ids)).values(values))
            return Claim(INFORME, ids)

        def build(correlativo: int) -> Prepared:
            return country.resumen(taken, company.settings, now, correlativo)

        first = country.resumen([sample[0][1]], company.settings, now, 1)
        return self._envios.create(company, runtime, first, claim, build)


_ORDER = (_c.fecha_emision, _c.tanda)


def _waiting(company: Company | None = None) -> list[sa.ColumnElement[bool]]:
    found = [
        ATTENTION,
        _c.estado == POR_ENVIAR,
        _c.canal == EN_RESUMEN,
    ]
    if company is not None:
        found += [_c.empresa_id == company.id, _c.ambiente == company.ambiente]
    return found


def modifies_nothing_unsettled() -> sa.ColumnElement[bool]:
    """A nota goes after what it modifies was accepted."""
    other = COMPROBANTE.alias("modificado")
    return ~(
        sa.exists()
        .where(RELACION.c.envio_id == _c.id, RELACION.c.accion == MODIFICA)
        .where(other.c.id == RELACION.c.comprobante_id, other.c.estado.notin_((ACEPTADO, OBSERVADO)))
        .correlate(COMPROBANTE)
    )


def _records(
    connection: Connection,
    conditions: Sequence[sa.ColumnElement[bool]],
    limit: int,
    lock: bool = False,
) -> list[tuple[int, Mapping[str, Any]]]:
    query = (
        sa.select(_c.id, ARCHIVO.c.contenido)
        .join(ARCHIVO, relations.record_of_document())
        .where(*conditions)
        .order_by(_c.tipo, _c.serie, _c.numero)
        .limit(limit)
    )
    if lock:
        query = query.with_for_update(of=COMPROBANTE)
    return [(row.id, relations.read_record(row.contenido)) for row in connection.execute(query)]
