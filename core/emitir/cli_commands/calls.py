"""``emitir baja``, ``evento``, ``consultar``, ``ticket``, ``correo``, ``ruc``: calls of a running service from the shell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from emitir.cli_commands.reporting import REFUSED, reported, show_json

if TYPE_CHECKING:
    from emitir.client import EmitirClient

#: Exit status when the service cannot be reached.
_UNREACHABLE = 1

Document = Annotated[str, typer.Argument(help="RUC-tipo-serie-número (20512345671-01-F001-21), o el CDC.")]
Url = Annotated[
    str | None, typer.Option("--url", help="Dirección del servicio (o EMITIR_URL).", show_default=False)
]
Uuid = Annotated[
    str | None, typer.Option("--uuid", help="UUID de la empresa (o EMITIR_UUID).", show_default=False)
]
TokenEnv = Annotated[str, typer.Option("--token-env", help="Variable de entorno con el token.")]
EnvFile = Annotated[Path | None, typer.Option("--env-file", help="Archivo que escribe «emitir demo --keep».")]
_TOKEN = "EMITIR_TOKEN"  # noqa: S105 - the name of a variable


def baja(
    document: Document,
    motivo: Annotated[str, typer.Option("--motivo", help="Por qué se anula.")],
    url: Url = None,
    uuid: Uuid = None,
    token_env: TokenEnv = _TOKEN,
    env_file: EnvFile = None,
) -> None:
    """Annul a comprobante."""
    _call(url, uuid, token_env, env_file, lambda client: client.baja(document, motivo).respuesta)


def evento(
    file: Annotated[Path, typer.Argument(help="Propiedades del evento: JSON, o texto si termina en .txt.")],
    url: Url = None,
    uuid: Uuid = None,
    token_env: TokenEnv = _TOKEN,
    env_file: EnvFile = None,
) -> None:
    """Declare events of documents."""
    from emitir.cli_commands.files import read_properties

    with reported():
        properties = read_properties(file)
    _call(url, uuid, token_env, env_file, lambda client: client.evento(properties))


def inutilizar(
    tipo: Annotated[str, typer.Argument(help="f, a, c, d o r.")],
    serie: Annotated[str, typer.Argument(help="Establecimiento y punto: 001-001.")],
    desde: Annotated[int, typer.Argument(help="Primer número.")],
    hasta: Annotated[int, typer.Argument(help="Último número.")],
    motivo: Annotated[str, typer.Option("--motivo", help="Por qué no se usan.")],
    url: Url = None,
    uuid: Uuid = None,
    token_env: TokenEnv = _TOKEN,
    env_file: EnvFile = None,
) -> None:
    """Give up numbers."""
    properties = {"tipo": tipo, "serie": serie, "desde": desde, "hasta": hasta, "motivo": motivo}
    _call(url, uuid, token_env, env_file, lambda client: client.inutilizar(properties))


def consultar(
    document: Document,
    autoridad: Annotated[bool, typer.Option("--autoridad", help="Preguntar también a la autoridad.")] = False,
    url: Url = None,
    uuid: Uuid = None,
    token_env: TokenEnv = _TOKEN,
    env_file: EnvFile = None,
) -> None:
    """Where a comprobante stands."""
    _call(url, uuid, token_env, env_file, lambda client: client.consultar(document, autoridad).respuesta)


def ticket(
    number: Annotated[str, typer.Argument(help="El ticket.")],
    url: Url = None,
    uuid: Uuid = None,
    token_env: TokenEnv = _TOKEN,
    env_file: EnvFile = None,
) -> None:
    """What a ticket stands for."""
    _call(url, uuid, token_env, env_file, lambda client: client.consultar_ticket(number))


def correo(
    document: Document,
    para: Annotated[list[str], typer.Argument(help="Direcciones.")],
    cc: Annotated[list[str] | None, typer.Option("--cc", help="Direcciones que reciben copia.")] = None,
    mensaje: Annotated[str, typer.Option("--mensaje", help="Texto que se agrega.")] = "",
    archivo: Annotated[list[str] | None, typer.Option("--archivo", help="pdf, xml o cdr.")] = None,
    url: Url = None,
    uuid: Uuid = None,
    token_env: TokenEnv = _TOKEN,
    env_file: EnvFile = None,
) -> None:
    """Mail a comprobante."""
    properties = {
        "codigo_documento": document,
        "para": para,
        "cc": cc,
        "mensaje": mensaje,
        "archivos": archivo,
    }
    sending = {name: value for name, value in properties.items() if value}
    _call(url, uuid, token_env, env_file, lambda client: client.comando("correo", sending, repeatable=True))


def ruc(
    what: Annotated[str, typer.Argument(help="RUC, DNI o parte del nombre.")],
    url: Url = None,
    uuid: Uuid = None,
    token_env: TokenEnv = _TOKEN,
    env_file: EnvFile = None,
) -> None:
    """Who a taxpayer is."""
    is_number = what.isascii() and what[:1].isdigit() and what.replace("-", "").isalnum()
    key = "numero_doc" if is_number else "nombre"
    _call(url, uuid, token_env, env_file, lambda client: client.consultar_ruc(**{key: what}))


def _call(
    url: str | None,
    uuid: str | None,
    token_env: str,
    env_file: Path | None,
    asked: Callable[[EmitirClient], dict[str, Any]],
) -> None:
    """Print the answer as JSON; exit status 2 when the service refuses, 1 when it does not answer."""
    from emitir.cli_commands.hola import access
    from emitir.client import EmitirApiError, EmitirClient, TransportError

    with reported():
        address, company, token = access(url, uuid, token_env, env_file)
    try:
        with EmitirClient(address, company, token) as client:
            show_json(asked(client))
    except TransportError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(_UNREACHABLE) from None
    except EmitirApiError as error:
        show_json(error.respuesta)
        typer.echo(f"{error.code}: {error.descripcion} {error.extra}", err=True)
        raise typer.Exit(REFUSED) from None
