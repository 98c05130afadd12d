"""Chats with a bot: which company they speak of, their language, quiet hours, dialogue and wrong codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from emitir.clock import Clock
from emitir.engine.chats import attempts
from emitir.engine.chats.bots import Bot
from emitir.engine.storage.bot_tables import AVISO, CHAT, VINCULO
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import EMPRESA
from emitir.error_codes import FORMATO_INVALIDO, VALOR_NO_PERMITIDO, VINCULO_NO_EXISTE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: Letters of a stored dialogue, as JSON.
MAX_DIALOGUE = 20_000
#: What a chat can be told of unasked.
AVISOS = ("rechazado", "observado", "por_vencer", "baja", "correo", "certificado", "autoridad")

_c, _v = CHAT.c, VINCULO.c
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Linked:
    """A company that the chat is linked to."""

    uuid: str
    pais: str
    ruc: str
    razon_social: str
    nombre_comercial: str
    ambiente: str
    rol: str
    avisos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chat:
    """``vinculo``: UUID of the link in use, empty without any link. ``conversacion``: the bot's own."""

    chat: int
    idioma: str
    silencio_desde: str
    silencio_hasta: str
    vinculo: str
    vinculos: tuple[Linked, ...]
    conversacion: Mapping[str, Any] = field(repr=False)


