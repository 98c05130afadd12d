"""From the outbox to the chats: an alert for each link that wants it, in the transaction that hands events out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from emitir.engine import events
from emitir.engine.storage.bot_tables import AVISO, BOT, VINCULO

#: Class of an event to the choice of ``/avisos`` that it belongs to; what is missing is told to nobody.
CHOICE_OF: Mapping[str, str] = {
    events.RECHAZADO: "rechazado",
    events.NO_RECIBIDO: "rechazado",
    events.OBSERVADO: "observado",
    events.POR_VENCER: "por_vencer",
    events.BAJA_ACEPTADA: "baja",
    events.BAJA_RECHAZADA: "baja",
    events.CORREO_FALLIDO: "correo",
}
_v = VINCULO.c


def spread(connection: Connection, rows: Iterable[Row[Any]], now: datetime) -> None:
    """``rows``: of ``evento``. Nobody is told what happened before they asked to be told."""
    for row in rows:
        if row.clase in CHOICE_OF:
            announce(
                connection,
                row.empresa_id,
                CHOICE_OF[row.clase],
                row.clase,
                f"evento:{row.id}",
                row.datos,
                row.creado_en,
                now,
            )


def announce(
    connection: Connection,
    empresa_id: int,
    choice: str,
    clase: str,
    clave: str,
    datos: Mapping[str, Any],
    happened: datetime,
    now: datetime,
) -> None:
    """An alert for every living link of the company that chose it. The same ``clave`` again does nothing."""
    wanted = (
        sa.select(_v.id, _v.avisos)
        .join(BOT, BOT.c.id == _v.bot_id)
        .where(
            _v.empresa_id == empresa_id,
            _v.revocado_en.is_(None),
            BOT.c.revocado_en.is_(None),
            _v.avisos_desde <= happened,
        )
    )
    values = [
        {
            "vinculo_id": link.id,
            "clave": clave,
            "clase": clase,
            "datos": dict(datos),
            "creado_en": happened,
            "proximo": now,
            "sesion": "",
            "intentos": 0,
        }
        for link in connection.execute(wanted)
        if choice in link.avisos
    ]
    if values:
        insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(AVISO)
        connection.execute(insert.on_conflict_do_nothing(), values)
