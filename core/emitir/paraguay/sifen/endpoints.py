"""Where SIFEN is, by the company's ``ambiente`` (spec.md §10).

The sandbox is the default. Production is reached when ``ambiente`` says ``produccion`` and never by another way.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from emitir.error_codes import CONFIGURACION_INVALIDA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

SANDBOX_VARIABLE = "EMITIR_PY_SANDBOX_URL"
#: PEM of the certificate that a sandbox with mutual TLS shows; looked at in the sandbox alone.
SANDBOX_TRUST_VARIABLE = "EMITIR_PY_SANDBOX_CA"
SANDBOX_URL = "http://127.0.0.1:8019"
PRODUCTION_HOST = "sifen.set.gov.py"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_FIXED = {"test": "https://sifen-test.set.gov.py", "produccion": f"https://{PRODUCTION_HOST}"}

#: Path of each service under the host.
PATHS = {
    "recibe": "/de/ws/sync/recibe.wsdl",
    "recibe-lote": "/de/ws/async/recibe-lote.wsdl",
    "consulta-lote": "/de/ws/consultas/consulta-lote.wsdl",
    "consulta": "/de/ws/consultas/consulta.wsdl",
    "consulta-ruc": "/de/ws/consultas/consulta-ruc.wsdl",
    "evento": "/de/ws/eventos/evento.wsdl",
}


def base_of(company: Mapping[str, Any]) -> str:
    """Scheme and host of a company's SIFEN: of its ``ambiente``, or the ``sifen`` of its ``endpoints``.

    Raises EmitirError: unknown ``ambiente``, an address without encryption beyond this machine, production by
    the back door.
    """
    ambiente = company.get("ambiente") or "sandbox"
    usual = os.environ.get(SANDBOX_VARIABLE) or SANDBOX_URL if ambiente == "sandbox" else _FIXED.get(ambiente)
    if usual is None:
        text = N_("El ambiente {ambiente} no existe: use sandbox, test o produccion.")
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, "ambiente", {"ambiente": ambiente}))
    given = (company.get("endpoints") or {}).get("sifen", "")
    if given and (text := _refusal(ambiente, given)):
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, "endpoints-sifen"))
    return (given or usual).rstrip("/")


def _refusal(ambiente: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        host, scheme = parts.hostname or "", parts.scheme
    except ValueError:
        host, scheme = "", ""
    if scheme not in ("http", "https") or not host or parts.username or parts.password:
        return N_("La dirección no es válida.")
    if scheme == "http" and host not in _LOOPBACK:
        return N_("La dirección debe empezar con https://: SIFEN exige TLS con certificado.")
    if host == PRODUCTION_HOST and ambiente != "produccion":
        return N_("Es una dirección de producción: elija el ambiente produccion para usarla.")
    return ""
