"""A company as the rest of Emitir sees it: its public settings, never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Company:
    """One company of this installation.

    ``id``: internal number. ``uuid``: its name on the wire. ``pais``: country code (``"pe"``). ``settings``:
    public settings as ``country.check_company`` completed them. ``version``: grows at every change.
    ``certificate_der``: the public certificate, ``None`` when there is none. ``secret_names``: which secrets
    are stored (never their values). ``ajustes``: public settings that no country knows (mail server, webhook).
    Times are UTC.
    """

    id: int
    uuid: str
    pais: str
    settings: Mapping[str, Any]
    version: int
    certificate_der: bytes | None = field(repr=False)
    secret_names: tuple[str, ...]
    has_logo: bool
    created_at: datetime
    changed_at: datetime
    ajustes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ambiente(self) -> str:
        """Where its documents go: ``sandbox``, ``beta``, ``produccion``, ..."""
        return str(self.settings["ambiente"])

    @property
    def ruc(self) -> str:
        """Its tax id (RUC in Peru and in Paraguay)."""
        return str(self.settings.get("ruc", ""))

    @property
    def razon_social(self) -> str:
        """Its registered name."""
        return str(self.settings.get("razon_social", ""))
