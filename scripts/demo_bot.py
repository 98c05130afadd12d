"""``make demo-bot``: service, sandbox, Telegram on loopback and a whole conversation, printed as it happens.

With TELEGRAM_TOKEN in the environment the bot talks to Telegram itself: the program then prints the link that ties
your own chat to the demo's company, and runs until Ctrl-C.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bot")]

import requests  # noqa: E402 - after the path

from emitir.demo_companies import PATHS, PERU, SOL  # noqa: E402
from emitir.engine import Company, Engine, Settings  # noqa: E402
from emitir.peru.examples import boleta, factura  # noqa: E402
from emitir.printing.qr import qr_terminal  # noqa: E402
from emitir.sandbox.server import SandboxServer  # noqa: E402
from emitir.service.logs import log_to_file  # noqa: E402
from emitir.service.server import ServiceServer  # noqa: E402
from emitir.signing.throwaway import throwaway_pkcs12  # noqa: E402
from tests.bot.telegram.people import Person  # noqa: E402
from tests.bot.telegram.server import TOKEN, TelegramServer  # noqa: E402
from tests.bot.telegram.state import Sent  # noqa: E402

_PASSWORD = "demo"  # noqa: S105 - of a throw-away certificate


def main() -> None:
    """Run the conversation, or the real bot."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        log_to_file(folder / "service.log")
        sandbox = stack.enter_context(SandboxServer())
        engine = stack.enter_context(Engine(Settings(data_dir=folder / "data")))
        company = _company(engine, sandbox.url)
        for properties in (factura(datetime.now(UTC)), boleta(datetime.now(UTC))):
            engine.emitir(company, properties)
        service = stack.enter_context(ServiceServer(engine))
        real = os.environ.get("TELEGRAM_TOKEN", "").strip()
        if real:
            _real(stack, engine, company, service.url, real, folder)
        else:
            telegram = stack.enter_context(TelegramServer())
            stack.enter_context(_bot(engine, service.url, TOKEN, telegram.url, "emitir_bot", folder))
            _conversation(telegram.person(7001, "Rosa"), engine, company, sandbox.url)


def _company(engine: Engine, sandbox: str) -> Company:
    now = datetime.now(UTC)
    p12 = throwaway_pkcs12(
        PERU["ruc"], PERU["razon_social"], _PASSWORD, now - timedelta(days=1), now + timedelta(days=365)
    )
    settings = {**PERU, "endpoints": {name: sandbox + path for name, path in PATHS.items()}}
    return engine.companies.create("pe", settings, SOL, p12, _PASSWORD)[0]


@contextmanager
def _bot(
    engine: Engine, service: str, token: str, telegram: str, name: str, folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    made, secret = engine.bots.create(name)
    variables = {
        "TELEGRAM_TOKEN": token,
        "TELEGRAM_API": telegram,
        "EMITIR_URL": service,
        "EMITIR_BOT_UUID": made.uuid,
        "EMITIR_BOT_TOKEN": secret,
        "EMITIR_BOT_DATA_DIR": str(folder / "bot"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "core"), str(ROOT / "bot")]),
    }
    with (folder / "bot.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "emitir_bot"], env={**os.environ, **variables}, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)


def _real(stack: ExitStack, engine: Engine, company: Company, service: str, token: str, folder: Path) -> None:
    """With Telegram itself, until Ctrl-C."""
    telegram = os.environ.get("TELEGRAM_API", "https://api.telegram.org").rstrip("/")
    try:
        answer = requests.get(f"{telegram}/bot{token}/getMe", timeout=20).json()
    except (requests.RequestException, ValueError):
        # Without the error itself: its address holds the token.
        sys.exit("Telegram no responde.")
    if not answer.get("ok"):
        sys.exit("Telegram no reconoce TELEGRAM_TOKEN.")
    name = answer["result"]["username"]
    stack.enter_context(_bot(engine, service, token, telegram, name, folder))
    address = engine.bots.list()[-1].deep_link(engine.links.new_code(company, "dueno").codigo)
    print(f"Abra con su teléfono, en los próximos 15 minutos: {address}")
    if sys.stdout.isatty():
        print(qr_terminal(address))
    print("Ctrl-C lo detiene.")
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()


def _conversation(rosa: Person, engine: Engine, company: Company, sandbox: str) -> None:
    """What the owner of the demo's company does on a morning."""
    _says(rosa, "/start", "vincule este chat")
    code = engine.links.new_code(company, "dueno").codigo
    _says(rosa, f"{code[:4]}-{code[4:]}", "quedó vinculado")
    _presses(rosa, "🔔", "Le avisaré")
    _says(rosa, "la última factura de abc", "Factura F001-21")
    _presses(rosa, "PDF", "")
    _says(rosa, "/ventas mes", "Ventas de")
    _says(rosa, "/baja B001-1", "Escriba el motivo")
    _says(rosa, "error en la cantidad", "¿Dar de baja")
    _presses(rosa, "Sí, dar de baja", "baja")
    _says(rosa, "/emitir", "¿Qué emitimos?")
    _presses(rosa, "Boleta", "¿A quién?")
    _presses(rosa, "Sin datos", "una línea por cosa")
    _says(rosa, "2 x cuaderno A4 5.50\ncafé molido 28", "Ver antes de emitir")
    _presses(rosa, "Ver antes", "¿La emito?")
    _presses(rosa, "Sí, emitir", "Boleta B001-2")
    fault = {"operation": "sendBill", "fault": "fault", "code": "2335", "times": 1}
    requests.post(f"{sandbox}/_sandbox/faults", json=fault, timeout=10).raise_for_status()
    print("\n  (otro sistema emite una factura y SUNAT la rechaza)")
    engine.emitir(company, {**factura(datetime.now(UTC)), "numero": 22})
    _show(rosa.reads("rechazado"))


def _says(person: Person, text: str, expected: str) -> None:
    print(f"\n{person.name}: {text}")
    person.says(text)
    _show(person.reads(expected))


def _presses(person: Person, label: str, expected: str) -> None:
    print(f"\n{person.name}: [{label}]")
    person.presses(label)
    _show(person.reads(expected) if expected else person.receives(".pdf"))


def _show(sent: Sent) -> None:
    name = f"[{sent.file_name or 'imagen'}, {len(sent.content)} bytes] " if sent.content else ""
    text = f"{name}{sent.text}".replace("\n", "\n        ")
    print(f"  bot > {text}")
    if sent.buttons:
        print(f"        [{'] ['.join(sent.buttons)}]")


if __name__ == "__main__":
    main()
