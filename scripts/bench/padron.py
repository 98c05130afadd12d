"""Figures of the padrón: loading generated rows from a zip, looking them up, searching names.

The load is timed by the clock on the wall and by the CPU that it takes, in a process of its own that may use a
second one; its memory is the sum of both peaks. Run it under ``taskset -c 0`` for the
figures of one core. Lookups and searches run in this process on the loaded file.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import padron_rows
from measure import Figure

from emitir.peru.padron.reader import Padron
from emitir.peru.padron.search import search

_LOAD = """
import resource, sys, time
from pathlib import Path
from emitir.peru.padron.loading import load
start = time.perf_counter()
load(sys.argv[1], Path(sys.argv[2]), "padron.emitir", lambda stage, done, total: None)
seconds = time.perf_counter() - start
used = [resource.getrusage(kind) for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(seconds, sum(u.ru_utime + u.ru_stime for u in used), sum(u.ru_maxrss for u in used) / 1024)
"""
#: What people type: beginnings, words in any order, rare and frequent ones, words that never go together.
QUERIES = (
    "quispe mamani",
    "GARCÍA LÓPEZ MAR",
    "mar",
    "s.a.c.",
    "inversiones del sur",
    "maria rosa quispe",
    "rosa e",
    "transportes lima eirl",
    "peña nuñez",
    "botica rosa de la cruz",
    "zzzz",
    "percy sociedad anonima",
)


def figures(rows: int, source: Path | None = None) -> list[Figure]:
    """Load ``rows`` generated rows (or the zip ``source``, which has them) and ask the result."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if source is None:
            source = folder / "padron_reducido_ruc.zip"
            padron_rows.write(source, rows)
        done = subprocess.run(
            [sys.executable, "-c", _LOAD, source, folder], check=True, capture_output=True, text=True
        )
        seconds, cpu_seconds, megabytes = map(float, done.stdout.split())
        file = folder / "padron.emitir"
        padron = Padron(file)
        print(f"padron: {padron.rows} rows, {file.stat().st_size / 1e6:.0f} MB on disk")
        return [
            Figure("padron.load_s", "s", (seconds,)),
            Figure("padron.load_cpu_s", "s", (cpu_seconds,)),
            Figure("padron.peak_mb", "MB", (megabytes,)),
            Figure("padron.lookup_ms", "ms", _lookups(file, padron, 5000)),
            Figure("padron.search_ms", "ms", _searches(padron)),
        ]


def _lookups(file: Path, padron: Padron, count: int) -> tuple[float, ...]:
    """Milliseconds of lookups, each of another RUC that is there."""
    source = random.Random(7)
    rucs: list[str] = []
    database = sqlite3.connect(file)
    while len(rucs) < count:
        row = source.randrange(1, padron.rows + 1)
        # Numbers of rows have gaps where a RUC was repeated.
        rucs += (
            f"{ruc:011}" for (ruc,) in database.execute("select ruc from contribuyente where id = ?", (row,))
        )
    database.close()
    return tuple(_milliseconds(lambda ruc=ruc: padron.find(ruc)) for ruc in rucs)  # type: ignore[misc]


def _searches(padron: Padron) -> tuple[float, ...]:
    """Milliseconds of each query (the median of five), 20 results at most."""
    times = []
    for query in QUERIES:
        five = [_milliseconds(lambda query=query: search(padron, query, 20)) for _ in range(5)]  # type: ignore[misc]
        times.append(statistics.median(five))
        print(f"  {times[-1]:8.2f} ms  {query}")
    return tuple(times)


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000
