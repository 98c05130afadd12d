"""Each rule, broken: the code, the property and the sentence; and what a correct base says none of."""

from __future__ import annotations

from typing import Any

import pytest

from emitir.errors import EmitirError, Problem
from emitir.paraguay.emisor import check_emisor
from emitir.paraguay.prepare import prepare
from emitir.paraguay.rules import coverage

from .bad import BAD, BAD_FORM, FR, A, C, F, R
from .conftest import NOW

#: Codes that only the settings of a company can break; tested below.
OF_THE_COMPANY = {"1253", "1255", "1263"}


def problems(properties: dict[str, Any], company: dict[str, Any]) -> list[Problem]:
    with pytest.raises(EmitirError) as caught:
        prepare(properties, company, NOW)
    found = list(caught.value.problems)
    for problem in found:
        assert "{" not in problem.message(), problem.message()
        assert problem.advice()
    return found


@pytest.mark.parametrize("base", [F, FR, A, C, C | {"tipo": "d"}, R], ids=["f", "fr", "a", "c", "d", "r"])
def test_the_bases_are_right(base: dict[str, Any], company: dict[str, Any]) -> None:
    assert prepare(base, company, NOW).warnings == []


@pytest.mark.parametrize(
    ("code", "path", "base", "changes"), BAD, ids=[f"{code}-{path}" for code, path, _, _ in BAD]
)
def test_refused_with_code_and_path(
    code: str, path: str, base: dict[str, Any], changes: dict[str, Any], company: dict[str, Any]
) -> None:
    found = problems(base | changes, company)
    assert (code, path) in [(problem.authority_code, problem.path) for problem in found]


@pytest.mark.parametrize(("path", "base", "changes"), BAD_FORM, ids=[path for path, _, _ in BAD_FORM])
def test_refused_with_path(
    path: str, base: dict[str, Any], changes: dict[str, Any], company: dict[str, Any]
) -> None:
    assert path in [problem.path for problem in problems(base | changes, company)]


def test_every_enforced_code_has_its_case() -> None:
    assert set(coverage.enforced()) - {code for code, *_ in BAD} == OF_THE_COMPANY


def test_everything_wrong_is_told_at_once(company: dict[str, Any]) -> None:
    bad = F | {"serie": "000-000", "moneda": "USD", "motivo": "1", "total": "x", "items": [{"codigo": ""}]}
    paths = {problem.path for problem in problems(bad, company)}
    assert {"total", "items-1-codigo", "items-1-descripcion", "items-1-cantidad"} <= paths


@pytest.mark.parametrize("tipo", ["2", "3", "8", "08", "9", "10", 8])
def test_documents_that_are_not_enabled(tipo: object, company: dict[str, Any]) -> None:
    (problem,) = problems(F | {"tipo": tipo}, company)
    assert (problem.code, problem.path) == ("DOCUMENTO_NO_HABILITADO", "tipo")
    assert "no está habilitado" in problem.message()


@pytest.mark.parametrize(
    ("code", "path", "changes"),
    [
        ("1253", "ruc", {"ruc": "80000000-4"}),
        ("1255", "ciudad", {"ciudad": "Atlantis"}),
        (
            "1255",
            "establecimientos-1-ciudad",
            {
                "establecimientos": [
                    {
                        "codigo": "002",
                        "direccion": "x",
                        "ciudad": "San Antonio",
                        "telefono": "021000000",
                        "correo": "a@b.py",
                    }
                ]
            },
        ),
        ("1222", "obligaciones", {"obligaciones": ["211", "211"]}),
        ("", "actividades", {"actividades": []}),
        ("", "csc_id", {"csc_id": "ABCD0000"}),
        ("1101", "timbrado", {"timbrado": "1"}),
        ("", "csc", {"csc": "no aquí"}),
    ],
)
def test_company(code: str, path: str, changes: dict[str, Any], company: dict[str, Any]) -> None:
    with pytest.raises(EmitirError) as caught:
        check_emisor(company | changes)
    assert (code, path) in [(problem.authority_code, problem.path) for problem in caught.value.problems]


def test_name_of_the_tests_in_production(company: dict[str, Any]) -> None:
    from emitir.paraguay.emisor import NOMBRE_DE_PRUEBA

    there = company | {"ambiente": "produccion", "razon_social": NOMBRE_DE_PRUEBA}
    assert [problem.authority_code for problem in problems(F, there)] == ["1263"]


def test_remision_without_its_legend(company: dict[str, Any]) -> None:
    there = {name: value for name, value in company.items() if name != "leyenda_remision"}
    assert [problem.path for problem in problems(R, there)] == ["informacion_fisco"]


def test_payments_that_differ_from_the_total_are_a_warning(company: dict[str, Any]) -> None:
    warnings = prepare(F | {"pagos": [{"monto": 29000}]}, company, NOW).warnings
    assert [warning.path for warning in warnings] == ["pagos"]
