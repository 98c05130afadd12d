"""The bot's log: one line per event on stderr, without tokens, codes, names or texts of people."""

from __future__ import annotations

import logging
import re
import sys

#: The Bot API has the token in its addresses; codes of links travel in /start.
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
_HEX = re.compile(r"\b[0-9a-f]{40,}\b")


class _Redacting(logging.Formatter):
    """Whatever is logged, by us or by a library, goes through here."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record), self._secrets)


def redacted(text: str, secrets: tuple[str, ...] = ()) -> str:
    """``text`` without anything that looks like a token."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return _HEX.sub("***", _TOKEN.sub("***", text))


def log_to_stderr(*secrets: str) -> None:
    """Log there from now on; ``secrets`` never appear, whatever happens."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting(tuple(secret for secret in secrets if secret)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in ("httpx", "httpcore", "telegram", "uvicorn", "uvicorn.error", "urllib3", "odoorpc"):
        logging.getLogger(name).setLevel(logging.WARNING)
