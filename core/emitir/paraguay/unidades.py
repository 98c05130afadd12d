"""Units of measure: by code (77) or by their representation (UNI)."""

from __future__ import annotations

from functools import lru_cache

from emitir.paraguay.catalogs import catalog


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """Code, representation and name (as they are and in capitals) to the code; what fits two units fits none."""
    found: dict[str, str] = {}
    rows = catalog("unidades_medida").rows
    for written in (lambda text: text, str.upper):
        names: dict[str, set[str]] = {}
        for code, row in rows.items():
            for name in (row["descripcion"], row.get("nombre", "")):
                names.setdefault(written(name), set()).add(code)
        for name, codes in names.items():
            if name and len(codes) == 1:
                found.setdefault(name, next(iter(codes)))
    return found | {code: code for code in rows}


def unit_code(text: str) -> str | None:
    """cUniMed of a code, representation or name; None when there is none, or several fit."""
    table = _by_name()
    return table.get(text) or table.get(text.upper())


def unit_literal(code: str) -> str:
    """dDesUniMed."""
    return catalog("unidades_medida")[code]["descripcion"]
