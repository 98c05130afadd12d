"""How commands end: what went well on stdout, problems as a readable list or as JSON, exit status 2."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Annotated, Any

import typer

from emitir.errors import EmitirError, Problem

#: Of every command that has a result.
JsonOption = Annotated[bool, typer.Option("--json", help="Resultado y errores en JSON, por stdout.")]

#: Exit status of a command that was refused for what it was given.
REFUSED = 2


@contextmanager
def reported(as_json: bool = False) -> Iterator[None]:
    """Turn an EmitirError into its report and exit status 2.

    ``as_json``: a JSON list on stdout, one object per problem, instead of lines on stderr.
    """
    try:
        yield
    except EmitirError as error:
        if as_json:
            show_json([problem.as_dict() for problem in error.problems])
        else:
            show_problems(error.problems)
        raise typer.Exit(REFUSED) from None


def show_problems(problems: tuple[Problem, ...] | list[Problem], title: str = "Error") -> None:
    """Problems for people, on stderr: where, what, and what to do."""
    for problem in problems:
        where = f" {problem.path}:" if problem.path else ":"
        typer.echo(f"{title}{where} {problem.message()}", err=True)
        details = [problem.code] + ([problem.authority_code] if problem.authority_code else [])
        typer.echo(f"    {problem.advice()} [{' '.join(details)}]", err=True)


def show_json(value: Any) -> None:
    """A value as JSON on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> str:
    """A Decimal as it is written."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
