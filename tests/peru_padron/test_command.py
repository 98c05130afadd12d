"""``emitir padron`` as people call it: exit status, and what stands on stdout and what on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from emitir.cli import app
from tests.peru_padron.padrones import company, person, ruc, write_text, write_zip

ROWS = [person(n, f"QUISPE FLORES {n}") for n in range(100, 130)] + [company(1, "PEÑA E HIJOS S.A.C.")]


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["padron", *arguments, "--data", str(data)])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    command = [
        sys.executable,
        "-m",
        "emitir.cli",
        "padron",
        "load",
        str(write_zip(data / "padron.zip", ROWS)),
    ]
    done = subprocess.run(
        [*command, "--data", str(data)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    assert "Leyendo" in done.stderr
    assert "100 %" in done.stderr
    assert "2026-11-20" in done.stdout
    return data


def test_info_tells_what_is_loaded(data: Path) -> None:
    done = run(data, "info", "--json")
    facts = json.loads(done.stdout)
    assert (facts["filas"], facts["fecha"], facts["origen"]) == (31, "2026-11-20", "padron.zip")
    assert "filas" in run(data, "info").stdout


def test_without_a_padron_the_status_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "info")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "emitir padron load" in done.stderr
    done = run(tmp_path, "buscar", "quispe")
    assert done.exit_code == 2
    assert "PADRON_NO_CARGADO" in done.stderr


def test_numbers_and_names_are_found(data: Path) -> None:
    assert "PEÑA E HIJOS S.A.C." in run(data, "buscar", ruc(2000000001)).stdout
    assert "QUISPE FLORES 101" in run(data, "buscar", "00000101").stdout
    assert (
        run(data, "buscar", "pena", "hijos").stdout
        == f"{ruc(2000000001)}  ACTIVO                PEÑA E HIJOS S.A.C.\n"
    )
    listed = run(data, "buscar", "quispe", "--limite", "2")
    assert len(listed.stdout.splitlines()) == 2
    assert "Hay más" in listed.stderr
    answer = json.loads(run(data, "buscar", "quispe", "--limite", "2", "--json").stdout)
    assert (answer["cantidad"], answer["hay_mas"]) == (2, True)


def test_a_broken_source_is_told_and_harms_nothing(data: Path, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(b"<html>Mantenimiento</html>")
    done = run(data, "load", str(tmp_path / "p.zip"))
    assert done.exit_code == 2
    assert "HTML" in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(run(data, "load", str(tmp_path / "p.zip"), "--json").stdout)[0]["codigo_error"]
    assert "QUISPE FLORES 101" in run(data, "buscar", "00000101").stdout


def test_a_country_without_a_padron_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "load", str(write_text(tmp_path / "p.txt", ROWS)), "--pais", "xx")
    assert done.exit_code == 2
    assert "«xx»" in done.stderr
