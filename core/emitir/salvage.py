"""Reading what is left of a request with errors of form, so that the checks of content can add theirs (floor 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from emitir.errors import Problem
from emitir.inputs import problems_of

M = TypeVar("M", bound=BaseModel)


def read_or_salvage(model: type[M], properties: Mapping[str, Any]) -> tuple[M | None, list[Problem]]:
    """Validate, and on errors try once more without the offending properties.

    Gives the model (None when what is left is not enough) and the problems, so that the checks of content
    can still add theirs and the caller hears everything in one answer.
    """
    try:
        return model.model_validate(properties), []
    except ValidationError as failure:
        problems = problems_of(failure, model)
        cleaned = _without(properties, [error["loc"] for error in failure.errors(include_url=False)])
    try:
        return model.model_validate(cleaned), problems
    except ValidationError:
        return None, problems


def _copied(value: Any) -> Any:
    """Copies of the lists and objects of a request, with the same values in them."""
    if isinstance(value, list):
        return [_copied(element) for element in value]
    return {key: _copied(element) for key, element in value.items()} if isinstance(value, Mapping) else value


def _without(properties: Mapping[str, Any], locations: Iterable[Sequence[int | str]]) -> dict[str, Any]:
    """A copy of ``properties`` without the values at ``locations``; an element of a list stays."""
    copy: dict[str, Any] = _copied(properties)
    for *parents, name in locations:
        here: Any = copy
        for part in parents:
            here = here.get(str(part)) if isinstance(here, dict) else here[part]
        if isinstance(here, dict):
            here.pop(str(name), None)
    return copy
