"""What a call gives: typed answers, and the two ways in which it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class TransportError(Exception):
    """The call did not get an answer of the service.

    ``sent``: False when it surely never reached the service, True when it may have. ``passing``: False when
    the same call would fare the same (a wrong address).
    """

    def __init__(self, message: str, sent: bool, passing: bool = True) -> None:
        super().__init__(message)
        self.sent = sent
        self.passing = passing


class EmitirApiError(Exception):
    """The service answered with an error.

    ``http``: status; ``code``: ``codigo_error``; ``descripcion``, ``extra``: its sentence and what to do;
    ``errores``: one dict per problem (``codigo_error``, ``propiedad``, ``descripcion``, ``accion``,
    ``codigo_autoridad``, ``fuente``, ``sugerencia``); ``respuesta``: the whole answer; ``solicitud``: id of
    the request, for the administrator of the service.
    """

    def __init__(self, http: int, respuesta: Mapping[str, Any], solicitud: str = "") -> None:
        self.http = http
        self.respuesta = dict(respuesta)
        self.code = str(respuesta.get("codigo_error", ""))
        self.descripcion = str(respuesta.get("descripcion_error", ""))
        self.extra = str(respuesta.get("descripcion_extra", ""))
        self.errores: list[dict[str, Any]] = list(respuesta.get("errores", []))
        self.solicitud = solicitud
        super().__init__(f"{self.code} ({http}): {self.descripcion}")

    @property
    def retryable(self) -> bool:
        """Whether the same call may pass later with nothing changed."""
        return self.http >= 500


@dataclass(frozen=True)
class Emitido:
    """Answer of ``emitir``: the comprobante is stored and on its way or already accepted."""

    codigo_documento: str
    serie: str
    #: The number it has: the one that was sent, or the one that the service gave it.
    numero: int
    estado_comprobante: str
    valor_resumen: str
    codigo_descarga: str
    #: Response code and description of the authority; None and "" as long as it has not answered.
    sunat_respuesta: str | None
    sunat_descripcion: str
    observaciones: tuple[str, ...]
    respuesta: dict[str, Any] = field(repr=False)

    @property
    def pendiente(self) -> bool:
        """No verdict yet: the service goes on by itself; ask again later with the same call."""
        return self.sunat_respuesta is None


@dataclass(frozen=True)
class Baja:
    """Answer of ``baja``. ``codigo_documento``: the file that annuls (RA or RC), empty while there is none."""

    comprobante: str
    estado_comprobante: str
    codigo_documento: str
    ticket: str
    detalle: str
    respuesta: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Correo:
    """One address of a mail. ``estado``: pendiente, enviando, entregado, fallido."""

    destino: str
    estado: str
    intentos: int
    detalle: str


@dataclass(frozen=True)
class Archivo:
    """A downloaded file: its bytes, media type and name."""

    contenido: bytes = field(repr=False)
    tipo_medio: str
    nombre: str
