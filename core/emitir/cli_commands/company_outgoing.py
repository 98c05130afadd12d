"""``emitir company mail`` and ``webhook``: how a company's mail leaves, and where its events go."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import typer

from emitir.cli_commands.company import UuidArgument, show_company
from emitir.cli_commands.installation import DatabaseOption, DataOption, opened
from emitir.cli_commands.reporting import REFUSED, JsonOption, reported, show_json


def mail(
    uuid: UuidArgument,
    host: Annotated[str | None, typer.Option("--host", help="Servidor SMTP.")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Puerto; el usual si falta.")] = None,
    security: Annotated[
        str | None, typer.Option("--security", help="starttls (si falta), tls o ninguna.")
    ] = None,
    user: Annotated[str | None, typer.Option("--user", help="Usuario.")] = None,
    password_env: Annotated[
        str | None, typer.Option("--password-env", help="Variable de entorno con la contraseña.")
    ] = None,
    sender: Annotated[str | None, typer.Option("--from", help="Dirección del remitente.")] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Nombre del remitente; la razón social si falta.")
    ] = None,
    reply_to: Annotated[str | None, typer.Option("--reply-to", help="Dirección para las respuestas.")] = None,
    test: Annotated[bool, typer.Option("--test", help="Entrar al servidor, sin enviar nada.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Quitar el servidor de correo.")] = False,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """What is not named stays; ``--test`` ends with status 2 when the server does not let us in."""
    from emitir.cli_commands.files import password_from

    given = {
        "servidor": host,
        "puerto": port,
        "seguridad": security,
        "usuario": user,
        "remitente": sender,
        "nombre": name,
        "responder_a": reply_to,
    }
    changes = {key: value for key, value in given.items() if value is not None}
    said = ""
    with reported(as_json), opened(data, database) as engine:
        company = engine.companies.get(uuid)
        smtp: dict[str, Any] = {} if remove else {**company.ajustes.get("smtp", {}), **changes}
        if remove or changes:
            company = engine.companies.update(uuid, {"smtp": smtp})
        if remove or password_env:
            secret = "" if remove else password_from(password_env)
            company = engine.companies.set_secrets(uuid, {"smtp_clave": secret})
        if test:
            said = engine.check_mail(company)
    if test:
        _tell(said, as_json)
    else:
        show_company(company, as_json)


def webhook(
    uuid: UuidArgument,
    url: Annotated[
        str | None, typer.Option("--url", help="Dirección https:// que recibe los avisos.")
    ] = None,
    events: Annotated[
        str | None,
        typer.Option("--events", help="Solo estos eventos, separados por comas; «todos» para todos."),
    ] = None,
    private: Annotated[
        bool | None,
        typer.Option("--private/--public", help="Permitir una dirección de la red privada, también sin TLS."),
    ] = None,
    secret_env: Annotated[
        str | None, typer.Option("--secret-env", help="Variable con el secreto; si falta, se crea uno.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Dejar de avisar.")] = False,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """The secret is made when there is none, and shown this once."""
    from emitir.cli_commands.files import password_from

    changes: dict[str, Any] = {}
    if url is not None:
        changes["url"] = url
    if private is not None:
        changes["red_privada"] = private
    if events is not None:
        changes["eventos"] = (
            [] if events == "todos" else [name.strip() for name in events.split(",") if name.strip()]
        )
    made = ""
    with reported(as_json), opened(data, database) as engine:
        company = engine.companies.get(uuid)
        if remove or changes:
            new: dict[str, Any] = {} if remove else {**company.ajustes.get("webhook", {}), **changes}
            company = engine.companies.update(uuid, {"webhook": new})
        secret: str | None
        if secret_env:
            secret = password_from(secret_env)
        elif company.ajustes.get("webhook") and "webhook_secreto" not in company.secret_names:
            secret = made = secrets.token_hex(32)
        else:
            secret = None if not remove else ""
        if secret is not None:
            company = engine.companies.set_secrets(uuid, {"webhook_secreto": secret})
    show_company(company, as_json, **({"webhook_secreto": made} if made else {}))
    if made and not as_json:
        typer.echo("Guarde el secreto del webhook: no se vuelve a mostrar.", err=True)


def _tell(said: str, as_json: bool) -> None:
    if as_json:
        show_json({"ok": not said, "detalle": said})
    else:
        typer.echo(said or "El servidor de correo acepta la conexión.", err=bool(said))
    if said:
        raise typer.Exit(REFUSED)
