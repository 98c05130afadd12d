"""``emitir bot``: the bots of this installation, and which chats see which company."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emitir.cli_commands.installation import DatabaseOption, DataOption, opened
from emitir.cli_commands.reporting import JsonOption, reported, show_json

if TYPE_CHECKING:
    from emitir.engine import Company, Engine

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

CompanyArgument = Annotated[str, typer.Argument(help="UUID de la empresa, o su RUC.")]


def company_named(engine: Engine, text: str) -> Company:
    """By UUID, or by RUC where one company alone has it. Raises ``EMPRESA_NO_EXISTE``."""
    found = [one for one in engine.companies.list() if one.ruc == text.strip()]
    return found[0] if len(found) == 1 else engine.companies.get(text)


@app.command("create", help="Crear la credencial de un bot; muestra su UUID y, por única vez, su token.")
def create(
    nombre: Annotated[str, typer.Argument(help="Nombre de usuario del bot en Telegram, sin @.")],
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """A credential of its own for a bot: it opens nothing until a chat is linked."""
    with reported(as_json), opened(data, database) as engine:
        bot, token = engine.bots.create(nombre)
    if as_json:
        show_json({"uuid": bot.uuid, "nombre": bot.nombre, "token": token})
        return
    typer.echo(f"EMITIR_BOT_UUID={bot.uuid}")
    typer.echo(f"EMITIR_BOT_TOKEN={token}")
    typer.echo("Guarde el token: no se vuelve a mostrar.", err=True)


@app.command("list", help="Mostrar los bots.")
def list_(data: DataOption = None, database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    """One line per bot in use."""
    with reported(as_json), opened(data, database) as engine:
        bots = engine.bots.list()
    if as_json:
        show_json([{"uuid": bot.uuid, "nombre": bot.nombre} for bot in bots])
        return
    for bot in bots:
        typer.echo(f"{bot.uuid}  @{bot.nombre}")


@app.command("remove", help="Retirar un bot: su token deja de servir en ese momento.")
def remove(
    uuid: Annotated[str, typer.Argument(help="UUID del bot.")],
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Revoke the credential of a bot, and with it every link of it."""
    with reported(as_json), opened(data, database) as engine:
        engine.bots.revoke(uuid)


@app.command("link", help="Dar un código de un solo uso para vincular un chat con una empresa, con su QR.")
def link(
    company: CompanyArgument,
    rol: Annotated[str, typer.Option("--rol", help="dueno, contador o vendedor.")] = "dueno",
    qr: Annotated[
        Path | None,
        typer.Option("--qr", help="Guardar el QR en este archivo, .svg o .png.", show_default=False),
    ] = None,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """A code that ties a chat to the company for as long as nobody revokes it."""
    if qr is not None and qr.suffix not in _QR_FILES:
        raise typer.BadParameter("El archivo del QR termina en .svg o .png.", param_hint="--qr")
    with reported(as_json), opened(data, database) as engine:
        owner = company_named(engine, company)
        code = engine.links.new_code(owner, rol)
        links = [bot.deep_link(code.codigo) for bot in engine.bots.list()]
    if qr is not None and links:
        qr.write_bytes(_QR_FILES[qr.suffix](links[-1]))
    written = f"{code.codigo[:4]}-{code.codigo[4:]}"
    if as_json:
        expires = code.vence_en.isoformat(timespec="seconds")
        show_json({"codigo": written, "rol": code.rol, "vence_en": expires, "enlaces": links})
        return
    typer.echo(written)
    for address in links:
        typer.echo(address)
    if links and sys.stdout.isatty():
        typer.echo(_shown(links[-1]))
    if not links:
        typer.echo("Todavía no hay ningún bot: créelo con «emitir bot create».", err=True)
    typer.echo(
        f"Vincula un chat con {owner.razon_social} ({rol}). Sirve una vez, durante 15 minutos.", err=True
    )


def _shown(address: str) -> str:
    from emitir.printing.qr import qr_terminal

    return qr_terminal(address)


def _svg(address: str) -> bytes:
    from emitir.printing.qr import qr_svg

    return qr_svg(address, "M")


def _png(address: str) -> bytes:
    from emitir.printing.qr import qr_png

    return qr_png(address, "M")


_QR_FILES = {".svg": _svg, ".png": _png}


@app.command("links", help="Mostrar los chats vinculados a una empresa.")
def links(
    company: CompanyArgument,
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """One line per living link."""
    with reported(as_json), opened(data, database) as engine:
        found = engine.links.of_company(company_named(engine, company))
    if as_json:
        show_json(
            [
                {"vinculo": one.uuid, "bot": one.bot, "chat": one.chat, "nombre": one.nombre, "rol": one.rol}
                for one in found
            ]
        )
        return
    for one in found:
        typer.echo(f"{one.uuid}  {one.rol:<9} @{one.bot}  {one.nombre}")


@app.command("revoke", help="Terminar un vínculo; el chat deja de ver la empresa en ese momento.")
def revoke(
    company: CompanyArgument,
    vinculo: Annotated[str, typer.Argument(help="UUID del vínculo, de «emitir bot links».")],
    data: DataOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """End a link."""
    with reported(as_json), opened(data, database) as engine:
        engine.links.revoke(company_named(engine, company), vinculo)
