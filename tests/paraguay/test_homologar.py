"""The DNIT's list of tests, run whole against the sandbox: what it asks for is done, and the report says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from typer.testing import CliRunner

from emitir.cli import app
from emitir.clock import system_clock
from emitir.errors import EmitirError
from emitir.paraguay.country import COUNTRY
from emitir.paraguay.homologacion.errores import errors_of
from emitir.paraguay.sifen.endpoints import SANDBOX_TRUST_VARIABLE
from emitir.sandbox.server import SandboxServer
from emitir.signing.keys import LocalSigner

from .conftest import HERE, SECRETS
from .sandboxed import fault


@pytest.fixture(scope="module")
def alone() -> Iterator[SandboxServer]:
    """A sandbox at the present moment, in which no number is used."""
    with SandboxServer() as running:
        yield running


@pytest.fixture(scope="module")
def done(alone: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Any], Path]:
    """``emitir homologar``, run once: exit status, report, folder."""
    folder = tmp_path_factory.mktemp("homologacion")
    company = json.loads((HERE / "company.json").read_text(encoding="utf-8"))
    company |= {"ambiente": "sandbox", "endpoints": {"sifen": alone.url}}
    (folder / "company.json").write_text(json.dumps(company), encoding="utf-8")
    options = ["--company", str(folder / "company.json"), "--p12", str(HERE / "empresa.p12")]
    options += ["--password-env", "CLAVE", "--secret", "csc=CSC", "--out", str(folder / "salida")]
    options += ["--pausa", "2.2", "--espera", "20"]
    result = CliRunner().invoke(app, ["homologar", *options], env={"CLAVE": "prueba", "CSC": SECRETS["csc"]})
    assert (folder / "salida" / "informe.json").exists(), result.output
    report = json.loads((folder / "salida" / "informe.json").read_text(encoding="utf-8"))
    return result.exit_code, report, folder / "salida"


def steps(report: dict[str, Any], start: str) -> list[dict[str, Any]]:
    found = [
        step
        for section in report["secciones"]
        if section["nombre"].startswith(start)
        for step in section["pasos"]
    ]
    assert found, start
    return found


@pytest.mark.slow
def test_everything_went_as_it_should(done: tuple[int, dict[str, Any], Path]) -> None:
    code, report, _ = done
    wrong = [(s["nombre"], p) for s in report["secciones"] for p in s["pasos"] if p["bien"] is False]
    assert wrong == []
    assert [section["nombre"] for section in report["secciones"] if not section["bien"]] == []
    assert (code, report["completa"]) == (0, True)


@pytest.mark.slow
def test_as_many_as_the_guide_asks_for(done: tuple[int, dict[str, Any], Path]) -> None:
    _, report, _ = done
    for start, least in (
        ("Envío sincrónico aprobado", 25),
        ("Envío sincrónico rechazado", 25),
        ("Lote aprobado", 25),
        ("Lote rechazado", 25),
        ("Consulta", 15),
        ("Evento del receptor", 15),
        ("Evento del emisor: cancelación", 5),
        ("Evento del emisor: inutilización", 5),
        ("KuDE", 5),
    ):
        assert len(steps(report, start)) >= least, start
    refused = [step["esperado"] for step in steps(report, "Envío sincrónico rechazado: FE")]
    assert len(set(refused)) == 5


@pytest.mark.slow
def test_files_stay(done: tuple[int, dict[str, Any], Path]) -> None:
    _, report, folder = done
    for start in ("Envío", "Lote"):
        for step in steps(report, start):
            assert list((folder / "xml").glob(f"{step['codigo_documento']}*.xml"))
    assert len(list((folder / "kude").glob("*.pdf"))) == 5
    page = (folder / "informe.md").read_text(encoding="utf-8")
    assert "# Homologación ante SIFEN: completa" in page
    assert SECRETS["csc"] not in page + json.dumps(report)


def run(company: dict[str, Any], signer: LocalSigner, folder: Path, **options: Any) -> Any:
    return COUNTRY.homologar(
        company,
        SECRETS,
        signer,
        folder,
        {"pausa": 0.01, "espera": 0.1} | options,
        system_clock,
        lambda line: None,
    )


@pytest.mark.slow
def test_what_goes_wrong_stands_in_the_report(
    alone: SandboxServer, company: dict[str, Any], signer: LocalSigner, tmp_path: Path
) -> None:
    there = company | {"ambiente": "sandbox", "endpoints": {"sifen": alone.url}}
    fault(alone, operation="recibe", fault="http_500", times=1)
    fault(alone, operation="recibe-lote", fault="html", times=1)
    result = run(there, signer, tmp_path, desde=5000)
    assert not result.completa
    assert {"Envío sincrónico aprobado: FE", "Lote aprobado: FE"} <= set(result.faltan)
    assert "http" in result.informe.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_certificate_that_nobody_issued(
    company: dict[str, Any], signer: LocalSigner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With mutual TLS the guide's second round of connections is made as well, and is refused."""
    own = x509.load_der_x509_certificate(signer.certificate_der).public_bytes(serialization.Encoding.PEM)
    with SandboxServer(clients=own) as guarded:
        monkeypatch.setenv(SANDBOX_TRUST_VARIABLE, str(guarded.trust_file))
        there = company | {"ambiente": "sandbox", "endpoints": {"sifen": guarded.tls_url}}
        result = run(there, signer, tmp_path)
    report = json.loads((tmp_path / "informe.json").read_text(encoding="utf-8"))
    refused = steps(report, "Certificado no válido")
    assert [step["bien"] for step in refused] == [True, True, True]
    assert not {"Comunicación y autenticación", "Certificado no válido (recomendada)"} & set(result.faltan)


@pytest.mark.parametrize(
    ("changes", "options", "path"),
    [
        ({"ambiente": "produccion"}, {}, "ambiente"),
        ({}, {"receptor_ruc": "80012345-1"}, "receptor_ruc"),
        ({}, {"desde": 9_999_999}, "desde"),
    ],
)
def test_refused(
    changes: dict[str, Any],
    options: dict[str, Any],
    path: str,
    company: dict[str, Any],
    signer: LocalSigner,
    tmp_path: Path,
) -> None:
    with pytest.raises(EmitirError) as caught:
        run(company | changes, signer, tmp_path, **options)
    assert [problem.path for problem in caught.value.problems] == [path]


def test_five_different_mistakes_per_document() -> None:
    for tipo in "14567":
        assert len({error.code for error in errors_of(tipo)}) == 5
