"""``/emitir``: a boleta or factura step by step: type, customer, items in free text, preview, confirmation.

What is right is said by the service: ``previsualizar`` checks, computes and prints without issuing, and ``emitir``
gets the dialogue's word as its ``referencia``, so that pressing twice issues once.
"""

from __future__ import annotations

import base64
import re
from decimal import Decimal
from typing import Any

from telegram.constants import ChatAction

from emitir_bot.cards import card
from emitir_bot.central import Archivo, EmitirApiError
from emitir_bot.formats import money
from emitir_bot.items import Item, read_item
from emitir_bot.language import Markup
from emitir_bot.lookup import by_code
from emitir_bot.order import Order
from emitir_bot.sentences import sentence
from emitir_bot.texts import emitir as texts
from emitir_bot.texts import general
from emitir_bot.turn import Turn

#: Name of a type on the wire, its usual serie, its label.
_TYPES = {"b": ("B001", texts.BOLETA), "f": ("F001", texts.FACTURA)}
_MOST_ITEMS = 40
#: Currency of a sale from the phone, by country.
_MONEDAS = {"pe": "PEN", "py": "PYG"}
Facts = dict[str, Any]


async def run(turn: Turn) -> None:
    """Ask what to issue."""
    word = await turn.begin("emitir", "tipo")
    keyboard = [[(label, f"emitir:tipo:{word}:{tipo}") for tipo, (_, label) in _TYPES.items()]]
    await turn.reply(texts.ASK_TYPE, [*keyboard, [(general.CANCEL, "cancelar:")]])


async def _for_customer(turn: Turn) -> None:
    """From the card of a taxpayer: a factura for a RUC, a boleta for a DNI."""
    number = turn.data[0]
    await turn.begin("emitir", "cliente", tipo="f" if len(number) == 11 else "b")
    turn.text = number
    await _customer(turn)


async def _type(turn: Turn) -> None:
    word, tipo = turn.data[0], turn.data[1]
    if not turn.in_("emitir", word) or tipo not in _TYPES:
        await turn.hint(general.OLD_BUTTON)
        return
    await turn.begin("emitir", "cliente", tipo=tipo)
    if tipo == "f":
        await turn.show(texts.ASK_RUC)
    else:
        await turn.show(texts.ASK_DNI, [[(texts.NO_DATA, f"emitir:varios:{word}")]])


async def _nobody(turn: Turn) -> None:
    """A boleta without the customer's data."""
    if not turn.in_("emitir", turn.data[0]) or turn.dialogue.get("tipo") != "b":
        await turn.hint(general.OLD_BUTTON)
        return
    name = str(turn.say(texts.CUSTOMERS))
    await _ask_items(turn, {"tipo_doc": "-", "numero_doc": "-", "razon_social": name})


async def _step(turn: Turn) -> None:
    steps = {"cliente": _customer, "nombre": _name, "items": _items, "confirmar": _items}
    step = steps.get(turn.dialogue.get("paso", ""))
    if step is None:
        await turn.reply(general.UNKNOWN)
    else:
        await step(turn)


async def _customer(turn: Turn) -> None:
    number = re.sub(r"\D", "", turn.text)
    tipo = turn.dialogue["tipo"]
    if len(number) != 11 and (tipo == "f" or len(number) != 8):
        await turn.reply(texts.BAD_RUC if tipo == "f" else texts.BAD_DNI)
        return
    customer: Facts = {"tipo_doc": "r" if len(number) == 11 else "d", "numero_doc": number}
    try:
        found = await turn.ask("consultarruc", numero_doc=number)
    except EmitirApiError as error:
        if any(one.get("sugerencia") for one in error.errores):
            await turn.reply(sentence(error))
            return
        await turn.begin("emitir", "nombre", tipo=tipo, cliente=customer)
        await turn.reply(texts.ASK_NAME)
        return
    customer["razon_social"] = found["razon_social"]
    if tipo == "f" and found.get("direccion"):
        customer["direccion"] = found["direccion"]
    await _ask_items(turn, customer)


async def _name(turn: Turn) -> None:
    await _ask_items(turn, {**turn.dialogue["cliente"], "razon_social": " ".join(turn.text.split())[:200]})


async def _ask_items(turn: Turn, customer: Facts) -> None:
    await turn.begin("emitir", "items", tipo=turn.dialogue["tipo"], cliente=customer, items=[])
    await turn.reply(texts.ASK_ITEMS, cliente=customer["razon_social"])


async def _items(turn: Turn) -> None:
    items = list(turn.dialogue.get("items", []))
    for line in turn.text.splitlines():
        if not line.strip():
            continue
        item = read_item(line)
        if item is None or len(items) >= _MOST_ITEMS:
            await turn.reply(texts.BAD_LINE, linea=line[:60])
            return
        items.append([format(item.cantidad, "f"), item.descripcion, format(item.precio, "f"), item.unidad])
    await _cart(turn, items)


