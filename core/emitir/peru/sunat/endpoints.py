"""Where SUNAT is, by the company's ``ambiente`` (spec.md §11; the WSDLs' own ``soap:address``).

The sandbox is the default. Production is reached when ``ambiente`` says ``produccion`` and never by another
way: an address of SUNAT's production under any other ``ambiente`` is refused.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlsplit

from emitir.error_codes import CONFIGURACION_INVALIDA, EMPRESA_INCOMPLETA
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

SANDBOX_VARIABLE = "EMITIR_PE_SANDBOX_URL"
SANDBOX_URL = "http://127.0.0.1:8019"

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_BETA_HOST = "e-beta.sunat.gob.pe"
_TOKEN_PATH = "/v1/clientesextranet/{client_id}/oauth2/token/"  # noqa: S105 - a path
_VALIDITY_PATH = "/v1/contribuyente/contribuyentes/{ruc}/validarcomprobante"
_GRE_PATH = "/v1/contribuyente/gem/comprobantes"
_GRE_TOKEN_PATH = "/v1/clientessol/{client_id}/oauth2/token/"  # noqa: S105 - a path


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses, named as the company's ``endpoints``; empty where the environment has no such service.

    ``billService``: 01 03 04 07 08, RC, RA. ``otrosCpe``: 20, 40, RR. ``billConsultService``: CDR queries.
    ``consultaIntegrada`` (``{ruc}``) and ``consultaToken`` (``{client_id}``): state of any comprobante.
    ``gre`` and ``greToken`` (``{client_id}``): guías de remisión.
    """

    billService: str = ""  # noqa: N815 - SUNAT's names, as the configuration writes them
    otrosCpe: str = ""  # noqa: N815
    billConsultService: str = ""  # noqa: N815
    consultaIntegrada: str = ""  # noqa: N815
    consultaToken: str = ""  # noqa: N815
    gre: str = ""
    greToken: str = ""  # noqa: N815


_INTEGRADA = {
    "consultaIntegrada": f"https://api.sunat.gob.pe{_VALIDITY_PATH}",
    "consultaToken": f"https://api-seguridad.sunat.gob.pe{_TOKEN_PATH}",
}
_FIXED = {
    "beta": Endpoints(
        billService=f"https://{_BETA_HOST}/ol-ti-itcpfegem-beta/billService",
        otrosCpe=f"https://{_BETA_HOST}/ol-ti-itemision-otroscpe-gem-beta/billService",
    ),
    "produccion": Endpoints(
        billService="https://e-factura.sunat.gob.pe/ol-ti-itcpfegem/billService",
        otrosCpe="https://e-factura.sunat.gob.pe/ol-ti-itemision-otroscpe-gem/billService",
        billConsultService="https://e-factura.sunat.gob.pe/ol-it-wsconscpegem/billConsultService",
        **_INTEGRADA,
        gre=f"https://api-cpe.sunat.gob.pe{_GRE_PATH}",
        greToken=f"https://api-seguridad.sunat.gob.pe{_GRE_TOKEN_PATH}",
    ),
    # Guías go to SUNAT itself, which has no place to try them: neither in beta nor beside an OSE that may be one of tests.
    # An OSE's services are the company's to name; the state of its comprobantes is SUNAT's to tell.
    "ose": Endpoints(**_INTEGRADA),
}


def sandbox() -> Endpoints:
    """The sandbox's addresses, under ``EMITIR_PE_SANDBOX_URL`` when that is set."""
    base = (os.environ.get(SANDBOX_VARIABLE) or SANDBOX_URL).rstrip("/")
    return Endpoints(
        billService=f"{base}/ol-ti-itcpfegem-beta/billService",
        otrosCpe=f"{base}/ol-ti-itemision-otroscpe-gem-beta/billService",
        billConsultService=f"{base}/ol-it-wsconscpegem/billConsultService",
        consultaIntegrada=f"{base}{_VALIDITY_PATH}",
        consultaToken=f"{base}{_TOKEN_PATH}",
        gre=f"{base}{_GRE_PATH}",
        greToken=f"{base}{_GRE_TOKEN_PATH}",
    )


def endpoints_of(company: Mapping[str, Any]) -> Endpoints:
    """The addresses of a company: those of its ``ambiente``, with its own ``endpoints`` in their place.

    Raises EmitirError with every problem: unknown ``ambiente``, an OSE without address, an address without
    encryption beyond this machine, production by the back door.
    """
    ambiente = company.get("ambiente") or "sandbox"
    found = sandbox() if ambiente == "sandbox" else _FIXED.get(ambiente)
    if found is None:
        text = N_("El ambiente {ambiente} no existe: use sandbox, beta, produccion u ose.")
        raise EmitirError(Problem(CONFIGURACION_INVALIDA, text, "ambiente", {"ambiente": ambiente}))
    given = company.get("endpoints") or {}
    own = {field.name: given[field.name] for field in fields(Endpoints) if given.get(field.name)}
    problems = [problem for name, url in own.items() if (problem := _refusal(ambiente, name, url))]
    found = replace(found, **own)
    if not found.billService:
        text = N_("Falta la dirección del servicio del OSE.")
        problems.append(Problem(EMPRESA_INCOMPLETA, text, "endpoints-billService"))
    if problems:
        raise EmitirError(problems)
    return found


def _refusal(ambiente: str, name: str, url: str) -> Problem | None:
    try:
        parts = urlsplit(url)
        host, scheme = parts.hostname or "", parts.scheme
    except ValueError:
        host, scheme = "", ""
    if scheme not in ("http", "https") or not host or parts.username or parts.password:
        return _invalid(name, N_("La dirección no es válida."))
    if scheme == "http" and ambiente != "sandbox" and host not in _LOOPBACK:
        return _invalid(name, N_("La dirección debe empezar con https://: por ella viaja la clave SOL."))
    production = (host == "sunat.gob.pe" or host.endswith(".sunat.gob.pe")) and host != _BETA_HOST
    of_sunat = ambiente == "ose" and name in (*_INTEGRADA, "gre", "greToken")
    if production and ambiente != "produccion" and not of_sunat:
        return _invalid(name, N_("Es una dirección de producción: elija el ambiente produccion para usarla."))
    return None


def _invalid(name: str, text: str) -> Problem:
    return Problem(CONFIGURACION_INVALIDA, text, f"endpoints-{name}")
