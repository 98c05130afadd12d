"""Providers: services that know taxpayers or people whom the padrón does not hold.

``proveedores.json`` beside the padrón is a list of them, asked in that order:

    [{"nombre": "...", "tipo": "dni", "url": "https://.../dni/{numero}", "cabecera": "Authorization: Bearer {token}",
      "token_variable": "...", "campos": {"nombre": ["apellidoPaterno", "apellidoMaterno", "nombres"]}}]

The token itself stands in an environment variable (``token_variable``) or a file (``token_archivo``), and goes
out in one header; it is in no URL, no error and no log.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol
from urllib.parse import urlsplit

import requests
from pydantic import BeforeValidator

from emitir.error_codes import CONFIGURACION_INVALIDA, FORMATO_INVALIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import InputModel, field_error, integer_field, read, text_field
from emitir.peru.padron.contribuyente import Contribuyente

NAME = "proveedores.json"
_MOST_BYTES = 1 << 20
_REMOTE = re.compile(r"[A-Za-z0-9_.]+")


class NoAnswer(Exception):  # noqa: N818 - it says what came: nothing
    """The provider gave no answer that can be used; the argument says why (English, without its token)."""


class Proveedor(Protocol):
    """Somebody who can be asked. One object serves many threads."""

    @property
    def nombre(self) -> str:
        """As it stands in ``fuente`` of the answer."""

    @property
    def tipo(self) -> str:
        """What it is asked for: ``ruc`` or ``dni``."""

    def ask(self, numero: str) -> Contribuyente | None:
        """Who has this number; None when it knows of nobody. Raises NoAnswer."""


def _field(value: object) -> object:
    names = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) and _REMOTE.fullmatch(name) for name in names):
        raise field_error(FORMATO_INVALIDO, N_("Debe ser el nombre de un campo, o una lista de nombres."))
    return tuple(names)


_Field = Annotated[tuple[str, ...], BeforeValidator(_field)]
_Text = Annotated[str, BeforeValidator(text_field(400))]


class _Campos(InputModel):
    """Where our values stand in the answer: names, with dots between levels; several are joined by spaces."""

    nombre: _Field
    estado: _Field = ()
    condicion: _Field = ()
    direccion: _Field = ()
    ubigeo: _Field = ()


class _Settings(InputModel):
    nombre: _Text
    tipo: Literal["ruc", "dni"]
    url: _Text
    campos: _Campos
    cabecera: _Text = "Authorization: Bearer {token}"
    token_variable: _Text = ""
    token_archivo: _Text = ""
    segundos: Annotated[int, BeforeValidator(integer_field(1, 30))] = 5


@dataclass(frozen=True)
class JsonProveedor:
    """A JSON answer to one GET. 404, 422 and an answer without a name mean that it knows of nobody."""

    nombre: str
    tipo: str
    url: str
    campos: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str] = field(repr=False)
    seconds: int = 5

    def ask(self, numero: str) -> Contribuyente | None:
        """One request, never repeated, never redirected: the token goes to the configured host only."""
        try:
            with requests.get(
                self.url.replace("{numero}", numero),
                headers={"Accept": "application/json", **self.headers},
                timeout=(self.seconds, self.seconds),
                allow_redirects=False,
                stream=True,
            ) as answer:
                if answer.status_code in (404, 422):
                    return None
                if answer.status_code != 200:
                    raise NoAnswer(f"HTTP {answer.status_code}")
                content = b""
                for chunk in answer.iter_content(1 << 16):
                    content += chunk
                    if len(content) > _MOST_BYTES:
                        raise NoAnswer("answer too long")
        except requests.RequestException as error:
            raise NoAnswer(type(error).__name__) from None
        try:
            data = json.loads(content)
        except (ValueError, RecursionError):
            raise NoAnswer("not JSON") from None
        return self._taxpayer(numero, data)

    def _taxpayer(self, numero: str, data: Any) -> Contribuyente | None:
        found = {
            ours: " ".join(filter(None, (_value(data, name) for name in names)))
            for ours, names in self.campos.items()
        }
        if not found["nombre"]:
            return None
        return Contribuyente(
            **found,
            ruc=numero if self.tipo == "ruc" else "",
            dni=numero if self.tipo == "dni" else "",
            fuente=self.nombre,
            fecha=datetime.now(UTC).date().isoformat(),
        )


def _value(data: Any, name: str) -> str:
    for part in name.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    if isinstance(data, bool) or not isinstance(data, str | int):
        return ""
    text = " ".join(str(data).split())
    return "" if text == "-" else text[:500]


def read_proveedores(folder: Path, environ: Mapping[str, str] | None = None) -> tuple[Proveedor, ...]:
    """The providers of this installation; none when nobody configured any.

    Raises CONFIGURACION_INVALIDA with everything that is wrong with them.
    """
    path = folder / NAME
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError):
        entries = None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        text = N_("{archivo} debe ser una lista JSON de proveedores.")
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, NAME, {"archivo": NAME}))
    problems: list[Problem] = []
    found: list[Proveedor] = []
    for number, entry in enumerate(entries, 1):
        try:
            found.append(_proveedor(entry, folder, os.environ if environ is None else environ))
        except EmitirError as error:
            problems += [
                Problem(CONFIGURACION_INVALIDA, p.text, f"{NAME}-{number}-{p.path}", p.params)
                for p in error.problems
            ]
    if problems:
        raise EmitirError(problems)
    return tuple(found)


def _proveedor(entry: Mapping[str, Any], folder: Path, environ: Mapping[str, str]) -> Proveedor:
    settings = read(_Settings, entry)
    problems: list[Problem] = []

    def wrong(path: str, text: str, **params: object) -> None:
        problems.append(Problem(CONFIGURACION_INVALIDA, text, path, params))

    address = urlsplit(settings.url)
    if "{numero}" not in settings.url:
        wrong("url", N_("La dirección debe contener {marca} donde va el RUC o el DNI."), marca="{numero}")
    local = address.hostname in ("localhost", "127.0.0.1", "::1")
    if not address.hostname or address.scheme not in (("http", "https") if local else ("https",)):
        wrong("url", N_("La dirección debe empezar con https://."))
    token = ""
    if settings.token_variable:
        token = environ.get(settings.token_variable, "").strip()
        if not token:
            text = N_("La variable de entorno {variable} no está definida.")
            wrong("token_variable", text, variable=settings.token_variable)
    elif settings.token_archivo:
        try:
            token = (folder / settings.token_archivo).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            wrong("token_archivo", N_("No se puede leer {archivo}."), archivo=settings.token_archivo)
    name, _, value = settings.cabecera.partition(":")
    if not re.fullmatch(r"[A-Za-z0-9-]+", name) or not value.strip():
        wrong("cabecera", N_("Debe escribirse «Nombre: valor», con {marca} en el valor."), marca="{token}")
    if token and not (token.isascii() and token.isprintable()):
        wrong("token_variable", N_("El token contiene caracteres que no caben en una cabecera."))
    if problems:
        raise EmitirError(problems)
    return JsonProveedor(
        settings.nombre,
        settings.tipo,
        settings.url,
        settings.campos.model_dump(),
        {name: value.strip().replace("{token}", token)} if token else {},
        settings.segundos,
    )
