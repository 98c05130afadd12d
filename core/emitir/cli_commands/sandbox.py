"""``emitir sandbox``: the authority on loopback, in the foreground."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def sandbox(
    host: Annotated[str, typer.Option("--host", help="Dirección en la que escucha.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Puerto; 0 es uno libre.", min=0, max=65535)] = 0,
    state: Annotated[
        Path | None, typer.Option("--state", help="Archivo donde guarda lo recibido; sin él, en memoria.")
    ] = None,
) -> None:
    """Serve until interrupted; prints its address on one line."""
    from emitir.sandbox.server import SandboxServer

    server = SandboxServer(host, port, state)
    typer.echo(server.url)
    server.run()
