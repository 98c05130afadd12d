"""A company's settings: completed with the defaults, or refused with every problem at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from emitir.catalogs import load_catalog
from emitir.country import countries
from emitir.errors import EmitirError
from emitir.peru.catalogs import catalog
from emitir.peru.country import COUNTRY
from emitir.peru.identity import is_ruc, ruc_of_dni
from emitir.signing.keys import LocalSigner


def test_defaults(company: dict[str, Any]) -> None:
    checked = COUNTRY.check_company(company)
    assert checked["ambiente"] == "sandbox"
    assert checked["codigo_establecimiento"] == "0000"
    assert checked["hash_firma"] == "sha256"
    assert COUNTRY.check_company(checked) == checked


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"ruc": "20123456780"}, "ruc", "NUMERO_IDENTIDAD_INVALIDO"),
        ({"ruc": "30123456786"}, "ruc", "NUMERO_IDENTIDAD_INVALIDO"),
        ({"ruc": "2012345678"}, "ruc", "FORMATO_INVALIDO"),
        ({"razon_social": ""}, "razon_social", "PROPIEDAD_FALTANTE"),
        ({"ubigeo": "999999"}, "ubigeo", "VALOR_NO_PERMITIDO"),
        ({"ubigeo": "1501"}, "ubigeo", "FORMATO_INVALIDO"),
        ({"ambiente": "producción"}, "ambiente", "VALOR_NO_PERMITIDO"),
        ({"ambiente": "ose"}, "endpoints-billService", "CONFIGURACION_INVALIDA"),
        ({"endpoints": {"billService": "ftp://x"}}, "endpoints-billService", "FORMATO_INVALIDO"),
        ({"endpoints": {"billServices": "https://x"}}, "endpoints-billServices", "PROPIEDAD_DESCONOCIDA"),
        ({"hash_firma": "md5"}, "hash_firma", "VALOR_NO_PERMITIDO"),
        ({"codigo_establecimiento": "1"}, "codigo_establecimiento", "FORMATO_INVALIDO"),
        ({"ruk": "1"}, "ruk", "PROPIEDAD_DESCONOCIDA"),
        ({"departamento": "L" * 31}, "departamento", "FORMATO_INVALIDO"),
    ],
)
def test_refused(changes: dict[str, Any], path: str, code: str, company: dict[str, Any]) -> None:
    with pytest.raises(EmitirError) as caught:
        COUNTRY.check_company(company | changes)
    assert (path, code) in {(problem.path, problem.code) for problem in caught.value.problems}


def test_all_problems_at_once() -> None:
    with pytest.raises(EmitirError) as caught:
        COUNTRY.check_company({"ruc": "20123456780", "ambiente": "x", "ubigeo": "1"})
    assert {problem.path for problem in caught.value.problems} == {
        "ruc",
        "ambiente",
        "ubigeo",
        "razon_social",
    }


def test_the_certificate_is_the_companys(company: dict[str, Any], signer: LocalSigner) -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert COUNTRY.check_signer(company, signer, now) == []
    other = COUNTRY.check_signer(company | {"ruc": "20100070970"}, signer, now)
    assert [problem.code for problem in other] == ["CERTIFICADO_DE_OTRO_RUC"]
    expired = COUNTRY.check_signer(company, signer, datetime(2050, 1, 1, tzinfo=UTC))
    assert [problem.code for problem in expired] == ["CERTIFICADO_VENCIDO"]


def test_peru_is_found_without_being_named() -> None:
    assert countries()["pe"] is COUNTRY


@pytest.mark.parametrize("number", ["20123456786", "20100070970", "20131312955", "10417844398"])
def test_real_rucs(number: str) -> None:
    assert is_ruc(number)
    assert not any(is_ruc(number[:10] + str(digit)) for digit in range(10) if str(digit) != number[10])


def test_ruc_of_a_dni() -> None:
    assert is_ruc(ruc_of_dni("45678912"))


def test_catalog_rows_hold_between_their_dates(tmp_path: Path) -> None:
    file = tmp_path / "99.json"
    file.write_text(
        '{"catalogo": "99", "nombre": "x", "fuente": ["y"], "filas": {'
        '"a": {"descripcion": "A"}, "b": {"descripcion": "B", "desde": "2027-01-01", "hasta": "2027-12-31"}}}',
        encoding="utf-8",
    )
    rows = load_catalog(file)
    day = datetime(2026, 12, 31, tzinfo=UTC).date()
    assert rows.holds("a", day)
    assert not rows.holds("b", day)
    assert rows.holds("b", day.replace(year=2027))
    assert not rows.holds("c", day)
    assert catalog("07").description("10") == "Gravado - Operación Onerosa"
    assert catalog("07").description("zz") == "zz"
