"""Turn SUNAT's catalogs, as read from its sheet of rules, into the project's data files.

Usage: python scripts/peru_catalogs.py FOLDER [NUMBER ...]

FOLDER holds ``cat_XX.json`` (keys no, nombre, items, fuente). What is written is the code, the
description and the attributes that Emitir uses; repeated codes (one currency per country) become one row.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "core" / "emitir" / "peru" / "data" / "catalogs"
WANTED = (
    *(
        "01",
        "02",
        "03",
        "04",
        "05",
        "06",
        "07",
        "08",
        "09",
        "10",
        "12",
        "13",
        "16",
        "22",
        "26",
        "27",
        "51",
        "52",
    ),
    *("60", "18", "20", "61", "62", "62A", "63", "64", "65", "D37"),
    *("53", "54", "55", "59"),
)
SHEET_DATE = "2026-02-12"
#: Attributes of the source that are of no use here.
LEFT_OUT = {"codigo"}


def convert(source: Path) -> dict[str, Any]:
    """One catalog: ``{"catalogo", "nombre", "fuente", "fecha", "filas": {codigo: {...}}}``."""
    data = json.loads(source.read_text(encoding="utf-8"))
    rows: dict[str, dict[str, str]] = {}
    for item in data["items"]:
        rows.setdefault(item["codigo"], {k: v for k, v in item.items() if k not in LEFT_OUT})
    return {
        "catalogo": data["no"],
        "nombre": data["nombre"],
        "fuente": data["fuente"],
        "fecha": SHEET_DATE,
        "filas": rows,
    }


def main(arguments: list[str]) -> None:
    """Write every wanted catalog."""
    folder = Path(arguments[0])
    TARGET.mkdir(parents=True, exist_ok=True)
    for number in arguments[1:] or WANTED:
        catalog = convert(folder / f"cat_{number}.json")
        lines = ",\n".join(
            f"  {json.dumps(code)}: {json.dumps(row, ensure_ascii=False)}"
            for code, row in catalog.pop("filas").items()
        )
        head = json.dumps(catalog, ensure_ascii=False, indent=1)[:-2]
        (TARGET / f"{number}.json").write_text(f'{head},\n "filas": {{\n{lines}\n }}\n}}\n', encoding="utf-8")
        print(f"{number}: {TARGET / f'{number}.json'}")


if __name__ == "__main__":
    main(sys.argv[1:])
