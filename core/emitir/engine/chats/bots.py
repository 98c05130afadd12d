"""The bots of this installation: each has a name on Telegram and a credential of its own.

A bot's token opens no company by itself: it opens the links of that bot (:mod:`emitir.engine.chats.links`).
"""

from __future__ import annotations

import re
import uuid as uuids
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from emitir.clock import Clock
from emitir.engine.empresas.secrets import MasterKeys, looks_like_token, new_token
from emitir.engine.storage.bot_tables import BOT
from emitir.engine.storage.database import Database
from emitir.error_codes import BOT_NO_EXISTE, FORMATO_INVALIDO, NO_AUTORIZADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,30}[Bb][Oo][Tt]")


@dataclass(frozen=True, slots=True)
class Bot:
    """``nombre``: its user name on Telegram, without @. ``uuid``: its name on the wire."""

    id: int
    uuid: str
    nombre: str
    creado_en: datetime

    def deep_link(self, codigo: str) -> str:
        """The address that opens the chat with the bot and hands it a code."""
        return f"https://t.me/{self.nombre}?start={codigo}"


class Bots:
    """Created by the administrator; a revoked one can do nothing any more."""

    def __init__(self, database: Database, keys: MasterKeys, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._no_mac = keys.token_mac(new_token())

    def create(self, nombre: str) -> tuple[Bot, str]:
        """A new bot and its token, shown this once. Raises ``FORMATO_INVALIDO`` for what is no user name."""
        name = nombre.strip().removeprefix("@")
        if not _NAME.fullmatch(name):
            text = N_("«{nombre}» no es el nombre de usuario de un bot de Telegram: termina en «bot».")
            raise EmitirError(Problem(FORMATO_INVALIDO, text, "nombre", {"nombre": nombre[:40]}))
        token = new_token()
        key_id, mac = self._keys.token_mac(token)
        values = {
            "uuid": str(uuids.uuid4()),
            "nombre": name,
            "token_clave": key_id,
            "token_mac": mac,
            "creado_en": self._clock(),
        }
        with self._database.write() as connection:
            row = connection.execute(sa.insert(BOT).values(values).returning(BOT.c.id)).scalar_one()
        return Bot(row, values["uuid"], name, values["creado_en"]), token  # type: ignore[arg-type]

    def list(self) -> list[Bot]:
        """Those in use, the oldest first."""
        query = sa.select(BOT).where(BOT.c.revocado_en.is_(None)).order_by(BOT.c.id)
        with self._database.read() as connection:
            return [Bot(row.id, row.uuid, row.nombre, row.creado_en) for row in connection.execute(query)]

    def revoke(self, uuid: str) -> None:
        """Its token stops working at once. Raises ``BOT_NO_EXISTE``."""
        change = (
            sa.update(BOT)
            .where(BOT.c.uuid == uuid, BOT.c.revocado_en.is_(None))
            .values(revocado_en=self._clock())
            .returning(BOT.c.id)
        )
        with self._database.write() as connection:
            if connection.execute(change).scalar_one_or_none() is None:
                raise EmitirError(Problem(BOT_NO_EXISTE, N_("No hay un bot con ese UUID."), "uuid"))

    def authenticate(self, uuid: str, token: str) -> Bot:
        """Raises ``NO_AUTORIZADO``, the same for either being wrong; compares in constant time."""
        query = sa.select(BOT).where(BOT.c.uuid == uuid, BOT.c.revocado_en.is_(None))
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        stored = (row.token_clave, row.token_mac) if row is not None else self._no_mac
        matches = self._keys.token_matches(token, *stored) and looks_like_token(token)
        if row is None or not matches:
            raise EmitirError(Problem(NO_AUTORIZADO, N_("El UUID o el token no es correcto.")))
        return Bot(row.id, row.uuid, row.nombre, row.creado_en)
