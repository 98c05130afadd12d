"""Concepts of catalog 55 without what they have to say: every concept that a golden sale tells, one by one.

SUNAT has a row for each concept under the same few codes; here each of these rows is broken by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_CASES = Path(__file__).parent / "cases"
#: What a concept is told by, and the code of SUNAT where it is missing.
#: Concepts that say it under another code: 7014 (validity of an insurance), 7019 (interest of an AFP).
_OWN = {("7014", "fecha"): "3243", ("7019", "cantidad"): "3064"}
_PARTS = {"valor": "3064", "fecha": "3065", "hora": "3172", "dias": "3135", "cantidad": "3135"}


def _concepts() -> Iterator[tuple[str, dict[str, Any], str, str, str, str]]:
    """(case, changes, path, codigo_error, SUNAT's code, concept), each concept and part once."""
    seen: set[tuple[str, str, str]] = set()
    for file in sorted([*_CASES.glob("factura-*.json"), *_CASES.glob("boleta-*.json")]):
        properties = json.loads(file.read_text(encoding="utf-8"))["propiedades"]
        for line, item in enumerate(properties["items"], 1):
            for number, one in enumerate(item.get("propiedades", []), 1):
                for part, code in _PARTS.items():
                    key = (file.stem.split("-")[0], one["codigo"], part)
                    if part not in one or key in seen:
                        continue
                    seen.add(key)
                    path = f"items-{line}-propiedades-{number}-{part}"
                    yield (
                        file.stem,
                        {path: None},
                        path,
                        "PROPIEDAD_FALTANTE",
                        _OWN.get(key[1:], code),
                        one["codigo"],
                    )


CONCEPTS = list(_concepts())
BROKEN_CONCEPTS = [case[:5] for case in CONCEPTS]

#: Concepts whose value may be a single character: too long a value is the wrong one.
_SHORT = frozenset(
    ("3001", "3002", "3003", "3004", "4046", "4049", "5000", "5001", "5002", "5003", "7013", "7017"),
)
#: What SUNAT takes with observation 4280: a value that is too short, too long or in no catalog.
OBSERVED_CONCEPTS: list[tuple[str, dict[str, Any], str]] = [
    (name, {path: "X" * 200 if concept in _SHORT else "?"}, "4280")
    for name, _, path, _, _, concept in CONCEPTS
    if path.endswith("-valor")
]
