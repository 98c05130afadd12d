"""The program as people run it, and a folder with a company, its certificate and a case."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from emitir.cli import app
from emitir.peru.examples import factura
from emitir.signing.throwaway import throwaway_pkcs12
from emitir.wire import write

EMITIR = str(Path(sys.executable).parent / "emitir")
RUC = "20512345671"
NOW = "2026-11-21T10:00:00-05:00"
PASSWORD = "clave-secreta-del-p12"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def certificate() -> bytes:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return throwaway_pkcs12(RUC, "COMERCIAL ÑANDÚ S.A.C.", PASSWORD, start, start + timedelta(days=730))


@pytest.fixture
def folder(tmp_path: Path, certificate: bytes) -> Path:
    company = {"pais": "pe", "ruc": RUC, "razon_social": "COMERCIAL ÑANDÚ S.A.C.", "direccion": "AV. X 1"}
    (tmp_path / "company.json").write_text(json.dumps(company), "utf-8")
    (tmp_path / "cert.p12").write_bytes(certificate)
    (tmp_path / "case.json").write_bytes(write(factura(datetime.fromisoformat(NOW)), "json"))
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "CLAVE": PASSWORD, "EMITIR_DATA_DIR": str(folder / "data")}


@pytest.fixture
def program(folder: Path) -> Run:
    """Run the real program ``emitir`` in the folder."""

    def made(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [EMITIR, *arguments],
            cwd=folder,
            env=environment(folder),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return made


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same within this process, which saves starting an interpreter; keyword arguments are variables."""
    monkeypatch.chdir(folder)

    def made(*arguments: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        result = CliRunner().invoke(app, arguments, stdin, {**environment(folder), **variables})
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return subprocess.CompletedProcess(list(arguments), result.exit_code, result.stdout, result.stderr)

    return made


def build_arguments(**changes: str | None) -> list[str]:
    """The arguments of a build that succeeds, with changes (None takes one away)."""
    options: dict[str, Any] = {
        "company": "company.json",
        "p12": "cert.p12",
        "password-env": "CLAVE",
        "out": "out",
        "now": NOW,
        **{name.replace("_", "-"): value for name, value in changes.items() if name != "case"},
    }
    given = [part for name, value in options.items() if value is not None for part in (f"--{name}", value)]
    return ["build", changes.get("case") or "case.json", *given]
