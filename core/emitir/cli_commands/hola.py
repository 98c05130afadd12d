"""``emitir hola``: ask a running service over HTTP whether a company can issue."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from emitir.cli_commands.reporting import REFUSED, reported, show_json

#: Exit status when the service cannot be reached.
_UNREACHABLE = 1


def hola(
    url: Annotated[
        str | None, typer.Option("--url", help="Dirección del servicio (o EMITIR_URL).", show_default=False)
    ] = None,
    uuid: Annotated[
        str | None, typer.Option("--uuid", help="UUID de la empresa (o EMITIR_UUID).", show_default=False)
    ] = None,
    token_env: Annotated[
        str, typer.Option("--token-env", help="Variable de entorno con el token.")
    ] = "EMITIR_TOKEN",  # noqa: S107 - the name of a variable
    env_file: Annotated[
        Path | None, typer.Option("--env-file", help="Archivo que escribe «emitir demo --keep».")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="La respuesta completa, en JSON.")] = False,
) -> None:
    """Print the service's answer; exit status 0 when the company can issue, 2 when not, 1 without an answer."""
    from emitir.client import EmitirApiError, EmitirClient, TransportError

    with reported(as_json):
        address, company, token = access(url, uuid, token_env, env_file)
    try:
        with EmitirClient(address, company, token) as client:
            answer = client.hola()
    except TransportError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_UNREACHABLE) from None
    except EmitirApiError as error:
        if as_json:
            show_json(error.respuesta)
        else:
            typer.echo(f"{error.code}: {error.descripcion} {error.extra}", err=True)
        raise typer.Exit(REFUSED) from None
    if as_json:
        show_json(answer)
        return
    typer.echo(answer["mensaje"])
    if "certificado_vence" in answer:
        typer.echo(
            f"El certificado vence el {answer['certificado_vence']} (en {answer['certificado_dias']} días)."
        )
    for warning in answer.get("advertencias", ()):
        typer.echo(f"Advertencia: {warning['descripcion']}", err=True)


def access(url: str | None, uuid: str | None, token_env: str, env_file: Path | None) -> tuple[str, str, str]:
    """Address, UUID and token, from the options, the environment or the file of the demo."""
    from emitir.cli_commands.files import invalid
    from emitir.i18n import N_

    found = dict(os.environ)
    if env_file is not None:
        found |= _variables(env_file)
    values = (
        url or found.get("EMITIR_URL", ""),
        uuid or found.get("EMITIR_UUID", ""),
        found.get(token_env, ""),
    )
    if not all(values):
        raise invalid(
            N_("Faltan datos de acceso: --url, --uuid y la variable {variable} con el token, o --env-file."),
            variable=token_env,
        )
    return values


def _variables(env_file: Path) -> dict[str, str]:
    """The variables of a ``demo.env``; its first company becomes the one that is asked."""
    from emitir.cli_commands.files import read_bytes

    lines = read_bytes(env_file).decode("utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    variables = {name.strip(): value.strip() for name, value in pairs}
    for kind in ("UUID", "TOKEN"):
        first = next((value for name, value in variables.items() if name.endswith(f"_{kind}")), "")
        variables.setdefault(f"EMITIR_{kind}", first)
    return variables
