"""``emitir bot`` on a data directory of its own: credentials, one-time codes with their QR, links seen and ended."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from emitir.engine import Engine, Settings
from emitir.errors import EmitirError
from tests.cli.conftest import RUC, Run
from tests.cli.test_company import created


def test_the_life_of_a_bot_and_of_a_link(run: Run, folder: Path) -> None:
    company = created(run)
    before = run("bot", "link", RUC)
    assert before.returncode == 0
    assert "Todavía no hay ningún bot" in before.stderr
    made = run("bot", "create", "@mi_emitir_bot")
    assert made.returncode == 0
    uuid, token = re.findall(r"EMITIR_BOT_(?:UUID|TOKEN)=(\S+)", made.stdout)
    assert re.fullmatch("[0-9a-f]{64}", token)
    assert run("bot", "list").stdout == f"{uuid}  @mi_emitir_bot\n"

    linked = run("bot", "link", company["uuid"], "--rol", "vendedor", "--qr", "enlace.svg")
    code, address = linked.stdout.split()
    assert re.fullmatch("[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", code)
    assert address == f"https://t.me/mi_emitir_bot?start={code.replace('-', '')}"
    assert (folder / "enlace.svg").read_bytes().startswith(b"<svg")
    assert token not in linked.stdout + linked.stderr
    assert json.loads(run("bot", "link", RUC, "--json").stdout)["rol"] == "dueno"

    engine = Engine(Settings(data_dir=folder / "data"))
    bot = engine.bots.authenticate(uuid, token)
    link = engine.links.link(bot, 7_000_000_001, code, "Ana Quispe", "es")
    assert run("bot", "links", RUC).stdout == f"{link}  vendedor  @mi_emitir_bot  Ana Quispe\n"
    assert engine.links.access(link, token).rol == "vendedor"
    assert run("bot", "revoke", RUC, link).returncode == 0
    assert run("bot", "links", RUC).stdout == ""
    with pytest.raises(EmitirError, match="no es correcto"):
        engine.links.access(link, token)

    assert run("bot", "remove", uuid).returncode == 0
    assert run("bot", "list").stdout == ""
    with pytest.raises(EmitirError, match="no es correcto"):
        engine.bots.authenticate(uuid, token)
    engine.close()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("bot", "create", "no es un nombre"), "termina en «bot»"),
        (("bot", "remove", "00000000-0000-4000-8000-000000000000"), "No hay un bot"),
        (("bot", "link", RUC, "--rol", "jefe"), "los roles son: dueno, contador, vendedor"),
        (("bot", "link", RUC, "--qr", "x.gif"), ".svg o .png"),
        (("bot", "link", "20999999999"), ""),
        (("bot", "revoke", RUC, "00000000-0000-4000-8000-000000000000"), "No hay un vínculo"),
    ],
)
def test_what_cannot_be_is_told(run: Run, arguments: tuple[str, ...], told: str) -> None:
    created(run)
    done = run(*arguments)
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
