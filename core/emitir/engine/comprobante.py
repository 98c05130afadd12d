"""A stored comprobante as it is shown: what it is, where it stands, what the authority said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from emitir.error_codes import AUTORIDAD_NO_RECIBE, AUTORIDAD_RECHAZA
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.verdict import Note

POR_ENVIAR = "por_enviar"
ENVIANDO = "enviando"
EN_PROCESO = "en_proceso"
ACEPTADO = "aceptado"
OBSERVADO = "observado"
RECHAZADO = "rechazado"
NO_RECIBIDO = "no_recibido"
#: A baja stopped it before anything left: the authority never heard of it, and its number stays used.
NO_ENVIADO = "no_enviado"

#: Where its baja stands (``baja_estado``); empty when none was asked for.
BAJA_PEDIDA = "pedida"  # it waits for the verdict on the document
BAJA_EN_PROCESO = "en_proceso"
BAJA_ACEPTADA = "aceptada"
BAJA_RECHAZADA = "rechazada"

#: What ``estado_comprobante`` says of these.
BAJA_PENDIENTE, DADO_DE_BAJA = "baja_en_proceso", "dado_de_baja"

#: Classes of rows: a comprobante, or a file about others (baja, resumen).
COMPROBANTE, ENVIO = "comprobante", "envio"
#: Channels: sent by itself, told of in a resumen, or sent together with others in a lote.
DIRECTO, EN_RESUMEN, EN_LOTE = "directo", "resumen", "lote"

#: Why a document waits that goes with others.
IN_LOTE = N_("Irá en el próximo lote.")

#: Still worked on: a verdict will come.
PENDING = frozenset({POR_ENVIAR, ENVIANDO, EN_PROCESO})
#: The authority spoke; ``no_recibido`` leaves the number free, and ``rechazado`` where it says so (``libre``).
SETTLED = frozenset({ACEPTADO, OBSERVADO, RECHAZADO, NO_RECIBIDO, NO_ENVIADO})
ESTADOS = PENDING | SETTLED


@dataclass(frozen=True, slots=True)
class Comprobante:
    """One document of one company, without its files.

    ``estado``: one of :data:`ESTADOS`. ``respuesta_codigo``, ``respuesta_descripcion``, ``observaciones``: what
    the authority said, ``None`` / empty while it is pending. ``detalle``: why it still waits, in words.
    ``valor_resumen``: base64 digest. ``total`` in ``moneda``. ``plazo``: the authority takes it until then.
    ``clase``: ``comprobante`` or ``envio`` (a baja or resumen, a document about others). ``canal``: ``directo``
    ``resumen`` or ``lote``. ``baja_estado``: empty, ``pedida``, ``en_proceso``, ``aceptada``, ``rechazada``.
    ``referencia``: the caller's own id. ``tanda``, ``desde``: which of those that wait for a resumen go
    together, and not before when. ``libre``: rejected, and its number may be used again. Times are UTC.
    """

    id: int
    empresa_id: int
    ambiente: str
    tipo: str
    serie: str
    numero: int
    codigo_documento: str
    codigo_descarga: str = field(repr=False)
    contenido_hash: str
    valor_resumen: str
    revision: int
    estado: str
    fecha_emision: date
    moneda: str
    total: Decimal
    receptor_numero: str
    receptor_nombre: str
    advertencias: tuple[Problem, ...]
    respuesta_codigo: str | None
    respuesta_descripcion: str | None
    observaciones: tuple[Note, ...]
    ticket: str
    detalle: str
    plazo: datetime
    generacion: int
    vueltas: int
    vence: float | None
    creado_en: datetime
    cambiado_en: datetime
    resuelto_en: datetime | None
    clase: str = COMPROBANTE
    canal: str = DIRECTO
    baja_estado: str = ""
    referencia: str | None = None
    tanda: int = 0
    desde: datetime | None = None
    avisado_en: datetime | None = None
    libre: bool = False

    @property
    def number_free(self) -> bool:
        """Whether the authority left the number free: other content may go under it."""
        return self.estado == NO_RECIBIDO or self.libre

    @property
    def estado_comprobante(self) -> str:
        """The state as the wire tells it: ``dado_de_baja`` and ``baja_en_proceso`` come before ``estado``."""
        if self.baja_estado == BAJA_ACEPTADA:
            return DADO_DE_BAJA
        if self.baja_estado in (BAJA_PEDIDA, BAJA_EN_PROCESO):
            return BAJA_PENDIENTE
        return self.estado

    @property
    def settled(self) -> bool:
        """Whether the authority has spoken (or said that it did not take it)."""
        return self.estado in SETTLED

    @property
    def accepted(self) -> bool:
        """Registered at the authority, with or without observations."""
        return self.estado in (ACEPTADO, OBSERVADO)

    def problem(self) -> Problem | None:
        """The error that this state is for the caller: rejected or not received; ``None`` for the others."""
        params = {
            "documento": self.codigo_documento,
            "codigo": self.respuesta_codigo or "",
            "descripcion": self.respuesta_descripcion or "",
        }
        code = self.respuesta_codigo or ""
        if self.estado == RECHAZADO:
            text = N_("{documento} fue rechazado: {codigo} {descripcion}")
            action = (
                N_("Corrija el dato y emita otra vez con el mismo número: sigue libre.") if self.libre else ""
            )
            return Problem(AUTORIDAD_RECHAZA, text, params=params, authority_code=code, action=action)
        if self.estado == NO_RECIBIDO:
            text = N_("{documento} no fue recibido: {codigo} {descripcion}")
            return Problem(AUTORIDAD_NO_RECIBE, text, params=params, authority_code=code)
        return None


@dataclass(frozen=True, slots=True)
class Result:
    """What ``Engine.emitir`` answers. ``repeated``: the same content had been issued before."""

    comprobante: Comprobante
    repeated: bool

    @property
    def estado(self) -> str:
        """``estado_comprobante`` of the answer."""
        return self.comprobante.estado_comprobante

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """``advertencias``: what our rules found that the authority would only observe."""
        return self.comprobante.advertencias


@dataclass(frozen=True, slots=True)
class Attempt:
    """One contact with the authority about a document. ``resultado`` ``None``: nobody knows what became of it."""

    operacion: str
    empezado_en: datetime
    terminado_en: datetime | None
    resultado: str | None
    codigo: str
    detalle: str
    revision: int
    ejecutor: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """A document that waits for too long: ``why`` in words, and whether the authority's deadline has passed."""

    comprobante: Comprobante
    why: str
    late: bool
