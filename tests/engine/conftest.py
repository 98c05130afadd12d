"""Engines with a loopback authority; a private PostgreSQL when the machine has one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from emitir.engine import Company, Engine, Settings
from emitir.signing.throwaway import throwaway_pkcs12
from tests.engine.loopback import LoopbackCountry, LoopbackServer

RUC = "20123456786"
PASSWORD = "p12-Contraseña"
SECRETS = {"usuario": "usuario-sol-secreto", "clave": "clave-sol-secreta"}


@pytest.fixture(scope="session")
def certificate() -> bytes:
    now = datetime.now(UTC)
    return throwaway_pkcs12(
        RUC, "EMPRESA S.A.C.", PASSWORD, now - timedelta(days=1), now + timedelta(days=365)
    )


@pytest.fixture
def authority() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "data", wait_seconds=8.0, workers=8, watch_seconds=1.0, drain_seconds=8.0
    )


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    with Engine(settings, country_map={"xx": LoopbackCountry()}) as started:
        yield started


@pytest.fixture
def new_company(certificate: bytes, authority: LoopbackServer) -> Callable[..., tuple[Company, str]]:
    def make(engine: Engine, **settings: Any) -> tuple[Company, str]:
        given = {"ruc": RUC, "razon_social": "EMPRESA S.A.C.", "url": authority.url, **settings}
        return engine.companies.create("xx", given, SECRETS, certificate, PASSWORD)

    return make


@pytest.fixture
def company(engine: Engine, new_company: Callable[..., tuple[Company, str]]) -> Company:
    return new_company(engine)[0]


def properties(numero: int, **changes: Any) -> dict[str, Any]:
    """A document of today."""
    today = datetime.now(UTC).date().isoformat()
    return {"serie": "F001", "numero": numero, "fecha": today, "total": "118.00", **changes}


@pytest.fixture
def props() -> Callable[..., dict[str, Any]]:
    return properties


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Makes empty databases in a private cluster: URL of a new one at each call."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="emitir-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(home, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(binaries / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=home, timeout=120)

    run("initdb", "-D", f"{home}/data", "-A", "trust", "-U", "emitir", "--no-sync", "-E", "UTF8")
    options = f"-k {home} -h '' -c max_connections=200"
    run("pg_ctl", "-D", f"{home}/data", "-w", "-l", f"{home}/log", "-o", options, "start")
    made = 0

    def new_database() -> str:
        nonlocal made
        made += 1
        run("createdb", "-h", str(home), "-U", "emitir", f"emitir{made}")
        return f"postgresql://emitir@/emitir{made}?host={home}"

    try:
        yield new_database
    finally:
        run("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
