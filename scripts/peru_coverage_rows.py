"""Which of several rows that share a code a case of the tests breaks: by the concept of catalog 55, or by the place.

SUNAT's sheets tell one code for several elements. A case that breaks the code breaks one of these rows; this tells
which, so that docs/peru/rules-coverage.md does not count a row as tested because its sibling is.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_CASES = Path(__file__).resolve().parent.parent / "tests" / "peru" / "cases"
_CONCEPT_PATH = re.compile(r"items-(\d+)-(propiedades|conceptos)-(\d+)-")
#: A property without its positions, and what the element of its row is called in the sheets.
PLACES: dict[str, str] = {
    "numero_doc": r"ID \(Número de documento",
    "tipo_doc": r"(?<!Agent)Party/PartyIdentification/ID@schemeID",
    "porcentaje_renta": r"Tasa del impuesto",
    "items-cantidad": r"BaseUnitMeasure",
    "percepcion_monto": r"Monto de la percepción",
    "retencion_monto": r"Monto de la retención",
    "detraccion_cuenta": r"PayeeFinancialAccount",
    "detraccion_codigo": r"PaymentMeansID",
    "detraccion_medio_pago": r"PaymentMeansCode",
    "percepcion_regimen": r"Código de régimen de percepción",
    "forma_pago": r"Forma de pago",
    "entrega_ubigeo": r"Código de ubigeo",
    "entrega_direccion": r"Dirección completa y detallada",
    "items-origen_ubigeo": r"DespatchAddress/ID",
    "items-origen_direccion": r"DespatchAddress/AddressLine",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A case that breaks ``code`` at ``path`` (a property without positions), of a concept of catalog 55 or of none."""

    code: str
    path: str
    concept: str
    test: str


@cache
def _golden(name: str) -> Any:
    file = _CASES / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8"))["propiedades"] if file.exists() else {}


def broken(name: str, path: str, code: str, test: str) -> Broken:
    """With the concept that the property at ``path`` has in the golden case."""
    concept = ""
    if found := _CONCEPT_PATH.match(path):
        line, kind, number = found.groups()
        told = _golden(name).get("items", [])[int(line) - 1 : int(line)]
        listed = told[0].get(kind, []) if told else []
        concept = listed[int(number) - 1]["codigo"] if int(number) <= len(listed) else ""
    return Broken(code, re.sub(r"-\d+", "", path), concept, test)


def concepts(condition: str) -> frozenset[str]:
    """Concepts of catalog 55 that the condition of a row names."""
    if "concepto" not in condition:
        return frozenset()
    return frozenset(re.findall(r"\b[0-9]{4}\b", condition))


def _breaks(case: Broken, row: dict[str, Any]) -> bool:
    named = concepts(row["condition"])
    if named and case.concept:
        return case.concept in named
    place = PLACES.get(case.path)
    return place is not None and re.search(place, row["element"]) is not None


def match(rows: Sequence[dict[str, Any]], cases: dict[tuple[str, str], list[Broken]]) -> None:
    """Give every tested row its ``basis`` and its own case where it has one.

    ``row``: a case breaks this row. ``code``: a case breaks another row of the same code; that the rule is applied
    here too rests on that one. Of a code of one row there is nothing to tell apart. ``cases``: by document and code.
    """
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        row["basis"] = "row" if row["status"] in ("enforced", "warned") else ""
        if row["basis"]:
            groups[row["doc"], row["code"]].append(row)
    for key, group in groups.items():
        if len(group) > 1:
            _tell_apart(group, cases.get(key, []))


def _tell_apart(group: Sequence[dict[str, Any]], cases: Sequence[Broken]) -> None:
    taken: set[str] = set()
    for row in group:
        own = next((case for case in cases if _breaks(case, row)), None)
        # Two rows of one element differ in a condition that the place does not tell: the first is the tested one.
        again = not concepts(row["condition"]) and row["element"] in taken
        row["basis"] = "row" if own and not again else "code"
        if own and not again:
            row["test"] = own.test
            taken.add(row["element"])
    if all(row["basis"] == "code" for row in group):
        group[0]["basis"] = "row"  # some row is broken, and nothing says that it is another
