"""What no document tells: certificates that run out, an authority that is down and comes back.

Looked at when the bot asks for alerts, once a minute at most; each thing is announced once, whoever looks.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.engine.chats.avisos_spread import announce
from emitir.engine.storage.bot_tables import VIGILANCIA, VINCULO
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import COMPROBANTE, EMPRESA, INTENTO
from emitir.signing.certificates import describe_certificate

CERTIFICADO, AUTORIDAD_CAIDA, AUTORIDAD_VUELVE = "certificado", "autoridad_caida", "autoridad_vuelve"
#: Days before the end of a certificate on which it is announced; 0 is the moment after it.
DAYS = (30, 7, 1, 0)
#: Days after its end on which somebody who asks for alerts only then is still told.
_EXPIRED_FOR = 30
#: The authority is down when nothing else came back for this long, in this many attempts at least.
_DOWN_FOR, _DOWN_ATTEMPTS = timedelta(minutes=3), 3
#: What is older says nothing of now.
_RECENT = timedelta(minutes=30)
_PAUSE = timedelta(minutes=1)
_ANSWERS, _DOWN = "responde", "caida"

_w, _i, _c = VIGILANCIA.c, INTENTO.c, COMPROBANTE.c


class Vigilancia:
    """Over the companies that have a link."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._looked: datetime | None = None

    def look(self) -> None:
        """Announce what changed since the last look."""
        now = self._clock()
        if self._looked is not None and abs(now - self._looked) < _PAUSE:
            return
        self._looked = now
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
        if not -_EXPIRED_FOR <= days <= DAYS[0]:
            return
        expired = facts.valid_to <= now
        step = 0 if expired else min(limit for limit in DAYS if limit and days <= limit)
        datos = {"vence": facts.valid_to.date().isoformat(), "dias": days}
        clave = f"cert:{facts.serial[:40]}:{step}"
        with self._database.write() as connection:
            announce(connection, empresa_id, CERTIFICADO, CERTIFICADO, clave, datos, now, now)

    def _changed(self, empresa_id: int, state: str, now: datetime) -> None:
        """Several processes may look at the same moment: the conditional update lets one of them tell it."""
        known = {"empresa_id": empresa_id, "clase": "autoridad", "estado": _ANSWERS, "desde": now}
        change = (
            sa.update(VIGILANCIA)
            .where(_w.empresa_id == empresa_id, _w.clase == "autoridad", _w.estado != state)
            .values(estado=state, desde=now)
            .returning(_w.empresa_id)
        )
        with self._database.write() as connection:
            insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(VIGILANCIA)
            connection.execute(insert.values(known).on_conflict_do_nothing())
            if connection.execute(change).one_or_none() is None:
                return
            clase = AUTORIDAD_CAIDA if state == _DOWN else AUTORIDAD_VUELVE
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
        return _ANSWERS
    long_enough = now - min(without) >= _DOWN_FOR
    return _DOWN if long_enough and len(without) >= _DOWN_ATTEMPTS else ""
