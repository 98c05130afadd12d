"""What an order of the bot is: its name, its line in the menu, what it does with commands, presses and texts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from emitir_bot.turn import Turn

Handler = Callable[[Turn], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Order:
    """One order.

    ``name``: the command without its slash, and the first part of the data of its buttons. ``menu``: marked text
    for the command menu, empty for none. ``run``: the command. ``presses``: second part of a button's data to
    what it does. ``step``: a text that belongs to its dialogue. ``linked``: only for chats that see a company.
    ``typed``: whether it is a command that people write; the others are reached by buttons, files and sentences.
    """

    name: str
    run: Handler
    menu: str = ""
    presses: Mapping[str, Handler] = field(default_factory=dict)
    step: Handler | None = None
    linked: bool = True
    typed: bool = True
