"""``/avisos``: what the bot tells unasked, and the hours in which it is quiet."""

from __future__ import annotations

import re

from emitir_bot.language import Markup
from emitir_bot.order import Order
from emitir_bot.texts import avisos as texts
from emitir_bot.turn import Keyboard, Turn

#: What somebody gets who wants alerts: all that asks for something to be done.
DEFAULT = ("rechazado", "por_vencer", "baja", "correo", "certificado", "autoridad")
_HOURS = re.compile(r"(\d{1,2})[:.h](\d{2})\D+(\d{1,2})[:.h](\d{2})")


async def run(turn: Turn) -> None:
    """The choices, as buttons."""
    text, keyboard = _screen(turn)
    await turn.reply(text, keyboard)


def _screen(turn: Turn) -> tuple[Markup, Keyboard]:
    desde, hasta = turn.chat.quiet
    quiet = turn.say(texts.QUIET, desde=desde, hasta=hasta) if desde else turn.say(texts.QUIET_NONE)
    kinds = [
        (Markup(f"{'✅' if kind in turn.link.avisos else '⬜'} {turn.say(label)}"), f"avisos:elegir:{kind}")
        for kind, label in texts.KINDS.items()
    ]
    rows: list[list[tuple[str, str]]] = [list(kinds[at : at + 2]) for at in range(0, len(kinds), 2)]
    night = (texts.QUIET_OFF, "avisos:dia") if desde else (texts.QUIET_NIGHT, "avisos:noche")
    rows.append([night, (texts.QUIET_OWN, "avisos:horas")])
    return turn.say(texts.CHOOSE, empresa=turn.link.name, silencio=quiet), rows


async def _toggle(turn: Turn) -> None:
    wanted = set(turn.link.avisos) ^ {turn.data[0]}
    await turn.change("avisos_elegidos", vinculo=turn.link.uuid, avisos=sorted(wanted))
    await _again(turn)


async def _night(turn: Turn) -> None:
    await turn.change("silencio", silencio_desde="22:00", silencio_hasta="07:00")
    await _again(turn)


async def _day(turn: Turn) -> None:
    await turn.change("silencio", silencio_desde="", silencio_hasta="")
    await _again(turn)


async def _hours(turn: Turn) -> None:
    await turn.begin("avisos", "horas")
    await turn.reply(texts.ASK_HOURS)


async def _step(turn: Turn) -> None:
    found = _HOURS.search(turn.text)
    if found is None:
        await turn.reply(texts.ASK_HOURS)
        return
    first, second = found.group(1, 2), found.group(3, 4)
    desde, hasta = (f"{int(hour):02d}:{minute}" for hour, minute in (first, second))
    await turn.change("silencio", silencio_desde=desde, silencio_hasta=hasta)
    await turn.end()
    await run(turn)


async def _again(turn: Turn) -> None:
    text, keyboard = _screen(turn)
    await turn.show(text, keyboard)


ORDER = Order(
    "avisos",
    run,
    presses={"ver": run, "elegir": _toggle, "noche": _night, "dia": _day, "horas": _hours},
    step=_step,
)
