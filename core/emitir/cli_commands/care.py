"""``emitir pendientes``, ``emitir respaldo`` and ``emitir resellar``: what the administrator is called for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from emitir.cli_commands.installation import DatabaseOption, DataOption, opened
from emitir.cli_commands.reporting import JsonOption, reported, show_json

if TYPE_CHECKING:
    from emitir.engine import Stuck


def pendientes(
    minutos: Annotated[float, typer.Option("--minutos", help="Los que esperan más que esto.", min=0)] = 10.0,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Documents of every company without a verdict, oldest first. Exit status 1 when there are any."""
    with reported(as_json), opened(data, database) as engine:
        found = engine.stuck(minutos)
        names = {one.id: one.razon_social for one in engine.companies.list()}
        facts = [_facts(one, names.get(one.comprobante.empresa_id, "")) for one in found]
    if as_json:
        show_json(facts)
    for one in () if as_json else facts:
        late = "  FUERA DE PLAZO" if one["fuera_de_plazo"] else f"  hasta {one['plazo']}"
        typer.echo(f"{one['codigo_documento']}  {one['estado']}  desde {one['desde']}{late}")
        typer.echo(f"    {one['empresa']} ({one['ambiente']}): {one['detalle'] or 'sin detalle'}")
    if found:
        raise typer.Exit(1)


def respaldo(
    destino: Annotated[Path, typer.Argument(help="Archivo nuevo.", metavar="ARCHIVO")],
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """A copy of the SQLite database as it is at one moment, while the service goes on."""
    with reported(as_json), opened(data, database) as engine:
        size = engine.copy_database(destino)
    if as_json:
        show_json({"archivo": str(destino), "bytes": size})
    else:
        typer.echo(f"{destino}  {size} bytes")
        typer.echo("Guarde aparte la clave maestra: sin ella, los certificados no se pueden abrir.", err=True)


def resellar(data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """After a new master key was put first in ``EMITIR_MASTER_KEY``: every secret under it."""
    with reported(as_json), opened(data, database) as engine:
        changed = engine.companies.reseal()
    if as_json:
        show_json({"cambiados": changed})
    else:
        typer.echo(f"{changed} datos secretos quedaron sellados con la clave maestra nueva.")


def _facts(stuck: Stuck, empresa: str) -> dict[str, Any]:
    document = stuck.comprobante
    return {
        "codigo_documento": document.codigo_documento,
        "empresa": empresa,
        "ambiente": document.ambiente,
        "estado": document.estado,
        "desde": _minute(document.creado_en),
        "plazo": _minute(document.plazo),
        "fuera_de_plazo": stuck.late,
        "detalle": stuck.why,
    }


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
