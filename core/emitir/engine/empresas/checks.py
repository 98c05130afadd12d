"""What is checked before anything of a company is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from emitir.country import Country, Properties
from emitir.engine.empresas.ajustes import SECRETS, check_ajustes, split_settings
from emitir.engine.empresas.vault import RESERVED
from emitir.error_codes import CONFIGURACION_INVALIDA, VALOR_NO_PERMITIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.signing.keys import load
from emitir.signing.signer import Signer


def check_settings(country: Country, settings: Properties) -> tuple[dict[str, Any], dict[str, Any]]:
    """The country's settings as it completes them, and those of mail and webhook (``Company.ajustes``).

    Raises EmitirError with every problem of both.
    """
    theirs, own = split_settings(settings)
    datos: dict[str, Any] = {}
    ajustes: dict[str, Any] = {}
    problems: list[Problem] = []
    try:
        datos = _check_country(country, theirs)
    except EmitirError as error:
        problems += error.problems
    try:
        ajustes = check_ajustes(own)
    except EmitirError as error:
        problems += error.problems
    if problems:
        raise EmitirError(problems)
    return datos, ajustes


def _check_country(country: Country, settings: Properties) -> dict[str, Any]:
    """In an ambiente that the country has; its first one, the sandbox, when none is given."""
    asked = {**settings}
    asked["ambiente"] = asked.get("ambiente") or country.environments[0]
    if asked["ambiente"] not in country.environments:
        text = N_("El ambiente {valor} no existe; los ambientes son: {conocidos}.")
        params = {"valor": repr(asked["ambiente"]), "conocidos": ", ".join(country.environments)}
        raise EmitirError(Problem(VALOR_NO_PERMITIDO, text, path="ambiente", params=params))
    return country.check_company(asked)


def check_secret_names(country: Country, secrets: Mapping[str, str]) -> None:
    """Raises ``CONFIGURACION_INVALIDA`` for every secret that a company of this country does not have."""
    known = [*(name for name in country.secret_names if name not in RESERVED), *SECRETS]
    text = N_("No existe el dato secreto {nombre}; los que hay son: {conocidos}.")
    problems = [
        Problem(
            CONFIGURACION_INVALIDA,
            text,
            path=name,
            params={"nombre": repr(name), "conocidos": ", ".join(known)},
        )
        for name in secrets
        if name not in known
    ]
    if problems:
        raise EmitirError(problems)


def load_signer(
    country: Country, settings: Properties, certificate: bytes, password: str, now: datetime
) -> Signer:
    """The signer in a certificate file, checked to sign for this company at ``now``.

    Raises EmitirError (``CERTIFICADO_*``) with everything that is wrong.
    """
    signer = load(certificate, password)
    problems = country.check_signer(settings, signer, now)
    if problems:
        raise EmitirError(problems)
    return signer


def check_logo(logo: bytes | None) -> None:
    """Raises ``CONFIGURACION_INVALIDA`` for a logo that could not be printed (see ``printing.logo``)."""
    if logo is not None:
        from emitir.printing.logo import check_logo as draw  # brings the typesetter with it

        draw(logo)
