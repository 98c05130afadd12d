"""Figures of whole processes: import time, peak memory, and `emitir` over HTTP."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

from measure import Figure

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
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True)
    return float(done.stdout)


def import_ms(rounds: int) -> Figure:
    """Milliseconds that `import emitir` takes in a new interpreter."""
    return Figure("import_ms", "ms", tuple(_run(_IMPORT) for _ in range(max(rounds, 5))))


def peak_mb() -> Figure:
    """Peak memory of a process that builds and signs 300 small and 30 large facturas."""
    return Figure("peak_mb", "MB", (statistics.median(_run(_PEAK, str(Path(__file__).parent)) for _ in range(3)),))
