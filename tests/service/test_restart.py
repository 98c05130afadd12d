"""The service killed while companies are issuing, and started again: every comprobante accepted, sent once."""

from __future__ import annotations

import json
import random
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from emitir.client import EmitirClient
from emitir.peru.examples import factura
from tests.service.conftest import EMITIR, ENVIRONMENT, House, create_company, serving

KILLS = 5
DOCUMENTS = 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sendings(sandbox: str, code: str) -> int:
    return int(requests.get(f"{sandbox}/_sandbox/documents/{code}", timeout=10).json()["sendings"])


class Killed:
    """A service on one port that is killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self._command = [
            EMITIR,
            "serve",
            "--port",
            self.url.rpartition(":")[2],
            "--data",
            str(folder / "data"),
        ]
        self._log = (folder / "serve.log").open("ab")
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.PIPE, stderr=self._log, env=ENVIRONMENT, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == self.url

    def kill_and_start(self) -> None:
        self.end(signal.SIGKILL)
        self.start()

    def end(self, number: int) -> int:
        self._process.send_signal(number)
        code = self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code


@contextmanager
def killed_service(folder: Path) -> Iterator[Killed]:
    service = Killed(folder)
    try:
        yield service
    finally:
        service.end(signal.SIGTERM)


@pytest.mark.slow
def test_kill_9_while_issuing(tmp_path: Path) -> None:
    random.seed()
    with (
        serving("sandbox", "--port", "0", log=tmp_path / "sandbox.log") as sandbox,
        killed_service(tmp_path) as service,
    ):
        uuid, token = create_company(tmp_path, "20512345671", sandbox)
        base = factura(datetime.now(UTC))
        answers: dict[int, Any] = {}

        def issue(numbers: range) -> None:
            """As an integrator would: the same call again until there is a verdict."""
            with EmitirClient(service.url, uuid, token, retries=60, pause=0.05, timeout=(2, 30)) as client:
                for number in numbers:
                    while number not in answers or answers[number].pendiente:
                        answers[number] = client.emitir(base | {"numero": number})

        callers = [
            threading.Thread(target=issue, args=(range(start, DOCUMENTS + 1, 4),)) for start in range(1, 5)
        ]
        for caller in callers:
            caller.start()
        for _ in range(KILLS):
            threading.Event().wait(random.uniform(0.2, 1.5))
            service.kill_and_start()
        for caller in callers:
            caller.join(180)
        assert sorted(answers) == list(range(1, DOCUMENTS + 1))
        assert {answer.estado_comprobante for answer in answers.values()} == {"aceptado"}
        codes = [f"20512345671-01-F001-{number}" for number in answers]
        assert {code: times for code in codes if (times := sendings(sandbox, code)) != 1} == {}
        assert service.end(signal.SIGTERM) == 0
        service.start()


def test_many_at_once(house: House) -> None:
    """Two companies, sixteen callers, fifty comprobantes: all accepted, each its own."""
    base = factura(datetime.now(UTC))

    def issue(number: int) -> tuple[str, str]:
        company = house.company if number % 2 else house.other
        with EmitirClient(company.url, company.uuid, company.token) as client:
            emitido = client.emitir(base | {"serie": "F777", "numero": number})
        while emitido.pendiente:
            with EmitirClient(company.url, company.uuid, company.token) as client:
                emitido = client.emitir(base | {"serie": "F777", "numero": number})
        return emitido.codigo_documento, emitido.estado_comprobante

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(issue, range(1, 51)))
    assert {state for _, state in done} == {"aceptado"}
    assert len({code for code, _ in done}) == 50
    assert {code: n for code, _ in done if (n := sendings(house.sandbox, code)) != 1} == {}
    health = json.loads(requests.get(f"{house.url}/salud", timeout=10).content)
    assert health["estado"] == "ok"