async def _cart(turn: Turn, items: list[list[str]]) -> None:
    facts = turn.dialogue
    word = await turn.begin("emitir", "items", tipo=facts["tipo"], cliente=facts["cliente"], items=items)
    lines = [
        turn.say(texts.CART_LINE, numero=number, cantidad=one[0], descripcion=one[1], precio=one[2])
        for number, one in enumerate(items, 1)
    ]
    keyboard = [[(texts.REMOVE_LAST, f"emitir:quitar:{word}")], [(general.CANCEL, "cancelar:")]]
    if items:
        keyboard.insert(0, [(texts.PREVIEW, f"emitir:ver:{word}")])
    whole = Markup("\n".join(lines))
    await turn.reply(texts.CART, keyboard, cliente=facts["cliente"]["razon_social"], lineas=whole)


async def _remove(turn: Turn) -> None:
    if not turn.in_("emitir", turn.data[0]) or "items" not in turn.dialogue:
        await turn.hint(general.OLD_BUTTON)
        return
    await turn.acknowledge()
    await _cart(turn, list(turn.dialogue["items"])[:-1])


async def _preview(turn: Turn) -> None:
    """The PDF as it would be; every problem in the service's words."""
    if not turn.in_("emitir", turn.data[0]) or not turn.dialogue.get("items"):
        await turn.hint(general.OLD_BUTTON)
        return
    await turn.acknowledge()
    await turn.busy(ChatAction.UPLOAD_DOCUMENT)
    facts = dict(turn.dialogue)
    serie = await _serie(turn, facts["tipo"])
    facts["moneda"] = _MONEDAS.get(turn.link.pais, "USD")
    answer = await turn.ask("previsualizar", **_properties(facts, serie))
    named = {name: facts[name] for name in ("tipo", "cliente", "items", "moneda")}
    word = await turn.begin("emitir", "confirmar", **named, serie=serie, fecha=answer["fecha"])
    pdf = Archivo(base64.b64decode(answer["pdf"]), "application/pdf", "vista-previa.pdf")
    text = turn.say(
        texts.CONFIRM,
        tipo=turn.say(_TYPES[facts["tipo"]][1]),
        cliente=facts["cliente"]["razon_social"],
        total=money(answer["total"], answer["moneda"], turn.link),
    )
    warnings = [turn.say(texts.WARNING, texto=one["descripcion"]) for one in answer.get("advertencias", [])]
    keyboard = [
        [(texts.YES, f"emitir:si:{word}")],
        [(texts.EDIT, f"emitir:corregir:{word}"), (general.CANCEL, "cancelar:")],
    ]
    await turn.file(pdf)
    await turn.reply(Markup("\n".join([text, *warnings[:3]])), keyboard)


async def _edit(turn: Turn) -> None:
    if not turn.in_("emitir", turn.data[0]):
        await turn.hint(general.OLD_BUTTON)
        return
    await turn.acknowledge()
    await _cart(turn, list(turn.dialogue["items"]))


async def _yes(turn: Turn) -> None:
    if not turn.in_("emitir", turn.data[0]) or turn.dialogue.get("paso") != "confirmar":
        await turn.hint(general.OLD_BUTTON)
        return
    facts = dict(turn.dialogue)
    await turn.acknowledge()
    await turn.show(texts.ISSUING)
    # The same referencia, should this be asked twice: after a lost answer or a kill it is the same comprobante.
    sending = _properties(facts, facts["serie"]) | {"fecha": facts["fecha"]}
    answer = await turn.ask("emitir", **sending, referencia=f"bot-{facts['vinculo'][:8]}-{facts['palabra']}")
    await turn.end()
    text, keyboard = card(turn, await by_code(turn, answer["codigo_documento"]))
    await turn.show(text, keyboard)


def _properties(facts: Facts, serie: str) -> Facts:
    items = [Item(Decimal(one[0]), one[1], Decimal(one[2]), one[3]).properties() for one in facts["items"]]
    return {
        "tipo": facts["tipo"],
        "serie": serie,
        "moneda": facts["moneda"],
        **facts["cliente"],
        "items": items,
    }


async def _serie(turn: Turn, tipo: str) -> str:
    """The serie that the company used last for this type; the usual first one for a new company."""
    found = (await turn.ask("listar", tipo=tipo, limite=1)).get("comprobantes", [])
    return str(found[0]["serie"]) if found else _TYPES[tipo][0]


ORDER = Order(
    "emitir",
    run,
    presses={
        "para": _for_customer,
        "tipo": _type,
        "varios": _nobody,
        "quitar": _remove,
        "ver": _preview,
        "corregir": _edit,
        "si": _yes,
    },
    step=_step,
)
