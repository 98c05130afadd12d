"""The examples of the guide, of /docs and of the tests: the same properties everywhere."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from emitir.paraguay.plazos import asuncion


def factura(now: datetime) -> dict[str, Any]:
    """A factura at once to a taxpayer: prices with IVA, everything else is computed."""
    return {
        "tipo": "f",
        "serie": "001-001",
        "numero": 1,
        "fecha": asuncion(now).date().isoformat(),
        "tipo_doc": "r",
        "numero_doc": "80012345-0",
        "razon_social": "COMERCIAL ÑANDUTÍ S.A.",
        "direccion": "AV. MARISCAL LÓPEZ 1234",
        "moneda": "PYG",
        "items": [
            {
                "codigo": "YM-500",
                "descripcion": "YERBA MATE ELABORADA 500 G",
                "cantidad": 12,
                "precio_unitario": 18500,
                "tasa_iva": "10",
            },
            {
                "codigo": "AZ-1",
                "descripcion": "AZÚCAR BLANCA",
                "unidad": "kg",
                "cantidad": Decimal("2.5"),
                "precio_unitario": 6200,
                "tasa_iva": "5",
            },
        ],
    }


def remision(now: datetime) -> dict[str, Any]:
    """Goods that go from one's own premises to one's own."""
    day = asuncion(now).date().isoformat()
    return {
        "tipo": "r",
        "serie": "001-001",
        "numero": 1,
        "fecha": day,
        "motivo": "7",
        "direccion": "RUTA 2 KM 30",
        "kilometros": 30,
        "informacion_fisco": "Traslado entre locales de la empresa",
        "transporte": {
            "tipo": "propio",
            "responsable_flete": "5",
            "inicio": day,
            "fin": day,
            "salida": {"direccion": "AV. MARISCAL LÓPEZ 1234", "ciudad": "ASUNCION"},
            "entregas": [{"direccion": "RUTA 2 KM 30", "departamento": "CENTRAL", "ciudad": "ITAUGUA"}],
            "vehiculos": [{"tipo": "CAMIÓN", "marca": "SCANIA", "matricula": "ABC123"}],
            "transportista": {
                "ruc": "80012345-0",
                "nombre": "TRANSPORTES DEL SUR S.A.",
                "domicilio": "LUQUE",
                "chofer_numero_doc": "1234567",
                "chofer_nombre": "JOSÉ GIMÉNEZ",
                "chofer_direccion": "LUQUE",
            },
        },
        "items": [{"codigo": "YM-500", "descripcion": "YERBA MATE ELABORADA 500 G", "cantidad": 120}],
    }


def evento(now: datetime) -> dict[str, Any]:
    """The receiver of a document agrees with it."""
    from emitir.paraguay.cdc import Cdc, build

    day = asuncion(now).date()
    cdc = build(Cdc("1", "80012345", "0", "001", "001", 113, "2", day, "1", "549571809"))
    return {"evento": "conformidad", "cdc": cdc}


def inutilizar() -> dict[str, Any]:
    """Numbers that were skipped."""
    return {
        "tipo": "f",
        "serie": "001-001",
        "desde": 101,
        "hasta": 110,
        "motivo": "SALTO EN LA NUMERACIÓN",
    }
