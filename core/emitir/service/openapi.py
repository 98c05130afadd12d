"""The OpenAPI document, made from the commands: both ways to authorise, both formats of every body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from emitir import __version__
from emitir.error_codes import KINDS
from emitir.i18n import N_, SOURCE_LANGUAGE, translate
from emitir.service.command import Command
from emitir.service.commands import registry
from emitir.wire import write
from emitir.wire.json_format import write_json

_TEXT = {"type": "string"}
#: Tried in this order by a reader: the present way first.
_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}, {"token": []}]

_INTRODUCTION = N_(
    "Emite comprobantes electrónicos con una llamada HTTP. Cada comando es un POST a BASE/v1/UUID/COMANDO (o "
    "BASE/UUID/COMANDO) con las propiedades en JSON o en texto; la respuesta llega en el mismo formato. Un error "
    "trae siempre su código HTTP y las propiedades estado, codigo_error, descripcion_error y descripcion_extra, y "
    "en errores la lista completa, cada uno con la propiedad a que se refiere."
)


def openapi(language: str = SOURCE_LANGUAGE, now: datetime | None = None) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the service. Its examples are good at ``now`` (default: the present)."""
    return _document(language, (now or datetime.now(UTC)).replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=4)
def _document(language: str, now: datetime) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for command in registry().commands:
        paths[f"/v1/{{uuid}}/{command.name}"] = {"post": _operation(command, language, now, "")}
        paths[f"/{{uuid}}/{command.name}"] = {"post": _operation(command, language, now, "_sin_version")}
    paths["/descarga/{codigo_descarga}/{archivo}"] = {"get": _download(language)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Emitir",
            "version": __version__,
            "description": translate(_INTRODUCTION, language),
        },
        "paths": paths,
        "components": {
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": translate(
                        N_("El token de la empresa: 64 dígitos hexadecimales."), language
                    ),
                },
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "X-Token",
                    "description": translate(
                        N_("El mismo token, como lo envían los clientes antiguos."), language
                    ),
                },
            },
            "schemas": {"Error": _error_schema(language)},
        },
        "security": _SECURITY,
    }


def _operation(command: Command, language: str, now: datetime, suffix: str) -> dict[str, Any]:
    examples = command.examples_at(now)
    answer = {
        "type": "object",
        "required": ["estado"],
        "properties": {"estado": {"const": "ok"}, **_translated(command.answer, language)},
    }
    return {
        "operationId": command.name + suffix,
        "tags": [command.name],
        "summary": translate(command.summary, language),
        "description": translate(command.description, language),
        "parameters": [
            _parameter(
                "uuid", "path", N_("Identificador de la empresa, en minúsculas."), language, format="uuid"
            ),
            {
                **_parameter(
                    "X-Formato",
                    "header",
                    N_("Decide el formato, diga lo que diga Content-Type (clientes antiguos)."),
                    language,
                    enum=["json", "texto"],
                ),
                "required": False,
            },
            {
                **_parameter("Accept-Language", "header", N_("Idioma de los mensajes: es o en."), language),
                "required": False,
            },
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": _translated(command.properties(), language),
                    **_shown({title: _plain(one) for title, one in examples.items()}),
                },
                "text/plain": {
                    "schema": _TEXT,
                    **_shown({title: write(dict(one), "texto").decode() for title, one in examples.items()}),
                },
            },
        },
        "responses": {
            "200": {
                "description": translate(N_("Resultado."), language),
                "headers": {"X-Solicitud": {"schema": _TEXT}},
                "content": {"application/json": {"schema": answer}, "text/plain": {"schema": _TEXT}},
            },
            **{str(http): _error_response(http, language) for http in (400, 403, 406, 500, 503)},
        },
    }


def _error_response(http: int, language: str) -> dict[str, Any]:
    titles = {
        400: N_("Datos incorrectos, comando desconocido o comprobante rechazado."),
        403: N_("UUID o token incorrecto."),
        406: N_("Formato ausente o no soportado; la respuesta es JSON."),
        500: N_("Error del servicio; con X-Formato, también un cuerpo que no se puede leer."),
        503: N_("La autoridad tributaria no responde."),
    }
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    text = {} if http == 406 else {"text/plain": {"schema": _TEXT}}
    return {"description": translate(titles[http], language), "content": {**error, **text}}


def _error_schema(language: str) -> dict[str, Any]:
    codes = {"type": "string", "enum": list(KINDS)}
    fields = ("propiedad", "descripcion", "accion", "codigo_autoridad", "fuente", "sugerencia")
    problem = {
        "type": "object",
        "required": ["codigo_error", *fields],
        "properties": {"codigo_error": codes, **dict.fromkeys(fields, _TEXT)},
    }
    return {
        "type": "object",
        "required": ["estado", "codigo_error", "descripcion_error", "descripcion_extra", "errores"],
        "properties": {
            "estado": {"const": "error"},
            "codigo_error": {**codes, "description": translate(N_("Constante estable."), language)},
            "descripcion_error": {**_TEXT, "description": translate(N_("Qué está mal."), language)},
            "descripcion_extra": {**_TEXT, "description": translate(N_("Dónde, y qué hacer."), language)},
            "errores": {"type": "array", "minItems": 1, "items": problem},
        },
    }


def _download(language: str) -> dict[str, Any]:
    files = {
        "application/xml": {"schema": _TEXT},
        "application/pdf": {"schema": {**_TEXT, "format": "binary"}},
    }
    return {
        "operationId": "descarga",
        "tags": ["descarga"],
        "summary": translate(N_("Descargar el XML, el CDR o el PDF"), language),
        "description": translate(
            N_("Con el codigo_descarga que respondió emitir. No lleva token: el código es la llave."),
            language,
        ),
        "security": [],
        "parameters": [
            _parameter(
                "codigo_descarga", "path", N_("40 dígitos hexadecimales."), language, pattern="^[0-9a-f]{40}$"
            ),
            _parameter("archivo", "path", N_("Qué archivo."), language, enum=["xml", "cdr", "pdf"]),
        ],
        "responses": {
            "200": {"description": translate(N_("El archivo."), language), "content": files},
            "404": {
                "description": translate(
                    N_("Código desconocido, o archivo que todavía no está listo."), language
                ),
                "content": {"text/html": {"schema": _TEXT}},
            },
        },
    }


def _parameter(name: str, where: str, text: str, language: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": True,
        "description": translate(text, language),
        "schema": {**_TEXT, **schema},
    }


def _translated(value: Any, language: str) -> Any:
    """A schema with its descriptions in ``language``."""
    if isinstance(value, Mapping):
        return {
            key: translate(member, language)
            if key == "description" and isinstance(member, str)
            else _translated(member, language)
            for key, member in value.items()
        }
    return [_translated(member, language) for member in value] if isinstance(value, (list, tuple)) else value


def _shown(examples: Mapping[str, Any]) -> dict[str, Any]:
    """``example``, or ``examples`` by their titles where there are several."""
    if len(examples) == 1:
        return {"example": next(iter(examples.values()))}
    return {"examples": {title: {"summary": title, "value": one} for title, one in examples.items()}}


def _plain(example: Mapping[str, Any]) -> Any:
    """The example with numbers that the standard JSON writer knows."""
    return json.loads(write_json(example))
