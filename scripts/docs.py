"""Pages that are made from the code: ``make docs`` writes them, ``--check`` fails when one is stale."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from emitir.error_codes import KINDS, Kind
from emitir.paraguay.pagina_de_codigos import page as paraguay_codes
from emitir.paraguay.rules.coverage import data as paraguay_data
from emitir.paraguay.rules.coverage import page as paraguay_coverage
from emitir.service.command import Command
from emitir.service.commands import registry

ROOT = Path(__file__).resolve().parent.parent
GUIDE = "docs/integrador.md"
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


def kind_of(schema: Mapping[str, Any]) -> str:
    """The type of a property in the words of the guide."""
    options = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    first = options[0]
    if first.get("type") == "array":
        return "colección"
    if first.get("type") in ("number", "integer"):
        return {"number": "número", "integer": "entero"}[first["type"]]
    if "maxLength" in first:
        return f"texto ({first['maxLength']})"
    if first.get("type") == "object":
        return "objeto"
    if first.get("type") == "boolean":
        return "true o false"
    return "fecha" if first.get("format") == "date" else "texto"


def property_rows(schema: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """A line per property, those of collections as ``items-N-igv`` after their collection."""
    required = schema.get("required", [])
    for name, value in schema.get("properties", {}).items():
        need = "sí" if name in required else ""
        yield f"| `{prefix}{name}` | {kind_of(value)} | {need} | {value.get('description', '')} |"
        yield from property_rows(value.get("items", {}), f"{prefix}{name}-N-")
        for option in value.get("anyOf", [value]):  # an object that may be absent
            yield from property_rows(option, f"{prefix}{name}-")


def command_section(command: Command) -> str:
    """What a command says of itself, as a section of the guide."""
    parts = [f"### {command.name}\n\n{command.description}"]
    schema = command.properties()
    # One set of properties per country.
    for alternative in schema.get("anyOf", [schema]):
        if rows := list(property_rows(alternative)):
            head = "| propiedad | tipo | obligatoria | contenido |\n|---|---|---|---|"
            title = f"**{alternative['title']}**\n\n" if "title" in alternative else ""
            parts.append(title + "\n".join([head, *rows]))
    answers = [f"| `{name}` | {value.get('description', '')} |" for name, value in command.answer.items()]
    if answers:
        parts.append(
            "\n".join(["Responde, además de `estado`:\n", "| propiedad | contenido |\n|---|---|", *answers])
        )
    return "\n\n".join(parts)


def guide() -> str:
    """docs/integrador.md: written by hand, but for the section of the commands."""
    text = (ROOT / GUIDE).read_text(encoding="utf-8")
    before, start, rest = text.partition("<!-- generado: comandos -->\n")
    _, end, after = rest.partition("<!-- fin -->")
    if not (start and end):
        raise ValueError(f"{GUIDE} has lost the marks of its generated section")
    sections = "\n\n".join(command_section(command) for command in registry().commands)
    return f"{before}{start}\n{sections}\n\n{end}{after}"


#: Path of each page, relative to the repository, and what it should hold.
PAGES = {
    "docs/errores.md": error_page,
    GUIDE: guide,
    "docs/paraguay/rules-coverage.md": paraguay_coverage,
    "docs/paraguay/rules-coverage.json": paraguay_data,
    "docs/paraguay/codigos.md": paraguay_codes,
}


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
