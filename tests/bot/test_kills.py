"""The service dies under the bot: people are told so, and alerts arrive once it is back."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.bot.conftest import EMITIR, World, ready
from tests.bot.odoo_server import OdooServer
from tests.bot.outbox import add_events
from tests.bot.telegram.server import TelegramServer
from tests.bot.test_documents import issue
from tests.service.conftest import ENVIRONMENT, serving


@contextmanager
def _service(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(
            [EMITIR, "serve", "--port", str(port), "--data", str(folder / "data")],
            stdout=subprocess.PIPE,
            stderr=log,
            env=ENVIRONMENT,
            text=True,
        )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("http://")
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.slow
def test_alerts_after_a_kill_of_the_service(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with ExitStack() as stack:
        sandbox = stack.enter_context(serving("sandbox", "--port", "0", log=tmp_path / "sandbox.log"))
        telegram = stack.enter_context(TelegramServer())
        with _service(tmp_path, port):
            odoo = stack.enter_context(OdooServer())
            world = World(tmp_path, f"http://127.0.0.1:{port}", sandbox, telegram, odoo)
            world.bot.start()
            stack.callback(world.bot.stop)
            ready(world)
            issue(world)
            ana = world.linked()
            ana.presses("🔔")
            ana.reads("/avisos")
        # Killed with SIGKILL; what happened just before is in its outbox.
        add_events(tmp_path, world.company, "rechazado", 3)
        ana.says("/pendientes")
        ana.reads("Emitir no responde en este momento")
        with _service(tmp_path, port):
            for number in (1, 2, 3):
                ana.reads(f"F900-{number}: rechazado", patience=60)
            ana.says("/pendientes")
            ana.reads("No hay comprobantes pendientes")
    assert sum("rechazado" in one.text for one in ana.messages) == 3
    assert os.path.getsize(tmp_path / "bot" / "avisos.journal") < 10_000
