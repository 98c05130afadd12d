"""Which document says what of which: the table ``relacion``. Functions run in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.country import Stored
from emitir.engine.comprobante import NO_RECIBIDO
from emitir.engine.storage.tables import ARCHIVO, COMPROBANTE, RELACION
from emitir.engine.work.effects import BAJA, INFORME, LOTE, MODIFICA, Related

PEDIDA, EN_PROCESO, ACEPTADA, RECHAZADA = "pedida", "en_proceso", "aceptada", "rechazada"
#: Its envio's verdict was lost; another envio asks again.
REPETIDA = "repetida"

REGISTRO = "registro"

_r, _c = RELACION.c, COMPROBANTE.c


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of ``relacion``."""

    id: int
    envio_id: int | None
    comprobante_id: int
    accion: str
    estado: str
    motivo: str
    detalle: str


def add(
    connection: Connection,
    accion: str,
    envio_id: int | None,
    comprobante_ids: Iterable[int],
    now: datetime,
    estado: str = EN_PROCESO,
    motivo: str = "",
    detalle: str = "",
) -> None:
    """One row for each document."""
    rows = [
        {
            "envio_id": envio_id,
            "comprobante_id": one,
            "accion": accion,
            "estado": estado,
            "motivo": motivo,
            "detalle": detalle,
            "creado_en": now,
            "cambiado_en": now,
        }
        for one in comprobante_ids
    ]
    if rows:
        connection.execute(sa.insert(RELACION), rows)


def change(
    connection: Connection,
    ids: Sequence[int],
    now: datetime,
    estado: str,
    detalle: str | None = None,
    envio_id: int | None = None,
) -> None:
    """Change rows by id; what is ``None`` stays."""
    values: dict[str, Any] = {"estado": estado, "cambiado_en": now}
    if detalle is not None:
        values["detalle"] = detalle
    if envio_id is not None:
        values["envio_id"] = envio_id
    if ids:
        connection.execute(sa.update(RELACION).where(_r.id.in_(ids)).values(values))


def close(connection: Connection, envio_id: int, accion: str, estado: str, now: datetime) -> None:
    """Say how what a file says ended, of all relations of that kind."""
    values = {"estado": estado, "cambiado_en": now}
    connection.execute(sa.update(RELACION).where(_r.envio_id == envio_id, _r.accion == accion).values(values))


def latest(connection: Connection, comprobante_id: int, accion: str) -> Relation | None:
    """The newest relation of that kind in which the document is the one spoken of."""
    query = (
        sa.select(*(_r[name] for name in Relation.__dataclass_fields__))
        .where(_r.comprobante_id == comprobante_id, _r.accion == accion)
        .order_by(_r.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Relation(**row._asdict())


def forget(connection: Connection, envio_id: int, accion: str) -> None:
    """Drop what a document said of others, before it says something else."""
    connection.execute(sa.delete(RELACION).where(_r.envio_id == envio_id, _r.accion == accion))


def count_used(connection: Connection, comprobante_ids: Sequence[int]) -> int:
    """How many notas modify these documents, those left out whose number is free."""
    query = (
        sa.select(sa.func.count())
        .select_from(RELACION)
        .join(COMPROBANTE, _c.id == _r.envio_id)
        .where(_r.comprobante_id.in_(comprobante_ids), _r.accion == MODIFICA)
        .where(_c.estado != NO_RECIBIDO, ~_c.libre)
    )
    found: int = connection.execute(query).scalar_one()
    return found


def notas_on(connection: Connection, comprobante_id: int, before: int | None) -> list[Stored]:
    """The notas that modify a document, in the order in which they were issued."""
    query = (
        sa.select(_c.estado, _c.baja_estado, ARCHIVO.c.contenido)
        .select_from(RELACION)
        .join(COMPROBANTE, _c.id == _r.envio_id)
        .outerjoin(ARCHIVO, record_of_document())
        .where(_r.comprobante_id == comprobante_id, _r.accion == MODIFICA)
        .order_by(_c.id)
    )
    if before is not None:
        query = query.where(_c.id < before)
    return [
        Stored(read_record(row.contenido), row.estado, row.baja_estado) for row in connection.execute(query)
    ]


def of_envio(connection: Connection, envio_id: int) -> list[Relation]:
    """Every relation in which this document is the one that speaks."""
    query = (
        sa.select(*(_r[name] for name in Relation.__dataclass_fields__))
        .where(_r.envio_id == envio_id)
        .order_by(_r.id)
    )
    return [Relation(**row._asdict()) for row in connection.execute(query)]


def documents_of(connection: Connection, envio_id: int) -> list[Related]:
    """The documents of an envio that wait for its verdict, in the order of its lines, with their records."""
    antes = RELACION.alias("antes")
    earlier = (
        sa.select(sa.func.max(antes.c.envio_id))
        .where(
            antes.c.comprobante_id == _r.comprobante_id,
            antes.c.accion == _r.accion,
            antes.c.estado == REPETIDA,
        )
        .correlate(RELACION)
        .scalar_subquery()
    )
    query = (
        sa.select(
            _r.id,
            _r.comprobante_id,
            _r.accion,
            _c.codigo_documento,
            ARCHIVO.c.contenido,
            earlier.label("lost_in"),
        )
        .join(COMPROBANTE, _c.id == _r.comprobante_id)
        .outerjoin(ARCHIVO, record_of_document())
        .where(_r.envio_id == envio_id, _r.estado == EN_PROCESO, _r.accion.in_((BAJA, INFORME, LOTE)))
        .order_by(_r.id)
    )
    return [
        Related(
            row.id,
            row.comprobante_id,
            row.accion,
            read_record(row.contenido),
            row.lost_in or 0,
            row.codigo_documento,
        )
        for row in connection.execute(query)
    ]


def record_of_document() -> sa.ColumnElement[bool]:
    """The join from ``comprobante`` to the record of its present revision."""
    return sa.and_(
        ARCHIVO.c.comprobante_id == _c.id, ARCHIVO.c.revision == _c.revision, ARCHIVO.c.clase == REGISTRO
    )


def read_record(content: bytes | None) -> Mapping[str, Any]:
    """A stored record; ``{}`` for a document of before there were records."""
    if content is None:
        return {}
    record: Mapping[str, Any] = json.loads(content)
    return record
