"""What a command of the API is: its names, what it says of itself in /docs, and the function that runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from emitir.country import Properties
from emitir.engine.empresas.company import Company
from emitir.i18n import SOURCE_LANGUAGE
from emitir.service.answers import Answer
from emitir.service.ports import Engine


@dataclass(frozen=True, slots=True)
class Call:
    """One authorised call: who asks, and the properties that were sent."""

    engine: Engine
    company: Company
    properties: Properties
    language: str = SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    ``name``: as it goes on the wire; ``aliases``: other spellings (underscores and hyphens never matter);
    ``summary``, ``description``: Spanish, for /docs; ``run``: raises EmitirError with every problem;
    ``properties``: JSON schema of what it takes; ``answer``: of what it answers beside ``estado``;
    ``example``: properties of a request that succeeds at that moment. ``examples``: the same by the country for
    which it does, where countries differ.
    """

    name: str
    summary: str
    description: str
    run: Callable[[Call], Answer]
    aliases: tuple[str, ...] = ()
    properties: Callable[[], Mapping[str, Any]] = field(default=lambda: EMPTY_SCHEMA)
    answer: Mapping[str, Any] = field(default_factory=dict)
    example: Callable[[datetime], Mapping[str, Any]] = field(default=lambda now: {})
    examples: Callable[[datetime], Mapping[str, Mapping[str, Any]]] | None = None

    def examples_at(self, now: datetime) -> Mapping[str, Mapping[str, Any]]:
        """Requests by their title; one without title where all countries take the same."""
        return {"": self.example(now)} if self.examples is None else self.examples(now)


EMPTY_SCHEMA: Mapping[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
