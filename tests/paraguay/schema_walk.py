"""A request read beside the schema of ``emitir``: which properties it has, and which of them hold free text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from emitir.paraguay.emisor import Emisor
from emitir.paraguay.model import input_schema

#: Texts that are looked up in a table of the DNIT rather than written.
LOOKED_UP = frozenset(("departamento", "distrito", "ciudad", "unidad", "unidad_peso", "unidad_volumen"))
Schema = Mapping[str, Any]


@lru_cache(maxsize=2)
def schema_of(what: str) -> Schema:
    """``documento`` or ``empresa``."""
    return input_schema() if what == "documento" else Emisor.model_json_schema()


def _resolved(schema: Schema, root: Schema) -> Schema:
    """Without reference and without the alternative of being absent."""
    if "$ref" in schema:
        return _resolved(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    for option in schema.get("anyOf", ()):
        if "$ref" in option or option.get("type") == "array":
            return _resolved(option, root)
    return schema


def names(root: Schema, schema: Schema | None = None, prefix: str = "") -> Iterator[str]:
    """Every property: ``items-codigo``, ``transporte-salida-ciudad``."""
    schema = _resolved(root if schema is None else schema, root)
    if "items" in schema:
        yield from names(root, schema["items"], prefix)
    for name, inner in schema.get("properties", {}).items():
        yield prefix + name
        yield from names(root, inner, f"{prefix}{name}-")


def used(value: object, prefix: str = "") -> Iterator[str]:
    """Every property that a request has, named in the same way."""
    if isinstance(value, list):
        for one in value:
            yield from used(one, prefix)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield prefix + name
            yield from used(inner, f"{prefix}{name}-")


def with_texts(
    value: Any, root: Schema, change: Callable[[int, int], str], schema: Schema | None = None, name: str = ""
) -> Any:
    """The request with every free text replaced by ``change(shortest, longest)``."""
    schema = _resolved(root if schema is None else schema, root)
    if isinstance(value, list):
        return [with_texts(one, root, change, schema.get("items", {}), name) for one in value]
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        return {key: with_texts(one, root, change, inner.get(key, {}), key) for key, one in value.items()}
    if value and schema.get("type") == "string" and "maxLength" in schema and name not in LOOKED_UP:
        return change(schema.get("minLength", 0), schema["maxLength"])
    return value
