"""The real thing as processes: sandbox, service and an unmodified bot, with Telegram on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from emitir.client import EmitirClient
from tests.bot.odoo_server import PASSWORD, OdooServer
from tests.bot.telegram.people import Person
from tests.bot.telegram.server import TOKEN, TelegramServer
from tests.service.conftest import ENVIRONMENT, create_company, serving

ROOT = Path(__file__).resolve().parents[2]
#: The tree that is tested, whatever is installed.
PYTHONPATH = os.pathsep.join(
    filter(None, [str(ROOT / "core"), str(ROOT / "bot"), os.environ.get("PYTHONPATH", "")])
)
EMITIR = str(Path(sys.executable).parent / "emitir")


class Bot:
    """The bot as a process. ``log`` is all that it ever wrote."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.log_file = folder / "bot.log"
        self.environment = {**os.environ, **variables, "PYTHONPATH": PYTHONPATH}
        self.environment["EMITIR_BOT_DATA_DIR"] = str(folder / "bot")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **more: str) -> None:
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "emitir_bot"],
                env={**self.environment, **more},
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """With SIGKILL, in the middle of whatever it does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8")


class World:
    """A service with two companies, its bot, and Telegram."""

    def __init__(
        self, folder: Path, service: str, sandbox: str, telegram: TelegramServer, odoo: OdooServer
    ) -> None:
        self.folder = folder
        self.odoo = odoo
        (folder / "odoo.json").write_text(odoo.settings("20512345671"), "utf-8")
        self.service = service
        self.sandbox = sandbox
        self.telegram = telegram
        self.company, self.token = create_company(folder, "20512345671", sandbox)
        self.other, self.other_token = create_company(folder, "20600000005", sandbox)
        made = json.loads(self.emitir("bot", "create", "emitir_bot", "--json"))
        self.bot_token = made["token"]
        self.bot = Bot(
            folder,
            {
                "TELEGRAM_TOKEN": TOKEN,
                "TELEGRAM_API": telegram.url,
                "EMITIR_URL": service,
                "EMITIR_BOT_UUID": made["uuid"],
                "EMITIR_BOT_TOKEN": made["token"],
                "EMITIR_BOT_ODOO": str(folder / "odoo.json"),
                "CLAVE_ODOO": PASSWORD,
            },
        )
        self._people = iter(range(501, 100_000))

    def emitir(self, *arguments: str) -> str:
        """The command line beside the running service."""
        return subprocess.run(
            [EMITIR, *arguments, "--data", str(self.folder / "data")],
            env=ENVIRONMENT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def client(self, other: bool = False) -> EmitirClient:
        """The company's own system."""
        if other:
            return EmitirClient(self.service, self.other, self.other_token)
        return EmitirClient(self.service, self.company, self.token)

    def code(self, rol: str = "dueno", other: bool = False) -> str:
        """A one-time code for a chat."""
        with self.client(other) as client:
            return str(client.comando("vincular", {"rol": rol})["codigo"])

    def stranger(self, name: str = "Ana", language: str = "es") -> Person:
        """Somebody whom the bot does not know."""
        return self.telegram.person(next(self._people), name, language)

    def linked(self, rol: str = "dueno", name: str = "Ana", other: bool = False, **more: Any) -> Person:
        """Somebody whose chat is linked, and who has read all that."""
        person = self.stranger(name, **more)
        person.says(f"/start {self.code(rol, other)}")
        person.reads("vinculado" if more.get("language", "es") == "es" else "linked")
        return person


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sandbox = stack.enter_context(serving("sandbox", "--port", "0", log=folder / "sandbox.log"))
        service = stack.enter_context(
            serving("serve", "--port", "0", "--data", str(folder / "data"), log=folder / "serve.log")
        )
        telegram = stack.enter_context(TelegramServer())
        odoo = stack.enter_context(OdooServer())
        world = World(folder, service, sandbox, telegram, odoo)
        world.bot.start()
        stack.callback(world.bot.stop)
        ready(world)
        yield world


def ready(world: World) -> None:
    """Wait until the bot has set its command menus: it listens then."""
    until = time.monotonic() + 40
    while "en" not in world.telegram.state.commands:
        assert world.bot.process is not None
        assert world.bot.process.poll() is None, world.bot.log
        assert time.monotonic() < until, world.bot.log
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def _alive(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that kills the bot and fails must not take the others with it."""
    yield
    if "world" in request.fixturenames:
        bot = request.getfixturevalue("world").bot
        if bot.process is None or bot.process.poll() is not None:
            bot.start()
