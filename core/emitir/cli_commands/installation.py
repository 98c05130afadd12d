"""The engine of this installation, as commands open it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from emitir.engine import Engine, Settings

DataOption = Annotated[
    Path | None, typer.Option("--data", help="Carpeta de datos (o EMITIR_DATA_DIR).", show_default=False)
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database", help="sqlite:///... o postgresql://... (o EMITIR_DATABASE_URL).", show_default=False
    ),
]


def settings_of(data: Path | None, database: str | None) -> Settings:
    """The settings of the environment, with what the command line says instead. Raises EmitirError."""
    from emitir.engine import Settings

    said = {"EMITIR_DATA_DIR": data and str(data), "EMITIR_DATABASE_URL": database}
    return Settings.from_env({**os.environ, **{name: value for name, value in said.items() if value}})


@contextmanager
def opened(data: Path | None, database: str | None) -> Iterator[Engine]:
    """The engine opened but not started: it reads and configures beside a running service."""
    from emitir.engine import Engine

    engine = Engine(settings_of(data, database))
    try:
        yield engine
    finally:
        engine.close()
