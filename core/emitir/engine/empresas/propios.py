"""What a company changes with its own token: the settings and secrets that its country names, and nothing else.

Who may issue in its name may say how its boletas travel or what telephone is printed; its RUC, its ambiente,
its addresses at the authority and its certificate stay with the administrator of the installation.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emitir.country import Properties
from emitir.country_facts import OwnSettings
from emitir.engine.empresas.checks import check_settings
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.error_codes import PROPIEDAD_DESCONOCIDA, TIPO_INCORRECTO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_


@dataclass(frozen=True, slots=True)
class Propios:
    """The present values of what a company may change; ``secretos``: which of its secrets are stored."""

    ajustes: Mapping[str, Any]
    secretos: Mapping[str, bool]


def own_settings(companies: Companies, company: Company, changes: Properties) -> Propios:
    """Change what is given, all or nothing, and answer what then holds; without changes only that.

    Raises EmitirError with every problem: names that are not the company's to change, and values.
    """
    country = companies.country(company.pais)
    names: Mapping[str, Any] = country.own_settings() if isinstance(country, OwnSettings) else {}
    secret_names: Mapping[str, Any] = country.own_secrets() if isinstance(country, OwnSettings) else {}
    problems = [_stranger(name, [*names, *secret_names]) for name in changes if name not in names]
    problems = [problem for problem in problems if problem.path not in secret_names]
    secrets = {name: value for name, value in changes.items() if name in secret_names}
    problems += [
        Problem(TIPO_INCORRECTO, N_("Debe ser un texto."), name)
        for name, value in secrets.items()
        if not isinstance(value, str)
    ]
    settings = {name: value for name, value in changes.items() if name in names}
    if settings:
        try:
            check_settings(country, {**company.settings, **company.ajustes, **settings})
        except EmitirError as error:
            problems += error.problems
    if problems:
        raise EmitirError(problems)
    if settings:
        company = companies.update(company.uuid, settings)
    if secrets:
        company = companies.set_secrets(company.uuid, secrets)
    # A country may leave out what has its default value.
    shown = {name: company.settings.get(name, schema.get("default", "")) for name, schema in names.items()}
    return Propios(shown, {name: name in company.secret_names for name in secret_names})


def _stranger(name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    return Problem(
        PROPIEDAD_DESCONOCIDA,
        N_("La empresa no cambia «{nombre}» con su token; puede cambiar: {conocidos}."),
        name,
        {"nombre": name[:40], "conocidos": ", ".join(known)},
        suggestion=near[0] if near else "",
        action=N_("Pida el cambio a quien administra el servicio."),
    )
