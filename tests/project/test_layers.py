"""The floors of the house: who may import whom, who may name a country, what an import costs.

The table follows DESIGN §2. ``printing`` stands below the countries, which lay out their documents with it.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "core" / "emitir"
COUNTRIES = {"peru", "paraguay"}

GROUND = {"money", "error_codes", "errors", "verdict", "catalogs", "text", "i18n", "clock"}
#: Room (module or package directly under ``emitir``) to its floor: it imports from its own or a lower one.
FLOORS = {
    **dict.fromkeys(GROUND, 0),
    **dict.fromkeys(["xml", "signing", "soap", "inputs", "salvage"], 1),
    **dict.fromkeys(["country", "country_facts", "country_events", "country_lotes", "country_files"], 2),
    "printing": 2,
    **dict.fromkeys(COUNTRIES, 3),
    "engine": 4,
    "service": 5,
    **dict.fromkeys(["cli", "demo", "demo_companies"], 6),
}
#: Rooms aside: what they may import beside themselves. They stay light, and the sandbox independent.
ASIDE = {"wire": GROUND, "client": {*GROUND, "wire"}, "sandbox": {*GROUND, "signing"}}
#: What the sandbox may not use of ``signing``: the writer of signatures that it judges.
BUILDER = {"emitir.xml", "emitir.signing.xmldsig"}
#: May name a country: they show or imitate one.
NAMES_A_COUNTRY = {"demo", "demo_companies", "sandbox"}
HEAVY = {
    "lxml",
    "pydantic",
    "cryptography",
    "sqlalchemy",
    "dbos",
    "typst",
    "zxingcpp",
    "fastapi",
    "uvicorn",
    "typer",
}


def room_of(path: Path) -> str:
    """The room that a file of the package belongs to; ``cli_demo.py`` and ``cli_x/`` are part of ``cli``."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "cli" if first.startswith("cli_") else first


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def imported(source: str, package: str) -> Iterator[str]:
    """Every module of ``emitir`` that ``source`` imports, at the top or inside a function.

    ``package``: dotted name of the package the source stands in, for relative imports.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.startswith("emitir.") and not name.startswith("emitir.__"))


def allowed(room: str, target: str) -> bool:
    """May ``room`` import from ``target``?"""
    if target == room:
        return True
    if room in ASIDE:
        return target in ASIDE[room]
    if target in ASIDE:
        return FLOORS[room] >= (6 if target == "sandbox" else 4)
    if room in COUNTRIES and target in COUNTRIES:
        return False
    return FLOORS[target] <= FLOORS[room]


def broken(path: Path, source: str) -> list[str]:
    """The imports of one file that reach too high."""
    room = room_of(path)
    package = ".".join(["emitir", *path.relative_to(PACKAGE).parts[:-1]])
    found = []
    for name in imported(source, package):
        target = name.split(".")[1]
        target = "cli" if target.startswith("cli_") else target
        if not allowed(room, target) or (room == "sandbox" and any(name.startswith(b) for b in BUILDER)):
            found.append(f"{path.relative_to(PACKAGE)} imports {name}")
    return found


def test_every_room_has_its_floor() -> None:
    assert {room_of(path) for path in modules()} <= FLOORS.keys() | ASIDE.keys()


def test_files_import_from_their_own_floor_or_lower() -> None:
    assert [line for path in modules() for line in broken(path, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("money.py", "import emitir.xml"),
        ("xml.py", "def f():\n    from emitir.engine import store"),
        ("signing/keys.py", "from ..peru import model"),
        ("peru/model.py", "from emitir.paraguay import model"),
        ("engine/store.py", "from emitir import service"),
        ("client.py", "from emitir.soap import call"),
        ("sandbox/judge.py", "from emitir.signing.xmldsig import sign"),
        ("sandbox/judge.py", "from emitir.peru.model import Factura"),
        ("engine/store.py", "from emitir.sandbox import server"),
    ],
)
def test_an_import_that_reaches_too_high_is_found(file: str, source: str) -> None:
    assert len(broken(PACKAGE / file, source)) == 1


def test_nothing_outside_a_country_names_it() -> None:
    pattern = re.compile(rf"emitir[./]({'|'.join(sorted(COUNTRIES))})\b")
    found = [
        f"{path.relative_to(PACKAGE)}: {match.group()}"
        for path in modules()
        if room_of(path) not in NAMES_A_COUNTRY | COUNTRIES
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_float_in_money() -> None:
    """Floats have no place in a country's figures; transport counts seconds with them, and layout millimetres."""
    found = []
    for path in modules():
        parts = path.relative_to(PACKAGE).parts
        if parts[0] not in COUNTRIES | {"money.py", "text.py"} or {"sunat", "sifen", "printed.py"} & {*parts}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            if isinstance(node, ast.expr) and (call or literal):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert found == []


def test_files_are_short() -> None:
    """One job each: none over 400 lines."""
    sources = [
        path for name in ("core", "tests", "scripts", "examples") for path in (ROOT / name).rglob("*.py")
    ]
    assert len(sources) > 20
    counted = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources
    }
    assert {name: lines for name, lines in counted.items() if lines > 400} == {}


def loaded_by(statement: str) -> tuple[float, set[str]]:
    """Seconds of CPU that ``statement`` takes in a fresh interpreter, and the packages then loaded."""
    program = (
        "import sys, time\nt = time.process_time()\n"
        f"{statement}\n"
        "print(time.process_time() - t, *{name.partition('.')[0] for name in sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seconds, *names = run.stdout.split()
    return float(seconds), set(names)


def test_importing_emitir_is_quick_and_light() -> None:
    runs = [loaded_by("import emitir") for _ in range(5)]
    assert min(seconds for seconds, _ in runs) < 0.1
    assert runs[0][1] & HEAVY == set()


def test_the_ground_floor_and_the_client_are_light() -> None:
    names = sorted(
        {room_of(path) for path in modules()} & {*(n for n, f in FLOORS.items() if f == 0), "wire", "client"}
    )
    assert "money" in names
    seconds, packages = loaded_by("\n".join(f"import emitir.{name}" for name in names))
    assert packages & HEAVY == set()
    assert seconds < 1
