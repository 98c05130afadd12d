"""``emitir demo``: see :mod:`emitir.demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from emitir.cli_commands.reporting import reported


def demo(
    keep: Annotated[bool, typer.Option("--keep", help="Dejar el servicio encendido hasta Ctrl-C.")] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", help="Puerto del servicio (con --keep, 8000; si no, uno libre).", min=0, max=65535
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Carpeta de los archivos.")] = Path("build/demo"),
    env_file: Annotated[
        Path | None, typer.Option("--env-file", help="Con --keep, dónde escribir la dirección y el token.")
    ] = Path("demo.env"),
) -> None:
    """Issue comprobantes of both countries; exit status 1 when something is not accepted."""
    with reported():
        from emitir.client import EmitirApiError, TransportError
        from emitir.demo import DemoError, run

        try:
            run(out, port, keep, env_file)
        except (DemoError, EmitirApiError, TransportError) as failure:
            typer.echo(f"La demostración falló: {failure}", err=True)
            raise typer.Exit(1) from failure
