"""The command line, ``emitir``: each group of commands is a file of ``cli_commands``.

What a command needs is imported when it runs: ``emitir --help`` must not wait for a web framework.
"""

from __future__ import annotations

from typing import Annotated

import typer

from emitir import __version__
from emitir.cli_commands import (
    bot,
    build,
    calls,
    care,
    company,
    company_outgoing,
    demo,
    hola,
    homologar,
    odoo,
    padron,
    sandbox,
    serve,
    verificar,
)

app = typer.Typer(
    name="emitir",
    help="Comprobantes electrónicos de Perú (SUNAT) y Paraguay (SIFEN).",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    # A traceback with local variables would print passwords and tokens.
    pretty_exceptions_enable=False,
)
app.command("serve", help="Iniciar el servicio HTTP.")(serve.serve)
app.command("build", help="Construir y firmar un comprobante sin conexión.")(build.build)
app.command("homologar", help="Hacer las pruebas que pide la autoridad antes de emitir, y su informe.")(
    homologar.homologar
)
app.command("verificar", help="Comprobar un XML recibido: esquema, firma, CDC, QR, totales, autoridad.")(
    verificar.verificar
)
app.command("hola", help="Preguntar a un servicio si la empresa puede emitir.")(hola.hola)
app.command("demo", help="Emitir comprobantes de Perú y de Paraguay contra el sandbox.")(demo.demo)
app.command("sandbox", help="Iniciar el sandbox de SUNAT y SIFEN.")(sandbox.sandbox)
app.add_typer(bot.app, name="bot", help="El bot de Telegram: su credencial y los chats vinculados.")
app.command("baja", help="Dar de baja un comprobante.")(calls.baja)
app.command("evento", help="Registrar un evento de un documento (Paraguay).")(calls.evento)
app.command("inutilizar", help="Inutilizar números (Paraguay).")(calls.inutilizar)
app.command("consultar", help="Consultar un comprobante.")(calls.consultar)
app.command("ticket", help="Consultar un ticket.")(calls.ticket)
app.command("correo", help="Enviar un comprobante por correo.")(calls.correo)
app.command("ruc", help="Consultar un contribuyente.")(calls.ruc)
company.app.command("mail", help="Configurar o probar el servidor de correo (SMTP) de una empresa.")(
    company_outgoing.mail
)
company.app.command("webhook", help="Avisar los eventos de una empresa a una dirección propia.")(
    company_outgoing.webhook
)
app.command("pendientes", help="Comprobantes sin respuesta de la autoridad, de todas las empresas.")(
    care.pendientes
)
app.command("respaldo", help="Copiar la base de datos SQLite mientras el servicio trabaja.")(care.respaldo)
app.command("resellar", help="Sellar los datos secretos con una clave maestra nueva.")(care.resellar)
app.add_typer(company.app, name="company", help="Empresas de esta instalación.")
app.add_typer(odoo.app, name="odoo", help="Revisar un Odoo y emitir lo que le falte.")
app.add_typer(padron.app, name="padron", help="Padrón de contribuyentes: cargar, consultar.")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"emitir {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Mostrar la versión.")
    ] = False,
) -> None:
    """Options before the command."""


def main() -> None:
    """Entry point of the ``emitir`` program."""
    app()


if __name__ == "__main__":
    main()
