"""Paraguay's documents: properties to signed bytes with their QR, and checked document to signed bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from emitir.paraguay.country import COUNTRY
from emitir.paraguay.prepare import prepare
from emitir.signing.keys import LocalSigner

NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
#: The DNIT's generic pair for tests.
SECRETS = {"csc": "ABCD0000000000000000000000000000"}
COMPANY = {
    "ruc": "80000000-5",
    "razon_social": "COMERCIAL ÑANDUTÍ & HIJOS S.A.",
    "nombre_comercial": "COMERCIAL ÑANDUTÍ",
    "direccion": "AV. MARISCAL LÓPEZ",
    "numero_casa": 1234,
    "departamento": "CAPITAL",
    "ciudad": "ASUNCION",
    "telefono": "021000000",
    "correo": "ventas@example.com",
    "actividades": [{"codigo": "47411", "descripcion": "COMERCIO AL POR MENOR"}],
    "timbrado": "12345678",
    "timbrado_inicio": "2024-11-20",
    "obligaciones": ["211", "700"],
    "ambiente": "test",
}
_DESCRIPTIONS = (
    "YERBA MATE ELABORADA 500 G",
    "AZÚCAR BLANCA 1 KG",
    "TORNILLOS & TUERCAS 1/2",
    "CUADERNO RAYADO A4 200 HOJAS",
    "CABLE USB-C 2 M",
)


def factura(lines: int) -> dict[str, Any]:
    """Properties as they come from JSON: both rates, exempt lines, prices with decimals."""
    items: list[dict[str, Any]] = []
    for index in range(lines):
        item: dict[str, Any] = {
            "codigo": f"P{index:05d}",
            "descripcion": f"{_DESCRIPTIONS[index % len(_DESCRIPTIONS)]} {index}",
            "cantidad": index % 7 + 1,
            "precio_unitario": Decimal("12345.67") + index if index % 7 == 3 else 10500 + index * 10,
        }
        if index % 5 == 1:
            item["tasa_iva"] = "5"
        if index % 5 == 4:
            item["afectacion_iva"] = "exento"
        items.append(item)
    return {
        "tipo": "f",
        "serie": "001-001",
        "numero": 1,
        "fecha": "2026-11-21",
        "tipo_doc": "r",
        "numero_doc": "80012345-0",
        "razon_social": "SUPERMERCADOS DEL ESTE S.A.",
        "direccion": "RUTA 2 KM 30",
        "items": items,
    }


def actions(key: LocalSigner) -> dict[str, Callable[[], object]]:
    """What is measured in the same process, by key."""
    company = COUNTRY.check_company(COMPANY)
    made = {lines: factura(lines) for lines in (3, 100, 999)}
    small, large = prepare(made[3], company, NOW), prepare(made[100], company, NOW)
    return {
        "py.full.3": lambda: COUNTRY.prepare(made[3], company, NOW).sign_with(key, SECRETS),
        "py.full.100": lambda: COUNTRY.prepare(made[100], company, NOW).sign_with(key, SECRETS),
        "py.full.999": lambda: COUNTRY.prepare(made[999], company, NOW).sign_with(key, SECRETS),
        "py.build_sign.3": lambda: small.sign_with(key, SECRETS),
        "py.build_sign.100": lambda: large.sign_with(key, SECRETS),
    }
