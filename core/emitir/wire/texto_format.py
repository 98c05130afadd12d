"""The ``texto`` format: one ``propiedad: valor`` per line, collections as ``nombre-sec-propiedad`` from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from emitir.error_codes import FORMATO_INVALIDO, NUMERACION_INCORRECTA, PROPIEDAD_REPETIDA
from emitir.errors import Problem
from emitir.i18n import N_
from emitir.wire.tree import MAX_PROBLEMS, Pairs, properties_of

#: A property's name, with the numbers and names of what it lies in.
_NAME = re.compile(r"[^\W\d]\w*(?:-\w+)*")
#: What readers of lines take for the end of one, and tabs beside them.
_LINE_ENDS = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")

_Node = dict[str, Any]


def parse_texto(text: str) -> dict[str, Any]:
    """Read lines of ``propiedad: valor``; every value is text. Raises EmitirError with every problem."""
    root: _Node = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        name = name.strip()
        if not colon or not _NAME.fullmatch(name):
            problem = Problem(
                FORMATO_INVALIDO,
                N_("La línea {number} no tiene la forma «propiedad: valor»."),
                f"linea-{number}",
                {"number": number},
            )
        elif (found := _insert(root, name, value.strip())) is not None:
            problem = found
        else:
            continue
        if len(problems) < MAX_PROBLEMS:
            problems.append(problem)
    return properties_of(_pairs(root), problems)


def write_texto(properties: Mapping[str, Any]) -> str:
    """Write properties, one per line.

    ``None`` and empty collections have no line; booleans are ``1`` and ``0``; the line breaks of a value
    become one blank, so that no value can make a line of its own.
    """
    return "".join(f"{name}: {value}\n" if value else f"{name}:\n" for name, value in _lines(properties, ""))


def _insert(root: _Node, name: str, value: str) -> Problem | None:
    """Put ``value`` where ``name`` says; the problem when something stands there already."""
    *way, last = name.split("-")
    node = root
    for part in way:
        child = node.setdefault(part, {})
        if not isinstance(child, dict):
            break
        node = child
    else:
        if last not in node:
            node[last] = value
            return None
        if not isinstance(node[last], dict):
            return Problem(
                PROPIEDAD_REPETIDA, N_("La propiedad «{name}» está repetida."), name, {"name": name}
            )
    return Problem(
        NUMERACION_INCORRECTA,
        N_("«{name}» no puede tener un valor propio y ser además una colección."),
        name,
        {"name": name},
    )


def _pairs(node: _Node) -> Pairs:
    return Pairs((name, _pairs(value) if isinstance(value, dict) else value) for name, value in node.items())


def _lines(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _lines(member, f"{path}-{name}" if path else str(name))
    elif isinstance(value, (list, tuple)):
        for number, element in enumerate(value, 1):
            yield from _lines(element, f"{path}-{number}")
    elif value is not None:
        yield path, _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _LINE_ENDS.sub(" ", value).strip()
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no texto form for {type(value).__name__}")
