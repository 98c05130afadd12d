"""``/emitir``: a boleta or factura step by step: type, customer, items in free text, preview, confirmation.

What is right is said by the service: ``previsualizar`` checks, computes and prints without issuing, and ``emitir``
gets the dialogue's word as its ``referencia``, so that pressing twice issues once.
"""

from __future__ import annotations

from typing import Any

from emitir_bot.confirming import confirmed, preview
from emitir_bot.countries import HABITS, Habits, kind_for
from emitir_bot.formats import money
from emitir_bot.issuing import BadNumberError, customer_of, named
from emitir_bot.items import read_item, restored
from emitir_bot.language import Markup
from emitir_bot.order import Order
from emitir_bot.texts import emitir as texts
from emitir_bot.texts import general
from emitir_bot.turn import Turn

_MOST_ITEMS = 40
Facts = dict[str, Any]


def _habits(turn: Turn) -> Habits:
    return HABITS[turn.link.pais]


async def run(turn: Turn) -> None:
    """Ask what to issue; at once for whom, where there is one type only."""
    if turn.link.pais not in HABITS:
        await turn.reply(texts.NOT_HERE)
        return
    kinds = _habits(turn).kinds
    word = await turn.begin("emitir", "tipo")
    if len(kinds) == 1:
        await _ask_customer(turn, next(iter(kinds)))
        return
    keyboard = [[(kind.label, f"emitir:tipo:{word}:{tipo}") for tipo, kind in kinds.items()]]
    await turn.reply(texts.ASK_TYPE, [*keyboard, [(general.CANCEL, "cancelar:")]])


async def _for_customer(turn: Turn) -> None:
    """From the card of a taxpayer: a factura for a RUC, a boleta for a DNI."""
    number = turn.data[0]
    await turn.begin("emitir", "cliente", tipo=kind_for(turn.link.pais, number))
    turn.text = number
    await _customer(turn)


async def _type(turn: Turn) -> None:
    word, tipo = turn.data[0], turn.data[1]
    if not turn.in_("emitir", word) or tipo not in _habits(turn).kinds:
        await turn.hint(general.OLD_BUTTON)
        return
    await _ask_customer(turn, tipo)


async def _ask_customer(turn: Turn, tipo: str) -> None:
    kind = _habits(turn).kinds[tipo]
    word = await turn.begin("emitir", "cliente", tipo=tipo)
    nobody = [[(texts.NO_DATA, f"emitir:varios:{word}")]] if kind.nobody is not None else []
    await turn.show(kind.ask, nobody)


async def _nobody(turn: Turn) -> None:
    """A sale without the customer's data."""
    kind = _habits(turn).kinds.get(turn.dialogue.get("tipo", ""))
    if not turn.in_("emitir", turn.data[0]) or kind is None or kind.nobody is None:
        await turn.hint(general.OLD_BUTTON)
        return
    customer = dict(kind.nobody)
    if "razon_social" in customer:
        customer["razon_social"] = str(turn.say(customer["razon_social"]))
    await _ask_items(turn, customer)


async def _step(turn: Turn) -> None:
    steps = {"cliente": _customer, "nombre": _name, "items": _items, "confirmar": _items}
    step = steps.get(turn.dialogue.get("paso", ""))
    if step is None:
        await turn.reply(general.UNKNOWN)
    else:
        await step(turn)


async def _customer(turn: Turn) -> None:
    tipo = turn.dialogue["tipo"]
    try:
        customer = await customer_of(turn, _habits(turn).kinds[tipo], turn.text)
    except BadNumberError as error:
        await turn.reply(error.told)
        return
    if "razon_social" in customer:
        await _ask_items(turn, customer)
    else:
        await turn.begin("emitir", "nombre", tipo=tipo, cliente=customer)
        await turn.reply(texts.ASK_NAME)


async def _name(turn: Turn) -> None:
    await _ask_items(turn, {**turn.dialogue["cliente"], "razon_social": " ".join(turn.text.split())[:200]})


async def _ask_items(turn: Turn, customer: Facts) -> None:
    await turn.begin("emitir", "items", tipo=turn.dialogue["tipo"], cliente=customer, items=[])
    ask = texts.ASK_ITEMS_PY if _habits(turn).comma else texts.ASK_ITEMS
    await turn.reply(ask, cliente=named(turn, customer))


async def _items(turn: Turn) -> None:
    items = list(turn.dialogue.get("items", []))
    for line in turn.text.splitlines():
        if not line.strip():
            continue
        item = read_item(line, _habits(turn).comma)
        if item is None or len(items) >= _MOST_ITEMS:
            bad = texts.BAD_LINE_PY if _habits(turn).comma else texts.BAD_LINE
            await turn.reply(bad, linea=line[:60])
            return
        items.append(item.stored())
    await _cart(turn, items)


async def _cart(turn: Turn, items: list[list[str]]) -> None:
    facts = turn.dialogue
    word = await turn.begin("emitir", "items", tipo=facts["tipo"], cliente=facts["cliente"], items=items)
    lines = [_cart_line(turn, number, one) for number, one in enumerate(items, 1)]
    keyboard = [[(texts.REMOVE_LAST, f"emitir:quitar:{word}")], [(general.CANCEL, "cancelar:")]]
    if items:
        keyboard.insert(0, [(texts.PREVIEW, f"emitir:ver:{word}")])
    await turn.reply(
        texts.CART, keyboard, cliente=named(turn, facts["cliente"]), lineas=Markup("\n".join(lines))
    )


def _cart_line(turn: Turn, number: int, stored: list[str]) -> Markup:
    item = restored(stored)
    rate = {"": "", "0": f" ({turn.say(texts.EXEMPT)})"}.get(item.impuesto, f" ({item.impuesto} %)")
    return turn.say(
        texts.CART_LINE,
        numero=number,
        cantidad=stored[0],
        descripcion=item.descripcion,
        precio=money(item.precio, _habits(turn).moneda, turn.link) + rate,
    )


async def _remove(turn: Turn) -> None:
    if not turn.in_("emitir", turn.data[0]) or "items" not in turn.dialogue:
        await turn.hint(general.OLD_BUTTON)
        return
    await turn.acknowledge()
    await _cart(turn, list(turn.dialogue["items"])[:-1])


async def _edit(turn: Turn) -> None:
    if not turn.in_("emitir", turn.data[0]) or "items" not in turn.dialogue:
        await turn.hint(general.OLD_BUTTON)
        return
    await turn.acknowledge()
    await _cart(turn, list(turn.dialogue["items"]))


ORDER = Order(
    "emitir",
    run,
    presses={
        "para": _for_customer,
        "tipo": _type,
        "varios": _nobody,
        "quitar": _remove,
        "ver": preview,
        "corregir": _edit,
        "si": confirmed,
    },
    step=_step,
)
