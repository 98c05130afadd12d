"""The companies of the demo, one of each country, with their throw-away certificates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from emitir.engine import Company, Engine
from emitir.signing.throwaway import throwaway_pkcs12

_PASSWORD = "demo"  # noqa: S105 - of a throw-away certificate
#: What SUNAT's own test environment takes for everybody.
SOL = {"usuario_sol": "MODDATOS", "clave_sol": "moddatos"}
PERU: dict[str, Any] = {
    "ruc": "20512345671",
    "razon_social": "COMERCIAL ÑANDÚ & HIJOS S.A.C.",
    "nombre_comercial": "ÑANDÚ",
    "direccion": "AV. AREQUIPA 1234",
    "ubigeo": "150131",
    "departamento": "LIMA",
    "provincia": "LIMA",
    "distrito": "SAN ISIDRO",
    "telefono": "01 555 0100",
    "correo": "ventas@example.com",
    "ambiente": "sandbox",
}
_LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" rx="18"
fill="#1f3b63"/><path d="M22 70c2-26 14-40 30-40 4-10 12-12 18-8l-6 6c8 14 4 30-8 36l-2 10h-6l1-8h-9l-3 8h-6l3-9z"
fill="#fff"/><circle cx="62" cy="28" r="2" fill="#1f3b63"/></svg>"""
PATHS = {
    "billService": "/ol-ti-itcpfegem-beta/billService",
    "otrosCpe": "/ol-ti-itemision-otroscpe-gem-beta/billService",
    "billConsultService": "/ol-it-wsconscpegem/billConsultService",
}
PARAGUAY: dict[str, Any] = {
    "ruc": "80000000-5",
    "razon_social": "COMERCIAL YVY MARÃ & HIJOS S.A.",
    "nombre_comercial": "YVY MARÃ",
    "direccion": "AV. MARISCAL LÓPEZ 1234",
    "numero_casa": 1234,
    "departamento": "CAPITAL",
    "ciudad": "ASUNCION",
    "telefono": "021 555 010",
    "correo": "ventas@example.com",
    "actividades": [{"codigo": "46900", "descripcion": "COMERCIO AL POR MAYOR DE OTROS PRODUCTOS"}],
    "timbrado": "12345678",
    "timbrado_inicio": "2024-11-20",
    "ambiente": "sandbox",
}
#: The DNIT's generic pair for tests.
_CSC = {"csc": "ABCD0000000000000000000000000000"}


@dataclass(frozen=True)
class Tenant:
    """A company of the demo, and the key to it."""

    company: Company
    token: str = field(repr=False)


def create_peru(engine: Engine, sandbox: str) -> Tenant:
    """The Peruvian company, against the sandbox SUNAT at that address."""
    settings = {**PERU, "endpoints": {name: sandbox + path for name, path in PATHS.items()}}
    return Tenant(
        *engine.companies.create("pe", settings, SOL, _certificate(PERU["ruc"], PERU), _PASSWORD, logo=_LOGO)
    )


def create_paraguay(engine: Engine, sandbox: str) -> Tenant:
    """The Paraguayan company, against the sandbox SIFEN at that address."""
    settings = {**PARAGUAY, "endpoints": {"sifen": sandbox}}
    certificate = _certificate(f"RUC{PARAGUAY['ruc']}", PARAGUAY)
    return Tenant(*engine.companies.create("py", settings, _CSC, certificate, _PASSWORD, logo=_LOGO))


def _certificate(ruc: str, company: dict[str, Any]) -> bytes:
    now = datetime.now(UTC)
    since, until = now - timedelta(days=1), now + timedelta(days=365)
    return throwaway_pkcs12(ruc, company["razon_social"], _PASSWORD, since, until)
