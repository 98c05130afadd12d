"""What the service knows of a chat, remembered for some seconds: every call of a company is checked there anyway."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Any

from emitir_bot.central import Central

#: Seconds that an answer is believed, and how many chats are remembered.
_FRESH = 20.0
_REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Link:
    """A company that the chat may see. ``uuid``: the name of the link, under which the service is asked."""

    uuid: str
    pais: str
    ruc: str
    razon_social: str
    nombre_comercial: str
    ambiente: str
    rol: str
    permisos: tuple[str, ...]
    avisos: tuple[str, ...]

    @property
    def name(self) -> str:
        """What people call the company."""
        return self.nombre_comercial or self.razon_social

    def may(self, command: str) -> bool:
        """Whether the service lets this role call a command; it decides, this only hides buttons."""
        return command in self.permisos


@dataclass(frozen=True, slots=True)
class Chat:
    """``link``: the company in use, ``None`` for a chat that is not linked. ``dialogue``: the step of a dialogue."""

    id: int
    language: str
    quiet: tuple[str, str]
    link: Link | None
    links: tuple[Link, ...]
    dialogue: dict[str, Any] = field(default_factory=dict)


def read_chat(answer: dict[str, Any]) -> Chat:
    """The answer of the service about a chat."""
    links = tuple(
        Link(
            uuid=one["uuid"],
            pais=one["pais"],
            ruc=one["ruc"],
            razon_social=one["razon_social"],
            nombre_comercial=one["nombre_comercial"],
            ambiente=one["ambiente"],
            rol=one["rol"],
            permisos=tuple(one["permisos"]),
            avisos=tuple(one.get("avisos") or ()),
        )
        for one in answer.get("vinculos") or ()
    )
    return Chat(
        id=int(answer["chat"]),
        language=str(answer.get("idioma") or ""),
        quiet=(str(answer.get("silencio_desde") or ""), str(answer.get("silencio_hasta") or "")),
        link=next((one for one in links if one.uuid == answer.get("vinculo")), None),
        links=links,
        dialogue=dict(answer.get("conversacion") or {}),
    )


class Chats:
    """One per bot; what this bot changes it sees at once."""

    def __init__(self, central: Central) -> None:
        self._central = central
        self._known: OrderedDict[int, tuple[float, Chat]] = OrderedDict()

    async def get(self, chat_id: int) -> Chat:
        """Raises what the client raises."""
        known = self._known.get(chat_id)
        if known is not None and time.monotonic() - known[0] < _FRESH:
            return known[1]
        return await self.change("chat", chat_id)

    async def change(self, command: str, chat_id: int, **properties: Any) -> Chat:
        """A command of the service about this chat: the chat as it is then."""
        answer = await self._central.bot(command, {"chat": chat_id, **properties}, command != "vincular")
        return self._remember(read_chat(answer))

    async def save(self, chat: Chat, dialogue: dict[str, Any]) -> Chat:
        """Keep the step of a dialogue: it is there after a restart too."""
        await self._central.bot("conversacion", {"chat": chat.id, "conversacion": dialogue})
        return self._remember(replace(chat, dialogue=dialogue))

    def forget(self, chat_id: int) -> None:
        """Ask again the next time."""
        self._known.pop(chat_id, None)

    def _remember(self, chat: Chat) -> Chat:
        self._known[chat.id] = (time.monotonic(), chat)
        self._known.move_to_end(chat.id)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return chat
