"""The program: ``emitir-bot`` or ``python -m emitir_bot``."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import sys

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from emitir_bot import webhook
from emitir_bot.alerts import Alerts
from emitir_bot.central import Central
from emitir_bot.chats import Chats
from emitir_bot.file_ids import FileIds
from emitir_bot.journal import Journal
from emitir_bot.lanes import Lanes
from emitir_bot.language import LANGUAGES
from emitir_bot.logs import log_to_stderr
from emitir_bot.odoo import Odoo
from emitir_bot.polling import Polling
from emitir_bot.router import Router
from emitir_bot.sending import Sending
from emitir_bot.settings import Settings, SettingsError
from emitir_bot.updates import KINDS, UpdatesBot

logger = logging.getLogger("emitir_bot")


def main() -> None:
    """Run until SIGINT or SIGTERM; exit status 2 for bad settings."""
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the log is not set up yet
        sys.exit(2)
    log_to_stderr(settings.telegram_token, settings.token)
    try:
        asyncio.run(run(settings))
    except SettingsError as error:
        logger.error("%s", error)
        sys.exit(2)
    except InvalidToken:
        logger.error("Telegram does not know this token: check TELEGRAM_TOKEN")
        sys.exit(2)
    except Exception:
        # The last guard: Python itself would print the message of the error, which may hold an address with the token.
        logger.exception("the bot stops")
        sys.exit(1)


async def run(settings: Settings) -> None:
    """Everything of one bot: updates one way, alerts the other. Raises InvalidToken."""
    # httpcore asks for sniffio at every request, and where it is missing each time means a search through all folders:
    # a third of what a message costs. Python is told once that it is missing.
    sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    bot = UpdatesBot(
        settings.telegram_token,
        base_url=f"{settings.telegram}/bot",
        base_file_url=f"{settings.telegram}/file/bot",
        request=HTTPXRequest(connection_pool_size=32, pool_timeout=20, read_timeout=20, write_timeout=60),
        get_updates_request=HTTPXRequest(connection_pool_size=2),
    )
    odoo = Odoo.from_file(settings.odoo) if settings.odoo is not None else None
    central = Central(settings)
    try:
        await _ready(bot, stop)
        if stop.is_set():
            return
        sending, lanes = Sending(bot), Lanes()
        chats, journal = Chats(central), Journal(settings.data_dir)
        files = FileIds(settings.data_dir)
        router = Router(sending, central, chats, files, odoo)
        for language in LANGUAGES:
            await sending.menu(language)
        alerts = asyncio.create_task(Alerts(sending, central, chats, journal, stop).run())
        alerts.add_done_callback(
            lambda _: stop.set()
        )  # should they break, whoever started the bot starts it again
        if settings.webhook:
            await _webhook(settings, bot, router, lanes, stop)
        else:
            await bot.delete_webhook()
            logger.info("listening by long polling")
            await Polling(bot, router, lanes, stop).run()
        await alerts
        journal.close()
        files.close()
    finally:
        await bot.shutdown()
        central.close()


async def _webhook(settings: Settings, bot: Bot, router: Router, lanes: Lanes, stop: asyncio.Event) -> None:
    secret = secrets.token_urlsafe(32)
    listening = asyncio.Event()
    app = webhook.application(bot, router, lanes, secret)
    serving = asyncio.create_task(webhook.serve(app, *settings.listen, stop, listening.set))
    await listening.wait()
    await bot.set_webhook(
        settings.webhook,
        secret_token=secret,
        max_connections=40,
        allowed_updates=KINDS,
    )
    logger.info("listening by webhook")
    await serving
    await lanes.drain(15)


async def _ready(bot: Bot, stop: asyncio.Event) -> None:
    """Reach Telegram, however long that takes."""
    while not stop.is_set():
        try:
            await bot.initialize()
        except InvalidToken:
            raise
        except (NetworkError, TelegramError) as error:
            logger.warning("Telegram cannot be reached yet: %s", type(error).__name__)
            await asyncio.sleep(2)
        else:
            return
