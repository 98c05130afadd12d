"""Every example runs, against the real service where it needs one, and does what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from tests.project.conftest import Demo

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_every_example_is_tested_and_listed() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in (*EXAMPLES.glob("*.py"), *EXAMPLES.glob("*.sh")):
        assert source.count(f'"{path.name}"') >= 1
        assert f"]({path.name})" in listed


def test_sign_without_network(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, EXAMPLES / "firmar_sin_conexion.py", tmp_path],
        capture_output=True,
        text=True,
        check=True,
    )
    name = "20512345671-01-F001-1"
    # 7 x 1.00 with IGV and 2.5 x 12 without it: 7.00 + 35.40.
    assert run.stdout.startswith(f"{name}: PEN 42.40, valor resumen ")
    assert etree.QName(etree.parse(tmp_path / f"{name}.xml").getroot()).localname == "Invoice"
    verified = [
        "xmlsec1",
        "--verify",
        "--insecure",
        "--id-attr:Id",
        "Signature",
        str(tmp_path / f"{name}.xml"),
    ]
    assert subprocess.run(verified, capture_output=True, check=False).returncode == 0
    text = PdfReader(tmp_path / f"{name}.pdf").pages[0].extract_text()
    assert "F001-1" in text.replace(" ", "")
    assert run.stdout.split()[-1] in text.replace("\n", "").replace(" ", "")


@pytest.mark.slow
def test_issue_over_http(demo: Demo) -> None:
    run = demo.run(sys.executable, str(EXAMPLES / "emitir_por_http.py"), "salida")
    assert run.returncode == 0, run.stderr
    assert "03-B001-100: aceptado, " in run.stdout
    kinds = {path.suffix: path.read_bytes() for path in (demo.folder / "salida").iterdir()}
    assert kinds[".pdf"].startswith(b"%PDF-")
    assert len(list((demo.folder / "salida").glob("*.xml"))) == 2
    again = demo.run(sys.executable, str(EXAMPLES / "emitir_por_http.py"), "salida")
    assert again.stdout == run.stdout


@pytest.mark.slow
def test_issue_in_texto_with_curl(demo: Demo) -> None:
    run = demo.run("sh", str(EXAMPLES / "emitir_en_texto.sh"))
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("estado: ok\n")
    assert "estado_comprobante: aceptado\n" in run.stdout


@pytest.mark.slow
def test_errors_name_everything_at_once(demo: Demo) -> None:
    run = demo.run(sys.executable, str(EXAMPLES / "errores.py"))
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("HTTP 400, VARIOS_ERRORES: ")
    for path in ("fecha", "numero_doc", "total_gravado", "total_igv"):
        assert f"\n- {path} [" in run.stdout
    assert "20123456786" in run.stdout


@pytest.mark.slow
def test_the_life_of_a_factura(demo: Demo) -> None:
    run = demo.run(sys.executable, str(EXAMPLES / "vida_de_una_factura.py"))
    assert run.returncode == 0, run.stdout + run.stderr
    name = "20512345671-01-F002-7"
    assert run.stdout.startswith(f"{name}: aceptado\nlistar: {name}, ABC CONSULTORES S.A.C., 118.00\n")
    assert "correo: CORREO_NO_CONFIGURADO" in run.stdout
    assert "baja: 20512345671-RA-" in run.stdout
    assert run.stdout.endswith(f"{name}: dado_de_baja\n")
    again = demo.run("sh", str(EXAMPLES / "dar_de_baja.sh"), name, "ERROR EN EL CLIENTE")
    assert again.stdout.startswith("estado: ok\n"), "asked again, the same answer"
    assert "estado_comprobante: dado_de_baja\n" in again.stdout
