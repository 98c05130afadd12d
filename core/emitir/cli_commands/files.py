"""What commands read: files of properties, certificates, passwords from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.wire import parse

if TYPE_CHECKING:
    from emitir.country import Country


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises EmitirError with its name when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise invalid(
            N_("No se puede leer {file}: {reason}."), file=str(path), reason=error.strerror or error
        ) from error


def read_properties(path: Path) -> dict[str, Any]:
    """The properties in a file: JSON, or texto when it is called ``.txt``."""
    return parse(read_bytes(path), "texto" if path.suffix.lower() == ".txt" else "json")


def read_company(path: Path) -> tuple[str, dict[str, Any]]:
    """Country code and settings in a COMPANY.json; a RUC that only one country writes so tells the country."""
    from emitir.country import countries

    settings = read_properties(path)
    known = countries()
    pais = settings.pop("pais", None)
    if pais is None:
        pais = _country_of(known, settings.get("ruc"))
    if pais not in known:
        text = N_("«pais» debe ser uno de: {known}.")
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, "pais", {"known": ", ".join(sorted(known))}))
    return str(pais), settings


def _country_of(known: Mapping[str, Country], ruc: object) -> str:
    """The one country whose taxpayers' numbers look so; empty when none or several do."""
    from emitir.country_facts import TellsRuc

    fits = [
        code
        for code, country in known.items()
        if isinstance(country, TellsRuc) and country.looks_like_ruc(str(ruc))
    ]
    return fits[0] if len(fits) == 1 else ""


def password_from(variable: str | None, environ: Mapping[str, str] | None = None) -> str:
    """The password in an environment variable, so that it stands in no history and no process list."""
    if not variable:
        return ""
    env = os.environ if environ is None else environ
    if variable not in env:
        raise invalid(N_("La variable de entorno {variable} no está definida."), variable=variable)
    return env[variable]


def secrets_from(pairs: list[str] | None) -> dict[str, str]:
    """``NOMBRE=VARIABLE`` to the values of those variables."""
    secrets = {}
    for pair in pairs or ():
        name, equals, variable = pair.partition("=")
        if not equals or not name or not variable:
            # The text itself stays out of the message: somebody may have written the secret there.
            raise invalid(
                N_("--secret se escribe NOMBRE=VARIABLE, con el nombre de una variable de entorno.")
            )
        secrets[name] = password_from(variable)
    return secrets


def moment(text: str | None) -> datetime | None:
    """A moment of the command line: ISO 8601 with its time zone."""
    if text is None:
        return None
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        value = None
    if value is None or value.tzinfo is None:
        raise invalid(
            N_(
                "«{text}» no es un momento: escriba fecha, hora y zona, por ejemplo 2026-11-21T10:00:00-05:00."
            ),
            text=text,
        )
    return value


def invalid(sentence: str, **params: object) -> EmitirError:
    """A problem of the command line itself; ``sentence`` is marked Spanish."""
    return EmitirError(Problem(CONFIGURACION_INVALIDA, sentence, params=params))
