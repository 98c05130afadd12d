"""A company, and comprobantes made from properties as the service makes them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image, ImageDraw

from emitir.peru.country import COUNTRY

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
DIGEST = "kWSvbgYVkO0aMZJoYqmcYAv0hzKqfCMSXsLQpJmyH8A="
COMPANY = {
    "ruc": "20123456786",
    "razon_social": "ESTUDIO ANDINO S.A.C.",
    "direccion": "Av. José Larco 1232",
    "distrito": "Miraflores",
    "provincia": "Lima",
    "departamento": "Lima",
    "telefono": "01 555 0199",
    "correo": "ventas@estudioandino.example",
}
FACTURA = {
    "tipo": "f",
    "serie": "F001",
    "numero": 21,
    "fecha": "2026-11-21",
    "hora": "10:35",
    "tipo_doc": "r",
    "numero_doc": "20123456786",
    "razon_social": "ABC CONSULTORES S.A.C.",
    "direccion": "AV. PROBANDO 123 ICA ICA ICA",
    "moneda": "PEN",
}

Make = Callable[..., dict[str, Any]]


def line(descripcion: str = "ESCUDO DE VIBRANIUM", **more: Any) -> dict[str, Any]:
    """One item, at 41.00 with tax unless said otherwise."""
    item = {"cantidad": 1, "codigo": "98765", "descripcion": descripcion}
    return item | ({} if "valor_unitario" in more else {"precio_unitario": 41}) | more


@pytest.fixture
def make() -> Make:
    """Stored data, signed, of a factura: ``make(items=[...], empresa={...}, **properties)``; None leaves out."""

    def stored(empresa: dict[str, str] | None = None, **properties: Any) -> dict[str, Any]:
        company = COUNTRY.check_company(COMPANY | (empresa or {}))
        asked = {**FACTURA, "items": [line()], **properties}
        asked = {name: value for name, value in asked.items() if value is not None}
        return {**COUNTRY.prepare(asked, company, NOW).printable(), "valor_resumen": DIGEST}

    return stored


def png(width: int = 300, height: int = 100, colour: str = "#c83228", kind: str = "PNG") -> bytes:
    """A logo: a disc of one colour."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).ellipse((0, 0, width - 1, height - 1), fill=colour)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()
