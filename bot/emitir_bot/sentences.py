"""What the service refused, in one human sentence."""

from __future__ import annotations

import html

from emitir_bot.central import EmitirApiError
from emitir_bot.language import Markup

#: Problems told in one message; more would not be read on a phone.
_TOLD = 4


def sentence(error: EmitirApiError) -> Markup:
    """The service's own words, which are for people already: what is wrong, then what to do."""
    texts = [str(problem.get("descripcion", "")) for problem in error.errores[:_TOLD]]
    texts = [text for text in texts if text] or [error.descripcion]
    advice = str(error.errores[0].get("accion", "")) if len(error.errores) == 1 else ""
    lines = [f"⚠️ {texts[0]}", *(f"• {text}" for text in texts[1:])]
    if advice and advice not in texts[0]:
        lines.append(advice)
    return Markup(html.escape("\n".join(lines), quote=False))
