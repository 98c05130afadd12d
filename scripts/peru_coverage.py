"""docs/peru/rules-coverage.md and .json: what becomes of every rule of SUNAT before a document is sent.

Usage: python scripts/peru_coverage.py [--check]

Every ERROR and every OBSERV row of docs/peru/rules.tsv gets a status from the code and the tests, never by hand:

- ``enforced``: a case of the tests breaks it and is refused with that code (``BROKEN`` tables);
- ``warned``: of an observation, a case breaks it and the answer tells it in ``advertencias`` (``OBSERVED`` tables);
- ``by_construction``: nothing that Emitir writes can break it; the sandbox, which shares no code with the
  builder, judges every golden document by that same code and finds nothing; or a test of its own says so;
- ``authority``: only SUNAT's registers can tell (:data:`AUTHORITY`).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
RULES = ROOT / "docs" / "peru" / "rules.tsv"
JSON = ROOT / "docs" / "peru" / "rules-coverage.json"
PAGE = ROOT / "docs" / "peru" / "rules-coverage.md"
#: Documents that are accounted for.
DOCUMENTS = ("01", "03", "04", "07", "08", "20", "40", "RC", "RA", "RR")
_NAMES = {
    "01": "Factura",
    "03": "Boleta",
    "04": "Liquidación de compra",
    "07": "Nota de crédito",
    "08": "Nota de débito",
    "20": "Comprobante de retención",
    "40": "Comprobante de percepción",
    "RC": "Resumen diario",
    "RA": "Comunicación de baja",
    "RR": "Resumen de reversiones",
}

STATUSES = ("enforced", "warned", "by_construction", "authority")
_REGISTERED = "Lo que SUNAT tiene registrado de este y de otros comprobantes"
_TAXPAYERS = "El RUC y sus padrones"
#: Rules that need data which only SUNAT has.
AUTHORITY: dict[str, str] = {
    **dict.fromkeys(("1032", "1033", "1084", "2109", "2223", "2282", "2323", "2324", "2663"), _REGISTERED),
    **dict.fromkeys(("2105", "2119", "2120", "2121", "2207", "2208", "2209", "2375", "2398"), _REGISTERED),
    **dict.fromkeys(("2404", "2885", "2987", "2988", "2989", "2990", "3207", "3209", "3218"), _REGISTERED),
    **dict.fromkeys(("3219", "3239", "3260", "3286", "3320", "0127"), _REGISTERED),
    **dict.fromkeys(("1078", "1080", "1083", "1086", "2010", "2011", "2226", "2294", "2539"), _TAXPAYERS),
    **dict.fromkeys(("2540", "2581", "2601", "2605", "3097", "3262", "3269", "3281"), _TAXPAYERS),
    **dict.fromkeys(
        ("2609", "2610", "2750", "2751", "3228", "3312", "3325", "3326", "3327", "3328", "3329"), _REGISTERED
    ),
    **dict.fromkeys(("2600", "2617", "2621"), _TAXPAYERS),
    **dict.fromkeys(("2325", "2326", "2327"), "El certificado registrado"),
    **dict.fromkeys(("2451", "2471", "4204", "4210", "4441", "2404"), _REGISTERED),
    **dict.fromkeys(("2460", "2461", "2462", "2463", "4090", "4331"), _TAXPAYERS),
}
#: Rules that the sandbox does not judge, and the test that shows that they cannot be broken.
OWN_TESTS: dict[str, str] = {
    **dict.fromkeys(("3115", "3122", "3157", "3158"), "tests/peru/test_construction.py"),
    **dict.fromkeys(("2138", "2188"), "tests/peru/test_construction.py"),
    **dict.fromkeys(map(str, range(4251, 4262)), "tests/peru/test_construction.py"),
    **dict.fromkeys(("4212", "4313", "4317"), "tests/peru/test_construction.py"),
}
#: Codes that the tests of the files about other documents break.
ENVIO_TESTS = {
    "2315": "tests/peru/test_envios.py",
    "2957": "tests/peru/test_envios.py",
    "2958": "tests/peru/test_compras.py",
}
_SANDBOX = ROOT / "core" / "emitir" / "sandbox" / "sunat"
#: A call of the sandbox that names codes first: ``TABLE.rule("3114", "4289", scope=...)``.
_CALL = re.compile(r'\(\s*((?:(?:"[0-9]{4}"|None),?\s*)+)')
#: Documents that a test of their own reads back as well, with an eye of its own.
NOT_IN_SANDBOX = frozenset({"20", "40", "RR"})
AGENTE_TEST = "tests/peru/test_agente_construction.py"
SANDBOX_TEST = "tests/peru/test_sandbox.py::test_accepted"


def judged_by_the_sandbox() -> frozenset[str]:
    """Codes that stand in the rules of the sandbox."""
    sources = [path.read_text(encoding="utf-8") for path in _SANDBOX.rglob("*.py")]
    calls = [call for source in sources for call in _CALL.findall(source)]
    return frozenset(code for call in calls for code in re.findall(r"[0-9]{4}", call))


@cache
def broken_by_family() -> dict[str, dict[str, str]]:
    """The same by the documents that a case says something of: a test of a factura says nothing of a retención."""
    families: dict[str, dict[str, str]] = {}
    for family, cases in broken_cases().items():
        found = families.setdefault(family, {})
        for case in cases:
            found.setdefault(case.code, case.test)
    families["envio"] = dict(ENVIO_TESTS)
    return families


@cache
def broken_cases() -> dict[str, list[Any]]:
    """Every case that breaks a rule, by family, with the place that it breaks (scripts/peru_coverage_rows.py)."""
    from scripts.peru_coverage_rows import broken
    from tests.peru.broken_compras import BROKEN_COMPRAS
    from tests.peru.broken_concepts import BROKEN_CONCEPTS
    from tests.peru.broken_operations import BROKEN_OPERATIONS
    from tests.peru.test_agente import BROKEN_AGENTE
    from tests.peru.test_rules import BROKEN

    return {
        family: [
            broken(name, path, code, f"{test}[{name}: {', '.join(changes)}]")
            for name, changes, path, _, code in cases
            if code
        ]
        for family, test, cases in (
            ("agente", "tests/peru/test_agente.py::test_broken", BROKEN_AGENTE),
            ("compra", "tests/peru/test_compras.py::test_broken", BROKEN_COMPRAS),
            (
                "venta",
                "tests/peru/test_rules.py::test_broken",
                [*BROKEN, *BROKEN_OPERATIONS, *BROKEN_CONCEPTS],
            ),
        )
    }


@cache
def observed_cases() -> dict[str, list[Any]]:
    """The same of observations."""
    from scripts.peru_coverage_rows import broken
    from tests.peru.broken_compras import OBSERVED_COMPRAS
    from tests.peru.broken_concepts import OBSERVED_CONCEPTS
    from tests.peru.broken_operations import OBSERVED_OPERATIONS

    test = warned_by_tests()
    return {
        "venta": [
            broken(name, path, code, test["venta"][code])
            for name, changes, code in [*OBSERVED_OPERATIONS, *OBSERVED_CONCEPTS]
            for path in changes
        ],
        "compra": [
            broken(name, path, code, test["compra"][code]) for name, _, path, code in OBSERVED_COMPRAS
        ],
    }


@cache
def warned_by_tests() -> dict[str, dict[str, str]]:
    """Observations that a case breaks and that its answer tells, by family."""
    from tests.peru.broken_compras import OBSERVED_COMPRAS
    from tests.peru.broken_operations import OBSERVED_OPERATIONS
    from tests.peru.test_rules import OBSERVED, OBSERVED_NOTAS

    test = "tests/peru/test_rules.py::test_"
    sales = {code: f"{test}what_sunat_only_observes_is_a_warning" for _, _, code in OBSERVED}
    sales |= {code: f"{test}a_nota_of_a_boleta_is_judged_as_mildly" for _, code in OBSERVED_NOTAS}
    sales |= {
        code: f"{test}an_observation_of_an_operation_is_a_warning" for _, _, code in OBSERVED_OPERATIONS
    }
    purchases = {code: "tests/peru/test_compras.py::test_observed" for *_, code in OBSERVED_COMPRAS}
    return {"venta": sales, "compra": purchases}


#: The families of cases that say something of each document; files about others are made of what passed the sale's rules.
FAMILIES = {
    **dict.fromkeys(("01", "03", "07", "08"), ("venta", "envio")),
    "04": ("compra",),
    **dict.fromkeys(("20", "40"), ("agente",)),
    "RR": ("envio", "agente"),
    **dict.fromkeys(("RC", "RA"), ("envio", "venta")),
}


def rows() -> list[dict[str, str]]:
    """The rows of the documents that are accounted for."""
    with RULES.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in table if row["documento"] in DOCUMENTS]


def coverage() -> list[dict[str, Any]]:
    """Every row with its status and test; ``status`` is empty where nothing accounts for it."""
    from scripts.peru_coverage_rows import match

    judged = judged_by_the_sandbox()
    found: list[dict[str, Any]] = []
    for row in rows():
        codes = row["codigo"].split("/")
        status, test = _status(row["documento"], codes, judged)
        found.append(
            {
                "doc": row["documento"],
                "severity": row["severidad"],
                "code": row["codigo"],
                "row": int(row["fila"]),
                "element": row["elemento"],
                "condition": row["condicion"],
                "since": row["desde"],
                "status": status,
                "test": test,
            }
        )
    by_code: dict[tuple[str, str], list[Any]] = {}
    for document in DOCUMENTS:
        for family in FAMILIES[document]:
            for case in (*broken_cases().get(family, ()), *observed_cases().get(family, ())):
                by_code.setdefault((document, case.code), []).append(case)
    match(found, by_code)
    return found


def _status(document: str, codes: list[str], judged: frozenset[str]) -> tuple[str, str]:
    families = FAMILIES[document]
    for status, cases in (("enforced", broken_by_family()), ("warned", warned_by_tests())):
        for family in families:
            for code in codes:
                if test := cases.get(family, {}).get(code):
                    return status, test
    for code in codes:
        if code in AUTHORITY:
            return "authority", AUTHORITY[code]
    if document in NOT_IN_SANDBOX and (found := _read_back(document, codes))[0]:
        return found
    for code in codes:
        if code in OWN_TESTS:
            return "by_construction", OWN_TESTS[code]
        if code in judged:
            return "by_construction", SANDBOX_TEST
    return "", ""


def _read_back(document: str, codes: list[str]) -> tuple[str, str]:
    from tests.peru.test_agente_construction import CHECKED, CHECKED_RR

    checked = CHECKED_RR if document == "RR" else CHECKED | {"1049"}
    return ("by_construction", AGENTE_TEST) if checked & set(codes) else ("", "")


def page(covered: list[dict[str, Any]]) -> str:
    """The Markdown page."""
    counts = Counter((row["doc"], row["severity"], row["status"]) for row in covered)
    lines = [
        "# Reglas de SUNAT: qué hace Emitir con cada una",
        "",
        "<!-- Generado con «python scripts/peru_coverage.py»: no lo edite a mano. -->",
        "",
        "Filas de las «Reglas de validación» de SUNAT del 2026-02-12: las ERROR, y las OBSERV, que SUNAT acepta con una",
        "observación. `enforced`: se rechaza antes de enviar, con el código de SUNAT y un caso de prueba que la incumple.",
        "`warned`: se envía y la respuesta lo dice en `advertencias`. `by_construction`: lo que Emitir escribe no puede",
        "incumplirla; lo comprueba un juez que no comparte código con quien escribe. `authority`: solo SUNAT tiene los",
        "datos para saberlo. Detalle con su prueba: `rules-coverage.json`.",
        "",
        "SUNAT usa un mismo código en varias filas. Donde el concepto del catálogo 55 o el elemento las distingue, cada fila",
        "tiene su propio caso; `por otra fila` cuenta las `enforced` y `warned` cuyo caso incumple otra fila del mismo código",
        "(`basis` es `code` en el `.json`, y van con † abajo). Las `by_construction` se juzgan por código en todas sus filas.",
        "",
        "| documento | severidad | filas | enforced | warned | por otra fila | by_construction | authority |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for doc in DOCUMENTS:
        for severity in ("ERROR", "OBSERV"):
            numbers = [counts[doc, severity, status] for status in STATUSES]
            total = sum(numbers)
            rests = [
                row
                for row in covered
                if (row["doc"], row["severity"], row["basis"]) == (doc, severity, "code")
            ]
            numbers.insert(2, len(rests))
            lines.append(
                f"| {_NAMES[doc]} ({doc}) | {severity} | {total} | {' | '.join(map(str, numbers))} |"
            )
    for doc in DOCUMENTS:
        lines += [
            "",
            f"## {_NAMES[doc]} ({doc})",
            "",
            "| código | severidad | fila | condición | estado |",
            "|---|---|---|---|---|",
        ]
        for row in covered:
            if row["doc"] == doc:
                condition = row["condition"].replace("|", "\\|")
                mark = " †" if row["basis"] == "code" else ""
                lines.append(
                    f"| {row['code']} | {row['severity']} | {row['row']} | {condition} | {row['status']}{mark} |"
                )
    return "\n".join(lines) + "\n"


def files() -> dict[Path, str]:
    """What both files should hold."""
    covered = coverage()
    data = "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in covered) + "\n]\n"
    return {JSON: data, PAGE: page(covered)}


def main() -> int:
    """Write both files, or say which is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a file is stale")
    check = parser.parse_args().check
    open_rows = [row for row in coverage() if not row["status"]]
    for row in open_rows:
        print(f"no status: {row['doc']} {row['code']} row {row['row']}: {row['condition']}", file=sys.stderr)
    stale = [
        path
        for path, text in files().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in stale:
        print(f"{path.relative_to(ROOT)} is stale", file=sys.stderr)
        if not check:
            path.write_text(files()[path], encoding="utf-8")
    return 1 if open_rows or (stale and check) else 0


if __name__ == "__main__":
    sys.exit(main())
