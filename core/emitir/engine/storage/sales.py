"""``resumen_ventas``: what was sold between two dates, by currency, type and day. Sums are exact Decimals.

A nota de crédito takes away, a document without validity (rejected, never received, annulled) does not count,
and one that still waits for its verdict does: it was sold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.country import Country, Sells
from emitir.engine.comprobante import BAJA_ACEPTADA, COMPROBANTE, NO_ENVIADO, NO_RECIBIDO, PENDING, RECHAZADO
from emitir.engine.empresas.company import Company
from emitir.engine.storage.database import Database
from emitir.engine.storage.relations import record_of_document
from emitir.engine.storage.tables import ARCHIVO
from emitir.engine.storage.tables import COMPROBANTE as TABLE

_c = TABLE.c
_DEAD = frozenset({RECHAZADO, NO_RECIBIDO, NO_ENVIADO})


@dataclass(slots=True)
class Sum:
    """``cantidad`` documents worth ``total``, of which ``igv`` is tax."""

    cantidad: int = 0
    total: Decimal = field(default_factory=lambda: Decimal("0.00"))
    igv: Decimal = field(default_factory=lambda: Decimal("0.00"))

    def add(self, total: Decimal, igv: Decimal, sign: int) -> None:
        """One document more; ``sign`` -1 takes its amounts away."""
        self.cantidad += 1
        self.total += sign * total
        self.igv += sign * igv


@dataclass(slots=True)
class Sales:
    """``por_moneda``: what was sold. ``por_tipo``: by type and currency, each with its own sign. ``por_dia``: by
    date of issue and currency. ``pendientes``, ``rechazados``, ``anulados``: how many documents."""

    desde: date
    hasta: date
    por_moneda: dict[str, Sum] = field(default_factory=dict)
    por_tipo: dict[tuple[str, str], Sum] = field(default_factory=dict)
    por_dia: dict[tuple[date, str], Sum] = field(default_factory=dict)
    pendientes: int = 0
    rechazados: int = 0
    anulados: int = 0


def sales(database: Database, country: Country, company: Company, desde: date, hasta: date) -> Sales:
    """Of documents issued from ``desde`` to ``hasta``, both included, in the company's present ambiente."""
    found = Sales(desde, hasta)
    with database.read() as connection:
        for tipo, moneda, fecha, total, igv, estado, baja in _rows(connection, company, desde, hasta):
            if baja == BAJA_ACEPTADA:
                found.anulados += 1
                continue
            if estado in _DEAD:
                found.rechazados += estado == RECHAZADO
                continue
            found.pendientes += estado in PENDING
            sign = country.sales_sign(tipo) if isinstance(country, Sells) else 1
            tax = Decimal(igv or 0)
            found.por_tipo.setdefault((tipo, moneda), Sum()).add(total, tax, 1)
            found.por_moneda.setdefault(moneda, Sum()).add(total, tax, sign)
            found.por_dia.setdefault((fecha, moneda), Sum()).add(total, tax, sign)
    return found


def before(desde: date, hasta: date) -> tuple[date, date]:
    """The period of the same length that ended the day before."""
    last = desde - timedelta(days=1)
    return last - (hasta - desde), last


_Row = tuple[str, str, date, Decimal, str | None, str, str]


def _rows(connection: Connection, company: Company, desde: date, hasta: date) -> Iterable[_Row]:
    content = ARCHIVO.c.contenido
    # Only the tax comes out of a record, which holds every line of its document.
    igv = (
        sa.func.json_extract(sa.cast(content, sa.Text), "$.totales.igv")
        if connection.dialect.name == "sqlite"
        else sa.literal_column("convert_from(archivo.contenido, 'UTF8')::json -> 'totales' ->> 'igv'")
    )
    query = (
        sa.select(_c.tipo, _c.moneda, _c.fecha_emision, _c.total, igv, _c.estado, _c.baja_estado)
        .outerjoin_from(TABLE, ARCHIVO, record_of_document())
        .where(
            _c.empresa_id == company.id,
            _c.ambiente == company.ambiente,
            _c.fecha_emision.between(desde, hasta),
            _c.clase == COMPROBANTE,
        )
        .order_by(_c.fecha_emision, _c.id)
    )
    for row in connection.execute(query.execution_options(yield_per=1000)):
        tipo, moneda, fecha, total, tax, estado, baja = row
        yield tipo, moneda, fecha, total, tax, estado, baja
