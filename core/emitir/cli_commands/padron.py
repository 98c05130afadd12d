"""``emitir padron``: load the list of taxpayers of this installation, look at it, look somebody up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from emitir.cli_commands.installation import DataOption, settings_of
from emitir.cli_commands.reporting import JsonOption, reported, show_json
from emitir.i18n import N_

if TYPE_CHECKING:
    from emitir.country import Progress, Taxpayers

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

CountryOption = Annotated[str, typer.Option("--pais", help="País del padrón.")]
#: Stages of a load, as people read them.
_STAGES = {
    "descargar": N_("Descargando"),
    "leer": N_("Leyendo"),
    "indexar": N_("Indexando"),
}


@app.command("load", help="Cargar el padrón: archivo .txt o .zip, o su dirección http(s)://.")
def load(
    source: Annotated[str, typer.Argument(help="Archivo o dirección.", metavar="ARCHIVO|URL")],
    force: Annotated[
        bool, typer.Option("--force", help="Aunque tenga menos de la mitad de filas que el padrón en uso.")
    ] = False,
    pais: CountryOption = "pe",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put the list at ``source`` in place of the present one, while the service goes on serving."""
    with reported(as_json):
        found = _taxpayers(pais, data)
        with _progress(quiet=as_json) as progress:
            facts = found.load(source, progress, force=force)
    _show(facts, as_json)


@app.command("info", help="Mostrar qué padrón está cargado: origen, fecha, filas.")
def info(pais: CountryOption = "pe", data: DataOption = None, as_json: JsonOption = False) -> None:
    """Exit status 1 when none is loaded."""
    with reported(as_json):
        facts = _taxpayers(pais, data).info()
    if not facts:
        typer.echo("No hay un padrón cargado: use «emitir padron load ARCHIVO|URL».", err=True)
        raise typer.Exit(1)
    _show(facts, as_json)


@app.command("buscar", help="Buscar por RUC, por DNI o por nombre.")
def buscar(
    what: Annotated[list[str], typer.Argument(help="RUC, DNI, o palabras del nombre.", metavar="TEXTO")],
    limite: Annotated[int, typer.Option("--limite", help="Cuántos como máximo.", min=1, max=100)] = 20,
    pais: CountryOption = "pe",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """The answer of ``consultarruc``, without a service."""
    text = " ".join(what)
    asked = {"numero_doc": text} if text.isdigit() else {"nombre": text, "limite": limite}
    with reported(as_json):
        answer = _taxpayers(pais, data).lookup(asked)
    if as_json:
        show_json(answer)
    elif "contribuyentes" in answer:
        for row in answer["contribuyentes"]:
            typer.echo(f"{row['ruc']}  {row['estado_contribuyente']:<20}  {row['razon_social']}")
        if answer["hay_mas"]:
            typer.echo("Hay más: agregue otra palabra o aumente --limite.", err=True)
    else:
        _show(answer, as_json)


def _taxpayers(pais: str, data: Path | None) -> Taxpayers:
    """Raises EmitirError when the country has no list."""
    from emitir.cli_commands.files import invalid
    from emitir.country import countries, taxpayers

    found = taxpayers(pais, settings_of(data, None).data_dir) if pais in countries() else None
    if found is None:
        raise invalid(N_("No hay un padrón de contribuyentes para el país «{pais}»."), pais=pais)
    return found


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """A bar per stage, on stderr; on something that is no terminal only the finished stages."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    tasks: dict[str, TaskID] = {}
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as bars:

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                # The stages before are over, whatever their last word was.
                for task in bars.tasks:
                    bars.update(task.id, total=task.total or 1, completed=task.total or 1)
                tasks[stage] = bars.add_task(_STAGES.get(stage, stage), total=total or None)
            bars.update(tasks[stage], completed=done)

        yield tell


def _show(facts: dict[str, Any], as_json: bool) -> None:
    """Name and value, one per line."""
    if as_json:
        show_json(facts)
        return
    for name, value in facts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {count}" for key, count in value.items())
        elif isinstance(value, list):
            value = ", ".join(f"línea {line}: {kind}" for line, kind in value)
        elif isinstance(value, bool):
            value = "sí" if value else "no"
        if value != "":
            typer.echo(f"{name:<22}  {value}")