class Chats:
    """Functions with a ``connection`` run in the caller's transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, bot: Bot, chat: int) -> Chat:
        """What is known of a chat, which is asked when its person writes; one that never linked is empty."""
        links = (
            sa.select(_v.id, _v.uuid, _v.rol, _v.avisos, EMPRESA.c.pais, EMPRESA.c.datos)
            .join(EMPRESA, EMPRESA.c.id == _v.empresa_id)
            .where(_v.bot_id == bot.id, _v.chat == chat, _v.revocado_en.is_(None))
            .order_by(_v.id)
        )
        with self._database.read() as connection:
            row = connection.execute(sa.select(CHAT).where(self._which(bot, chat))).one_or_none()
            rows = connection.execute(links).all()
        if row is not None and row.bloqueado_en is not None:
            self._put(bot, chat, {"bloqueado_en": None})  # whoever writes has not blocked us any more
        current = next((one.uuid for one in rows if row is not None and one.id == row.vinculo_id), "")
        found = tuple(
            Linked(
                one.uuid,
                one.pais,
                str(one.datos.get("ruc", "")),
                str(one.datos.get("razon_social", "")),
                str(one.datos.get("nombre_comercial", "")),
                str(one.datos["ambiente"]),
                one.rol,
                tuple(one.avisos),
            )
            for one in rows
        )
        if row is None:
            return Chat(chat, "", "", "", "", found, {})
        return Chat(
            chat,
            row.idioma,
            row.silencio_desde,
            row.silencio_hasta,
            current or (found[0].uuid if found else ""),
            found,
            row.conversacion,
        )

    def save(self, bot: Bot, chat: int, conversacion: Mapping[str, Any]) -> None:
        """Keep the step of a dialogue. Raises ``FORMATO_INVALIDO`` for one that is too large."""
        if len(repr(conversacion)) > MAX_DIALOGUE:
            text = N_("La conversación es demasiado larga.")
            raise EmitirError(Problem(FORMATO_INVALIDO, text, "conversacion"))
        self._put(bot, chat, {"conversacion": dict(conversacion), "bloqueado_en": None})

    def choose(self, bot: Bot, chat: int, uuid: str) -> None:
        """Speak of another company from now on. Raises ``VINCULO_NO_EXISTE``."""
        with self._database.write() as connection:
            link_id = self._link_id(connection, bot, chat, uuid)
            self._put(bot, chat, {"vinculo_id": link_id, "conversacion": {}}, connection)

    def prefer(self, bot: Bot, chat: int, uuid: str, avisos: list[str]) -> None:
        """Which alerts of one company it wants. Raises ``VALOR_NO_PERMITIDO``, ``VINCULO_NO_EXISTE``."""
        for one in avisos:
            if one not in AVISOS:
                text = N_("El aviso {valor} no existe; los avisos son: {conocidos}.")
                params = {"valor": repr(one)[:40], "conocidos": ", ".join(AVISOS)}
                raise EmitirError(Problem(VALOR_NO_PERMITIDO, text, "avisos", params))
        with self._database.write() as connection:
            link_id = self._link_id(connection, bot, chat, uuid)
            before = connection.execute(sa.select(_v.avisos).where(_v.id == link_id)).scalar_one()
            values: dict[str, Any] = {"avisos": [name for name in AVISOS if name in avisos]}
            if not before:
                values["avisos_desde"] = self._clock()
            connection.execute(sa.update(VINCULO).where(_v.id == link_id).values(values))

    def quiet(self, bot: Bot, chat: int, desde: str, hasta: str) -> None:
        """Quiet hours, ``HH:MM`` in the company's country; both empty: none. Raises ``FORMATO_INVALIDO``."""
        good = (_HOUR.fullmatch(desde) and _HOUR.fullmatch(hasta)) or not (desde or hasta)
        if not good:
            text = N_("Las horas se escriben HH:MM, por ejemplo 22:00 y 07:00.")
            raise EmitirError(Problem(FORMATO_INVALIDO, text, "silencio_desde"))
        with self._database.write() as connection:
            self._put(bot, chat, {"silencio_desde": desde, "silencio_hasta": hasta}, connection)
            # What waits for the end of the old hours is looked at again by the new ones.
            mine = sa.select(_v.id).where(_v.bot_id == bot.id, _v.chat == chat)
            waiting = (AVISO.c.vinculo_id.in_(mine), AVISO.c.entregado_en.is_(None), AVISO.c.sesion == "")
            connection.execute(sa.update(AVISO).where(*waiting).values(proximo=self._clock()))

    def speak(self, bot: Bot, chat: int, idioma: str) -> None:
        """The language of the chat."""
        self._put(bot, chat, {"idioma": idioma[:5]})

    # -- links

    def linked(
        self, connection: Connection, bot: Bot, chat: int, link_id: int, idioma: str, now: datetime
    ) -> None:
        """A new link is the one in use, and the wrong codes are forgiven."""
        values = {"vinculo_id": link_id, "fallos": 0, "conversacion": {}, "bloqueado_en": None}
        self._put(bot, chat, values | ({"idioma": idioma[:5]} if idioma else {}), connection)

    def check_attempts(self, bot: Bot, chat: int, now: datetime) -> None:
        """Raises ``DEMASIADOS_INTENTOS``."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(CHAT).where(self._which(bot, chat))).one_or_none()
        if row is not None:
            attempts.check(row.fallos, row.fallos_desde, now)

    def failed(self, bot: Bot, chat: int, idioma: str, now: datetime) -> None:
        """Count a wrong code."""
        with self._database.write() as connection:
            self._put(bot, chat, {"idioma": idioma[:5]} if idioma else {}, connection)
            connection.execute(sa.update(CHAT).where(self._which(bot, chat)).values(attempts.one_more(now)))

    # -- parts

    @staticmethod
    def _which(bot: Bot, chat: int) -> sa.ColumnElement[bool]:
        return sa.and_(_c.bot_id == bot.id, _c.chat == chat)

    def _link_id(self, connection: Connection, bot: Bot, chat: int, uuid: str) -> int:
        found: int | None = connection.execute(
            sa.select(_v.id).where(
                _v.bot_id == bot.id, _v.chat == chat, _v.uuid == uuid, _v.revocado_en.is_(None)
            )
        ).scalar_one_or_none()
        if found is None:
            text = N_("No hay un vínculo con ese UUID.")
            raise EmitirError(Problem(VINCULO_NO_EXISTE, text, "vinculo"))
        return found

    def _put(
        self, bot: Bot, chat: int, values: Mapping[str, Any], connection: Connection | None = None
    ) -> None:
        """Change a chat, which is made when it is new."""
        if connection is None:
            with self._database.write() as opened:
                self._put(bot, chat, values, opened)
            return
        fresh = {
            "bot_id": bot.id,
            "chat": chat,
            "idioma": "",
            "silencio_desde": "",
            "silencio_hasta": "",
            "conversacion": {},
            "fallos": 0,
            "fallos_desde": self._clock(),
        }
        insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(CHAT)
        connection.execute(insert.values(fresh).on_conflict_do_nothing())
        if values:
            connection.execute(sa.update(CHAT).where(self._which(bot, chat)).values(dict(values)))
