"""Deliveries in the database: committed with what asks for them, taken by one, closed once. Table ``entrega``."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from emitir.clock import Clock
from emitir.engine.entregas.deliveries import (
    CORREO,
    ENTREGADO,
    ENVIANDO,
    FALLIDO,
    LEASE,
    LIFETIME,
    PENDIENTE,
    Delivered,
    Delivery,
    Failed,
    Later,
    Outcome,
    Waiting,
    pause_after,
    said,
)
from emitir.engine.events import CORREO_FALLIDO, event, write
from emitir.engine.storage.database import Database
from emitir.engine.storage.rows import clean, to_comprobante
from emitir.engine.storage.statements import BY_ID
from emitir.engine.storage.tables import ENTREGA
from emitir.i18n import N_

_c = ENTREGA.c
#: Longest last error that is kept.
_DETAIL_LENGTH = 500

_DUE = (
    sa.select(_c.grupo, _c.empresa_id, _c.clase, sa.func.min(_c.proximo).label("desde"))
    .where(
        _c.proximo <= sa.bindparam("b_now"),
        _c.empresa_id.not_in(sa.bindparam("b_without", expanding=True)),
    )
    .group_by(_c.grupo, _c.empresa_id, _c.clase)
    .order_by(sa.text("desde"))
    .limit(sa.bindparam("b_limit"))
)
_TAKE = (
    sa.update(ENTREGA)
    .where(_c.grupo == sa.bindparam("b_grupo"), _c.proximo <= sa.bindparam("b_now"))
    .values(intentos=_c.intentos + 1)
    .returning(*_c)
)


class DeliveryStore:
    """Every method that takes no connection is one transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        connection: Connection,
        clase: str,
        destinos: Sequence[str],
        contenido: Mapping[str, Any],
        *,
        empresa_id: int,
        comprobante_id: int | None = None,
        evento_id: int | None = None,
        huella: str = "",
    ) -> str:
        """One message to some addresses, in the transaction of ``connection``: the name of its group."""
        now = self._clock()
        grupo = uuid.uuid4().hex
        common = {
            "empresa_id": empresa_id,
            "comprobante_id": comprobante_id,
            "evento_id": evento_id,
            "clase": clase,
            "grupo": grupo,
            "contenido": dict(contenido),
            "huella": huella,
            "estado": PENDIENTE,
            "intentos": 0,
            "detalle": "",
            "ejecutor": "",
            "proximo": now,
            "hasta": now + LIFETIME,
            "creado_en": now,
            "cambiado_en": now,
        }
        connection.execute(sa.insert(ENTREGA), [{**common, "destino": destino} for destino in destinos])
        return grupo

    def group(self, grupo: str) -> list[Delivery]:
        """The deliveries of one message, in the order of its addresses."""
        return self._many(_c.grupo == grupo)

    def of_document(self, comprobante_id: int, clase: str) -> list[Delivery]:
        """What was sent, or is to be sent, about a comprobante, oldest first."""
        return self._many(_c.comprobante_id == comprobante_id, _c.clase == clase)

    def due(self, limit: int, without: Collection[int] = ()) -> list[tuple[str, int, str]]:
        """Groups whose time has come, but for those of some companies: name, company, class; the longest waiting
        first."""
        asked = {"b_now": self._clock(), "b_limit": limit, "b_without": list(without)}
        with self._database.read() as connection:
            rows = connection.execute(_DUE, asked).all()
        return [(row.grupo, row.empresa_id, row.clase) for row in rows]

    def take(self, grupo: str, executor: str) -> list[Delivery]:
        """Commit the intent to send what is due of a group; empty when another was first."""
        now = self._clock()
        values = {"estado": ENVIANDO, "proximo": now + LEASE, "ejecutor": executor, "cambiado_en": now}
        with self._database.write() as connection:
            rows = connection.execute(_TAKE, {"b_grupo": grupo, "b_now": now, **values}).all()
        return sorted((_to_delivery(row) for row in rows), key=lambda delivery: delivery.id)

    def close(self, taken: Sequence[tuple[Delivery, Outcome]]) -> None:
        """Record how sendings ended, those that are still ours."""
        now = self._clock()
        with self._database.write() as connection:
            for delivery, outcome in taken:
                mine = (_c.id == delivery.id, _c.intentos == delivery.intentos, _c.estado == ENVIANDO)
                values = {**_values(delivery, outcome, now), "ejecutor": "", "cambiado_en": now}
                closed = connection.execute(sa.update(ENTREGA).where(*mine).values(values)).rowcount
                if closed and values["estado"] == FALLIDO and delivery.clase == CORREO:
                    _tell(connection, delivery, values["detalle"], now)

    def recover(self, executor: str) -> int:
        """What an earlier process left under this executor's name is due now: how many. Nobody else works
        under that name."""
        with self._database.write() as connection:
            return connection.execute(
                sa.update(ENTREGA)
                .where(_c.estado == ENVIANDO, _c.ejecutor == executor)
                .values(estado=PENDIENTE, ejecutor="", proximo=self._clock())
            ).rowcount

    def recent(self, connection: Connection, comprobante_id: int, huella: str, seconds: float) -> str | None:
        """The group of the same request made that short a time ago, unless some of it failed."""
        since = self._clock() - timedelta(seconds=seconds)
        same = (_c.comprobante_id == comprobante_id, _c.huella == huella, _c.creado_en > since)
        rows = connection.execute(sa.select(_c.grupo, _c.estado).where(*same).order_by(_c.id.desc())).all()
        if not rows or any(row.estado == FALLIDO for row in rows if row.grupo == rows[0].grupo):
            return None
        return str(rows[0].grupo)

    def _many(self, *conditions: sa.ColumnElement[bool]) -> list[Delivery]:
        with self._database.read() as connection:
            rows = connection.execute(sa.select(ENTREGA).where(*conditions).order_by(_c.id)).all()
        return [_to_delivery(row) for row in rows]


def _tell(connection: Connection, delivery: Delivery, detail: str, now: datetime) -> None:
    """A mail that will not arrive is an event: somebody has to ask for the right address."""
    found = connection.execute(BY_ID, {"b_id": delivery.comprobante_id}).one()
    more = {"destino": delivery.destino, "detalle": detail}
    write(connection, [event(to_comprobante(found._asdict()), CORREO_FALLIDO, now, **more)])


def _values(delivery: Delivery, outcome: Outcome, now: datetime) -> dict[str, Any]:
    detail = clean(outcome.detail)[:_DETAIL_LENGTH]
    match outcome:
        case Delivered():
            return {"estado": ENTREGADO, "proximo": None, "detalle": detail, "entregado_en": now}
        case Failed():
            return {"estado": FALLIDO, "proximo": None, "detalle": detail}
        case Waiting(seconds):
            # Nothing was sent: neither an attempt, nor part of the time for which it is tried.
            return {
                "estado": PENDIENTE,
                "proximo": now + timedelta(seconds=seconds),
                "hasta": now + LIFETIME,
                "intentos": delivery.intentos - 1,
                "detalle": detail,
            }
        case Later():
            proximo = now + pause_after(delivery.intentos)
            if proximo > delivery.hasta:
                text = said(N_("Se intentó durante {dias} días. {motivo}"), dias=LIFETIME.days, motivo=detail)
                return {"estado": FALLIDO, "proximo": None, "detalle": text[:_DETAIL_LENGTH]}
            return {"estado": PENDIENTE, "proximo": proximo, "detalle": detail}


def _to_delivery(row: Row[Any]) -> Delivery:
    return Delivery(**row._asdict())
