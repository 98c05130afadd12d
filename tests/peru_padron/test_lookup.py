"""``consultarruc`` over a loaded padrón: by RUC, by DNI, by name, and what is said when nobody is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emitir.country import Taxpayers, taxpayers
from emitir.errors import EmitirError, Problem
from tests.peru_padron.padrones import (
    HEADER,
    NAME,
    company,
    loaded,
    person,
    quiet,
    ruc,
    write_text,
    write_zip,
)

ROWS = [
    company(
        10047218,
        "BANCO DE CRÉDITO DEL PERÚ",
        "ACTIVO|HABIDO|150114|CAL.|CENTENARIO|URB.|LADERAS|156|-|-|-|-|-|",
    ),
    company(33079141, "NUÑEZ & PEÑA S.A.C.", "BAJA DEFINITIVA|NO HABIDO|-|-|-|-|-|-|-|-|-|-|-|"),
    company(33079142, 'D\'ONOFRIO "HELADOS" S A C', "ACTIVO|PENDIENTE|999999|----|-|----|-|-|-|3|-|W|-|"),
    person(45215942, "GARCIA CHANCO CARLOS AUGUSTO"),
    person(1, "QUISPE MAMANI MARÍA ÑUSTA", "SUSPENSION TEMPORAL"),
]


@pytest.fixture(scope="module")
def padron(tmp_path_factory: pytest.TempPathFactory) -> Taxpayers:
    data = tmp_path_factory.mktemp("data")
    found = taxpayers("pe", data)
    assert found is not None
    found.load(str(write_zip(data / "padron_reducido_ruc.zip", ROWS)), quiet)
    return found


def refused(padron: Taxpayers, properties: dict[str, Any]) -> Problem:
    with pytest.raises(EmitirError) as caught:
        padron.lookup(properties)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


@pytest.mark.parametrize("key", ["numero_doc", "ruc"])
def test_a_ruc_gives_everything_that_sunat_says(padron: Taxpayers, key: str) -> None:
    assert padron.lookup({key: ruc(2010047218)}) == {
        "ruc": ruc(2010047218),
        "razon_social": "BANCO DE CRÉDITO DEL PERÚ",
        "estado_contribuyente": "ACTIVO",
        "condicion_domicilio": "HABIDO",
        "activo": True,
        "habido": True,
        "direccion": "CAL. CENTENARIO NRO. 156 URB. LADERAS",
        "ubigeo": "150114",
        "departamento": "LIMA",
        "provincia": "LIMA",
        "distrito": "LA MOLINA",
        "fuente": "Padrón reducido de SUNAT (padron_reducido_ruc.zip)",
        "fecha_padron": "2026-11-20",
    }


def test_what_is_not_active_nor_found_at_home_says_so(padron: Taxpayers) -> None:
    answer = padron.lookup({"ruc": ruc(2033079141)})
    assert (answer["activo"], answer["habido"], answer["direccion"], answer["ubigeo"]) == (
        False,
        False,
        "",
        "",
    )
    answer = padron.lookup({"ruc": ruc(2033079142)})
    assert (answer["activo"], answer["habido"]) == (True, False)
    assert answer["direccion"] == "MZA. W LOTE 3"
    assert (answer["ubigeo"], answer["departamento"]) == ("999999", "")


@pytest.mark.parametrize("key", ["numero_doc", "dni"])
def test_a_dni_is_looked_up_as_its_ruc(padron: Taxpayers, key: str) -> None:
    answer = padron.lookup({key: "45215942"})
    assert (answer["ruc"], answer["dni"]) == ("10452159428", "45215942")
    assert answer["razon_social"] == "GARCIA CHANCO CARLOS AUGUSTO"
    assert padron.lookup({key: "00000001"})["razon_social"] == "QUISPE MAMANI MARÍA ÑUSTA"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("banco de credito", ["BANCO DE CRÉDITO DEL PERÚ"]),
        ("Perú BANCO", ["BANCO DE CRÉDITO DEL PERÚ"]),
        ("nuñez y", []),
        ("nunez pena sac", ["NUÑEZ & PEÑA S.A.C."]),
        ("NÚÑEZ", ["NUÑEZ & PEÑA S.A.C."]),
        ("donofrio", ['D\'ONOFRIO "HELADOS" S A C']),
        ('"helados" d\'onofrio', ['D\'ONOFRIO "HELADOS" S A C']),
        ("s.a.c.", ["NUÑEZ & PEÑA S.A.C.", 'D\'ONOFRIO "HELADOS" S A C']),
        ("maria quis", ["QUISPE MAMANI MARÍA ÑUSTA"]),
        ("aria quispe", []),
        ("carlos garcia carlos", ["GARCIA CHANCO CARLOS AUGUSTO"]),
        ("% _ * OR 1=1", []),
    ],
)
def test_names_are_found_by_beginning_and_by_words(padron: Taxpayers, name: str, expected: list[str]) -> None:
    if not expected:
        assert refused(padron, {"nombre": name}).code == "CONTRIBUYENTE_NO_EXISTE"
        return
    answer = padron.lookup({"nombre": name})
    assert [row["razon_social"] for row in answer["contribuyentes"]] == expected
    assert (answer["cantidad"], answer["hay_mas"]) == (len(expected), False)
    assert (answer["fecha_padron"], answer["fuente"][:7]) == ("2026-11-20", "Padrón ")


def test_a_limit_says_that_there_are_more(padron: Taxpayers) -> None:
    answer = padron.lookup({"nombre": "sac", "limite": 1})
    assert (answer["cantidad"], answer["hay_mas"]) == (1, True)


@pytest.mark.parametrize(
    ("properties", "code", "path", "suggestion"),
    [
        ({}, "PROPIEDAD_FALTANTE", "numero_doc", ""),
        ({"ruc": "", "limite": 3}, "PROPIEDAD_FALTANTE", "ruc", ""),
        ({"ruc": ruc(2010047218), "dni": "45215942"}, "VALOR_NO_PERMITIDO", "dni", ""),
        (
            {"ruc": f"2010047218{(int(ruc(2010047218)[10]) + 1) % 10}"},
            "NUMERO_IDENTIDAD_INVALIDO",
            "ruc",
            ruc(2010047218),
        ),
        ({"ruc": f"20-10047218-{ruc(2010047218)[10]}"}, "NUMERO_IDENTIDAD_INVALIDO", "ruc", ruc(2010047218)),
        ({"ruc": "2010047218"}, "NUMERO_IDENTIDAD_INVALIDO", "ruc", ""),
        ({"ruc": "30100047218"}, "NUMERO_IDENTIDAD_INVALIDO", "ruc", ""),
        ({"ruc": "2010047218９"}, "NUMERO_IDENTIDAD_INVALIDO", "ruc", ""),
        ({"numero_doc": "ABCDEFGH"}, "NUMERO_IDENTIDAD_INVALIDO", "numero_doc", ""),
        ({"numero_doc": "123456789"}, "NUMERO_IDENTIDAD_INVALIDO", "numero_doc", ""),
        ({"dni": 1234567}, "NUMERO_IDENTIDAD_INVALIDO", "dni", "01234567"),
        ({"dni": "45215943"}, "CONTRIBUYENTE_NO_EXISTE", "dni", ""),
        ({"ruc": "20131312955"}, "CONTRIBUYENTE_NO_EXISTE", "ruc", ""),
        ({"nombre": "..."}, "FORMATO_INVALIDO", "nombre", ""),
        ({"nombre": "X" * 201}, "FORMATO_INVALIDO", "nombre", ""),
        ({"nombre": ["a"]}, "TIPO_INCORRECTO", "nombre", ""),
        ({"nombre": "banco", "limite": 101}, "FORMATO_INVALIDO", "limite", ""),
        ({"ruc": "20131312955", "limite": 2}, "PROPIEDAD_DESCONOCIDA", "limite", ""),
        ({"numero": "20131312955"}, "PROPIEDAD_DESCONOCIDA", "numero", "numero_doc"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    padron: Taxpayers, properties: dict[str, Any], code: str, path: str, suggestion: str
) -> None:
    problem = refused(padron, properties)
    assert (problem.code, problem.path, problem.suggestion) == (code, path, suggestion)
    assert problem.message("en")


def test_the_schemas_name_what_is_taken_and_answered(padron: Taxpayers) -> None:
    assert padron.input_schema()["properties"].keys() == {"numero_doc", "ruc", "dni", "nombre", "limite"}
    assert padron.lookup({"dni": "45215942"}).keys() <= padron.answer_schema().keys()
    assert padron.lookup({"nombre": "garcia"}).keys() <= padron.answer_schema().keys()


def test_without_a_padron_it_says_so(tmp_path: Path) -> None:
    found = taxpayers("pe", tmp_path)
    assert found is not None
    assert found.info() == {}
    assert refused(found, {"ruc": "20131312955"}).code == "PADRON_NO_CARGADO"
    assert refused(found, {"nombre": "sunat"}).code == "PADRON_NO_CARGADO"


def _other_database(path: Path) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.execute("create table t(a)")
    other.close()


def _garble_rows(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:16384] + bytes(len(content) - 16384))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"hola" * 10_000),
        _other_database,
        _garble_rows,
    ],
    ids=["cut", "empty", "text", "other", "garbled"],
)
def test_a_damaged_file_is_no_crash(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    loaded(tmp_path / "padron" / "pe", ROWS)
    damage(tmp_path / "padron" / "pe" / NAME)
    found = taxpayers("pe", tmp_path)
    assert found is not None
    assert refused(found, {"nombre": "banco"}).code == "PADRON_ILEGIBLE"
    assert refused(found, {"ruc": "20131312955"}).code == "PADRON_ILEGIBLE"
    found.load(str(write_text(tmp_path / "p.txt", ROWS, HEADER)), quiet)
    assert found.lookup({"ruc": ruc(2010047218)})["activo"] is True
