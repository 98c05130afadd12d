"""The real thing as processes: ``emitir sandbox`` and ``emitir serve`` with two companies."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from emitir.peru.examples import factura
from emitir.signing.throwaway import throwaway_pkcs12
from emitir.wire import write
from tests.service.http import Access

EMITIR = str(Path(sys.executable).parent / "emitir")
ENVIRONMENT = {
    **os.environ,
    "CLAVE_P12": "clave del p12",
    "USUARIO_SOL": "MODDATOS",
    "CLAVE_SOL": "clave-sol-muy-secreta",
    "EMITIR_WAIT_SECONDS": "8",
}
COMPANIES = {"20512345671": "COMERCIAL ÑANDÚ & HIJOS S.A.C.", "20600000005": "OTRA EMPRESA E.I.R.L."}


@contextmanager
def serving(*arguments: str, log: Path) -> Iterator[str]:
    """A program of ours that says its address on its first line; ended with SIGTERM."""
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [EMITIR, *arguments], stdout=subprocess.PIPE, stderr=errors, env=ENVIRONMENT, text=True
        )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), log.read_text("utf-8")
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def create_company(folder: Path, ruc: str, sandbox: str, **more: Any) -> tuple[str, str]:
    """Through the command line, beside the running service: UUID and token."""
    now = datetime.now(UTC)
    p12 = folder / f"{ruc}.p12"
    p12.write_bytes(
        throwaway_pkcs12(
            ruc, COMPANIES[ruc], ENVIRONMENT["CLAVE_P12"], now - timedelta(days=1), now + timedelta(days=90)
        )
    )
    settings = {
        "pais": "pe",
        "ruc": ruc,
        "razon_social": COMPANIES[ruc],
        "endpoints": {
            "billService": f"{sandbox}/ol-ti-itcpfegem-beta/billService",
            "billConsultService": f"{sandbox}/ol-it-wsconscpegem/billConsultService",
            "gre": f"{sandbox}/v1/contribuyente/gem/comprobantes",
            "greToken": f"{sandbox}/v1/clientessol/{{client_id}}/oauth2/token",
        },
        **more,
    }
    company = folder / f"{ruc}.json"
    company.write_text(json.dumps(settings), encoding="utf-8")
    options = {
        "--p12": str(p12),
        "--password-env": "CLAVE_P12",
        "--secret": "usuario_sol=USUARIO_SOL",
        "--data": str(folder / "data"),
    }
    given = [part for option in options.items() for part in option]
    made = subprocess.run(
        [EMITIR, "company", "create", str(company), *given, "--secret", "clave_sol=CLAVE_SOL", "--json"],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    answer = json.loads(made.stdout)
    return answer["uuid"], answer["token"]


class House:
    """A running service with its sandbox and its companies."""

    def __init__(self, url: str, sandbox: str, folder: Path) -> None:
        self.url = url
        self.sandbox = sandbox
        self.folder = folder
        uuid, token = create_company(folder, "20512345671", sandbox)
        self.company = Access(url, uuid, token)
        uuid, token = create_company(folder, "20600000005", sandbox)
        self.other = Access(url, uuid, token)

    @property
    def log(self) -> str:
        """What the service has logged so far."""
        return (self.folder / "serve.log").read_text("utf-8")


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            serving("sandbox", "--port", "0", log=folder / "sandbox.log") as sandbox,
            serving("serve", "--port", "0", "--data", str(folder / "data"), log=folder / "serve.log") as url,
        ):
            yield House(url, sandbox, folder)


@pytest.fixture
def company(house: House) -> Access:
    return house.company


_numbers = itertools.count(1000)


@pytest.fixture
def properties() -> Callable[..., dict[str, Any]]:
    """The documented factura, corrected, under a fresh number, as JSON knows it."""

    def make(**changes: Any) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(write(factura(datetime.now(UTC)), "json"))
        made["numero"] = next(_numbers)
        made |= changes
        return {name: value for name, value in made.items() if value is not None}

    return make
