"""Alerts on their way to the chats: handed to the bot, at least once, until it says what became of them.

A run of the bot has a name (``sesion``). What an earlier run took and did not report is handed out again, marked
``dudoso``: it may have reached the chat in the moment of the crash, and the bot can find out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row

from emitir.clock import Clock
from emitir.country import Country
from emitir.country_facts import InZone
from emitir.engine.chats.bots import Bot
from emitir.engine.chats.quiet import quiet_until
from emitir.engine.storage.bot_tables import AVISO, CHAT, VINCULO
from emitir.engine.storage.database import Database
from emitir.engine.storage.tables import EMPRESA

#: What is older than this is no news any more and is dropped.
LIFETIME = timedelta(days=7)
#: What a run of the bot holds for longer than this without a word is handed out again.
_LEASE = timedelta(minutes=15)

_a, _v = AVISO.c, VINCULO.c
_HERE = sa.and_(CHAT.c.bot_id == _v.bot_id, CHAT.c.chat == _v.chat)


@dataclass(frozen=True, slots=True)
class Aviso:
    """One alert. ``vinculo``: UUID of the link; ``zona``: time zone of the company's country; ``dudoso``: an earlier
    run of the bot had it already."""

    id: int
    chat: int
    idioma: str
    vinculo: str
    pais: str
    zona: str
    empresa: str
    clase: str
    dudoso: bool
    creado_en: datetime
    datos: dict[str, Any] = field(repr=False)


class Avisos:
    """``watch`` is called before each look: it finds what no event tells (certificates, the authority)."""

    def __init__(
        self,
        database: Database,
        country: Callable[[str], Country],
        watch: Callable[[], None],
        clock: Clock,
    ) -> None:
        self._database = database
        self._country = country
        self._watch = watch
        self._clock = clock

    def take(self, bot: Bot, sesion: str, limit: int) -> list[Aviso]:
        """What is due for that bot, the oldest first, held by ``sesion`` from now on."""
        self._watch()
        now = self._clock()
        if not self._any(bot, sesion, now):
            return []
        with self._database.write() as connection:
            query = self._due(bot, sesion, now).limit(limit).with_for_update(of=AVISO, skip_locked=True)
            found = connection.execute(query).all()
            taken = []
            for row in found:
                zona = self._zona(row.pais)
                until = quiet_until(row.silencio_desde, row.silencio_hasta, zona, now)
                if until is not None:
                    connection.execute(
                        sa.update(AVISO).where(_a.id == row.id).values(proximo=until, sesion="")
                    )
                    continue
                taken.append(_aviso(row, zona))
            held = {"sesion": sesion, "proximo": now + _LEASE, "intentos": _a.intentos + 1}
            connection.execute(sa.update(AVISO).where(_a.id.in_([one.id for one in taken])).values(held))
        return taken

    def delivered(self, bot: Bot, ids: list[int]) -> None:
        """They are in their chats."""
        with self._database.write() as connection:
            connection.execute(
                sa.update(AVISO).where(self._of(bot), _a.id.in_(ids)).values(entregado_en=self._clock())
            )

    def later(self, bot: Bot, ids: list[int], seconds: int) -> None:
        """They were not delivered: not before so many seconds again."""
        until = self._clock() + timedelta(seconds=min(max(seconds, 1), 86_400))
        with self._database.write() as connection:
            connection.execute(
                sa.update(AVISO).where(self._of(bot), _a.id.in_(ids)).values(proximo=until, sesion="")
            )

    def blocked(self, bot: Bot, chat: int) -> None:
        """The person blocked the bot: alerts wait until they write again (or are too old)."""
        with self._database.write() as connection:
            which = sa.and_(CHAT.c.bot_id == bot.id, CHAT.c.chat == chat)
            connection.execute(sa.update(CHAT).where(which).values(bloqueado_en=self._clock()))
            links = sa.select(_v.id).where(_v.bot_id == bot.id, _v.chat == chat)
            connection.execute(
                sa.update(AVISO)
                .where(_a.vinculo_id.in_(links), _a.entregado_en.is_(None))
                .values(sesion="", proximo=self._clock())
            )

    # -- parts

    def _of(self, bot: Bot) -> sa.ColumnElement[bool]:
        return _a.vinculo_id.in_(sa.select(_v.id).where(_v.bot_id == bot.id))

    def _conditions(self, bot: Bot, sesion: str, now: datetime) -> list[sa.ColumnElement[bool]]:
        left_behind = sa.and_(_a.sesion != "", _a.sesion != sesion)
        return [
            _a.entregado_en.is_(None),
            sa.or_(_a.proximo <= now, left_behind),
            _a.creado_en > now - LIFETIME,
            _v.bot_id == bot.id,
            _v.revocado_en.is_(None),
        ]

    def _any(self, bot: Bot, sesion: str, now: datetime) -> bool:
        query = (
            sa.select(_a.id)
            .join(VINCULO, _v.id == _a.vinculo_id)
            .join(CHAT, _HERE)
            .where(*self._conditions(bot, sesion, now), CHAT.c.bloqueado_en.is_(None))
            .limit(1)
        )
        with self._database.read() as connection:
            return connection.execute(query).one_or_none() is not None

    def _due(self, bot: Bot, sesion: str, now: datetime) -> sa.Select[Any]:
        return (
            sa.select(
                AVISO,
                _v.uuid.label("vinculo"),
                _v.chat,
                EMPRESA.c.pais,
                EMPRESA.c.datos.label("empresa"),
                CHAT.c.idioma,
                CHAT.c.silencio_desde,
                CHAT.c.silencio_hasta,
            )
            .join(VINCULO, _v.id == _a.vinculo_id)
            .join(EMPRESA, EMPRESA.c.id == _v.empresa_id)
            .join(CHAT, _HERE)
            .where(*self._conditions(bot, sesion, now), CHAT.c.bloqueado_en.is_(None))
            .order_by(_a.id)
        )

    def _zona(self, pais: str) -> str:
        country = self._country(pais)
        return country.zona if isinstance(country, InZone) else "UTC"


def _aviso(row: Row[Any], zona: str) -> Aviso:
    return Aviso(
        id=row.id,
        chat=row.chat,
        idioma=row.idioma,
        vinculo=row.vinculo,
        pais=row.pais,
        zona=zona,
        empresa=str(row.empresa.get("nombre_comercial") or row.empresa.get("razon_social", "")),
        clase=row.clase,
        dudoso=row.sesion != "",
        creado_en=row.creado_en,
        datos=row.datos,
    )
