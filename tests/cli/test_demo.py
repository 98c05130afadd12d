"""``emitir demo``, ``serve``, ``sandbox`` and ``hola`` as programs."""

from __future__ import annotations

import io
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
import requests
from pypdf import PdfReader
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from emitir.demo import COMPANY
from emitir.peru import examples
from tests.cli.conftest import EMITIR, Run, environment


@pytest.mark.slow
def test_the_demo_shows_what_a_newcomer_wants_to_see(program: Run, folder: Path) -> None:
    done = program("demo", "--out", "demo")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    for said in (
        "todo listo para emitir",
        "numero_doc: El dígito verificador del RUC 20123456780",
        "total_gravado: Dice 84.75 y el cálculo da 76.28",
        "ha sido aceptada",
    ):
        assert said in done.stdout
    assert re.search(r"· enviando\n\s+✓ aceptado", done.stdout), "the state as it moves"
    paths = [folder / line.strip() for line in done.stdout.splitlines() if line.startswith("  demo/")]
    assert len(paths) == 9
    kude = next(path for path in paths if len(path.stem) == 44 and path.suffix == ".pdf")
    assert "KuDE de Factura electrónica" in PdfReader(io.BytesIO(kude.read_bytes())).pages[0].extract_text()
    for tipo, name in (("01-F001-21", "FACTURA"), ("03-B001-1", "BOLETA")):
        stem = f"{COMPANY['ruc']}-{tipo}"
        assert {f"{stem}.xml", f"R-{stem}.xml", f"{stem}.pdf"} <= {path.name for path in paths}
        pdf = (folder / "demo" / f"{stem}.pdf").read_bytes()
        assert name in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert not (folder / "demo.env").exists(), "only --keep writes it"
    assert program("demo", "--out", "demo").returncode == 0, "a second time, over the first"


def test_the_demo_fails_loudly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emitir.demo.factura", lambda now: examples.AS_PRINTED)
    done = run("demo", "--out", "demo")
    assert done.returncode == 1
    assert "La demostración falló: VARIOS_ERRORES" in done.stderr


def test_a_port_that_is_taken_is_told(program: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for command in (("demo", "--out", "demo"), ("serve", "--data", "data")):
            done = program(*command, "--port", port)
            assert done.returncode == 2, done.stdout + done.stderr
            assert port in done.stderr
            assert "Traceback" not in done.stderr


def test_two_services_on_one_file_are_refused(folder: Path) -> None:
    command = [EMITIR, "serve", "--port", "0", "--data", "data"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline().startswith("http://")
        second = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        first.send_signal(signal.SIGTERM)
        assert first.wait(40) == 0, "a stop that was asked for is no failure"
    assert second.returncode == 2
    assert "Otro proceso de Emitir" in second.stderr


@pytest.mark.slow
def test_kept_running_with_its_env_file(folder: Path, program: Run) -> None:
    env_file = folder / "demo.env"
    with subprocess.Popen(
        [EMITIR, "demo", "--keep", "--port", "0", "--out", "demo", "--env-file", "demo.env"],
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.PIPE,
        text=True,
    ) as demo:
        try:
            deadline = time.monotonic() + 90
            while not env_file.exists():
                assert demo.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
            names = [line.partition("=")[0] for line in env_file.read_text("utf-8").splitlines()]
            assert names == ["EMITIR_URL", "PE_UUID", "PE_TOKEN", "PY_UUID", "PY_TOKEN"]
            assert env_file.stat().st_mode & 0o077 == 0, "it holds a token"
            hola = program("hola", "--env-file", "demo.env")
            assert hola.returncode == 0, hola.stderr
            assert "todo listo para emitir" in hola.stdout
            assert "El certificado vence el" in hola.stdout
            refused = program(
                "hola", "--env-file", "demo.env", "--uuid", "00000000-0000-4000-8000-000000000000"
            )
            assert refused.returncode == 2
            assert "NO_AUTORIZADO" in refused.stderr
        finally:
            demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
    assert not env_file.exists()
    assert program("hola", "--env-file", "demo.env").returncode == 2


def test_hola_without_a_service(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    done = run("hola", "--url", "http://127.0.0.1:1", "--uuid", "x", EMITIR_TOKEN="0" * 64)
    assert (done.returncode, done.stdout) == (1, "")
    assert "No se pudo conectar" in done.stderr
    missing = run("hola", "--url", "http://127.0.0.1:1", EMITIR_TOKEN="")
    assert missing.returncode == 2
    assert "--env-file" in missing.stderr


def test_sandbox_says_its_address(folder: Path) -> None:
    with subprocess.Popen(
        [EMITIR, "sandbox", "--port", "0", "--state", "estado.sqlite"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as sandbox:
        assert sandbox.stdout is not None
        url = sandbox.stdout.readline().strip()
        try:
            # the address is known before the sandbox listens there
            retries = Retry(total=50, backoff_factor=0.1)
            with requests.Session() as session:
                session.mount("http://", HTTPAdapter(max_retries=retries))
                assert session.get(f"{url}/_sandbox/health", timeout=5).json()["estado"] == "ok"
        finally:
            sandbox.send_signal(signal.SIGTERM)
        assert sandbox.wait(30) in (0, -signal.SIGTERM)
    assert (folder / "estado.sqlite").exists()
