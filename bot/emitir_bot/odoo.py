"""The company's Odoo, where one is configured: the mail addresses of its customers.

``EMITIR_BOT_ODOO`` names a JSON file: ``{"20512345671": {"url": "https://...", "db": "...", "usuario": "...",
"clave_env": "VARIABLE"}}``; the password stands in the environment, not in the file.
"""

from __future__ import annotations

import json
import logging
import os
import re
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import odoorpc

from emitir_bot.settings import SettingsError

logger = logging.getLogger("emitir_bot")
_SECONDS = 5
_ADDRESS = re.compile(r"[^\s,;<>()\"']+@[^\s,;<>()\"']+")
#: What an Odoo that is down, is none, or does not let us in makes odoorpc raise.
_FAILURES = (odoorpc.error.Error, URLError, HTTPException, OSError, ValueError, KeyError, TypeError)


class Odoo:
    """Asked in a thread; what it cannot tell is only a missing proposal."""

    def __init__(self, companies: dict[str, dict[str, str]]) -> None:
        self._companies = companies

    @classmethod
    def from_file(cls, path: Path) -> Odoo:
        """Raises SettingsError."""
        try:
            found = json.loads(path.read_text("utf-8"))
            complete = all({"url", "db", "usuario", "clave_env"} <= set(one) for one in found.values())
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise SettingsError(f"No se puede leer EMITIR_BOT_ODOO: {error}.") from error
        if not complete:
            raise SettingsError("EMITIR_BOT_ODOO: cada empresa lleva url, db, usuario y clave_env.")
        return cls(found)

    def addresses(self, ruc: str, customer: str) -> list[str]:
        """Of the partners of company ``ruc`` whose tax number is ``customer``."""
        place = self._companies.get(ruc)
        if place is None:
            return []
        # With its check digit apart or not: people keep both in Odoo.
        numbers = sorted({customer, customer.replace("-", ""), customer.partition("-")[0]})
        domain = [("vat", "in", numbers), ("email", "!=", False)]
        try:
            # Not by odoo.env: that would first fetch every field of the model.
            partners = self._connect(place).execute_kw(
                "res.partner", "search_read", [domain], {"fields": ["email"], "limit": 5}
            )
            texts = [str(partner["email"]) for partner in partners]
        except _FAILURES as error:
            logger.warning("Odoo of %s does not answer: %s", ruc, type(error).__name__)
            return []
        # A partner may have several, as people write them into the one field.
        return [found for text in texts for found in _ADDRESS.findall(text)]

    @staticmethod
    def _connect(place: dict[str, str]) -> Any:
        parts = urlsplit(place["url"])
        secure = parts.scheme == "https"
        odoo = odoorpc.ODOO(
            parts.hostname,
            protocol="jsonrpc+ssl" if secure else "jsonrpc",
            port=parts.port or (443 if secure else 80),
            timeout=_SECONDS,
        )
        odoo.login(place["db"], place["usuario"], os.environ.get(place["clave_env"], ""))
        return odoo
