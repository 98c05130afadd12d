"""``python -m emitir.sandbox``: run the sandbox in the foreground and say its URL on one line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from emitir.sandbox.server import SandboxServer


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and serve until interrupted. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m emitir.sandbox",
        description="SUNAT de pruebas en esta máquina: juzga lo que recibe y responde como SUNAT.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="dirección en la que escucha (127.0.0.1)")
    parser.add_argument("--port", type=int, default=0, help="puerto (0: uno libre)")
    parser.add_argument(
        "--state", type=Path, help="archivo SQLite donde guarda lo recibido (sin él: memoria)"
    )
    parser.add_argument(
        "--clients", type=Path, help="certificados (PEM) que admite con TLS mutuo, como SIFEN: dice otra URL"
    )
    parser.add_argument("--tls-port", type=int, default=0, help="puerto del TLS mutuo (0: uno libre)")
    options = parser.parse_args(arguments)
    clients = options.clients.read_bytes() if options.clients else None
    server = SandboxServer(options.host, options.port, options.state, clients, options.tls_port)
    sys.stdout.write(f"{server.url}\n")
    if server.tls_url:
        sys.stdout.write(f"{server.tls_url} {server.trust_file}\n")
    sys.stdout.flush()
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
