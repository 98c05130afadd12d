"""``buscar``: documents of a company by what people know of them. Reads only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from emitir.engine.comprobante import (
    ACEPTADO,
    BAJA_ACEPTADA,
    BAJA_EN_PROCESO,
    BAJA_PEDIDA,
    BAJA_PENDIENTE,
    DADO_DE_BAJA,
    OBSERVADO,
    PENDING,
)
from emitir.engine.empresas.company import Company
from emitir.engine.results import Filtro, Pagina
from emitir.engine.storage.database import Database
from emitir.engine.storage.rows import to_comprobante
from emitir.engine.storage.statements import in_serie
from emitir.engine.storage.tables import ATTENTION, COMPROBANTE
from emitir.error_codes import FORMATO_INVALIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: ``estado`` of a search for everything that has no verdict yet.
PENDIENTE = "pendiente"

_c = COMPROBANTE.c
_Condition = sa.ColumnElement[bool]
_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,18})", re.ASCII)
_NUMBER = re.compile(r"([A-Za-z0-9-]{1,20})-0*(\d{1,15})", re.ASCII)


def search(database: Database, company: Company, filtro: Filtro, limit: int, after: str) -> Pagina:
    """One page: newest date of issue first, the later issued first within a day.

    ``after``: ``Pagina.siguiente`` of the page before. Raises ``FORMATO_INVALIDO`` for one that is none.
    """
    query = (
        sa.select(COMPROBANTE)
        .where(_c.empresa_id == company.id, _c.ambiente == company.ambiente, *_conditions(filtro))
        .order_by(_c.fecha_emision.desc(), _c.id.desc())
        .limit(limit + 1)
    )
    if after:
        query = query.where(_behind(after))
    with database.read() as connection:
        rows: Sequence[sa.Row[Any]] = ()
        if filtro.texto and not after:
            # What is a whole name of a document is found at once by an index; only the rest reads them all.
            rows = connection.execute(query.where(_named(filtro.texto))).all()
        if not rows:
            also = [_customer(filtro.texto)] if filtro.texto else []
            rows = connection.execute(query.where(*also)).all()
    found = [to_comprobante(row._asdict()) for row in rows]
    page = tuple(found[:limit])
    last = page[-1] if len(found) > limit else None
    return Pagina(page, f"{last.fecha_emision.isoformat()}.{last.id}" if last else "")


def _conditions(filtro: Filtro) -> list[_Condition]:
    equal = {"tipo": filtro.tipo, "moneda": filtro.moneda.upper()}
    conditions = [_c.clase == filtro.clase, *(_c[name] == value for name, value in equal.items() if value)]
    bounds = (
        (filtro.numero_desde, _c.numero.__ge__),
        (filtro.numero_hasta, _c.numero.__le__),
        (filtro.desde, _c.fecha_emision.__ge__),
        (filtro.hasta, _c.fecha_emision.__le__),
    )
    conditions += [compare(value) for value, compare in bounds if value is not None]
    if filtro.serie:
        conditions.append(in_serie(filtro.serie.upper()))
    if filtro.estado:
        conditions.append(_in_state(filtro.estado))
    if filtro.cliente:
        conditions.append(_customer(filtro.cliente))
    return conditions


def _in_state(estado: str) -> _Condition:
    """As the wire names states: a baja comes before what the authority said of the document."""
    annulled = (BAJA_PEDIDA, BAJA_EN_PROCESO, BAJA_ACEPTADA)
    if estado == DADO_DE_BAJA:
        return _c.baja_estado == BAJA_ACEPTADA
    if estado == BAJA_PENDIENTE:
        return _c.baja_estado.in_((BAJA_PEDIDA, BAJA_EN_PROCESO))
    states = sorted(PENDING) if estado == PENDIENTE else [estado]
    found = [_c.estado.in_(states), _c.baja_estado.not_in(annulled)]
    return sa.and_(*found) if {ACEPTADO, OBSERVADO} & set(states) else sa.and_(ATTENTION, *found)


def _customer(text: str) -> _Condition:
    """Part of the name, whatever the case, or the beginning of the number."""
    # SQLite folds the case of ASCII letters only, and names are mostly stored in capitals: both are asked.
    return sa.or_(
        _c.receptor_nombre.icontains(text, autoescape=True),
        _c.receptor_nombre.contains(text.upper(), autoescape=True),
        _c.receptor_numero.startswith(text, autoescape=True),
    )


def _named(text: str) -> _Condition:
    """``F001-21``, a whole ``codigo_documento`` or a referencia."""
    choices = [_c.codigo_documento == text.upper(), _c.referencia == text]
    number = _NUMBER.fullmatch(text)
    if number is not None:
        choices.append(sa.and_(_c.numero == int(number.group(2)), in_serie(number.group(1).upper())))
    return sa.or_(*choices)


def _behind(cursor: str) -> _Condition:
    match = _CURSOR.fullmatch(cursor)
    try:
        day, last = date.fromisoformat(match.group(1) if match else ""), int(match.group(2) if match else 0)
    except ValueError:
        text = N_("Debe ser el valor de «siguiente» que respondió la página anterior.")
        raise EmitirError(Problem(FORMATO_INVALIDO, text, "despues_de")) from None
    return sa.or_(_c.fecha_emision < day, sa.and_(_c.fecha_emision == day, _c.id < last))
