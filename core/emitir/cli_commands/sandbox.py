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
    clients: Annotated[
        Path | None,
        typer.Option(
            "--clients",
            exists=True,
            dir_okay=False,
            help="Certificados (PEM) que admite con TLS mutuo, como SIFEN.",
        ),
    ] = None,
    tls_port: Annotated[
        int, typer.Option("--tls-port", help="Puerto del TLS mutuo; 0 es uno libre.", min=0, max=65535)
    ] = 0,
) -> None:
    """Serve until interrupted; prints its address on one line, that of mutual TLS with its certificate on another."""
    from emitir.sandbox.server import SandboxServer

    server = SandboxServer(host, port, state, clients.read_bytes() if clients else None, tls_port)
    typer.echo(server.url)
    if server.tls_url:
        typer.echo(f"{server.tls_url} {server.trust_file}")
    server.run()
