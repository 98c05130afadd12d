"""What leaves for others than the authority: a delivery per address, its states, how long it is tried.

One mechanism for mail and webhooks (docs/decisions/0009-deliveries.md): whoever wants something delivered
commits rows of ``entrega``; the dispatcher of any working process sends them, however often it takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from emitir.i18n import SOURCE_LANGUAGE, translate

CORREO = "correo"
WEBHOOK = "webhook"

PENDIENTE = "pendiente"
ENVIANDO = "enviando"
ENTREGADO = "entregado"
FALLIDO = "fallido"
#: Nothing more will happen to it.
OVER = frozenset({ENTREGADO, FALLIDO})

#: Seconds between attempts, growing: a hiccup costs seconds, an outage a look every two hours.
PAUSES = (10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)
#: A delivery is tried for this long.
LIFETIME = timedelta(days=3)
#: Seconds that a sending may take; then its connection is cut.
SENDING_SECONDS = 600.0
#: Who takes a delivery has it for this long. Longer than a sending, so that two never send the same at once.
LEASE = timedelta(seconds=SENDING_SECONDS + 300)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one address.

    ``grupo``: names the message, the same for all its addresses and at every attempt. ``contenido``: what to
    send, as its class understands it. ``intentos``: how often it was sent. ``detalle``: the last error, in
    Spanish. ``proximo``: when it is looked at next, ``None`` once it is over. Times are UTC.
    """

    id: int
    empresa_id: int
    comprobante_id: int | None
    evento_id: int | None
    clase: str
    grupo: str
    destino: str
    contenido: Mapping[str, Any] = field(repr=False)
    huella: str
    estado: str
    intentos: int
    detalle: str
    ejecutor: str
    proximo: datetime | None
    hasta: datetime
    creado_en: datetime
    cambiado_en: datetime
    entregado_en: datetime | None

    @property
    def over(self) -> bool:
        """Delivered, or given up."""
        return self.estado in OVER


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side took it; ``detail`` is what it said."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """It never will; ``detail`` says why."""

    detail: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may pass later; ``detail`` says what kept it."""

    detail: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Not its time yet, nothing was sent: look again in ``seconds``. Does not count as an attempt."""

    seconds: float
    detail: str


Outcome = Delivered | Failed | Later | Waiting


def pause_after(attempts: int) -> timedelta:
    """The pause after that many attempts."""
    return timedelta(seconds=PAUSES[min(max(attempts, 1), len(PAUSES)) - 1])


def said(text: str, **params: object) -> str:
    """A marked sentence, filled in, as it is kept in ``detalle``."""
    return translate(text, SOURCE_LANGUAGE).format(**params)
