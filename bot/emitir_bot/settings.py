"""How this bot runs: read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

TELEGRAM = "https://api.telegram.org"


class SettingsError(Exception):
    """Something is missing or wrong in the environment; the message says what, never a value."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``telegram_token``: of @BotFather. ``service``: address of Emitir's service,
    ``public``: the same as people reach it; ``uuid`` and ``token``: what
    ``emitir bot create`` printed. ``telegram``: address of the Bot API. ``webhook``: public https address that
    Telegram calls, empty for long polling; ``listen``: host and port behind it. ``data_dir``: the journal of
    alerts. ``odoo``: file that says where the Odoo of each company is, ``None`` without.
    """

    telegram_token: str = field(repr=False)
    service: str
    public: str
    uuid: str
    token: str = field(repr=False)
    telegram: str
    webhook: str
    listen: tuple[str, int]
    data_dir: Path
    odoo: Path | None

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Raises SettingsError with everything that is missing or wrong."""
        env = os.environ if environ is None else environ
        wanted = ("TELEGRAM_TOKEN", "EMITIR_URL", "EMITIR_BOT_UUID", "EMITIR_BOT_TOKEN")
        missing = [name for name in wanted if not env.get(name, "").strip()]
        if missing:
            raise SettingsError(f"Faltan variables de entorno: {', '.join(missing)}.")
        host, _, port = env.get("EMITIR_BOT_LISTEN", "127.0.0.1:8443").strip().rpartition(":")
        if not port.isdigit() or int(port) > 65535:
            raise SettingsError("EMITIR_BOT_LISTEN se escribe dirección:puerto, por ejemplo 127.0.0.1:8443.")
        base = env.get("XDG_DATA_HOME", "").strip() or "~/.local/share"
        folder = env.get("EMITIR_BOT_DATA_DIR", "").strip() or f"{base}/emitir-bot"
        odoo = env.get("EMITIR_BOT_ODOO", "").strip()
        return cls(
            telegram_token=env["TELEGRAM_TOKEN"].strip(),
            service=env["EMITIR_URL"].strip().rstrip("/"),
            public=(env.get("EMITIR_PUBLIC_URL", "").strip() or env["EMITIR_URL"].strip()).rstrip("/"),
            uuid=env["EMITIR_BOT_UUID"].strip(),
            token=env["EMITIR_BOT_TOKEN"].strip(),
            telegram=(env.get("TELEGRAM_API", "").strip() or TELEGRAM).rstrip("/"),
            webhook=env.get("EMITIR_BOT_WEBHOOK", "").strip(),
            listen=(host, int(port)),
            data_dir=Path(folder).expanduser(),
            odoo=Path(odoo).expanduser() if odoo else None,
        )
