"""What callers get wrong in the commands about issued documents, one line each, through real HTTP.

Command, properties, and for each error: ``codigo_error``, property, suggestion.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from emitir.wire import write
from tests.service.conftest import House
from tests.service.http import UNDERSTOOD, Access

Error = tuple[str, str, str]
ISSUED = {"tipo": "f", "serie": "F001", "numero": 990_001}
NONE = {"tipo": "f", "serie": "F001", "numero": 990_999}
BAD, MISSING, UNKNOWN = "FORMATO_INVALIDO", "PROPIEDAD_FALTANTE", "PROPIEDAD_DESCONOCIDA"
CHOICE, TYPE = "VALOR_NO_PERMITIDO", "TIPO_INCORRECTO"
LONG = [f"a{number}@cliente.example" for number in range(21)]

TABLE: list[tuple[str, dict[str, Any], list[Error]]] = [
    # -- which comprobante
    ("consultar", {}, [(MISSING, "tipo", "")]),
    ("consultar", {"tipo": "f", "serie": "F001"}, [(MISSING, "numero", "")]),
    ("consultar", {**ISSUED, "tipo": "x"}, [(CHOICE, "tipo", "")]),
    ("consultar", {**ISSUED, "serie": "F1"}, [(BAD, "serie", "")]),
    ("consultar", {**ISSUED, "numero": "uno"}, [(TYPE, "numero", "")]),
    ("consultar", {**ISSUED, "numero": 0}, [(BAD, "numero", "")]),
    ("consultar", {**ISSUED, "numer": 1}, [(UNKNOWN, "numer", "numero")]),
    ("consultar", {"tipo": "x", "serie": "F1", "numero": "a"}, [
        (CHOICE, "tipo", ""), (BAD, "serie", ""), (TYPE, "numero", "")]),
    ("consultar", NONE, [("COMPROBANTE_NO_EXISTE", "numero", "")]),
    ("consultar", {"codigo_documento": "20512345671-01-F001-0"}, [("COMPROBANTE_NO_EXISTE", "codigo_documento", "")]),
    ("consultar", {"codigo_documento": 5}, [(TYPE, "codigo_documento", "")]),
    ("consultar", {"codigo_document": "x"}, [(MISSING, "tipo", ""), (UNKNOWN, "codigo_document", "codigo_documento")]),
    ("consultar", {**ISSUED, "en_autoridad": [1]}, [(TYPE, "en_autoridad", "")]),
    ("consultar", {**ISSUED, "en_autorida": 1}, [(UNKNOWN, "en_autorida", "en_autoridad")]),
    # -- baja
    ("baja", ISSUED, [(MISSING, "motivo", "")]),
    ("baja", {"motivo": "ERROR EN EL RUC"}, [(MISSING, "tipo", "")]),
    ("baja", {**ISSUED, "motivo": "X"}, [(BAD, "motivo", "")]),
    ("baja", {**ISSUED, "motivo": "X" * 101}, [(BAD, "motivo", "")]),
    ("baja", {**ISSUED, "motvo": "ERROR"}, [(UNKNOWN, "motvo", "motivo"), (MISSING, "motivo", "")]),
    ("baja", {**NONE, "motivo": "ERROR EN EL RUC"}, [("COMPROBANTE_NO_EXISTE", "numero", "")]),
    # -- consultarticket
    ("consultarticket", {}, [(MISSING, "ticket", "")]),
    ("consultarticket", {"ticket": "123"}, [("TICKET_NO_EXISTE", "ticket", "")]),
    ("consultar_ticket", {"tiket": "123"}, [(UNKNOWN, "tiket", "ticket"), (MISSING, "ticket", "")]),
    # -- correo
    ("correo", ISSUED, [(MISSING, "para", "")]),
    ("correo", {**ISSUED, "para": "ana"}, [(BAD, "para", "")]),
    ("correo", {**ISSUED, "para": "ana@gmail,com"}, [(BAD, "para", "ana@gmail.com")]),
    ("correo", {**ISSUED, "para": ["ana@cliente.example", "luis@hotmal"]}, [(BAD, "para-2", "luis@hotmail.com")]),
    ("correo", {**ISSUED, "para": "ana@cliente.example; luis@"}, [(BAD, "para-2", "")]),
    ("correo", {**ISSUED, "para": ["ana@cliente.example\r\nBcc: x@y.example"]}, [(BAD, "para-1", "")]),
    ("correo", {**ISSUED, "para": 5}, [(TYPE, "para", "")]),
    ("correo", {**ISSUED, "para": LONG}, [(BAD, "para", "")]),
    ("correo", {**ISSUED, "para": "a@b.pe", "cc": ["x", "y"]}, [(BAD, "cc-1", ""), (BAD, "cc-2", "")]),
    ("correo", {**ISSUED, "para": "a@b.pe", "mensaje": "x" * 2001}, [(BAD, "mensaje", "")]),
    ("correo", {**ISSUED, "para": "a@b.pe", "archivos": ["pdf", "pfd"]}, [(CHOICE, "archivos-2", "pdf")]),
    ("correo", {**NONE, "par": "a@b.pe"}, [(MISSING, "para", ""), (UNKNOWN, "par", "para")]),
    # -- consultarruc
    ("consultarruc", {"numero_doc": "20131312956"}, [("NUMERO_IDENTIDAD_INVALIDO", "numero_doc", "20131312955")]),
    ("consultar_ruc", {"nmbre": "ACME"}, [(UNKNOWN, "nmbre", "nombre")]),
    # -- listar, resumen_ventas
    ("listar", {"tipo": "factra"}, [(CHOICE, "tipo", "")]),
    ("listar", {"desde": "21/11/2026"}, [(BAD, "desde", "")]),
    ("listar", {"desde": "2026-11-21", "hasta": "2026-11-20"}, [(BAD, "hasta", "")]),
    ("listar", {"limite": 201, "numero_desde": "a"}, [(TYPE, "numero_desde", ""), (BAD, "limite", "")]),
    ("listar", {"estado_comprobante": "acetado"}, [(CHOICE, "estado_comprobante", "aceptado")]),
    ("listar", {"despues_de": "dos"}, [(BAD, "despues_de", "")]),
    ("buscar", {"client": "ACME"}, [(UNKNOWN, "client", "cliente")]),
    ("resumen_ventas", {"periodo": "mess"}, [(CHOICE, "periodo", "mes")]),
    ("resumen_ventas", {"periodo": "mes", "desde": "2026-11-01"}, [(BAD, "periodo", "")]),
    ("resumen_ventas", {"hasta": "2026-11-01"}, [(MISSING, "desde", "")]),
    ("resumen-ventas", {"desde": "2025-01-01", "hasta": "2026-11-01"}, [(BAD, "hasta", "")]),
    # -- the command itself
    ("consultarcomprobantes", {}, [("COMANDO_DESCONOCIDO", "", "consultar")]),
    ("pagar_planilla", {}, [("COMANDO_DESCONOCIDO", "", "")]),
]  # fmt: skip


@pytest.fixture(scope="module")
def ready(house: House) -> Access:
    """A company with a mail server (which nobody answers) and one issued factura."""
    import subprocess

    from tests.service.conftest import EMITIR, ENVIRONMENT

    command = [EMITIR, "company", "mail", house.company.uuid, "--host", "127.0.0.1", "--port", "1"]
    command += ["--from", "ventas@empresa.example", "--data", str(house.folder / "data")]
    subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True)
    return house.company


@pytest.fixture(scope="module")
def issued(ready: Access) -> Access:
    from datetime import UTC, datetime

    from emitir.peru.examples import factura

    properties = json.loads(write(factura(datetime.now(UTC)), "json")) | {"numero": ISSUED["numero"]}
    reply = ready.emitir(properties)
    assert reply.status == 200, reply.body
    return ready


def test_there_are_enough_of_them() -> None:
    assert len(TABLE) >= 40
    assert len({json.dumps(row[:2]) for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize("row", range(len(TABLE)), ids=lambda row: f"{row}-{TABLE[row][0]}")
def test_refused_with_code_path_and_suggestion(issued: Access, row: int) -> None:
    command, properties, expected = TABLE[row]
    send: dict[str, Callable[[], Any]] = {
        "json": lambda: issued.generation_3(command, json.dumps(properties).encode()),
        "texto": lambda: issued.generation_1(command, write(properties, "texto"), "texto"),
    }
    reply = send["json"]()
    assert reply.status in UNDERSTOOD - {200}, reply.body
    answer = reply.properties
    found = [(e["codigo_error"], e["propiedad"], e["sugerencia"]) for e in answer["errores"]]
    assert sorted(found) == sorted(expected)
    assert all(error["descripcion"] and error["accion"] for error in answer["errores"])
    assert answer["estado"] == "error"
    old = send["texto"]()
    assert old.status == reply.status
    assert (old.properties["estado"], bool(old.properties["errores"])) == ("error", True)
