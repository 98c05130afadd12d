"""``emitir company mail`` and ``webhook``: settings that stay, secrets that are never shown, a test that tells."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.engine.mail_server import PASSWORD, USER, MailServer


def created(run: Run) -> str:
    done = run("company", "create", "company.json", "--p12", "cert.p12", "--password-env", "CLAVE", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    return str(json.loads(done.stdout)["uuid"])


def answer(run: Run, *arguments: str, **variables: str) -> dict[str, Any]:
    done = run("company", *arguments, "--json", **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_mail_server_is_set_tested_and_removed(run: Run, folder: Path) -> None:
    uuid = created(run)
    with MailServer(auth=False) as server:
        given = ["--host", "127.0.0.1", "--port", str(server.port), "--security", "none", "--from", USER]
        shown = answer(run, "mail", uuid, *given, "--password-env", "SMTP", SMTP=PASSWORD)
        assert shown["smtp"]["seguridad"] == "ninguna"
        assert shown["secretos"] == ["smtp_clave"]
        assert answer(run, "mail", uuid, "--test") == {"ok": True, "detalle": ""}
        assert answer(run, "mail", uuid, "--name", "Ventas")["smtp"]["servidor"] == "127.0.0.1", (
            "the rest stays"
        )
    refused = run("company", "mail", uuid, "--test")
    assert refused.returncode == 2
    assert "No hay conexión con el servidor de correo" in refused.stderr
    wrong = run("company", "mail", uuid, "--from", "ventas@gmail", "--json")
    assert wrong.returncode == 2
    assert json.loads(wrong.stdout)[0]["sugerencia"] == "ventas@gmail.com"
    gone = answer(run, "mail", uuid, "--remove")
    assert "smtp" not in gone
    assert gone["secretos"] == []
    stored = b"".join(path.read_bytes() for path in (folder / "data").iterdir() if path.is_file())
    assert PASSWORD.encode() not in stored


def test_a_webhook_gets_its_secret_once(run: Run) -> None:
    uuid = created(run)
    made = answer(
        run, "webhook", uuid, "--url", "https://erp.empresa.pe/emitir", "--events", "rechazado, por_vencer"
    )
    assert re.fullmatch("[0-9a-f]{64}", made["webhook_secreto"])
    assert made["webhook"]["eventos"] == ["rechazado", "por_vencer"]
    again = answer(run, "webhook", uuid, "--events", "todos")
    assert "webhook_secreto" not in again
    assert again["webhook"] == {"url": "https://erp.empresa.pe/emitir", "red_privada": False, "eventos": []}
    assert made["webhook_secreto"] not in json.dumps(answer(run, "show", uuid))
    plain = run("company", "webhook", uuid, "--url", "http://10.0.0.5/x", "--json")
    assert plain.returncode == 2
    assert json.loads(plain.stdout)[0]["propiedad"] == "webhook-url"
    assert answer(run, "webhook", uuid, "--url", "http://10.0.0.5/x", "--private")["webhook"]["red_privada"]
    gone = answer(run, "webhook", uuid, "--remove")
    assert "webhook" not in gone
    assert gone["secretos"] == []
