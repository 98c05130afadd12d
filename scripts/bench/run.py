"""``make bench``: prints a table and writes build/bench.json.

Keys: pe.full.N, py.full.N (properties to signed bytes, everything included; Paraguay's with their QR), pe.build_sign.N,
py.build_sign.N (checked comprobante to signed bytes), rsa_floor (RSA-2048 alone), pdf.a4, http.emitir (CPU of the
service process alone, SQLite, to the verdict), peak_mb, import_ms. With --padron ROWS only the padrón is measured:
padron.load_s, padron.load_cpu_s, padron.peak_mb, padron.lookup_ms, padron.search_ms (its figures are added to the file).
Options: --quick for a short run, --json PATH.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import documents
import padron
import paraguay
import processes
from measure import Figure, interleaved, stay_on_one_core

#: What the issue of the spine asks for; the table says whether each was met on this machine.
BARS = {
    "pe.full.3": 2000,
    "pe.full.100": 400,
    "pe.build_sign.3": 3000,
    "pe.build_sign.100": 1000,
    "py.full.3": 1800,
    "py.full.100": 350,
    "py.full.999": 34,  # under 30 ms each
    "pdf.a4": 70,
    "import_ms": 100,
    "peak_mb": 60,
    "padron.load_s": 180,
    "padron.load_cpu_s": 180,
    "padron.peak_mb": 1000,
    "padron.lookup_ms": 1,
}
SMALLER_IS_BETTER = {
    "import_ms",
    "peak_mb",
    "padron.load_s",
    "padron.load_cpu_s",
    "padron.peak_mb",
    "padron.lookup_ms",
    "padron.search_ms",
}


def table(figures: list[Figure]) -> str:
    """The figures as text, with their ratio to RSA alone where that says something."""
    floor = next((figure.median for figure in figures if figure.key == "rsa_floor"), 1)
    rows = [f"{'':20}{'median':>10}  {'min':>9} {'max':>9}  {'of RSA':>7}  {'bar':>6}"]
    for figure in figures:
        share = f"{figure.median / floor:.2f}" if figure.key.startswith(("pe.", "py.")) else ""
        bar = BARS.get(figure.key)
        met = ""
        if bar is not None:
            fine = figure.median <= bar if figure.key in SMALLER_IS_BETTER else figure.median >= bar
            met = "met" if fine else "not met here"
        rows.append(
            f"{figure.key:20}{figure.median:>10.1f}  {min(figure.rounds):>9.1f} {max(figure.rounds):>9.1f}"
            f"  {share:>7}  {bar or '':>6} {met}  {figure.unit}"
        )
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--json", default="build/bench.json", help="where the figures are written")
    parser.add_argument(
        "--padron", type=int, metavar="ROWS", help="measure the padrón with ROWS generated rows"
    )
    parser.add_argument("--padron-zip", type=Path, metavar="ZIP", help="a zip of these rows, made before")
    options = parser.parse_args()
    figures = (
        padron.figures(options.padron, options.padron_zip) if options.padron else _documents(options.quick)
    )
    print(table(figures))
    target = Path(options.json)
    target.parent.mkdir(parents=True, exist_ok=True)
    before = json.loads(target.read_text(encoding="utf-8")) if options.padron and target.exists() else {}
    data = {**before, **{figure.key: round(figure.median, 3) for figure in figures}}
    data["machine"] = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    target.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"\n{target}")


def _documents(quick: bool) -> list[Figure]:
    rounds, seconds = (3, 0.2) if quick else (9, 0.6)
    figures = [processes.import_ms(rounds), processes.peak_mb()]
    figures.append(processes.http_emitir(30 if quick else 150, 1 if quick else 3))
    stay_on_one_core()
    key = documents.signer()
    return figures + interleaved({**documents.actions(key), **paraguay.actions(key)}, rounds, seconds)


if __name__ == "__main__":
    main()
