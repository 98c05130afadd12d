"""What both formats share: from a raw tree of pairs to properties, with every problem and its path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from emitir.error_codes import (
    FORMATO_INVALIDO,
    NUMERACION_INCORRECTA,
    PROPIEDAD_FALTANTE,
    PROPIEDAD_REPETIDA,
    SOLICITUD_MUY_GRANDE,
)
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: Collections inside collections, and no deeper: documents need three.
MAX_DEPTH = 12
#: Letters of a property's name.
MAX_NAME = 80
#: Problems told at once; who has more than these mends the first ones.
MAX_PROBLEMS = 100

_ABSENT = object()


class Pairs(list[tuple[str, Any]]):
    """The members of one object in the order in which they came, repeated ones included."""


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that its format reads but the API refuses (NaN, a number of a thousand digits)."""

    code: str
    text: str


def child_path(parent: str, name: str | int) -> str:
    """Path of a property inside another: ``items-2`` and ``igv`` give ``items-2-igv``."""
    return f"{parent}-{name}" if parent else str(name)


def properties_of(root: Pairs, problems: Iterable[Problem] = ()) -> dict[str, Any]:
    """The properties of a request. Raises EmitirError with ``problems`` and those found on the way."""
    found = list(problems)
    tidy = _Tidier(found).members(root, "", 1)
    if found:
        raise EmitirError(found[:MAX_PROBLEMS])
    return tidy


def is_index(name: str) -> bool:
    """Whether ``name`` numbers an element of a collection."""
    return name.isascii() and name.isdigit()


class _Tidier:
    """Walks the tree once; problems go to the list that it was given."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def value(self, value: Any, path: str, depth: int) -> Any:
        """``value`` as a property holds it; :data:`_ABSENT` for ``null`` and ``[]``."""
        if isinstance(value, str):
            return self._text(value, path)
        if value is None:
            return _ABSENT
        if isinstance(value, BadValue):
            self._problem(value.code, value.text, path)
            return _ABSENT
        if not isinstance(value, list):
            return value
        if depth > MAX_DEPTH:
            self._problem(
                SOLICITUD_MUY_GRANDE,
                N_("Hay más de {limit} niveles, uno dentro de otro."),
                path,
                limit=MAX_DEPTH,
            )
            return _ABSENT
        if not value:
            return _ABSENT
        if not isinstance(value, Pairs):
            return self._elements(value, path, depth)
        numbered = [name for name, _ in value if is_index(name)]
        if not numbered:
            return self.members(value, path, depth)
        if len(numbered) < len(value):
            name = next(name for name, _ in value if not is_index(name))
            self._problem(
                NUMERACION_INCORRECTA,
                N_("En la colección numerada «{collection}» falta un número antes de «{name}»."),
                child_path(path, name),
                collection=path,
                name=name,
            )
            return _ABSENT
        return self._keyed(value, path, depth)

    def members(self, pairs: Pairs, path: str, depth: int) -> dict[str, Any]:
        """A dict of its members; repeated names are problems."""
        tidy: dict[str, Any] = {}
        seen: set[str] = set()
        for name, value in pairs:
            if not self._name(name, path):
                continue
            here = child_path(path, name)
            if name in seen:
                self._problem(PROPIEDAD_REPETIDA, N_("La propiedad «{name}» está repetida."), here, name=here)
                continue
            seen.add(name)
            clean = self.value(value, here, depth + 1)
            if clean is not _ABSENT:
                tidy[name] = clean
        return tidy

    def _keyed(self, pairs: Pairs, path: str, depth: int) -> list[Any]:
        """A collection sent as an object keyed "1", "2", ...: in the order of the numbers, without gaps."""
        by_number: dict[int, Any] = {}
        for name, value in pairs:
            if name.startswith("0") or len(name) > 7:
                self._problem(
                    NUMERACION_INCORRECTA,
                    N_("Los elementos de «{collection}» se numeran desde 1, sin ceros a la izquierda."),
                    child_path(path, name[:MAX_NAME]),
                    collection=path,
                )
                return []
            if int(name) in by_number:
                here = child_path(path, name)
                self._problem(PROPIEDAD_REPETIDA, N_("La propiedad «{name}» está repetida."), here, name=here)
                return []
            by_number[int(name)] = value
        missing = next((number for number in range(1, len(by_number) + 1) if number not in by_number), None)
        if missing is not None:
            self._problem(
                NUMERACION_INCORRECTA,
                N_("Falta el elemento {missing} de «{collection}»: se numeran de 1 a {last} sin saltos."),
                child_path(path, missing),
                missing=missing,
                collection=path,
                last=max(by_number),
            )
            return []
        return self._elements([by_number[number] for number in sorted(by_number)], path, depth)

    def _elements(self, values: list[Any], path: str, depth: int) -> list[Any]:
        tidy = []
        for number, value in enumerate(values, 1):
            here = child_path(path, number)
            clean = self.value(value, here, depth + 1)
            if clean is _ABSENT and (value is None or value == []):
                self._problem(PROPIEDAD_FALTANTE, N_("El elemento {number} está vacío."), here, number=number)
            tidy.append(clean)
        return tidy

    def _name(self, name: str, path: str) -> bool:
        if name and len(name) <= MAX_NAME and _encodable(name):
            return True
        self._problem(
            FORMATO_INVALIDO,
            N_("Un nombre de propiedad tiene de 1 a {limit} letras válidas."),
            path,
            limit=MAX_NAME,
        )
        return False

    def _text(self, value: str, path: str) -> str:
        if not _encodable(value):
            self._problem(
                FORMATO_INVALIDO,
                N_("El texto contiene una secuencia \\uXXXX incompleta, que no es un carácter."),
                path,
            )
        return value

    def _problem(self, code: str, text: str, path: str, **params: object) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(code, text, path, params))


def _encodable(text: str) -> bool:
    """False for half a surrogate pair, which JSON can write and nothing can store."""
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
