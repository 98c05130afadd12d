"""The examples of the guide, of /docs and of the demo: the same properties everywhere.

The factura is the one that the API has been documented with since 2017, with what was wrong in it corrected:
the check digit of the RUC, the totals and the date. :data:`AS_PRINTED` is what was printed.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from emitir.peru.plazos import lima_date

_ITEMS: tuple[dict[str, Any], ...] = (
    {
        "unidad": "NIU",
        "cantidad": 1,
        "codigo": "98765",
        "descripcion": "ESCUDO DE VIBRANIUM",
        "precio_unitario": 41,
        "valor_unitario": Decimal("34.75"),
        "valor_venta": Decimal("34.75"),
        "igv": Decimal("6.25"),
        "afectacion_igv": "10",
    },
    {
        "unidad": "NIU",
        "cantidad": 1,
        "codigo": "43210",
        "descripcion": "LAWGIVER MK II",
        "precio_unitario": 49,
        "valor_unitario": Decimal("41.53"),
        "valor_venta": Decimal("41.53"),
        "igv": Decimal("7.47"),
        "afectacion_igv": "10",
    },
)

#: The documented factura as printed: bad totals, a bad RUC, a date long past.
AS_PRINTED: dict[str, Any] = {
    "tipo": "f",
    "serie": "F001",
    "numero": 21,
    "fecha": "2017-06-14",
    "tipo_doc": "r",
    "numero_doc": "20123456780",
    "razon_social": "ABC CONSULTORES S.A.C.",
    "direccion": "AV. PROBANDO 123 ICA ICA ICA",
    "moneda": "PEN",
    "total_gravado": Decimal("84.75"),
    "total_igv": Decimal("15.25"),
    "items": list(_ITEMS),
}


def factura(now: datetime) -> dict[str, Any]:
    """The documented factura, corrected, of the day in Lima."""
    return AS_PRINTED | {
        "fecha": lima_date(now).isoformat(),
        "numero_doc": "20123456786",
        "total_gravado": Decimal("76.28"),
        "total_igv": Decimal("13.72"),
    }


def boleta(now: datetime) -> dict[str, Any]:
    """A boleta for a person with DNI: prices with IGV, the rest is computed."""
    return {
        "tipo": "b",
        "serie": "B001",
        "numero": 1,
        "fecha": lima_date(now).isoformat(),
        "tipo_doc": "d",
        "numero_doc": "45678912",
        "razon_social": "MARÍA ÑAHUI QUISPE",
        "moneda": "PEN",
        "items": [
            {
                "unidad": "NIU",
                "cantidad": 3,
                "descripcion": "CUADERNO A4 RAYADO",
                "precio_unitario": Decimal("5.50"),
            },
            {
                "unidad": "KGM",
                "cantidad": Decimal("0.750"),
                "descripcion": "CAFÉ MOLIDO DE CHANCHAMAYO",
                "precio_unitario": Decimal("38.00"),
            },
        ],
    }
