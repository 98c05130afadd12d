"""Figures of whole processes: import time, peak memory, and `emitir` over HTTP."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import documents
from measure import Figure

from emitir.client import EmitirClient
from emitir.peru.plazos import lima_date
from emitir.signing.throwaway import throwaway_pkcs12

_IMPORT = "import time; a = time.perf_counter(); import emitir; print((time.perf_counter() - a) * 1000)"
_PEAK = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import documents
from emitir.peru.country import COUNTRY
key = documents.signer()
for lines, times in ((3, 300), (100, 30)):
    for number in range(1, times + 1):
        COUNTRY.prepare(documents.factura(lines, number), documents.COMPANY, documents.NOW).sign(key)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _run(code: str, *arguments: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    return float(done.stdout)


def import_ms(rounds: int) -> Figure:
    """Milliseconds that `import emitir` takes in a new interpreter."""
    return Figure("import_ms", "ms", tuple(_run(_IMPORT) for _ in range(max(rounds, 5))))


def peak_mb() -> Figure:
    """Peak memory of a process that builds and signs 300 small and 30 large facturas."""
    return Figure(
        "peak_mb", "MB", (statistics.median(_run(_PEAK, str(Path(__file__).parent)) for _ in range(3)),)
    )


def http_emitir(count: int, rounds: int) -> Figure:
    """Facturas per second of the service process's CPU: real HTTP, SQLite, to the verdict of the sandbox.

    The sandbox and the caller are processes of their own and not counted.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        data = Path(folder)
        sandbox = _started(stack, "-m", "emitir.sandbox", "--port", "0")
        environment = os.environ | {"EMITIR_PE_SANDBOX_URL": sandbox.url, "CLAVE": "banco", "SOL": "moddatos"}
        uuid, token = _company(data, environment)
        service = _started(
            stack, "-m", "emitir.cli", "serve", "--port", "0", "--data", folder, environment=environment
        )
        results = []
        today = lima_date(datetime.now(UTC)).isoformat()
        with EmitirClient(service.url, uuid, token) as client:
            client.emitir(documents.factura(3, 1, today))
            for done in range(rounds):
                spent = service.cpu_seconds()
                for number in range(count):
                    answer = client.emitir(documents.factura(3, 2 + done * count + number, today))
                    if answer.estado_comprobante != "aceptado":
                        raise RuntimeError(f"not accepted: {answer}")
                results.append(count / (service.cpu_seconds() - spent))
    return Figure("http.emitir", "docs/CPU s", tuple(results))


def _company(data: Path, environment: dict[str, str]) -> tuple[str, str]:
    settings, certificate = data / "empresa.json", data / "empresa.p12"
    settings.write_text(json.dumps(documents.COMPANY | {"pais": "pe"}), encoding="utf-8")
    start = datetime.now(UTC) - timedelta(days=1)
    certificate.write_bytes(
        throwaway_pkcs12(documents.RUC, "COMERCIAL ANDINA", "banco", start, start + timedelta(days=30))
    )
    options = ["--p12", str(certificate), "--password-env", "CLAVE", "--secret", "usuario_sol=SOL", "--json"]
    command = ["-m", "emitir.cli", "company", "create", str(settings), *options]
    command += ["--secret", "clave_sol=SOL", "--data", str(data)]
    done = subprocess.run(
        [sys.executable, *command], check=True, capture_output=True, text=True, env=environment
    )
    created = json.loads(done.stdout)
    return created["uuid"], created["token"]


@dataclass(frozen=True, slots=True)
class _Process:
    """A server of ours and the address that it printed."""

    url: str
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time so far (Linux: fields 14 and 15 of /proc/PID/stat)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _started(stack: ExitStack, *arguments: str, environment: dict[str, str] | None = None) -> _Process:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    stack.callback(process.wait, 20)
    stack.callback(process.terminate)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    if found is None:
        raise RuntimeError(f"{' '.join(arguments)} did not start: {line!r}")
    return _Process(found.group(), process.pid)
