"""The documents of the DNIT's tests: five kinds, right ones, from the company's own data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from emitir.paraguay.emisor import Emisor

#: What the guide wants as description of the first item (Guía de pruebas §2).
PRIMER_ITEM = "DOCUMENTO ELECTRÓNICO SIN VALOR COMERCIAL NI FISCAL - GENERADO EN AMBIENTE DE PRUEBA"
#: iTiDE in the order of the guide.
TIPOS = ("1", "5", "6", "4", "7")
SIGLAS = {"1": "FE", "4": "AFE", "5": "NCE", "6": "NDE", "7": "NRE"}


@dataclass(frozen=True, slots=True)
class Receptor:
    """Who receives the documents of the tests; a taxpayer that exists, since SIFEN looks it up (1306)."""

    ruc: str
    nombre: str


def properties(
    tipo: str, numero: int, dia: date, emisor: Emisor, receptor: Receptor, asociado: str
) -> dict[str, Any]:
    """Properties of a right document. ``asociado``: CDC of an approved factura, for the notas."""
    head = {"tipo": tipo, "serie": "001-001", "numero": numero, "fecha": dia.isoformat()}
    who = {"tipo_doc": "r", "numero_doc": receptor.ruc, "razon_social": receptor.nombre}
    place = {"departamento": emisor.departamento, "distrito": emisor.distrito, "ciudad": emisor.ciudad}
    place = {name: value for name, value in place.items() if value}
    if tipo == "1":
        return head | who | {"items": _items(numero)}
    if tipo in "56":
        return head | who | {"motivo": "2", "documento": asociado, "items": _items(numero)[:1]}
    if tipo == "4":
        seller = {"numero_doc": "1234567", "nombre": "Vendedor de Prueba", "direccion": "Calle de prueba"}
        constancia = [{"constancia": "no_contribuyente"}]
        items = [{name: value for name, value in _items(numero)[0].items() if name != "tasa_iva"}]
        return head | {"vendedor": seller | place, "documentos": constancia, "items": items}
    return head | _remision(dia, emisor, place, numero)


def _items(numero: int) -> list[dict[str, Any]]:
    return [
        {
            "codigo": "P-1",
            "descripcion": PRIMER_ITEM,
            "cantidad": 1,
            "precio_unitario": 11000 + numero % 97 * 100,
            "tasa_iva": "10",
        },
        {
            "codigo": "P-2",
            "descripcion": "Segundo ítem de prueba",
            "cantidad": 2,
            "precio_unitario": 5250,
            "tasa_iva": "5",
        },
    ]


def _remision(dia: date, emisor: Emisor, place: Mapping[str, str], numero: int) -> dict[str, Any]:
    """Goods from one's own premises to one's own: nothing of others has to exist."""
    stop = {"direccion": emisor.direccion, "numero_casa": emisor.numero_casa, **place}
    return {
        "motivo": "7",
        "direccion": emisor.direccion,
        "kilometros": 1,
        "informacion_fisco": emisor.leyenda_remision or "Traslado entre locales de la empresa",
        "transporte": {
            "tipo": "propio",
            "responsable_flete": "5",
            "inicio": dia.isoformat(),
            "fin": dia.isoformat(),
            "salida": stop,
            "entregas": [stop],
            "vehiculos": [{"tipo": "CAMIÓN", "marca": "PRUEBA", "matricula": "ABC123"}],
            "transportista": {
                "ruc": emisor.ruc,
                "nombre": emisor.razon_social[:60],
                "domicilio": emisor.direccion[:150],
                "chofer_numero_doc": "1234567",
                "chofer_nombre": "Chofer de Prueba",
                "chofer_direccion": emisor.direccion,
            },
        },
        "items": [{"codigo": "P-1", "descripcion": PRIMER_ITEM, "cantidad": numero % 50 + 1}],
    }
