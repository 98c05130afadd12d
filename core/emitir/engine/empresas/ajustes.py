"""Settings of a company that no country knows: its mail server, its webhook. Checked beside the country's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from emitir.engine.entregas.mail_settings import SMTP_PASSWORD, SmtpSettings
from emitir.engine.entregas.webhooks_settings import WEBHOOK_SECRET, WebhookSettings, is_loopback
from emitir.error_codes import CONFIGURACION_INVALIDA, PROPIEDAD_DESCONOCIDA, TIPO_INCORRECTO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import read

_MODELS: dict[str, type[SmtpSettings] | type[WebhookSettings]] = {
    "smtp": SmtpSettings,
    "webhook": WebhookSettings,
}
#: Secrets that a company of any country may have.
SECRETS = (SMTP_PASSWORD, WEBHOOK_SECRET)


def split_settings(settings: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The country's settings, and ours (``smtp``, ``webhook``)."""
    own = {name: settings[name] for name in _MODELS if name in settings}
    return {name: value for name, value in settings.items() if name not in _MODELS}, own


def check_ajustes(own: Mapping[str, Any]) -> dict[str, Any]:
    """Ours, checked and completed; an empty value takes one away. Raises EmitirError with every problem."""
    checked: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in own.items():
        if not value:
            continue
        if not isinstance(value, Mapping):
            problems.append(Problem(TIPO_INCORRECTO, N_("Debe ser un objeto con propiedades."), name))
            continue
        try:
            model = read(_MODELS[name], value)
        except EmitirError as error:
            problems += [_inside(name, problem) for problem in error.problems]
            continue
        if isinstance(model, WebhookSettings):
            problems += _plain_line(model)
        checked[name] = model.model_dump()
    if problems:
        raise EmitirError(problems)
    return checked


def _inside(name: str, problem: Problem) -> Problem:
    """The problem of a property of ``name``; a property that was probably meant is one of it too."""
    suggestion = problem.suggestion
    if suggestion and problem.code == PROPIEDAD_DESCONOCIDA:
        suggestion = f"{name}-{suggestion}"
    return replace(problem, path=f"{name}-{problem.path}", suggestion=suggestion)


def _plain_line(webhook: WebhookSettings) -> list[Problem]:
    """http:// is for this machine, and for a private network where that was allowed."""
    parts = urlsplit(webhook.url)
    if parts.scheme == "https" or webhook.red_privada or is_loopback(parts.hostname or ""):
        return []
    text = N_("La dirección del webhook debe empezar con https://.")
    action = N_("Use https://, o permita la red privada si el servidor está en la misma red.")
    return [Problem(CONFIGURACION_INVALIDA, text, "webhook-url", action=action)]
