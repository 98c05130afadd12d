"""What no document tells: certificates that run out, an authority that is down and comes back.

Looked at when the bot asks for alerts, once a minute at most; each thing is announced once, whoever looks.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.engine.chats.avisos_spread import announce
from emitir.engine.storage.bot_tables import VIGILANCIA, VINCULO
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import COMPROBANTE, EMPRESA, INTENTO
from emitir.signing.certificates import describe_certificate

CERTIFICADO, AUTORIDAD_CAIDA, AUTORIDAD_VUELVE = "certificado", "autoridad_caida", "autoridad_vuelve"
#: Days before the end of a certificate on which it is announced.
DAYS = (30, 7, 1)
#: The authority is down when nothing else came back for this long, in this many attempts at least.
_DOWN_FOR, _DOWN_ATTEMPTS = timedelta(minutes=3), 3
#: What is older says nothing of now.
_RECENT = timedelta(minutes=30)
_PAUSE = 60.0

_w, _i, _c = VIGILANCIA.c, INTENTO.c, COMPROBANTE.c


class Vigilancia:
    """Over the companies that have a link."""

    def __init__(self, database: Database, clock: Clock, pause: float = _PAUSE) -> None:
        self._database = database
        self._clock = clock
        self._pause = pause
        self._looked = float("-inf")

    def look(self) -> None:
        """Announce what changed since the last look."""
        if time.monotonic() - self._looked < self._pause:
            return
        self._looked = time.monotonic()
        now = self._clock()
        linked = sa.select(VINCULO.c.empresa_id).where(VINCULO.c.revocado_en.is_(None))
        query = sa.select(EMPRESA.c.id, EMPRESA.c.certificado_der, EMPRESA.c.ambiente)
        with self._database.read() as connection:
            companies = connection.execute(query.where(EMPRESA.c.id.in_(linked))).all()
            states = {one.id: _authority(connection, one.id, one.ambiente, now) for one in companies}
        for one in companies:
            if one.certificado_der is not None:
                self._certificate(one.id, one.certificado_der, now)
            if states[one.id]:
                self._changed(one.id, states[one.id], now)

    def _certificate(self, empresa_id: int, der: bytes, now: datetime) -> None:
        facts = describe_certificate(der)
        days = facts.days_left(now)
        if days < 0 or days > DAYS[0]:
            return
        step = min(limit for limit in DAYS if days <= limit)
        datos = {"vence": facts.valid_to.date().isoformat(), "dias": days}
        clave = f"cert:{facts.serial[:40]}:{step}"
        with self._database.write() as connection:
            announce(connection, empresa_id, CERTIFICADO, CERTIFICADO, clave, datos, now, now)

    def _changed(self, empresa_id: int, state: str, now: datetime) -> None:
        with self._database.write() as connection:
            which = sa.and_(_w.empresa_id == empresa_id, _w.clase == "autoridad")
            row = connection.execute(sa.select(VIGILANCIA).where(which)).one_or_none()
            before = "responde" if row is None else row.estado
            if before == state:
                return
            values: dict[str, Any] = {"estado": state, "desde": now}
            if row is None:
                connection.execute(
                    sa.insert(VIGILANCIA).values(empresa_id=empresa_id, clase="autoridad", **values)
                )
            else:
                connection.execute(sa.update(VIGILANCIA).where(which).values(values))
            clase = AUTORIDAD_CAIDA if state == "caida" else AUTORIDAD_VUELVE
            clave = f"{clase}:{int(now.timestamp())}"
            datos = {"desde": now.isoformat(timespec="seconds")}
            announce(connection, empresa_id, "autoridad", clase, clave, datos, now, now)


def _authority(connection: Connection, empresa_id: int, ambiente: str, now: datetime) -> str:
    """``caida``, ``responde``, or empty when nothing recent tells."""
    query = (
        sa.select(_i.resultado, _i.terminado_en)
        .join(COMPROBANTE, _c.id == _i.comprobante_id)
        .where(
            _c.empresa_id == empresa_id,
            _c.ambiente == ambiente,
            _i.terminado_en > now - _RECENT,
            _i.resultado != "no_verdict:unsupported",
        )
        .order_by(_i.id.desc())
        .limit(50)
    )
    without = []
    for row in connection.execute(query):
        if not row.resultado.startswith("no_verdict"):
            break
        without.append(row.terminado_en)
    else:
        if not without:
            return ""
    if not without:
        return "responde"
    long_enough = now - min(without) >= _DOWN_FOR
    return "caida" if long_enough and len(without) >= _DOWN_ATTEMPTS else ""
