"""What the administrator is called for: who waits, a copy of the database, another master key."""

from __future__ import annotations

import base64
import json
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emitir.engine import Engine, Settings
from emitir.peru.examples import factura
from tests.cli.conftest import PASSWORD, RUC, Run, environment

COMPANY = {"ruc": RUC, "razon_social": "COMERCIAL ÑANDÚ S.A.C.", "direccion": "AV. X 1"}
SECRETS = {"usuario_sol": "MODDATOS", "clave_sol": "clave-sol"}


@pytest.fixture(autouse=True)
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMITIR_PE_SANDBOX_URL", "http://127.0.0.1:9")


def settings_of(folder: Path) -> Settings:
    return Settings.from_env(environment(folder))


def with_a_factura_that_waits(folder: Path, certificate: bytes) -> None:
    with Engine(settings_of(folder)) as engine:
        company, _ = engine.companies.create("pe", COMPANY, SECRETS, certificate, PASSWORD)
        pending = engine.emitir(company, factura(datetime.now(UTC)), wait=0.2).comprobante
        assert not pending.settled


def test_who_waits(run: Run, folder: Path, certificate: bytes) -> None:
    assert run("pendientes").returncode == 0
    with_a_factura_that_waits(folder, certificate)
    assert run("pendientes").stdout == "", "it waits for a moment only"
    told = run("pendientes", "--minutos", "0")
    assert told.returncode == 1
    assert told.stdout.startswith(f"{RUC}-01-F001-")
    assert "COMERCIAL ÑANDÚ S.A.C. (sandbox)" in told.stdout
    (one,) = json.loads(run("pendientes", "--minutos", "0", "--json").stdout)
    assert (one["empresa"], one["fuera_de_plazo"]) == ("COMERCIAL ÑANDÚ S.A.C.", False)


def test_a_copy_while_the_service_works(run: Run, folder: Path, certificate: bytes) -> None:
    with_a_factura_that_waits(folder, certificate)
    with Engine(settings_of(folder)):
        done = run("respaldo", "copia.sqlite")
    assert done.returncode == 0, done.stderr
    copy = folder / "copia.sqlite"
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as found:
        assert found.execute("pragma integrity_check").fetchone() == ("ok",)
        assert found.execute("select count(*) from comprobante").fetchone() == (1,)
    again = run("respaldo", "copia.sqlite")
    assert again.returncode == 2, "a copy is never written over another"
    assert "copia.sqlite" in again.stderr
    assert run("respaldo", "no/existe/copia.sqlite").returncode == 2


def test_another_master_key(run: Run, folder: Path, certificate: bytes) -> None:
    with_a_factura_that_waits(folder, certificate)
    old = (settings_of(folder).data_dir / "master.key").read_text("ascii").strip()
    new = base64.b64encode(os.urandom(32)).decode()
    done = run("resellar", EMITIR_MASTER_KEY=f"{new},{old}")
    assert done.returncode == 0, done.stderr
    with Engine(Settings.from_env({**environment(folder), "EMITIR_MASTER_KEY": new})) as engine:
        company = engine.companies.list()[0]
        assert engine.companies.open_secret(company, "clave_sol") == "clave-sol", "the old key is not needed"
    assert "0 datos" in run("resellar", EMITIR_MASTER_KEY=f"{new},{old}").stdout
