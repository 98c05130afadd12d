"""A Paraguayan company and its documents from the shell: the country is known by the RUC, the CSC stays secret."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from emitir.paraguay.examples import factura
from tests.cli.conftest import Run

PARAGUAY = Path(__file__).parents[1] / "paraguay"
CSC = "0123456789abcdef0123456789ABCDEF"


@pytest.fixture
def paraguay(folder: Path) -> Path:
    settings = json.loads((PARAGUAY / "company.json").read_text("utf-8"))
    del settings["pais"]
    (folder / "py.json").write_text(json.dumps(settings | {"ambiente": "sandbox"}), "utf-8")
    (folder / "py.p12").write_bytes((PARAGUAY / "empresa.p12").read_bytes())
    (folder / "factura.json").write_text(json.dumps(factura(datetime.now(UTC)), default=str), "utf-8")
    return folder


def test_company_create(run: Run, paraguay: Path) -> None:
    arguments = ("py.json", "--p12", "py.p12", "--password-env", "P12", "--secret", "csc=CSC")
    done = run("company", "create", *arguments, P12="prueba", CSC=CSC)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "py\n" in done.stdout
    assert "codigo 47411" in done.stdout, "lists of objects are shown too"
    assert CSC not in done.stdout + done.stderr
    assert "token" in done.stdout


def test_build(run: Run, paraguay: Path) -> None:
    arguments = ("factura.json", "--company", "py.json", "--p12", "py.p12", "--password-env", "P12")
    done = run(
        "build",
        *arguments,
        "--secret",
        "csc=CSC",
        "--out",
        "out",
        "--pdf",
        "a4",
        "--json",
        P12="prueba",
        CSC=CSC,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = json.loads(done.stdout)
    assert len(built["codigo_documento"]) == 44
    assert CSC not in (paraguay / built["xml"]).read_text("utf-8")
    pages = PdfReader(io.BytesIO((paraguay / built["pdf"]).read_bytes())).pages
    assert "KuDE de Factura electrónica" in pages[0].extract_text()


@pytest.mark.parametrize("ruc", ['"1"', "{}", "null"])
def test_a_ruc_of_no_country(run: Run, folder: Path, ruc: str) -> None:
    (folder / "company.json").write_text(f'{{"ruc":{ruc},"razon_social":"X"}}', "utf-8")
    done = run("company", "create", "company.json", "--json")
    assert [one["codigo_error"] for one in json.loads(done.stdout)] == ["CONFIGURACION_INVALIDA"]
