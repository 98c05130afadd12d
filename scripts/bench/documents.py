"""Peru's documents: properties to signed bytes, checked comprobante to signed bytes, RSA alone, PDF."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import Any

from emitir.peru.comprobante import Comprobante
from emitir.peru.country import COUNTRY
from emitir.peru.prepare import prepare
from emitir.signing.keys import LocalSigner, load_pkcs12
from emitir.signing.throwaway import throwaway_pkcs12

NOW = datetime(2026, 11, 21, 15, tzinfo=UTC)
RUC = "20123456786"
COMPANY = {
    "ruc": RUC,
    "razon_social": "COMERCIAL ANDINA & HIJOS S.A.C.",
    "nombre_comercial": "COMERCIAL ANDINA",
    "direccion": "AV. JAVIER PRADO ESTE 1234",
    "ubigeo": "150131",
    "departamento": "LIMA",
    "provincia": "LIMA",
    "distrito": "SAN ISIDRO",
}


_DESCRIPTIONS = (
    "PRODUCTO DE LIMPIEZA MULTIUSO 1 L",
    "PRODUCTO CAÑA DE AZÚCAR ORGÁNICA",
    "PRODUCTO TORNILLOS & TUERCAS 1/2",
    "PRODUCTO CUADERNO RAYADO A4 200 HOJAS",
    "PRODUCTO CABLE USB-C 2 M",
)


def signer() -> LocalSigner:
    """A fresh RSA-2048 key with its certificate."""
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    return load_pkcs12(throwaway_pkcs12(RUC, "COMERCIAL ANDINA", "banco", start, end), "banco")


def factura(lines: int, number: int = 1, day: str = "2026-11-21") -> dict[str, Any]:
    """Properties as they come from JSON: mixed affectations, prices with and without tax, decimals."""
    items: list[dict[str, Any]] = []
    for index in range(lines):
        item: dict[str, Any] = {
            "unidad": "NIU",
            "cantidad": index % 7 + 1,
            "codigo": f"P{index:05d}",
            "descripcion": f"{_DESCRIPTIONS[index % len(_DESCRIPTIONS)]} {index}",
            "afectacion_igv": "20" if index % 5 == 4 else "10",
        }
        if index % 2:
            item["valor_unitario"] = Decimal("12.3456789") + index
        else:
            item["precio_unitario"] = Decimal("59.90") + index
        items.append(item)
    return {
        "tipo": "f",
        "serie": "F001",
        "numero": number,
        "fecha": day,
        "tipo_doc": "r",
        "numero_doc": 20100070970,
        "razon_social": "SUPERMERCADOS PERUANOS S.A.",
        "direccion": "CAL. MORELLI 181 SAN BORJA LIMA",
        "moneda": "PEN",
        "items": items,
    }


def printables(comprobante: Comprobante, key: LocalSigner) -> Iterator[dict[str, Any]]:
    """Printed data that differ every time in all that differs in life: the typesetter remembers pages."""
    stored = comprobante.printable() | {"valor_resumen": comprobante.sign(key).valor_resumen}
    for number in count(1):
        text = (
            json.dumps(stored).replace("F001-1", f"F001-{number}").replace("PRODUCTO", f"ARTÍCULO {number}")
        )
        page: dict[str, Any] = json.loads(text.replace("SUPERMERCADOS", f"MERCADOS {number}"))
        page["valor_resumen"] = b64encode(sha256(str(number).encode()).digest()).decode()
        page["qr"] = f"{page['qr']}{number}|"
        page["total"] = [page["total"][0], f"S/ {number}.00"]
        yield page


def actions(key: LocalSigner) -> dict[str, Callable[[], object]]:
    """What is measured in the same process, by key."""
    small, large = factura(3), factura(100)
    checked_small = prepare(small, COMPANY, NOW)
    checked_large = prepare(large, COMPANY, NOW)
    pages = printables(checked_small, key)
    return {
        "rsa_floor": lambda: key.sign(b"x" * 1000),
        "pe.full.3": lambda: COUNTRY.prepare(small, COMPANY, NOW).sign(key),
        "pe.full.100": lambda: COUNTRY.prepare(large, COMPANY, NOW).sign(key),
        "pe.build_sign.3": lambda: checked_small.sign(key),
        "pe.build_sign.100": lambda: checked_large.sign(key),
        "pdf.a4": lambda: COUNTRY.pdf(next(pages), "a4", None),
    }
