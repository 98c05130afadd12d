"""JSON schemas of models, made fit for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def inlined(schema: Mapping[str, Any]) -> dict[str, Any]:
    """``schema`` with its definitions in the places that refer to them, and without pydantic's titles."""
    definitions = schema.get("$defs", {})

    def walk(value: Any) -> Any:
        if isinstance(value, Mapping):
            if "$ref" in value:
                found = definitions[str(value["$ref"]).removeprefix("#/$defs/")]
                # What is said at the place of use is about the property; the class speaks to programmers.
                return walk(
                    {**{k: v for k, v in found.items() if k != "description"}, **_without(value, "$ref")}
                )
            return {
                key: walk(member)
                for key, member in value.items()
                if not (key == "title" and isinstance(member, str))
            }
        return [walk(member) for member in value] if isinstance(value, list) else value

    result: dict[str, Any] = walk(_without(schema, "$defs", "description"))
    return result


def _without(value: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: member for key, member in value.items() if key not in keys}
