"""What callers get wrong, one line each: HTTP code, ``codigo_error`` and the property it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emitir.peru.plazos import lima_date
from emitir.wire import write
from tests.service.http import Access

Properties = Callable[..., dict[str, Any]]
_TODAY = lima_date(datetime.now(UTC))


def day(offset: int) -> str:
    return (_TODAY + timedelta(days=offset)).isoformat()


def item(**changes: Any) -> dict[str, Any]:
    """A good line of 118.00 with changes."""
    made = {"cantidad": 1, "descripcion": "TUERCA", "precio_unitario": 118, **changes}
    return {name: value for name, value in made.items() if value is not None}


def lines(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The lines of a factura, without the totals of the documented ones."""
    return {"items": list(items), "total_gravado": None, "total_igv": None, **more}


def first_of_each(errors: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The first error of each property: what else is said of it follows from that one."""
    return [error for at, error in enumerate(errors) if error[1] not in {path for _, path in errors[:at]}]


#: Changes to the documented factura, and every error that they get.
TABLE: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "no properties": ({"tipo": None, "serie": None, "fecha": None, "items": None, "numero": None}, [
        ("PROPIEDAD_FALTANTE", "tipo"), ("PROPIEDAD_FALTANTE", "serie"),
        ("PROPIEDAD_FALTANTE", "fecha"), ("PROPIEDAD_FALTANTE", "items")]),
    "unknown type": ({"tipo": "x"}, [("VALOR_NO_PERMITIDO", "tipo")]),
    "missing type": ({"tipo": None}, [("PROPIEDAD_FALTANTE", "tipo")]),
    "empty type": ({"tipo": ""}, [("VALOR_NO_PERMITIDO", "tipo")]),
    "type as a list": ({"tipo": ["f"]}, [("TIPO_INCORRECTO", "tipo")]),
    "short serie": ({"serie": "F1"}, [("FORMATO_INVALIDO", "serie")]),
    "serie of the other type": ({"serie": "B001"}, [("FORMATO_INVALIDO", "serie")]),
    "numero zero": ({"numero": 0}, [("FORMATO_INVALIDO", "numero")]),
    "numero in words": ({"numero": "veintiuno"}, [("TIPO_INCORRECTO", "numero")]),
    "numero with decimals": ({"numero": 21.5}, [("TIPO_INCORRECTO", "numero")]),
    "numero of nine digits": ({"numero": 100_000_000}, [("FORMATO_INVALIDO", "numero")]),
    "no date": ({"fecha": None}, [("PROPIEDAD_FALTANTE", "fecha")]),
    "date the other way round": ({"fecha": "21/11/2026"}, [("FORMATO_INVALIDO", "fecha")]),
    "no such day": ({"fecha": "2026-02-30"}, [("FORMATO_INVALIDO", "fecha")]),
    "tomorrow": ({"fecha": day(1)}, [("FECHA_FUTURA", "fecha")]),
    "four days ago": ({"fecha": day(-4)}, [("FECHA_FUERA_DE_PLAZO", "fecha")]),
    "no such hour": ({"hora": "25:00"}, [("FORMATO_INVALIDO", "hora")]),
    "unknown kind of document": ({"tipo_doc": "z"}, [("VALOR_NO_PERMITIDO", "tipo_doc")]),
    "wrong digit of a RUC": ({"numero_doc": "20123456780"}, [("NUMERO_IDENTIDAD_INVALIDO", "numero_doc")]),
    "wrong digit of a RUC as a number": ({"numero_doc": 20123456780}, [("NUMERO_IDENTIDAD_INVALIDO", "numero_doc")]),
    "short RUC": ({"numero_doc": "2012345678"}, [("NUMERO_IDENTIDAD_INVALIDO", "numero_doc")]),
    "line break in a name": ({"razon_social": "ABC\nS.A.C."}, [("FORMATO_INVALIDO", "razon_social")]),
    "control character": ({"razon_social": "ABC \u0007 S.A.C."}, [("FORMATO_INVALIDO", "razon_social")]),
    "no such currency": ({"moneda": "SOLES"}, [("FORMATO_INVALIDO", "moneda")]),
    "total that does not add up": ({"total_gravado": 84.75}, [("TOTAL_NO_CUADRA", "total_gravado")]),
    "both totals": ({"total_gravado": 84.75, "total_igv": 15.25}, [
        ("TOTAL_NO_CUADRA", "total_gravado"), ("TOTAL_NO_CUADRA", "total_igv")]),
    "total in words": ({"total_gravado": "setenta"}, [("TIPO_INCORRECTO", "total_gravado")]),
    "total with thousands": ({"total_gravado": "1,076.28"}, [("TIPO_INCORRECTO", "total_gravado")]),
    "negative total": ({"total_igv": -13.72}, [("FORMATO_INVALIDO", "total_igv")]),
    "sixteen digits": ({"total_igv": 1234567890123456}, [("FORMATO_INVALIDO", "total_igv")]),
    "misspelt property": ({"razon_socal": "X"}, [("PROPIEDAD_DESCONOCIDA", "razon_socal")]),
    "unknown property": ({"zzz": 1}, [("PROPIEDAD_DESCONOCIDA", "zzz")]),
    "lines that are text": ({"items": "uno"}, [("TIPO_INCORRECTO", "items")]),
    "no lines": ({"items": []}, [("PROPIEDAD_FALTANTE", "items")]),
    "line that is text": ({"items": ["uno"]}, [("TIPO_INCORRECTO", "items-1")]),
    "empty line": ({"items": [item(), {}]}, [("PROPIEDAD_FALTANTE", "items-2")]),
    "line without quantity": (lines(item(cantidad=None)), [("PROPIEDAD_FALTANTE", "items-1-cantidad")]),
    "line without description": (lines(item(), item(descripcion=None)), [("PROPIEDAD_FALTANTE", "items-2-descripcion")]),
    "blank description": (lines(item(descripcion="   ")), [("PROPIEDAD_FALTANTE", "items-1-descripcion")]),
    "long description": (lines(item(descripcion="x" * 501)), [("FORMATO_INVALIDO", "items-1-descripcion")]),
    "unknown property of a line": (lines(item(presio_unitario=5)), [("PROPIEDAD_DESCONOCIDA", "items-1-presio_unitario")]),
    "quantity in words": (lines(item(cantidad="uno")), [("TIPO_INCORRECTO", "items-1-cantidad")]),
    "quantity true": (lines(item(cantidad=True)), [("TIPO_INCORRECTO", "items-1-cantidad")]),
    "negative price": (lines(item(precio_unitario=-1)), [("FORMATO_INVALIDO", "items-1-precio_unitario")]),
    "unit of four letters": (lines(item(unidad="UNID")), [("FORMATO_INVALIDO", "items-1-unidad")]),
    "igv of the line": (lines(item(), item(igv=1)), [
        ("TOTAL_NO_CUADRA", "items-2-precio_unitario"), ("TOTAL_NO_CUADRA", "items-2-igv"),
        ("TOTAL_NO_CUADRA", "total_igv")]),
    "a thousand lines": (lines(*[item()] * 1000), [("FORMATO_INVALIDO", "items")]),
    "cuota without date": ({"forma_pago": "credito", "cuotas": [{"monto": 90}]}, [("PROPIEDAD_FALTANTE", "cuotas-1-fecha")]),
    "several, far apart": (lines(item(), item(cantidad="x"), tipo_doc="z", moneda="S", hora="9"), [
        ("FORMATO_INVALIDO", "hora"), ("VALOR_NO_PERMITIDO", "tipo_doc"), ("FORMATO_INVALIDO", "moneda"),
        ("TIPO_INCORRECTO", "items-2-cantidad")]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_emitir_refuses(company: Access, properties: Properties, name: str) -> None:
    changes, expected = TABLE[name]
    reply = company.emitir(properties(**changes))
    assert reply.status == 400, reply.body
    assert first_of_each(reply.paths) == expected
    answer = reply.properties
    assert answer["estado"] == "error"
    codes = {code for code, _ in reply.paths}
    assert answer["codigo_error"] == (codes.pop() if len(codes) == 1 else "VARIOS_ERRORES")
    assert all(error["descripcion"] and error["accion"] for error in answer["errores"])
    for _, path in expected:
        assert path in answer["descripcion_error"] + answer["descripcion_extra"], (
            "old clients show only these"
        )


#: Bodies as bytes, for what JSON made by a library would never say.
BODIES: dict[str, tuple[str, bytes, int, list[tuple[str, str]]]] = {
    "not json": ("json", b"tipo: f", 400, [("CUERPO_ILEGIBLE", "")]),
    "cut off": ("json", b'{"tipo":"f"', 400, [("CUERPO_ILEGIBLE", "")]),
    "latin": ("json", b'{"razon_social":"\xd1"}', 400, [("CUERPO_ILEGIBLE", "")]),
    "a number": ("json", b"21", 400, [("TIPO_INCORRECTO", "")]),
    "a list": ("json", b'[{"tipo":"f"}]', 400, [("TIPO_INCORRECTO", "")]),
    "NaN": ("json", b'{"total_igv":NaN}', 400, [("TIPO_INCORRECTO", "total_igv")]),
    "endless number": ("json", b'{"items":[{"cantidad":1e999999999}]}', 400, [("TIPO_INCORRECTO", "items-1-cantidad")]),
    "twice": ("json", b'{"serie":"F001","serie":"F002"}', 400, [("PROPIEDAD_REPETIDA", "serie")]),
    "half a character": ("json", b'{"razon_social":"\\ud83d"}', 400, [("FORMATO_INVALIDO", "razon_social")]),
    "line 2 is missing": ("json", b'{"items":{"1":{"igv":1},"3":{"igv":1}}}', 400, [("NUMERACION_INCORRECTA", "items-2")]),
    "counted from 0": ("json", b'{"items":{"0":{"igv":1},"1":{"igv":1}}}', 400, [("NUMERACION_INCORRECTA", "items-0")]),
    "deep": ("json", b'{"a":' * 50 + b"1" + b"}" * 50, 400, [("SOLICITUD_MUY_GRANDE", "-".join("a" * 12))]),
    "deeper": ("json", b"[" * 100_000, 400, [("SOLICITUD_MUY_GRANDE", "")]),
    "no colon": ("texto", b"tipo f", 400, [("FORMATO_INVALIDO", "linea-1")]),
    "texto twice": ("texto", b"serie: F001\nserie: F001", 400, [("PROPIEDAD_REPETIDA", "serie")]),
    "texto numbering": ("texto", b"items-1-igv: 1\nitems-3-igv: 1", 400, [("NUMERACION_INCORRECTA", "items-2")]),
    "json as texto": ("texto", b'{"tipo": "f"}', 400, [("FORMATO_INVALIDO", "linea-1")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_bodies_refused(company: Access, name: str) -> None:
    format_, body, http, expected = BODIES[name]
    media_type = "application/json" if format_ == "json" else "text/plain"
    reply = company.generation_2("emitir", body, media_type)
    assert (reply.status, reply.media_type) == (http, media_type)
    if format_ == "json":
        assert reply.paths == expected
    else:
        told = [(e["codigo_error"], e["propiedad"]) for e in reply.properties["errores"]]
        assert told == expected


def test_the_documented_example_as_printed(company: Access) -> None:
    """One answer names its wrong totals, its wrong RUC digit (and the right one) and its date."""
    from emitir.peru.examples import AS_PRINTED

    for reply in (
        company.generation_1("emitir", write(AS_PRINTED, "texto"), "texto"),
        company.generation_1("emitir", write(AS_PRINTED, "json")),
        company.generation_3("emitir", write(AS_PRINTED, "json")),
    ):
        assert reply.status == 400
        errors = {error["propiedad"]: error for error in reply.properties["errores"]}
        assert set(errors) == {"fecha", "numero_doc", "total_gravado", "total_igv"}
        assert errors["numero_doc"]["sugerencia"] == "20123456786"
        assert "76.28" in errors["total_gravado"]["descripcion"]
        assert "13.72" in errors["total_igv"]["descripcion"]
        assert "2017-06-14" in errors["fecha"]["descripcion"]
        for known in ("20123456786", "76.28", "13.72", "2017-06-14"):
            assert known in reply.properties["descripcion_extra"]


def test_a_misspelt_property_gets_a_suggestion(company: Access, properties: Properties) -> None:
    reply = company.emitir(properties(razon_socal="X", items=[item(presio_unitario=1)]))
    found = {error["propiedad"]: error["sugerencia"] for error in reply.properties["errores"]}
    assert found["razon_socal"] == "razon_social"
    assert found["items-1-presio_unitario"] == "items-1-precio_unitario"


def test_errors_in_texto_are_numbered(company: Access, properties: Properties) -> None:
    changes = {"tipo": "x", "moneda": "S", "total_gravado": None, "total_igv": None, "items": [item()]}
    body = write(properties(**changes), "texto")
    reply = company.generation_1("emitir", body, "texto")
    text = reply.body.decode()
    assert text.startswith("estado: error\ncodigo_error: VARIOS_ERRORES\ndescripcion_error: ")
    assert "\nerrores-1-propiedad: tipo\n" in text
    assert "\nerrores-2-propiedad: moneda\n" in text
