"""The last steps of ``/emitir``: the preview of what would be issued, and issuing it."""

from __future__ import annotations

import base64

from telegram.constants import ChatAction

from emitir_bot.cards import card
from emitir_bot.central import Archivo, EmitirApiError, TransportError
from emitir_bot.countries import HABITS
from emitir_bot.formats import money
from emitir_bot.issuing import named, properties_of, serie_of
from emitir_bot.language import Markup
from emitir_bot.lookup import by_code
from emitir_bot.sentences import sentence
from emitir_bot.texts import emitir as texts
from emitir_bot.texts import general
from emitir_bot.turn import Turn


async def preview(turn: Turn) -> None:
    """The PDF as it would be; every problem in the service's words."""
    if not turn.in_("emitir", turn.data[0]) or not turn.dialogue.get("items"):
        await turn.hint(general.OLD_BUTTON)
        return
    await turn.acknowledge()
    await turn.busy(ChatAction.UPLOAD_DOCUMENT)
    facts = dict(turn.dialogue)
    serie = await serie_of(turn, facts["tipo"])
    answer = await turn.ask("previsualizar", **properties_of(turn, facts, serie))
    kept = {name: facts[name] for name in ("tipo", "cliente", "items")}
    word = await turn.begin("emitir", "confirmar", **kept, serie=serie, fecha=answer["fecha"])
    pdf = Archivo(base64.b64decode(answer["pdf"]), "application/pdf", "vista-previa.pdf")
    text = turn.say(
        texts.CONFIRM,
        tipo=turn.say(HABITS[turn.link.pais].kinds[facts["tipo"]].label),
        cliente=named(turn, facts["cliente"]),
        total=money(answer["total"], answer["moneda"], turn.link),
    )
    warnings = [turn.say(texts.WARNING, texto=one["descripcion"]) for one in answer.get("advertencias", [])]
    keyboard = [
        [(texts.YES, f"emitir:si:{word}")],
        [(texts.EDIT, f"emitir:corregir:{word}"), (general.CANCEL, "cancelar:")],
    ]
    await turn.file(pdf)
    await turn.reply(Markup("\n".join([text, *warnings[:3]])), keyboard)


async def confirmed(turn: Turn) -> None:
    """Issue it; what the service refuses can be corrected, and where it does not answer the button stays."""
    if not turn.in_("emitir", turn.data[0]) or turn.dialogue.get("paso") != "confirmar":
        await turn.hint(general.OLD_BUTTON)
        return
    facts = dict(turn.dialogue)
    word = facts["palabra"]
    await turn.acknowledge()
    await turn.show(texts.ISSUING)
    # The same referencia, should this be asked twice: after a lost answer or a kill it is the same comprobante.
    sending = properties_of(turn, facts, facts["serie"]) | {"fecha": facts["fecha"]}
    try:
        answer = await turn.ask("emitir", **sending, referencia=f"bot-{facts['vinculo'][:8]}-{word}")
    except EmitirApiError as error:
        if error.code == "NO_AUTORIZADO":
            raise
        await turn.show(
            sentence(error), [[(texts.EDIT, f"emitir:corregir:{word}"), (general.CANCEL, "cancelar:")]]
        )
        return
    except TransportError:
        await turn.show(
            general.UNREACHABLE, [[(texts.YES, f"emitir:si:{word}")], [(general.CANCEL, "cancelar:")]]
        )
        return
    await turn.end()
    text, keyboard = card(turn, await by_code(turn, answer["codigo_documento"]))
    await turn.show(text, keyboard)
