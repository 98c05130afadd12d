"""From a dialogue to what the service takes: the customer by their number, the serie, the properties."""

from __future__ import annotations

import re
from typing import Any

from emitir_bot.central import EmitirApiError
from emitir_bot.countries import HABITS, Kind
from emitir_bot.items import restored
from emitir_bot.language import Markup
from emitir_bot.sentences import sentence
from emitir_bot.texts import emitir as texts
from emitir_bot.turn import Turn

Facts = dict[str, Any]
#: A serie of Paraguay is stored with its timbrado before it; a new document gets the company's present one.
_TIMBRADO = re.compile(r"\d{8}-")


class BadNumberError(Exception):
    """The customer's number cannot be. ``told``: in words."""

    def __init__(self, told: Markup) -> None:
        super().__init__(told)
        self.told = told


def named(turn: Turn, customer: Facts) -> str:
    """What the customer is called."""
    return str(customer.get("razon_social") or turn.say(texts.NOBODY))


async def customer_of(turn: Turn, kind: Kind, text: str) -> Facts:
    """The customer with that number; without ``razon_social`` where no list knows it. Raises BadNumberError."""
    customer = kind.customer(text)
    if customer is None:
        raise BadNumberError(turn.say(kind.bad))
    try:
        found = await turn.ask("consultarruc", numero_doc=customer["numero_doc"])
    except EmitirApiError as error:
        if any(one.get("sugerencia") for one in error.errores):
            raise BadNumberError(sentence(error)) from error
        return customer
    customer["razon_social"] = found["razon_social"]
    if kind.nobody is None and found.get("direccion"):
        customer["direccion"] = found["direccion"]
    return customer


async def serie_of(turn: Turn, tipo: str) -> str:
    """The serie that the company used last for this type; the usual first one for a new company."""
    found = (await turn.ask("listar", tipo=tipo, limite=1)).get("comprobantes", [])
    last = str(found[0]["serie"]) if found else HABITS[turn.link.pais].kinds[tipo].serie
    return _TIMBRADO.sub("", last)


def properties_of(turn: Turn, facts: Facts, serie: str) -> Facts:
    """What ``emitir`` and ``previsualizar`` take."""
    habits = HABITS[turn.link.pais]
    items = [restored(one).properties(number, habits) for number, one in enumerate(facts["items"], 1)]
    return {
        "tipo": facts["tipo"],
        "serie": serie,
        "moneda": habits.moneda,
        **facts["cliente"],
        "items": items,
    }
