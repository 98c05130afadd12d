"""The outbox: what happened to a document, written in the transaction that changed it, so that nothing is lost.

Who tells others (mail, webhooks, the bot) takes the rows whose ``repartido_en`` is empty and sets it in the
transaction that makes its deliveries. Ids of PostgreSQL are not committed in order: do not remember the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.engine.comprobante import Comprobante
from emitir.engine.storage.tables import EVENTO

#: The authority's word on a comprobante: classes are named as its ``estado``.
ACEPTADO, OBSERVADO, RECHAZADO, NO_RECIBIDO = "aceptado", "observado", "rechazado", "no_recibido"
#: A baja stopped it before it left.
NO_ENVIADO = "no_enviado"
BAJA_PEDIDA, BAJA_ACEPTADA, BAJA_RECHAZADA = "baja_pedida", "baja_aceptada", "baja_rechazada"
#: The authority refused a whole resumen; its documents go again.
RESUMEN_RECHAZADO = "resumen_rechazado"
#: The authority's deadline is near and there is no verdict yet.
POR_VENCER = "por_vencer"
#: A mail about it will not arrive: its address was refused, or it was tried for days.
CORREO_FALLIDO = "correo_fallido"

CLASES = (
    *(ACEPTADO, OBSERVADO, RECHAZADO, NO_RECIBIDO, NO_ENVIADO),
    *(BAJA_PEDIDA, BAJA_ACEPTADA, BAJA_RECHAZADA, RESUMEN_RECHAZADO, POR_VENCER, CORREO_FALLIDO),
)

_ADD = sa.insert(EVENTO)


def event(document: Comprobante, clase: str, now: datetime, **more: str) -> dict[str, Any]:
    """A row of ``evento``: what the document is and where it stands, and ``more``."""
    return {
        "empresa_id": document.empresa_id,
        "comprobante_id": document.id,
        "clase": clase,
        "datos": {
            "codigo_documento": document.codigo_documento,
            "tipo": document.tipo,
            "serie": document.serie,
            "numero": document.numero,
            "estado_comprobante": document.estado_comprobante,
            "respuesta_codigo": document.respuesta_codigo or "",
            "respuesta_descripcion": document.respuesta_descripcion or "",
            **more,
        },
        "creado_en": now,
    }


def write(connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Add rows made by :func:`event` in the caller's transaction."""
    values = list(rows)
    if values:
        connection.execute(_ADD, values)
