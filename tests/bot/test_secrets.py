"""The bot's tokens: in no log and no message, whatever goes wrong; bad settings end it with words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from emitir_bot.logs import redacted
from emitir_bot.settings import Settings, SettingsError
from tests.bot.conftest import PYTHONPATH
from tests.bot.telegram.server import TOKEN, TelegramServer

BOT_TOKEN = "ab" * 32
VARIABLES = {
    "TELEGRAM_TOKEN": TOKEN,
    "TELEGRAM_API": "http://127.0.0.1:9",
    "EMITIR_URL": "http://127.0.0.1:9",
    "EMITIR_BOT_UUID": "00000000-0000-4000-8000-000000000000",
    "EMITIR_BOT_TOKEN": BOT_TOKEN,
}


def run(folder: Path, seconds: float, **changes: str) -> tuple[int | None, str]:
    """The bot for some seconds: its exit status (None when it was still running) and all that it wrote."""
    environment = {**os.environ, **VARIABLES, "EMITIR_BOT_DATA_DIR": str(folder), "PYTHONPATH": PYTHONPATH}
    process = subprocess.Popen(
        [sys.executable, "-m", "emitir_bot"],
        env=environment | changes,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.terminate()
        output, _ = process.communicate(timeout=20)
        return None, output
    return process.returncode, output


def test_while_neither_telegram_nor_the_service_can_be_reached(tmp_path: Path) -> None:
    status, output = run(tmp_path, 6)
    assert status is None, "it waits for them"
    assert "Telegram cannot be reached yet" in output
    assert TOKEN not in output
    assert BOT_TOKEN not in output


def test_a_token_that_telegram_does_not_know(tmp_path: Path) -> None:
    other = "4242:another-token-that-nobody-knows-AAAA"
    with TelegramServer() as telegram:
        status, output = run(tmp_path, 30, TELEGRAM_API=telegram.url, TELEGRAM_TOKEN=other)
    assert status == 2
    assert "check TELEGRAM_TOKEN" in output
    assert other not in output


def test_a_crash_is_told_without_them(tmp_path: Path) -> None:
    """A data folder that is a file: nothing that the bot is made for."""
    wrong = tmp_path / "file"
    wrong.write_text("x", "utf-8")
    with TelegramServer() as telegram:
        status, output = run(wrong, 30, TELEGRAM_API=telegram.url)
    assert status == 1
    assert "the bot stops" in output
    assert TOKEN not in output
    assert BOT_TOKEN not in output


def test_what_looks_like_a_token_is_never_written() -> None:
    text = f"POST https://api.telegram.org/bot{TOKEN}/sendMessage Authorization: Bearer {BOT_TOKEN}"
    assert redacted(text) == "POST https://api.telegram.org/bot***/sendMessage Authorization: Bearer ***"


def test_settings_show_neither(tmp_path: Path) -> None:
    settings = Settings.from_env(VARIABLES)
    assert TOKEN not in repr(settings)
    assert BOT_TOKEN not in repr(settings)
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({**VARIABLES, "TELEGRAM_TOKEN": " ", "EMITIR_URL": ""})
    assert "TELEGRAM_TOKEN, EMITIR_URL" in str(refused.value)
    assert BOT_TOKEN not in str(refused.value)
