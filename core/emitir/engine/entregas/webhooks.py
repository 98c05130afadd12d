"""Events of the outbox to the company's own system: a signed POST each, at least once, told apart by its id.

Signature: ``X-Emitir-Firma: t=SECONDS,v1=HEX``, where HEX is HMAC-SHA256 of ``SECONDS.BODY`` under the secret
``webhook_secreto``. The time is part of what is signed, so that a call caught on its way cannot be used later.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from emitir import __version__
from emitir.clock import Clock
from emitir.engine.chats.avisos_spread import spread
from emitir.engine.empresas.companies import Companies
from emitir.engine.entregas.deliveries import WEBHOOK, Delivery, Failed, Later, Outcome, said
from emitir.engine.entregas.store import DeliveryStore
from emitir.engine.entregas.webhooks_http import post
from emitir.engine.entregas.webhooks_settings import WEBHOOK_SECRET, webhook_settings
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import COMPROBANTE, EMPRESA, EVENTO
from emitir.i18n import N_

_BATCH = 200

_UNTOLD = (
    sa.select(EVENTO, EMPRESA.c.uuid, EMPRESA.c.ajustes, COMPROBANTE.c.ambiente)
    .join(EMPRESA, EMPRESA.c.id == EVENTO.c.empresa_id)
    .join(COMPROBANTE, COMPROBANTE.c.id == EVENTO.c.comprobante_id)
    .where(EVENTO.c.repartido_en.is_(None))
    .order_by(EVENTO.c.id)
    .limit(_BATCH)
)
_ANY = sa.select(EVENTO.c.id).where(EVENTO.c.repartido_en.is_(None)).limit(1)


class Webhooks:
    """Makes deliveries of events, and sends them."""

    def __init__(
        self, database: Database, deliveries: DeliveryStore, companies: Companies, clock: Clock
    ) -> None:
        self._database = database
        self._deliveries = deliveries
        self._companies = companies
        self._clock = clock

    def hand_out(self) -> int:
        """A delivery for each event that somebody wants (and the bot's alerts), in the transaction that marks
        it ``repartido_en``: how many events."""
        with self._database.read() as connection:
            if connection.execute(_ANY).one_or_none() is None:
                return 0
        with self._database.write() as connection:
            rows = connection.execute(_UNTOLD.with_for_update(of=EVENTO, skip_locked=True)).all()
            for row in rows:
                wanted = webhook_settings(row.ajustes)
                if wanted is not None and wanted.wants(row.clase):
                    self._deliveries.add(
                        connection,
                        WEBHOOK,
                        [wanted.url],
                        _content(row),
                        empresa_id=row.empresa_id,
                        comprobante_id=row.comprobante_id,
                        evento_id=row.id,
                    )
            spread(connection, rows, self._clock())
            told = sa.update(EVENTO).where(EVENTO.c.id.in_([row.id for row in rows]))
            connection.execute(told.values(repartido_en=self._clock()))
        return len(rows)

    def send(self, taken: Sequence[Delivery]) -> Sequence[Outcome]:
        """Post the deliveries of one group, which is one event: the dispatcher's part."""
        return [self._send(delivery) for delivery in taken]

    def _send(self, delivery: Delivery) -> Outcome:
        company = self._companies.by_id(delivery.empresa_id)
        webhook = webhook_settings(company.ajustes)
        if webhook is None:
            return Failed(said(N_("La empresa quitó su webhook.")))
        secret = self._companies.open_secret(company, WEBHOOK_SECRET)
        if not secret:
            return Later(said(N_("Falta el secreto con que se firma el webhook.")))
        body = json.dumps(delivery.contenido, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": f"Emitir/{__version__}",
            "X-Emitir-Evento": str(delivery.contenido["id"]),
            "X-Emitir-Firma": signature(secret, int(self._clock().timestamp()), body),
        }
        return post(webhook.url, body, headers, webhook.red_privada)


def signature(secret: str, seconds: int, body: bytes) -> str:
    """The value of ``X-Emitir-Firma``. ``seconds``: since 1970-01-01 UTC."""
    made = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={made.hexdigest()}"


def _content(row: Row[Any]) -> dict[str, Any]:
    """What is posted: the same at every attempt."""
    return {
        "id": f"{row.uuid}-{row.id}",
        "evento": row.clase,
        "creado_en": row.creado_en.isoformat(timespec="seconds"),
        "empresa": row.uuid,
        "ambiente": row.ambiente,
        "datos": row.datos,
    }
