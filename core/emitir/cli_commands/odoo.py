"""``emitir odoo check|backfill``: from outside, whether an Odoo is ready, and which posted invoices were not issued.

Talks to Odoo with odoorpc (extra ``odoo``); the password or API key comes from an environment variable.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from emitir.cli_commands.reporting import REFUSED, show_json

app = typer.Typer(no_args_is_help=True, help="Revisar un Odoo y emitir lo que le falte.")

#: Exit status when Odoo cannot be reached or entered.
_UNREACHABLE = 1
#: Invoices sent by one call: each waits for the authority.
_BATCH = 10
_Url = Annotated[str, typer.Option("--url", help="Dirección de Odoo, por ejemplo https://odoo.example.pe.")]
_Database = Annotated[str, typer.Option("--database", "-d", help="Base de datos.")]
_Login = Annotated[str, typer.Option("--login", help="Usuario.")]
_Key = Annotated[
    str, typer.Option("--key-env", help="Variable de entorno con la contraseña o la clave de API.")
]
_Json = Annotated[bool, typer.Option("--json", help="La respuesta completa, en JSON.")]
_KEY = "ODOO_KEY"


@app.command()
def check(
    url: _Url, database: _Database, login: _Login = "admin", key_env: _Key = _KEY, as_json: _Json = False
) -> None:
    """Dice si los módulos están, qué compañías y diarios emiten, y qué facturas confirmadas no se emitieron."""
    with _session(url, database, login, key_env) as odoo:
        found = _state(odoo)
    if as_json:
        show_json(found)
    else:
        typer.echo(f"Odoo {found['version']}, módulos: {', '.join(found['modulos']) or 'ninguno'}")
        for journal in found["diarios"]:
            typer.echo(f"Diario electrónico: {journal}")
        for move in found["sin_comprobante"]:
            typer.echo(f"Sin emitir: {move['name']} ({move['invoice_date']})")
        for move in found["requieren_atencion"]:
            typer.echo(f"Requiere atención: {move['name']}")
    if not found["modulos"] or found["sin_comprobante"] or found["requieren_atencion"]:
        raise typer.Exit(REFUSED)


@app.command()
def backfill(
    url: _Url,
    database: _Database,
    login: _Login = "admin",
    key_env: _Key = _KEY,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Cuántas facturas como máximo.")] = 100,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Solo decir cuáles.")] = False,
) -> None:
    """Emite las facturas confirmadas que no tienen comprobante, de la más antigua a la más nueva."""
    import odoorpc.error

    failed = 0
    with _session(url, database, login, key_env) as odoo:
        moves = _without_comprobante(odoo)[:limit]
        for move in moves:
            if dry_run:
                typer.echo(f"Se emitiría {move['name']} ({move['invoice_date']})")
                continue
            try:
                (state,) = _call(odoo, "account.move", "emitir_enviar", [move["id"]])
            except odoorpc.error.RPCError as error:
                failed += 1
                typer.echo(f"{move['name']}: {error}", err=True)
                continue
            failed += state["estado"] == "rechazado" or bool(state["atencion"])
            typer.echo(
                f"{move['name']}: {state['estado']} {state['mensaje'] or state['respuesta_descripcion']}".strip()
            )
    if not moves:
        typer.echo("No falta emitir ninguna factura.")
    if failed:
        raise typer.Exit(REFUSED)


@contextmanager
def _session(url: str, database: str, login: str, key_env: str) -> Iterator[Any]:
    """A session in Odoo; what keeps it from being one is told in a sentence."""
    try:
        import odoorpc
        import odoorpc.error
    except ImportError:
        typer.echo('Falta odoorpc: pip install "emitir[odoo]".', err=True)
        raise typer.Exit(_UNREACHABLE) from None
    parts = urlsplit(url if "//" in url else f"//{url}")
    key = os.environ.get(key_env, "")
    if not key:
        typer.echo(f"La variable {key_env} no tiene la contraseña ni la clave de API.", err=True)
        raise typer.Exit(REFUSED)
    secure = parts.scheme == "https"
    try:
        odoo = odoorpc.ODOO(
            parts.hostname or "localhost",
            protocol="jsonrpc+ssl" if secure else "jsonrpc",
            port=parts.port or (443 if secure else 8069),
            timeout=300,
        )
        odoo.login(database, login, key)
    except (OSError, odoorpc.error.RPCError, odoorpc.error.InternalError) as error:
        typer.echo(f"No se pudo entrar a {parts.hostname}: {error}", err=True)
        raise typer.Exit(_UNREACHABLE) from None
    odoo.env.context["lang"] = "es_PE"
    yield odoo


def _call(odoo: Any, model: str, method: str, *arguments: Any, **named: Any) -> Any:
    return odoo.execute_kw(model, method, list(arguments), named)


def _state(odoo: Any) -> dict[str, Any]:
    domain = [["name", "in", ["emitir", "emitir_pe", "emitir_py"]], ["state", "=", "installed"]]
    modules = [row["name"] for row in _call(odoo, "ir.module.module", "search_read", domain, ["name"])]
    found: dict[str, Any] = {
        "version": odoo.version,
        "modulos": sorted(modules),
        "diarios": [],
        "sin_comprobante": [],
        "requieren_atencion": [],
    }
    if "emitir" not in modules:
        return found
    journals = _call(odoo, "account.journal", "search_read", [["emitir_electronico", "=", True]], ["name"])
    found["diarios"] = [row["name"] for row in journals]
    found["sin_comprobante"] = _without_comprobante(odoo)
    attention = [["emitir_atencion", "=", True], ["state", "=", "posted"]]
    found["requieren_atencion"] = _call(
        odoo, "account.move", "search_read", attention, ["name", "invoice_date"]
    )
    return found


def _without_comprobante(odoo: Any) -> list[dict[str, Any]]:
    """Posted invoices of electronic journals that have no comprobante, oldest first."""
    domain = [
        ["state", "=", "posted"],
        ["move_type", "in", ["out_invoice", "out_refund"]],
        ["journal_id.emitir_electronico", "=", True],
        ["company_id.emitir_activo", "=", True],
        ["emitir_comprobante_id", "=", False],
    ]
    rows = _call(
        odoo, "account.move", "search_read", domain, ["name", "invoice_date"], order="invoice_date, id"
    )
    return list(rows)
