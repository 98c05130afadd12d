"""Properties of commands that no country reads: texts, dates, whole numbers, booleans, choices."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from pydantic_core import PydanticCustomError

from emitir.country import Properties
from emitir.error_codes import PROPIEDAD_DESCONOCIDA, TIPO_INCORRECTO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.inputs import choice_field, date_field, integer_field, text_field

T = TypeVar("T")

#: Words for yes and no beside what the wire says ("anything but empty and 0 is true").
_NO = frozenset({"", "0", "false", "no"})


class Reader:
    """Reads one property after the other and keeps every problem; :meth:`done` raises them."""

    def __init__(self, properties: Properties, known: Collection[str]) -> None:
        self._properties = properties
        self.problems = [
            Problem(
                PROPIEDAD_DESCONOCIDA,
                N_("No existe esa propiedad."),
                name,
                suggestion=next(iter(difflib.get_close_matches(name, known, 1, 0.6)), ""),
            )
            for name in properties
            if name not in known
        ]

    def text(self, name: str, maximum: int) -> str:
        """Empty when it is not there."""
        return self._read(name, text_field(maximum, 0), "").strip()

    def day(self, name: str) -> date | None:
        """A date ``AAAA-MM-DD``."""
        return self._read(name, cast(Callable[[object], date | None], date_field()), None)

    def whole(self, name: str, minimum: int, maximum: int) -> int | None:
        """A whole number between two others."""
        field = cast(Callable[[object], int | None], integer_field(minimum, maximum))
        return self._read(name, field, None)

    def choice(self, name: str, choices: Mapping[str, str], accepted: str = "") -> str:
        """The value of one of the keys; empty when it is not there."""
        return self._read(name, choice_field(choices, accepted=accepted), "")

    def flag(self, name: str) -> bool:
        """False when it is not there."""
        value = self._properties.get(name, False)
        if isinstance(value, (list, dict)):
            self.problems.append(Problem(TIPO_INCORRECTO, N_("Debe ser verdadero o falso."), name))
            return False
        return as_flag(value)

    def done(self) -> None:
        """Raises EmitirError with every problem, if there is one."""
        if self.problems:
            raise EmitirError(self.problems)

    def _read(self, name: str, field: Callable[[object], T], absent: T) -> T:
        if name not in self._properties:
            return absent
        try:
            return field(self._properties[name])
        except PydanticCustomError as error:
            self.problems.append(problem_of(error, name))
            return absent


def as_flag(value: Any) -> bool:
    """A boolean as the wire sends it, in either format."""
    return value.strip().lower() not in _NO if isinstance(value, str) else bool(value)


def problem_of(error: PydanticCustomError, path: str) -> Problem:
    """The error of one field of :mod:`emitir.inputs`."""
    context = error.context or {}
    return Problem(
        error.type, context["texto"], path, context["params"], suggestion=str(context["sugerencia"])
    )
