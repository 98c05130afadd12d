"""Resending by mail: what is known is proposed, what is written is checked, and it arrives with its three files."""

from __future__ import annotations

import json
import subprocess

from tests.bot.conftest import EMITIR, World
from tests.bot.test_documents import issue
from tests.engine.mail_server import PASSWORD, USER, MailServer
from tests.service.conftest import ENVIRONMENT


def configure(world: World, server: MailServer) -> None:
    """Give the company its mail server, through the command line."""
    settings = {
        "smtp": {
            "servidor": "127.0.0.1",
            "puerto": server.port,
            "seguridad": "ninguna",
            "usuario": USER,
            "remitente": USER,
        }
    }
    file = world.folder / "smtp.json"
    file.write_text(json.dumps(settings), "utf-8")
    subprocess.run(
        [
            *(EMITIR, "company", "update", world.company, str(file), "--secret", "smtp_clave=CLAVE_SMTP"),
            *("--data", str(world.folder / "data")),
        ],
        env={**ENVIRONMENT, "CLAVE_SMTP": PASSWORD},
        check=True,
    )


def test_it_arrives_with_its_three_files_and_the_address_is_proposed_next_time(world: World) -> None:
    made = issue(world, numero_doc="20600000005", razon_social="CLIENTE DE CORREO S.A.C.")
    ana = world.linked("vendedor")
    with MailServer() as server:
        configure(world, server)
        ana.says(f"F001-{made['numero']}")
        ana.reads("aceptado")
        ana.presses("Enviar por correo")
        ana.reads("¿A qué correo envío")
        ana.says("al de siempre")
        ana.reads("No veo ninguna dirección")
        ana.says("a compras@cliente.example y gerencia@cliente.example")
        ana.reads("¿Envío Factura", "compras@cliente.example, gerencia@cliente.example")
        ana.presses("Sí, enviar")
        ana.reads("Enviado a")
        received = server.mails[0]
        kinds = sorted(name.rpartition(".")[2] for name in received.attachments)
        assert kinds == ["pdf", "xml", "xml"]
        again = issue(world, numero_doc="20600000005", razon_social="CLIENTE DE CORREO S.A.C.")
        ana.says(f"/correo F001-{again['numero']}")
        shown = ana.reads("¿A qué correo envío")
        assert "compras@cliente.example" in shown.buttons
        ana.presses("compras@cliente.example")
        ana.reads("¿Envío Factura", "a compras@cliente.example?")
        ana.presses("Sí, enviar")
        ana.reads("Enviado a compras@cliente.example")
        assert server.mails[-1].recipients == ("compras@cliente.example",)


def test_a_company_without_a_mail_server_is_told_so(world: World) -> None:
    made, otto = issue(world, other=True), world.linked(name="Otto", other=True)
    otto.says(f"/correo F001-{made['numero']}")
    otto.reads("¿A qué correo envío")
    otto.says("a@b.example")
    otto.reads("¿Envío")
    otto.presses("Sí, enviar")
    otto.reads("⚠️")
