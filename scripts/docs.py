"""Pages that are made from the code: ``make docs`` writes them, ``--check`` fails when one is stale."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from emitir.error_codes import KINDS, Kind

ROOT = Path(__file__).resolve().parent.parent
INTRODUCTION = """\
# Códigos de error

<!-- Generado con «make docs» a partir de core/emitir/error_codes.py: no lo edite a mano. -->

Toda respuesta de error trae `estado: error` y cuatro datos fijos:

| propiedad | contenido |
|---|---|
| `codigo_error` | una de las constantes de esta página; `VARIOS_ERRORES` cuando hay errores de códigos distintos |
| `descripcion_error` | qué está mal, en una frase |
| `descripcion_extra` | el detalle: dónde y qué hacer |
| `errores` | la lista completa; cada uno con `codigo_error`, `propiedad`, `descripcion`, `accion`, `codigo_autoridad`, \
`fuente` y `sugerencia` |

Los códigos son estables: no cambian de significado ni se vuelven a usar. El código propio de la autoridad
tributaria (por ejemplo `3291` de SUNAT) viene aparte, en `codigo_autoridad`.

Los códigos HTTP son los que entienden los clientes existentes: 400 datos incorrectos, 403 UUID o token incorrecto,
406 formato ausente o no soportado, 5xx error del servicio. «Reintentar» dice si la misma solicitud, sin cambios,
puede pasar más tarde.
"""


def row(kind: Kind) -> str:
    """One line of the table."""
    retry = "sí" if kind.retryable else "no"
    return f"| `{kind.code}` | {kind.http} | {kind.title} | {kind.action} | {retry} |"


def error_page() -> str:
    """docs/errores.md: every ``codigo_error`` in the order of the catalogue."""
    head = "| `codigo_error` | HTTP | qué significa | qué hacer | reintentar |\n|---|---|---|---|---|"
    return "\n".join([INTRODUCTION, head, *map(row, KINDS.values())]) + "\n"


#: Path of each page, relative to the repository, and what it should hold.
PAGES = {"docs/errores.md": error_page}


def stale() -> list[str]:
    """The pages that are not what the code says."""
    return [
        name
        for name, page in PAGES.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != page()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when a page is stale")
    names = stale()
    if parser.parse_args().check:
        for name in names:
            print(f"{name} is stale: run make docs", file=sys.stderr)
        return 1 if names else 0
    for name in names:
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
