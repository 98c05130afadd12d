"""Turn the DNIT's tables, as read from its schemas and annexes, into the project's data files.

Usage: python scripts/paraguay_catalogs.py FOLDER [CODES]

CODES is the list of result codes of the manual and its notas técnicas.

FOLDER holds ``_tablas.json`` (table by table) and the lists of places, countries, currencies and units. What
is written is the code and the literal, which SIFEN compares character by character.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "core" / "emitir" / "paraguay" / "data"
SCHEMA = "DNIT, DE_Types_v150.xsd (2026-09-10)"
OBLIGACIONES = "DNIT, Nota Técnica 018, tabla 12"
ESTADOS = "DNIT, Manual Técnico v150, consulta de RUC"
PLACES = "DNIT, tablas 2.1 y 2.2 de distritos y ciudades (2025-11)"
DATE = "2026-09-10"
PLACES_DATE = "2025-11-01"
#: Tables whose source is no enumeration of the schema.
SOURCES = {"obligaciones": OBLIGACIONES, "estado_ruc": ESTADOS}
#: A row of free text: its code is allowed, its literal comes from the caller.
FREE_TEXT = "(texto libre"
#: Lists with a shape of their own: file, key of the code, key of the literal.
LISTS = (("paises", "descripcion"), ("monedas", "descripcion"), ("unidades_medida", "representacion"))


def _write(name: str, title: str, source: str, rows: dict[str, dict[str, str]]) -> None:
    lines = ",\n".join(
        f"  {json.dumps(code)}: {json.dumps(row, ensure_ascii=False)}" for code, row in rows.items()
    )
    head = json.dumps(
        {"catalogo": name, "nombre": title, "fuente": [source], "fecha": DATE}, ensure_ascii=False, indent=1
    )[:-2]
    path = TARGET / "catalogs" / f"{name}.json"
    path.write_text(f'{head},\n "filas": {{\n{lines}\n }}\n}}\n', encoding="utf-8")


def _row(value: dict[str, Any]) -> dict[str, str]:
    text = str(value["descripcion"])
    if not text.startswith(FREE_TEXT):
        return {"descripcion": text}
    minimum, dash, maximum = text[len(FREE_TEXT) :].strip(" )").partition("-")
    return {"descripcion": "", "minimo": minimum if dash else "1", "maximo": maximum if dash else "50"}


def tables(folder: Path) -> None:
    """The small tables: code and literal."""
    for name, table in json.loads((folder / "_tablas.json").read_text(encoding="utf-8")).items():
        rows = {str(value["codigo"]): _row(value) for value in table["valores"]}
        _write(name, table["campos"], SOURCES.get(name, SCHEMA), rows)


def lists(folder: Path) -> None:
    """Countries, currencies and units of measure."""
    for name, literal in LISTS:
        rows = {}
        for value in json.loads((folder / f"{name}.json").read_text(encoding="utf-8")):
            row = {"descripcion": value[literal]}
            if value.get("nombre", row["descripcion"]) != row["descripcion"]:
                row["nombre"] = value["nombre"]
            rows[str(value["codigo"])] = row
        _write(name, name, SCHEMA, rows)


def places(folder: Path) -> None:
    """Departamentos, distritos and ciudades in one file, each row with the code of what holds it."""
    data: dict[str, Any] = {"fuente": PLACES, "fecha": PLACES_DATE}
    for name, parent in (("departamentos", ""), ("distritos", "departamento"), ("ciudades", "distrito")):
        values = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        data[name] = [
            [value["codigo"], value["descripcion"], *([value[parent]] if parent else [])] for value in values
        ]
    parts = ",\n".join(
        f'"{name}": '
        + (
            "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
            if isinstance(rows, list)
            else json.dumps(rows, ensure_ascii=False)
        )
        for name, rows in data.items()
    )
    (TARGET / "geografia.json").write_text("{\n" + parts + "\n}\n", encoding="utf-8")


CODES_HEAD = """\
# Códigos de resultado de SIFEN: código, ámbito (de, evento, ws), estado (A, AO, R), vigente (sí, no), mensaje; \
separados por tabulador.
# Fuente: DNIT, Manual Técnico v150, tablas de validaciones, y Notas Técnicas 001 a 027.
# Fecha de la conversión: 2026-11-21.
"""


def result_codes(source: Path) -> None:
    """Every code that SIFEN answers with, one a line."""
    rows = sorted(json.loads(source.read_text(encoding="utf-8")), key=lambda row: row["codigo"])
    lines = [
        "\t".join(
            (
                row["codigo"],
                row["ambito"],
                row["estado"],
                "sí" if row["vigente"] else "no",
                " ".join(row["mensaje"].split()),
            )
        )
        for row in rows
    ]
    (TARGET / "codigos.tsv").write_text(CODES_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Write every catalog and the places."""
    folder = Path(arguments[0])
    (TARGET / "catalogs").mkdir(parents=True, exist_ok=True)
    tables(folder)
    lists(folder)
    places(folder)
    if len(arguments) > 1:
        result_codes(Path(arguments[1]))
    print(f"{len(list((TARGET / 'catalogs').iterdir()))} catalogs in {TARGET}")


if __name__ == "__main__":
    main(sys.argv[1:])
