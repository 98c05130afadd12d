"""``emitir build``: files out, exit codes, errors for people and for programs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from emitir.signing.throwaway import throwaway_pkcs12
from tests.cli.conftest import PASSWORD, RUC, Run, build_arguments

NAME = f"{RUC}-01-F001-21"


def test_writes_the_signed_document(program: Run, folder: Path) -> None:
    done = program(*build_arguments())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"out/{NAME}.xml\n"
    content = (folder / "out" / f"{NAME}.xml").read_bytes()
    assert b"ESCUDO DE VIBRANIUM" in content
    assert etree.QName(etree.fromstring(content)).localname == "Invoice"
    verified = subprocess.run(
        [
            "xmlsec1",
            "--verify",
            "--enabled-key-data",
            "x509",
            "--insecure",
            str(folder / "out" / f"{NAME}.xml"),
        ],
        capture_output=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stderr


def test_the_same_moment_gives_the_same_bytes(run: Run, folder: Path) -> None:
    for out in ("a", "b"):
        assert run(*build_arguments(out=out)).returncode == 0
    assert (folder / "a" / f"{NAME}.xml").read_bytes() == (folder / "b" / f"{NAME}.xml").read_bytes()


def test_texto_and_json_give_the_same_document(run: Run, folder: Path) -> None:
    from emitir.wire import parse, write

    properties = parse((folder / "case.json").read_bytes(), "json")
    (folder / "case.txt").write_bytes(write(properties, "texto"))
    assert run(*build_arguments(out="a")).returncode == 0
    assert run(*build_arguments(out="b", case="case.txt")).returncode == 0
    assert (folder / "a" / f"{NAME}.xml").read_bytes() == (folder / "b" / f"{NAME}.xml").read_bytes()


def test_json_result(run: Run) -> None:
    done = run(*build_arguments(), "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["codigo_documento"], answer["xml"]) == (0, NAME, f"out/{NAME}.xml")
    assert answer["advertencias"] == []
    assert len(answer["valor_resumen"]) == 44


def test_the_pdf_beside_it(run: Run, folder: Path) -> None:
    (folder / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8"
    )
    done = run(*build_arguments(pdf="a4", logo="logo.svg"), "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["pdf"]) == (0, f"out/{NAME}.pdf")
    page = PdfReader(folder / answer["pdf"]).pages[0].extract_text()
    assert "F001-21" in page
    assert answer["valor_resumen"] in page.replace("\n", "")


def test_errors_for_programs_and_for_people(program: Run, folder: Path) -> None:
    case = json.loads((folder / "case.json").read_bytes())
    case |= {"numero_doc": "20123456780", "total_igv": 15.25, "fecha": "2017-06-14", "razon_socal": "x"}
    (folder / "case.json").write_text(json.dumps(case), "utf-8")

    done = program(*build_arguments(), "--json")
    errors: list[dict[str, Any]] = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (2, "")
    assert {error["propiedad"] for error in errors} == {"numero_doc", "total_igv", "fecha", "razon_socal"}
    assert next(e for e in errors if e["propiedad"] == "numero_doc")["sugerencia"] == "20123456786"

    people = program(*build_arguments())
    assert (people.returncode, people.stdout) == (2, "")
    assert "Error numero_doc: El dígito verificador" in people.stderr
    assert "NUMERO_IDENTIDAD_INVALIDO" in people.stderr
    assert not (folder / "out").exists(), "nothing is written when something is wrong"


def codes(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    assert done.returncode == 2, done.stdout + done.stderr
    return [(error["codigo_error"], error["propiedad"]) for error in json.loads(done.stdout)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"case": "nada.json"}, [("CONFIGURACION_INVALIDA", "")]),
        ({"company": "nada.json"}, [("CONFIGURACION_INVALIDA", "")]),
        ({"p12": "nada.p12"}, [("CONFIGURACION_INVALIDA", "certificado")]),
        ({"p12": "case.json"}, [("CERTIFICADO_ILEGIBLE", "certificado")]),
        ({"password_env": "NO_DEFINIDA"}, [("CONFIGURACION_INVALIDA", "certificado")]),
        ({"password_env": "HOME"}, [("CERTIFICADO_CLAVE_INCORRECTA", "certificado")]),
        ({"password_env": None}, [("CERTIFICADO_CLAVE_INCORRECTA", "certificado")]),
        ({"pdf": "a3"}, [("VALOR_NO_PERMITIDO", "formato")]),
        ({"now": "ayer"}, [("CONFIGURACION_INVALIDA", "")]),
        ({"now": "2026-11-21T10:00:00"}, [("CONFIGURACION_INVALIDA", "")]),
        ({"now": "2026-11-30T10:00:00-05:00"}, [("FECHA_FUERA_DE_PLAZO", "fecha")]),
        ({"now": "2029-11-21T10:00:00-05:00"}, [("CERTIFICADO_VENCIDO", "certificado"), ("FECHA_FUERA_DE_PLAZO", "fecha")]),
        ({"now": "2025-11-21T10:00:00-05:00"}, [("CERTIFICADO_NO_VIGENTE", "certificado"), ("FECHA_FUTURA", "fecha")]),
        ({"out": "case.json/x"}, [("CONFIGURACION_INVALIDA", "")]),
    ],
)  # fmt: skip
def test_what_is_refused(run: Run, changes: dict[str, str | None], expected: list[tuple[str, str]]) -> None:
    done = run(*build_arguments(**changes), "--json")
    assert codes(done) == expected
    assert PASSWORD not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("company", "expected"),
    [
        ('{"pais":"pe","ruc":"20512345670","razon_social":"X S.A."}', [("NUMERO_IDENTIDAD_INVALIDO", "ruc")]),
        ('{"pais":"xx","ruc":"20512345671","razon_social":"X S.A."}', [("CONFIGURACION_INVALIDA", "pais")]),
        ('{"ruc":"20512345671"}', [("PROPIEDAD_FALTANTE", "razon_social")]),
        (
            '{"ruc":"20512345671","razon_social":"X S.A.","ubigo":"150101"}',
            [("PROPIEDAD_DESCONOCIDA", "ubigo")],
        ),
        ("{", [("CUERPO_ILEGIBLE", "")]),
        ("[1]", [("TIPO_INCORRECTO", "")]),
    ],
)
def test_company_files_refused(run: Run, folder: Path, company: str, expected: list[tuple[str, str]]) -> None:
    (folder / "company.json").write_text(company, "utf-8")
    assert codes(run(*build_arguments(), "--json")) == expected


def test_a_certificate_of_another_company(run: Run, folder: Path) -> None:
    from datetime import UTC, datetime, timedelta

    start = datetime(2026, 1, 1, tzinfo=UTC)
    other = throwaway_pkcs12("20600000005", "OTRA", PASSWORD, start, start + timedelta(days=500))
    (folder / "cert.p12").write_bytes(other)
    assert codes(run(*build_arguments(), "--json")) == [("CERTIFICADO_DE_OTRO_RUC", "certificado")]


def test_a_missing_argument_is_told_by_the_program(run: Run) -> None:
    done = run("build", "case.json")
    assert done.returncode == 2
    assert "--company" in done.stderr


def test_help_and_version(program: Run) -> None:
    done = program("--help")
    assert done.returncode == 0
    for command in ("serve", "build", "hola", "demo", "sandbox", "company"):
        assert f"\n  {command} " in done.stdout
    assert "Construir y firmar" in done.stdout
    assert program("--version").stdout.startswith("emitir ")
