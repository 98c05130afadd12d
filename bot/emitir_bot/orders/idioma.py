"""``/idioma``: the language of the chat, its command menu included."""

from __future__ import annotations

from emitir_bot.language import LANGUAGES, Markup
from emitir_bot.order import Order
from emitir_bot.texts import general as texts
from emitir_bot.turn import Turn


async def run(turn: Turn) -> None:
    """The languages, as buttons."""
    keyboard = [[(Markup(texts.LANGUAGES[name]), f"idioma:elegir:{name}") for name in LANGUAGES]]
    await turn.reply(texts.ASK_LANGUAGE, keyboard)


async def _choose(turn: Turn) -> None:
    language = turn.data[0]
    if language not in LANGUAGES:
        await turn.hint(texts.OLD_BUTTON)
        return
    await turn.change("idioma", idioma=language)
    turn.language = language
    await turn.sending.menu(language, turn.chat.id)
    await turn.show(texts.LANGUAGE_CHOSEN)


ORDER = Order("idioma", run, presses={"elegir": _choose}, linked=False)
