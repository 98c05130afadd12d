"""A company's way to SUNAT: addresses, credentials, limits, and connections that are kept and shared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from emitir.error_codes import CONFIGURACION_INVALIDA, EMPRESA_INCOMPLETA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.peru.sunat.endpoints import endpoints_of
from emitir.peru.sunat.gre import GuiaService
from emitir.peru.sunat.integrada import ConsultaIntegrada
from emitir.soap.client import SoapClient
from emitir.soap.envelope import UsernameToken
from emitir.soap.exchange import Exchange, Limits

#: Seconds to wait for an answer of SUNAT's, instead of the usual 60.
TIMEOUT_VARIABLE = "EMITIR_PE_TIMEOUT"
#: SUNAT's public user for tests (spec.md §11).
TEST_USER = ("MODDATOS", "moddatos")
#: API client for guías in the sandbox.
TEST_CLIENT = ("00000000-0000-4000-8000-000000000000", "sandbox")


class Connection:
    """Opens the services of one company. Raises EmitirError for settings that lead nowhere."""

    def __init__(self, company: Mapping[str, Any], secrets: Mapping[str, str], limits: Limits | None) -> None:
        self.endpoints = endpoints_of(company)
        self.is_ose = company.get("ambiente") == "ose"
        self.in_sandbox = (company.get("ambiente") or "sandbox") == "sandbox"
        self._secrets = secrets
        self._limits = limits or _limits()
        self._token = _token(company, secrets)

    def soap(self, url: str) -> SoapClient:
        """The SOAP service at ``url``, with the company's SOL user."""
        return SoapClient(url, self._exchange(url), token=self._token)

    def integrada(self) -> ConsultaIntegrada | None:
        """Consulta integrada, when the company has the API credentials for it."""
        client_id = self._secrets.get("consulta_client_id")
        secret = self._secrets.get("consulta_client_secret")
        url, token_url = self.endpoints.consultaIntegrada, self.endpoints.consultaToken
        if not (client_id and secret and url and token_url):
            return None
        return ConsultaIntegrada(url, token_url, client_id, secret, self._exchange(url))

    def guias(self) -> GuiaService | None:
        """The service of guías, when the company has API credentials for it; the sandbox takes any."""
        client_id, secret = self._secrets.get("gre_client_id"), self._secrets.get("gre_client_secret")
        if self.in_sandbox and not client_id and not secret:
            client_id, secret = TEST_CLIENT
        url, token_url = self.endpoints.gre, self.endpoints.greToken
        if not (client_id and secret and url and token_url):
            return None
        return GuiaService(url, token_url, client_id, secret, self._token, self._exchange(url))

    def _exchange(self, url: str) -> Exchange:
        parts = urlsplit(url)
        return _shared(f"{parts.scheme}://{parts.netloc}", self._limits, os.getpid())


def _token(company: Mapping[str, Any], secrets: Mapping[str, str]) -> UsernameToken:
    """User and password of SOL. In the sandbox and in beta the test user stands in for missing ones."""
    user, password = secrets.get("usuario_sol") or "", secrets.get("clave_sol") or ""
    if not user and not password and (company.get("ambiente") or "sandbox") in ("sandbox", "beta"):
        user, password = TEST_USER
    problems = []
    for name, value in (("usuario_sol", user), ("clave_sol", password)):
        if not value:
            text = N_("Faltan las credenciales SOL de un usuario secundario.")
            problems.append(Problem(EMPRESA_INCOMPLETA, text, name))
        elif not value.isprintable():
            problems.append(Problem(CONFIGURACION_INVALIDA, N_("Contiene caracteres que no se ven."), name))
    if problems:
        raise EmitirError(problems)
    ruc = company["ruc"]
    return UsernameToken(user if user.startswith(ruc) else f"{ruc}{user}", password)


def _limits() -> Limits:
    given = os.environ.get(TIMEOUT_VARIABLE, "")
    if not given:
        return Limits()
    if not given.isascii() or not given.isdigit() or not int(given):
        text = N_("{variable} debe ser un número de segundos.")
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, params={"variable": TIMEOUT_VARIABLE}))
    seconds = float(given)
    return Limits(connect=min(10.0, seconds), read=seconds, total=2 * seconds)


@lru_cache(maxsize=64)
def _shared(origin: str, limits: Limits, process: int) -> Exchange:
    """Kept connections of one target, shared by every company; never across a fork (``process``)."""
    del origin, process
    return Exchange(limits)
