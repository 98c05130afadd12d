"""What the engine answers to the commands about issued documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from emitir.engine.comprobante import Comprobante
from emitir.verdict import Verdict


@dataclass(frozen=True, slots=True)
class BajaResult:
    """What became of a request for a baja.

    ``comprobante``: the document, with its ``baja_estado``. ``envio``: the RA or RC that annuls it (its
    ``codigo_documento``, ``ticket`` and state), ``None`` while the baja waits for the verdict on the document
    (``pedida``) or when the document was stopped before it left (estado ``no_enviado``). ``detalle``: why, in
    words. ``repeated``: the same baja had been asked for before.
    """

    comprobante: Comprobante
    envio: Comprobante | None
    motivo: str
    detalle: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class Consulta:
    """One document as ``consultar`` tells it.

    ``baja``: the RA or RC that annuls it; ``resumen``: the RC that informed it. ``autoridad``: what the
    authority said when it was asked just now, ``None`` when it was not asked.
    """

    comprobante: Comprobante
    baja: Comprobante | None
    resumen: Comprobante | None
    autoridad: Verdict | None


@dataclass(frozen=True, slots=True)
class TicketResult:
    """A ticket of ours: the RA or RC behind it and the documents that it is about."""

    ticket: str
    envio: Comprobante
    comprobantes: tuple[Comprobante, ...]


@dataclass(frozen=True, slots=True)
class ResumenResult:
    """What ``Engine.resumen`` sent: the RC that were made, and how many documents still wait."""

    envios: tuple[Comprobante, ...]
    informados: int
    en_espera: int


@dataclass(frozen=True, slots=True)
class Filtro:
    """What ``Engine.buscar`` looks for; what is ``None`` or empty is not asked.

    ``estado``: of ``estado_comprobante``, also ``pendiente`` for all that have no verdict yet. ``cliente``:
    part of the customer's name, or the beginning of its number. ``texto``: ``F001-21``, a whole
    ``codigo_documento`` or a referencia. ``clase``: ``comprobante`` (default), ``envio``.
    """

    tipo: str = ""
    serie: str = ""
    numero_desde: int | None = None
    numero_hasta: int | None = None
    estado: str = ""
    desde: date | None = None
    hasta: date | None = None
    cliente: str = ""
    texto: str = ""
    moneda: str = ""
    clase: str = "comprobante"


@dataclass(frozen=True, slots=True)
class Pagina:
    """One page of documents, newest date of issue first. ``siguiente``: cursor of the next, empty at the end."""

    comprobantes: tuple[Comprobante, ...]
    siguiente: str
