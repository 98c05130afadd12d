"""Writes what the answer to a lote says into its documents, in the transaction that stores the answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.engine.comprobante import DIRECTO, EN_PROCESO, Comprobante
from emitir.engine.storage.rows import answer_values, file_values, outcome, to_comprobante
from emitir.engine.storage.statements import ADD_FILE, SETTLE
from emitir.engine.storage.tables import COMPROBANTE as TABLE
from emitir.engine.storage.tables import INTENTO
from emitir.engine.work.effects import Decision
from emitir.verdict import Final, InProcess

_c = TABLE.c
_CDR = "cdr"


def write(
    connection: Connection, envio: Comprobante, decisions: Sequence[Decision], now: datetime
) -> list[Comprobante]:
    """Settle the documents that the lote tells of; give the others to rounds of their own. The settled ones."""
    settled = []
    for decision in decisions:
        row = connection.execute(
            sa.select(TABLE).where(_c.id == decision.related.comprobante_id)
        ).one_or_none()
        if row is None:
            continue
        document = to_comprobante(row._asdict())
        _record(connection, envio, document, decision.verdict, now)
        if decision.verdict is None:
            _alone(connection, document, decision.detalle, now)
        elif (done := _settle(connection, document, decision.verdict, now)) is not None:
            settled.append(done)
    return settled


def _record(
    connection: Connection, envio: Comprobante, document: Comprobante, verdict: Final | None, now: datetime
) -> None:
    """The sending in the document's own log: whoever works on it next asks before anything goes out again."""
    name, code, detail = outcome(InProcess(envio.ticket) if verdict is None else verdict)
    values: dict[str, Any] = {
        "comprobante_id": document.id,
        "revision": document.revision,
        "generacion": document.generacion,
        "operacion": "submit",
        "ejecutor": envio.codigo_documento[:60],
        "empezado_en": envio.creado_en,
        "terminado_en": now,
        "resultado": name,
        "codigo": code,
        "detalle": detail,
    }
    connection.execute(sa.insert(INTENTO), values)


def _settle(
    connection: Connection, document: Comprobante, verdict: Final, now: datetime
) -> Comprobante | None:
    from emitir.engine.work.applying import settled

    # While it is in a lote it has no time by which it must have moved; SETTLE wants one, as of any document at work.
    connection.execute(
        sa.update(TABLE).where(_c.id == document.id, _c.resuelto_en.is_(None)).values(vence=time.time())
    )
    values = {**answer_values(verdict), "vence": None, "resuelto_en": now, "cambiado_en": now}
    key = {"b_id": document.id, "b_revision": document.revision}
    row = connection.execute(SETTLE, {**key, **values}).one_or_none()
    if row is None:
        return None
    if verdict.cdr is not None:
        connection.execute(ADD_FILE, file_values(document.id, document.revision, {_CDR: verdict.cdr}, now))
    return settled(connection, to_comprobante(row._asdict()), now)


def _alone(connection: Connection, document: Comprobante, detail: str, now: datetime) -> None:
    """From now on it goes by itself. Its time is now, so the watcher starts its round."""
    connection.execute(
        sa.update(TABLE)
        .where(_c.id == document.id, _c.resuelto_en.is_(None))
        .values(
            canal=DIRECTO,
            estado=EN_PROCESO,
            detalle=detail,
            vence=time.time(),
            generacion=document.generacion + 1,
            cambiado_en=now,
        )
    )
