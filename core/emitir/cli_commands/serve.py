"""``emitir serve``: the service and its engine in one process."""

from __future__ import annotations

from typing import Annotated

import typer

from emitir.cli_commands.installation import DatabaseOption, DataOption, settings_of
from emitir.cli_commands.reporting import reported


def serve(
    host: Annotated[str, typer.Option("--host", help="Dirección en la que escucha.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Puerto; 0 es uno libre.", min=0, max=65535)] = 8000,
    data: DataOption = None,
    database: DatabaseOption = None,
) -> None:
    """Serve until SIGINT or SIGTERM; prints its address on one line once it listens."""
    with reported():
        from emitir.engine import Engine
        from emitir.service.logs import log_to_stderr
        from emitir.service.server import ServiceServer

        log_to_stderr()
        with Engine(settings_of(data, database)) as engine:
            server = ServiceServer(engine, host, port)
            typer.echo(server.url)
            server.run()
