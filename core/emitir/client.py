"""Client of the API: what the Odoo addon, the bot and integrators use to talk to the service.

Needs ``requests`` and nothing else, and runs on Python 3.10 beside old versions of everything::

    client = EmitirClient("https://emitir.example.pe", uuid, token)
    emitido = client.emitir({"tipo": "f", "serie": "F001", "numero": 21, ...})
    print(emitido.estado_comprobante, emitido.codigo_documento)
    pdf = client.descargar(emitido.codigo_descarga, "pdf").contenido

What the service refuses is an :class:`EmitirApiError`; what the network does is a :class:`TransportError`.
A client may be used by one thread at a time.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from typing import Any

import requests

from emitir.errors import EmitirError
from emitir.i18n import N_, translate
from emitir.wire import MEDIA_TYPES, Format, parse, write

#: Seconds to connect and to wait for an answer: the service answers ``emitir`` within 10 s by default.
DEFAULT_TIMEOUT = (5.0, 60.0)
#: Bytes of a file or an answer that the client reads at most.
MAX_ANSWER = 64 * 1024 * 1024

#: Commands that may be sent again whenever nobody knows whether they arrived: they change nothing.
_READ_ONLY = re.compile(r"hola|consult|listar|buscar|resumen_ventas")
_PASSING = {502, 503, 504}
_FILE_NAME = re.compile(r'filename="([^"/\\]+)"')


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
class Archivo:
    """A downloaded file: its bytes, media type and name."""

    contenido: bytes = field(repr=False)
    tipo_medio: str
    nombre: str


class EmitirClient:
    """One company's access to the service.

    ``url``: address of the service, without UUID; ``token``: 64 hex digits, never shown; ``timeout``:
    seconds to connect and to wait; ``retries``: how often a call that may safely be repeated is repeated;
    ``verify``: False or a file of certificates, as in requests; ``language``: of the error texts.
    """

    def __init__(
        self,
        url: str,
        uuid: str,
        token: str,
        *,
        timeout: tuple[float, float] = DEFAULT_TIMEOUT,
        retries: int = 2,
        pause: float = 0.5,
        formato: Format = "json",
        language: str = "es",
        verify: bool | str = True,
    ) -> None:
        self.url = url.rstrip("/")
        self.uuid = uuid.strip().lower()
        self.timeout = timeout
        self.retries = retries
        self.pause = pause
        self.formato: Format = formato
        self.language = language
        self._session = requests.Session()
        self._session.verify = verify
        # Given per session and not per call: requests would otherwise take one from ~/.netrc.
        self._session.auth = _Bearer(token.strip())

    def __repr__(self) -> str:
        return f"EmitirClient({self.url!r}, {self.uuid!r}, token=***)"

    def __enter__(self) -> EmitirClient:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def hola(self) -> dict[str, Any]:
        """Check company, certificate and connection; EmitirApiError tells what is wrong."""
        return self.comando("hola")

    def emitir(self, properties: Mapping[str, Any]) -> Emitido:
        """Issue a comprobante. A rejection is an EmitirApiError with code ``AUTORIDAD_RECHAZA``."""
        answer = self.comando("emitir", properties)
        respuesta = answer.get("sunat_respuesta")
        return Emitido(
            codigo_documento=str(answer.get("codigo_documento", "")),
            estado_comprobante=str(answer.get("estado_comprobante", "")),
            valor_resumen=str(answer.get("valor_resumen", "")),
            codigo_descarga=str(answer.get("codigo_descarga", "")),
            sunat_respuesta=None if respuesta is None else str(respuesta),
            sunat_descripcion=str(answer.get("sunat_descripcion", "")),
            observaciones=tuple(str(note) for note in answer.get("sunat_observaciones", ())),
            respuesta=answer,
        )

    def comando(
        self, name: str, properties: Mapping[str, Any] | None = None, *, repeatable: bool | None = None
    ) -> dict[str, Any]:
        """Send any command and return its answer. Values: text, numbers, booleans, dates, lists and dicts.

        ``repeatable``: whether it may be sent again when nobody knows if it arrived; by default queries, and
        ``emitir`` with its number, which the service recognises as the same comprobante.
        Raises EmitirApiError and TransportError.
        """
        sending = {name: _exact(value) for name, value in (properties or {}).items()}
        if repeatable is None:
            repeatable = bool(_READ_ONLY.match(name)) or (name == "emitir" and bool(sending.get("numero")))
        body = write(sending, self.formato)
        headers = {"Content-Type": MEDIA_TYPES[self.formato], "Accept-Language": self.language}
        url = f"{self.url}/v1/{self.uuid}/{name}"
        response = self._send("POST", url, headers, body, repeatable)
        answer = self._answer(response, self.formato)
        if response.status == 200 and answer.get("estado") == "ok":
            return answer
        raise EmitirApiError(response.status, answer, response.headers.get("X-Solicitud", ""))

    def _answer(self, response: _Reply, formato: Format) -> dict[str, Any]:
        """The properties of an answer of the service. Raises TransportError when it is none."""
        try:
            answer = parse(response.content, formato)
        except EmitirError as error:
            raise self._unreadable(response) from error
        if (response.status == 200 and answer.get("estado") == "ok") or "codigo_error" in answer:
            return answer
        raise self._unreadable(response)

    def descargar(self, codigo_descarga: str, tipo: str = "pdf") -> Archivo:
        """Download the ``xml``, ``cdr`` or ``pdf``. Raises EmitirApiError and TransportError."""
        response = self._send("GET", f"{self.url}/descarga/{codigo_descarga}/{tipo}", {}, None, True)
        if response.status not in (200, 404):
            raise EmitirApiError(
                response.status, self._answer(response, "json"), response.headers.get("X-Solicitud", "")
            )
        if response.status == 404:
            description = self._text(N_("El archivo no existe o todavía no está listo."))
            raise EmitirApiError(
                response.status,
                {"codigo_error": "COMPROBANTE_NO_EXISTE", "descripcion_error": description},
            )
        name = _FILE_NAME.search(response.headers.get("Content-Disposition", ""))
        return Archivo(
            response.content,
            response.headers.get("Content-Type", "").partition(";")[0],
            name.group(1) if name else f"{codigo_descarga}.{tipo}",
        )

    def _send(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, repeatable: bool
    ) -> _Reply:
        """One call with its repetitions."""
        attempt = 0
        while True:
            wait = self.pause * 2**attempt * random.uniform(0.8, 1.2)
            try:
                response = self._once(method, url, headers, body)
            except TransportError as error:
                if attempt >= self.retries or not error.passing or (error.sent and not repeatable):
                    raise
            else:
                if attempt >= self.retries or not repeatable or not self._passing(response):
                    return response
                after = response.headers.get("Retry-After", "")
                wait = max(wait, min(float(after), 30.0)) if after.isdigit() else wait
            attempt += 1
            time.sleep(wait)

    def _once(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> _Reply:
        try:
            with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                content = bytearray()
                for piece in response.iter_content(65536):
                    content += piece
                    if len(content) > MAX_ANSWER:
                        text = N_("La respuesta de {url} es demasiado grande.")
                        raise TransportError(self._text(text, url=self.url), sent=True, passing=False)
        except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
            raise TransportError(
                self._text(N_("No se pudo conectar con {url}."), url=self.url), False
            ) from error
        except requests.RequestException as error:
            # urllib3 says "New connection" errors when nobody listened: nothing was sent then.
            sent = "NewConnectionError" not in repr(error) and "NameResolutionError" not in repr(error)
            text = N_("Se perdió la conexión con {url}.") if sent else N_("No se pudo conectar con {url}.")
            raise TransportError(self._text(text, url=self.url), sent) from error
        if response.is_redirect:
            place = response.headers.get("Location", "")
            text = self._text(N_("{url} redirige a {place}: use esa dirección."), url=self.url, place=place)
            raise TransportError(text, sent=False, passing=False)
        return _Reply(response.status_code, response.headers, bytes(content))

    @staticmethod
    def _passing(response: _Reply) -> bool:
        """A passing trouble of the service or of a proxy before it, not a silent tax authority."""
        return response.status in _PASSING and b"AUTORIDAD_NO_RESPONDE" not in response.content

    def _unreadable(self, response: _Reply) -> TransportError:
        text = N_("{url} no respondió como Emitir (HTTP {status}): revise la dirección.")
        return TransportError(self._text(text, url=self.url, status=response.status), True, passing=False)

    def _text(self, text: str, **params: object) -> str:
        return translate(text, self.language).format(**params)


def _exact(value: Any) -> Any:
    """A value as it goes on the wire: a float as the decimal that it prints as, a date as ``AAAA-MM-DD``."""
    if isinstance(value, float):
        number = Decimal(repr(value))
        if not number.is_finite():
            raise ValueError(f"{value} is not a number that can be sent")
        return number
    if isinstance(value, (date, time_of_day)) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _exact(member) for name, member in value.items()}
    return [_exact(member) for member in value] if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True)
class _Reply:
    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)


class _Bearer(requests.auth.AuthBase):
    """Puts the token on each request; keeps it out of every repr."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def __repr__(self) -> str:
        return "_Bearer(***)"
