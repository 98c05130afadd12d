"""Lotes: which documents go together, and the files that bring them. Safe to run in any number of processes.

A lote is made in one commit that takes its documents out of those that wait, as a resumen is. It is full, or the first of
its documents has waited for as long as its company says.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.country import Prepared
from emitir.country_lotes import Packs
from emitir.engine.comprobante import EN_LOTE, ENVIANDO, POR_ENVIAR, Comprobante
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.runtimes import Runtimes
from emitir.engine.envios.envios import Claim, Envios
from emitir.engine.envios.resumenes import modifies_nothing_unsettled
from emitir.engine.storage.archive import XML
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import ARCHIVO, ATTENTION, COMPROBANTE, EMPRESA
from emitir.engine.work.effects import LOTE
from emitir.errors import EmitirError

logger = logging.getLogger("emitir.engine")

_c = COMPROBANTE.c


class Lotes:
    """``start`` hands a lote and its generation to the workflows."""

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
        """Send the lotes that are full or have waited long enough, of every company: how many were made."""
        query = (
            sa.select(_c.empresa_id, _c.tipo, sa.func.count(), sa.func.min(_c.cambiado_en))
            .join(EMPRESA, sa.and_(EMPRESA.c.id == _c.empresa_id, EMPRESA.c.ambiente == _c.ambiente))
            .where(*_waiting(), modifies_nothing_unsettled())
            .group_by(_c.empresa_id, _c.tipo)
        )
        with self._database.read() as connection:
            found = [tuple(row) for row in connection.execute(query)]
        made = 0
        for company_id, tipo, count, since in found:
            company = self._companies.by_id(company_id)
            country = self._companies.country(company.pais)
            if not isinstance(country, Packs):
                continue
            ripe = self._clock() >= since + country.lote_wait(company.settings)
            try:
                # Those beyond the last full lote wait for others, unless their time is up.
                lotes = count // country.lote_size + (ripe and count % country.lote_size > 0)
                made += self._send(company, country, tipo, lotes)
            except (EmitirError, LookupError, ValueError) as error:  # of one company: the others go on
                logger.warning("the lotes of %s wait: %r", company.ruc, error)
        return made

    def _send(self, company: Company, country: Packs, tipo: str, most: int) -> int:
        made = 0
        runtime = self._runtimes.get(company)
        conditions = [
            *_waiting(),
            modifies_nothing_unsettled(),
            _c.empresa_id == company.id,
            _c.ambiente == company.ambiente,
            _c.tipo == tipo,
        ]
        while made < most:
            now = self._clock()
            files: list[bytes] = []

            def claim(
                connection: Connection, now: datetime = now, files: list[bytes] = files
            ) -> Claim | None:
                rows = _documents(connection, conditions, country)
                if not rows:
                    return None
                ids = tuple(one for one, _ in rows)
                files.extend(xml for _, xml in rows)
                values = {"estado": ENVIANDO, "detalle": "", "cambiado_en": now}
                connection.execute(sa.update(COMPROBANTE).where(_c.id.in_(ids)).values(values))
                return Claim(LOTE, ids)

            def build(correlativo: int, now: datetime = now, files: list[bytes] = files) -> Prepared:
                return country.lote(files, company.settings, now, correlativo)

            first = country.lote([], company.settings, now, 1)
            envio = self._envios.create(company, runtime, first, claim, build)
            if envio is None:
                break
            made += 1
            self._start(envio, envio.generacion)
        return made


def _waiting() -> list[sa.ColumnElement[bool]]:
    return [
        ATTENTION,
        _c.estado == POR_ENVIAR,
        _c.canal == EN_LOTE,
    ]


def _documents(
    connection: Connection, conditions: Sequence[sa.ColumnElement[bool]], country: Packs
) -> list[tuple[int, bytes]]:
    """Id and signed bytes of the documents of one lote, oldest first; as many as fit."""
    query = (
        sa.select(_c.id, ARCHIVO.c.contenido)
        .join(
            ARCHIVO,
            sa.and_(
                ARCHIVO.c.comprobante_id == _c.id,
                ARCHIVO.c.revision == _c.revision,
                ARCHIVO.c.clase == XML,
            ),
        )
        .where(*conditions)
        .order_by(_c.id)
        .limit(country.lote_size)
        .with_for_update(of=COMPROBANTE)
    )
    taken: list[tuple[int, bytes]] = []
    size = 0
    for row in connection.execute(query):
        size += len(row.contenido)
        if taken and size > country.lote_bytes:
            break
        taken.append((row.id, row.contenido))
    return taken
