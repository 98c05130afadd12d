"""The calls of :class:`EmitirClient`."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from typing import Any

import requests

from emitir.client.answers import Archivo, Baja, Correo, Emitido, EmitirApiError, TransportError
from emitir.errors import EmitirError
from emitir.i18n import N_, translate
from emitir.wire import MEDIA_TYPES, Format, parse, write

#: Seconds to connect and to wait for an answer: the service answers ``emitir`` within 10 s by default.
DEFAULT_TIMEOUT = (5.0, 60.0)
#: Bytes of a file or an answer that the client reads at most.
MAX_ANSWER = 64 * 1024 * 1024

#: Commands that may be sent again whenever nobody knows whether they arrived: they change nothing.
_READ_ONLY = re.compile(r"hola|consult|listar|buscar|resumen_?ventas|previsualizar|verificar")
#: A comprobante: its ``codigo_documento``, or ``tipo``, ``serie`` and ``numero``.
Documento = str | Mapping[str, Any]

_PASSING = {502, 503, 504}
_FILE_NAME = re.compile(r'filename="([^"/\\]+)"')


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
        return _emitido(self.comando("emitir", properties))

    def baja(self, documento: Documento, motivo: str) -> Baja:
        """Annul a comprobante. A refusal of the authority is an EmitirApiError ``AUTORIDAD_RECHAZA``."""
        answer = self.comando("baja", {**_named(documento), "motivo": motivo}, repeatable=True)
        return Baja(
            comprobante=str(answer.get("comprobante", "")),
            estado_comprobante=str(answer.get("estado_comprobante", "")),
            codigo_documento=str(answer.get("codigo_documento", "")),
            ticket=str(answer.get("ticket", "")),
            detalle=str(answer.get("detalle", "")),
            respuesta=answer,
        )

    def evento(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Declare an event of a document, or several in ``eventos`` (Paraguay): what became of each.

        The same call again is the same event, so it may be repeated when nobody knows if it arrived.
        """
        return self.comando("evento", properties, repeatable=True)

    def inutilizar(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Give up numbers (Paraguay): ``tipo``, ``serie``, ``desde``, ``hasta``, ``motivo``. May be repeated."""
        return self.comando("inutilizar", properties, repeatable=True)

    def consultar(self, documento: Documento, en_autoridad: bool = False) -> Emitido:
        """Where a comprobante stands; ``respuesta`` holds its baja, its resumen and its mails."""
        asking = {"en_autoridad": True} if en_autoridad else {}
        return _emitido(self.comando("consultar", {**_named(documento), **asking}))

    def consultar_ticket(self, ticket: str) -> dict[str, Any]:
        """What a ticket of ours stands for, with ``estado_ticket`` and its ``comprobantes``."""
        return self.comando("consultarticket", {"ticket": ticket})

    def consultar_ruc(self, **properties: Any) -> dict[str, Any]:
        """A taxpayer by ``numero_doc``, ``ruc``, ``dni`` or ``nombre``."""
        return self.comando("consultarruc", properties)

    def correo(
        self,
        documento: Documento,
        para: str | Sequence[str],
        cc: str | Sequence[str] = (),
        mensaje: str = "",
        archivos: Sequence[str] = (),
    ) -> list[Correo]:
        """Mail a comprobante: what became of each address so far. The service goes on by itself.

        The same call within five minutes is the same mail, so it may be repeated when nobody knows if it arrived.
        """
        optional = {"cc": cc, "mensaje": mensaje, "archivos": archivos}
        sending = {name: value for name, value in optional.items() if value}
        answer = self.comando("correo", {**_named(documento), "para": para, **sending}, repeatable=True)
        return [
            Correo(
                destino=str(one.get("destino", "")),
                estado=str(one.get("estado", "")),
                intentos=int(one.get("intentos", 0)),
                detalle=str(one.get("detalle", "")),
            )
            for one in answer.get("correos", ())
        ]

    def listar(self, **filtro: Any) -> Iterator[dict[str, Any]]:
        """Every comprobante that fits, page by page: the filters of the command ``listar``."""
        while True:
            answer = self.comando("listar", filtro)
            yield from answer.get("comprobantes", ())
            if not answer.get("siguiente"):
                return
            filtro["despues_de"] = answer["siguiente"]

    def resumen_ventas(self, **properties: Any) -> dict[str, Any]:
        """What was sold: ``periodo`` (hoy, ayer, semana, mes, mes_anterior, anio), or ``desde`` and ``hasta``."""
        return self.comando("resumen_ventas", properties)

    def comando(
        self, name: str, properties: Mapping[str, Any] | None = None, *, repeatable: bool | None = None
    ) -> dict[str, Any]:
        """Send any command and return its answer. Values: text, numbers, booleans, dates, lists and dicts.

        ``repeatable``: whether it may be sent again when nobody knows if it arrived; by default queries, and
        ``emitir`` with its number or referencia, which the service recognises as the same comprobante.
        Raises EmitirApiError and TransportError.
        """
        sending = {name: _exact(value) for name, value in (properties or {}).items()}
        if repeatable is None:
            repeatable = bool(_READ_ONLY.match(name)) or (
                name == "emitir" and bool(sending.get("numero") or sending.get("referencia"))
            )
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


def _emitido(answer: dict[str, Any]) -> Emitido:
    respuesta = answer.get("sunat_respuesta")
    return Emitido(
        codigo_documento=str(answer.get("codigo_documento", "")),
        serie=str(answer.get("serie", "")),
        numero=int(answer.get("numero", 0)),
        estado_comprobante=str(answer.get("estado_comprobante", "")),
        valor_resumen=str(answer.get("valor_resumen", "")),
        codigo_descarga=str(answer.get("codigo_descarga", "")),
        sunat_respuesta=None if respuesta is None else str(respuesta),
        sunat_descripcion=str(answer.get("sunat_descripcion", "")),
        observaciones=tuple(str(note) for note in answer.get("sunat_observaciones", ())),
        respuesta=answer,
    )


def _named(documento: Documento) -> dict[str, Any]:
    """The properties that name a comprobante."""
    return {"codigo_documento": documento} if isinstance(documento, str) else dict(documento)


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
