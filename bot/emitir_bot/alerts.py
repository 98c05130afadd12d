"""Alerts: fetched from the service, sent, reported. At least once, and told apart after a crash.

An alert goes out with a button that carries its own number. After a kill the few alerts that were on the wire are
looked for in their chats: changing a message's buttons to what they are already is answered with "not modified"
when the alert is there, and with "not found" when it is not.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import Any

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from emitir_bot.alert_text import alert_message
from emitir_bot.central import Central, EmitirApiError, TransportError
from emitir_bot.chats import Chats
from emitir_bot.journal import Journal
from emitir_bot.sending import Sending, seconds_of

logger = logging.getLogger("emitir_bot")
#: Alerts fetched at once, chats told at the same time, seconds between two looks at an empty service.
_BATCH, _WIDTH, _PAUSE = 60, 8, 1.0
#: Message ids behind the last known one among which a lost alert is looked for.
_WINDOW = 40


class Alerts:
    """Until ``stop`` is set."""

    def __init__(
        self, sending: Sending, central: Central, chats: Chats, journal: Journal, stop: asyncio.Event
    ) -> None:
        self._sending = sending
        self._central = central
        self._chats = chats
        self._journal = journal
        self._stop = stop
        self._session = secrets.token_hex(8)
        self._width = asyncio.Semaphore(_WIDTH)

    async def run(self) -> None:
        """Never ends for what Telegram or the service do."""
        fresh = True
        while not self._stop.is_set():
            try:
                found = await self._take()
                if fresh:
                    found = await self._reconciled(found)
                await self._send_all(found)
                if not found and fresh:
                    self._journal.forget()
                fresh = fresh and bool(found)
                if found:
                    continue
            except (EmitirApiError, TransportError) as error:
                logger.warning("alerts wait for the service: %s", type(error).__name__)
                await self._rest(2)
            await self._rest(_PAUSE)

    async def _take(self) -> list[dict[str, Any]]:
        answer = await self._central.bot("avisos", {"sesion": self._session, "limite": _BATCH})
        found: list[dict[str, Any]] = answer.get("avisos") or []
        return found

    async def _reconciled(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Without those that an earlier run delivered and could still write down, but not report."""
        left = self._journal.left
        there = [one["aviso"] for one in found if one["aviso"] in left.sent]
        if there:
            await self._report("avisos_entregados", avisos=there)
        return [one for one in found if one["aviso"] not in there]

    async def _arrived(self, alert: dict[str, Any]) -> bool:
        """Whether it is in its chat already."""
        _, keyboard = alert_message(alert)
        first = self._journal.left.open[alert["aviso"]] + 1
        for message_id in range(first, first + _WINDOW):
            try:
                if await self._sending.has_keyboard(alert["chat"], message_id, keyboard):
                    logger.info("alert %d had arrived before the bot was killed", alert["aviso"])
                    return True
            except Forbidden:
                return False
        return False

    async def _send_all(self, found: list[dict[str, Any]]) -> None:
        """Chats side by side, the alerts of one chat in their order."""
        by_chat: dict[int, list[dict[str, Any]]] = {}
        for one in found:
            by_chat.setdefault(int(one["chat"]), []).append(one)
        await asyncio.gather(*(self._send_chat(chat, alerts) for chat, alerts in by_chat.items()))

    async def _send_chat(self, chat: int, alerts: list[dict[str, Any]]) -> None:
        async with self._width:
            for position, alert in enumerate(alerts):
                if self._stop.is_set():
                    return
                rest = [one["aviso"] for one in alerts[position:]]
                try:
                    await self._send(chat, alert)
                except Forbidden:
                    self._chats.forget(chat)
                    await self._report("bloqueado", chat=chat)
                    return
                except RetryAfter as error:
                    await self._report("avisos_despues", avisos=rest, segundos=int(seconds_of(error)) + 1)
                    return
                except BadRequest as error:
                    logger.error("alert %d was refused: %s", alert["aviso"], error)
                    await self._report("avisos_despues", avisos=rest, segundos=3600)
                    return
                except (NetworkError, TelegramError) as error:
                    logger.warning("alerts wait for Telegram: %s", type(error).__name__)
                    await self._report("avisos_despues", avisos=rest, segundos=20)
                    return
                except (KeyError, ValueError, TypeError):
                    # Facts of a form that this version does not know: the others must not wait for it.
                    logger.exception("alert %d cannot be told", alert["aviso"])
                    await self._report("avisos_despues", avisos=[alert["aviso"]], segundos=3600)

    async def _send(self, chat: int, alert: dict[str, Any]) -> None:
        text, keyboard = alert_message(alert)
        if alert["aviso"] in self._journal.left.open and await self._arrived(alert):
            self._journal.gone(alert["aviso"])
            await self._report("avisos_entregados", avisos=[alert["aviso"]])
            return
        before = self._journal.left.open.get(alert["aviso"], self._sending.highest)
        self._journal.going(alert["aviso"], before)
        try:
            await self._sending.once(chat, text, keyboard)
        except TelegramError as error:
            if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
                self._journal.left.open[alert["aviso"]] = before  # nobody knows: looked for the next time
            else:
                self._journal.refused(alert["aviso"])
            raise
        self._journal.gone(alert["aviso"])
        await self._report("avisos_entregados", avisos=[alert["aviso"]])

    async def _report(self, command: str, **properties: Any) -> None:
        """The service has to know; it is told until it hears."""
        while True:
            try:
                await self._central.bot(command, properties)
            except EmitirApiError as error:
                if error.http < 500:
                    raise
                await asyncio.sleep(1)
            except TransportError:
                if self._stop.is_set():
                    return
                await asyncio.sleep(1)
            else:
                return

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return
