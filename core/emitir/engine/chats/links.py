"""Links between chats and companies: made with a code, seen and revoked by the administrator, left by the person.

The way of a call: the bot names a link (its UUID, in place of the company's) and shows its own token. It works
when the link is alive, belongs to that bot and its role permits the command; nothing else tells a company.
"""

from __future__ import annotations

import uuid as uuids
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from emitir.clock import Clock
from emitir.engine.chats import link_codes
from emitir.engine.chats.bots import Bot
from emitir.engine.chats.chats import Chats
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.secrets import MasterKeys, looks_like_token, new_token
from emitir.engine.storage.bot_tables import BOT, CHAT, VINCULO
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import EMPRESA
from emitir.error_codes import CODIGO_DE_VINCULO_INVALIDO, NO_AUTORIZADO, VINCULO_NO_EXISTE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

_v = VINCULO.c
_ALIVE = _v.revocado_en.is_(None)


@dataclass(frozen=True, slots=True)
class Link:
    """One living link. ``bot``: the name of its bot; ``nombre``: whose chat it is."""

    uuid: str
    bot: str
    chat: int
    nombre: str
    rol: str
    creado_en: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """Whose call it is. ``rol``: empty for the company's own token, which may do everything."""

    company: Company
    rol: str = ""


class Links:
    """Only this class decides which company a chat sees."""

    def __init__(
        self, database: Database, keys: MasterKeys, companies: Companies, chats: Chats, clock: Clock
    ) -> None:
        self._database = database
        self._keys = keys
        self._companies = companies
        self._chats = chats
        self._clock = clock
        self._no_mac = keys.token_mac(new_token())

    # -- the administrator's side

    def new_code(self, company: Company, rol: str) -> link_codes.Code:
        """A one-time code for a chat of that company. Raises ``VALOR_NO_PERMITIDO`` for an unknown role."""
        with self._database.write() as connection:
            return link_codes.make(connection, self._keys, company.id, rol, self._clock())

    def of_company(self, company: Company) -> list[Link]:
        """Its living links, the oldest first."""
        query = (
            sa.select(VINCULO, BOT.c.nombre.label("bot"))
            .join(BOT, BOT.c.id == _v.bot_id)
            .where(_v.empresa_id == company.id, _ALIVE, BOT.c.revocado_en.is_(None))
            .order_by(_v.id)
        )
        with self._database.read() as connection:
            return [
                Link(row.uuid, row.bot, row.chat, row.nombre, row.rol, row.creado_en)
                for row in connection.execute(query)
            ]

    def revoke(self, company: Company, uuid: str) -> None:
        """End a link of that company, at once. Raises ``VINCULO_NO_EXISTE``."""
        self._end(_v.empresa_id == company.id, uuid)

    # -- the chat's side

    def link(self, bot: Bot, chat: int, codigo: str, nombre: str, idioma: str) -> str:
        """Spend a code: the UUID of the new link, or of the one there was, with its new role.

        Raises ``CODIGO_DE_VINCULO_INVALIDO``, and ``DEMASIADOS_INTENTOS`` after some wrong ones, right or not.
        """
        now = self._clock()
        self._chats.check_attempts(bot, chat, now)
        with self._database.write() as connection:
            found = link_codes.use(connection, self._keys, link_codes.normal(codigo), now)
            if found is not None:
                empresa_id, rol = found
                mine = (_v.bot_id == bot.id, _v.chat == chat, _v.empresa_id == empresa_id, _ALIVE)
                row = connection.execute(
                    sa.update(VINCULO)
                    .where(*mine)
                    .values(rol=rol, nombre=nombre[:120])
                    .returning(_v.id, _v.uuid)
                ).one_or_none()
                if row is None:
                    values = {
                        "uuid": str(uuids.uuid4()),
                        "bot_id": bot.id,
                        "empresa_id": empresa_id,
                        "chat": chat,
                        "nombre": nombre[:120],
                        "rol": rol,
                        "avisos": [],
                        "avisos_desde": now,
                        "creado_en": now,
                    }
                    row = connection.execute(
                        sa.insert(VINCULO).values(values).returning(_v.id, _v.uuid)
                    ).one()
                self._chats.linked(connection, bot, chat, row.id, idioma, now)
                return str(row.uuid)
        self._chats.failed(bot, chat, idioma, now)
        text = N_("El código no es correcto, ya se usó o venció.")
        raise EmitirError(Problem(CODIGO_DE_VINCULO_INVALIDO, text, "codigo"))

    def leave(self, bot: Bot, chat: int, uuid: str) -> None:
        """The person ends a link of the chat. Raises ``VINCULO_NO_EXISTE``."""
        self._end(sa.and_(_v.bot_id == bot.id, _v.chat == chat), uuid)

    def _end(self, whose: sa.ColumnElement[bool], uuid: str) -> None:
        end = (
            sa.update(VINCULO)
            .where(whose, _v.uuid == uuid, _ALIVE)
            .values(revocado_en=self._clock())
            .returning(_v.id)
        )
        with self._database.write() as connection:
            ended = connection.execute(end).scalar_one_or_none()
            if ended is None:
                text = N_("No hay un vínculo con ese UUID.")
                raise EmitirError(Problem(VINCULO_NO_EXISTE, text, "vinculo"))
            connection.execute(sa.update(CHAT).where(CHAT.c.vinculo_id == ended).values(vinculo_id=None))

    # -- every call

    def access(self, uuid: str, token: str) -> Access:
        """The company behind a link of the bot that has this token. Raises ``NO_AUTORIZADO``.

        The same answer for a wrong token, an unknown link, a revoked one and another bot's.
        """
        query = (
            sa.select(_v.empresa_id, _v.rol, EMPRESA.c.version, BOT.c.token_clave, BOT.c.token_mac)
            .join(BOT, BOT.c.id == _v.bot_id)
            .join(EMPRESA, EMPRESA.c.id == _v.empresa_id)
            .where(_v.uuid == uuid, _ALIVE, BOT.c.revocado_en.is_(None))
        )
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        stored = (row.token_clave, row.token_mac) if row is not None else self._no_mac
        matches = self._keys.token_matches(token, *stored) and looks_like_token(token)
        if row is None or not matches:
            raise EmitirError(Problem(NO_AUTORIZADO, N_("El UUID o el token no es correcto.")))
        return Access(self._companies.at_version(row.empresa_id, row.version), row.rol)
