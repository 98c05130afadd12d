"""Turn SUNAT's sheet of rules, as read from its file, into the project's own list of them.

Usage: python scripts/peru_rules.py RULES.json

Writes docs/peru/rules.tsv: document, row of the sheet, severity, code, element, condition in short, first day
where the sheet gives one. Rows without a code (headings, «sin validación») are left out.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "docs" / "peru" / "rules.tsv"
SHEET_DATE = "2026-02-12"
#: Sheet to the document (catalog 01, or the kind of file).
DOCUMENTS = {
    "Factura2_0": "01",
    "Boleta2_0": "03",
    "NotaCredito2_0": "07",
    "NotaDebito2_0": "08",
    "LiquidacionCompra2_0": "04",
    "Retenciones1_0": "20",
    "Percepciones1_0": "40",
    "Resumen_Diario1_1": "RC",
    "Comunicación_de_Baja1_0": "RA",
    "Resumen_de_reversiones1_0": "RR",
}
#: Characters of a condition that are kept.
SHORT = 150
_SINCE = re.compile(r"\*? ?Validación a partir del ([0-9]{2})/([0-9]{2})/([0-9]{4})[^.]*")
_BLANKS = re.compile(r"\s+")


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text.replace("<br>", " ")).strip()


def _element(tag: str) -> str:
    """The path without its root and prefixes, its last four steps."""
    steps = re.sub(r"\b(?:cac|cbc|sac|ext|ds):", "", _plain(tag)).split("/")
    return "/".join(step for step in steps[-4:] if step)


def rows(source: Path) -> list[list[str]]:
    """Every row with a code, in the order of the sheets."""
    found = []
    numbers: dict[str, int] = {}
    for row in json.loads(source.read_text(encoding="utf-8")):
        document = DOCUMENTS.get(row["doc"])
        if document is None:
            continue
        numbers[document] = numbers.get(document, 0) + 1
        codes = re.findall(r"[0-9]{4}", row["codigo"])
        if not (row["sev"] and codes):
            continue
        condition = _plain(row["validacion"])
        since = _SINCE.search(condition)
        day = f"{since[3]}-{since[2]}-{since[1]}" if since else ""
        condition = _plain(_SINCE.sub("", condition))[:SHORT]
        element = _element(row["tag"])
        found.append([document, str(numbers[document]), row["sev"], "/".join(codes), element, condition, day])
    return found


def main(arguments: list[str]) -> None:
    """Write the list."""
    lines = ["\t".join(("documento", "fila", "severidad", "codigo", "elemento", "condicion", "desde"))]
    lines += ["\t".join(row) for row in rows(Path(arguments[0]))]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(lines) - 1} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
