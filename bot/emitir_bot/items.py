"""What is sold, in free text: ``2 x cuaderno 5.50``, ``café molido 28``, ``0.75 kg azúcar 4,20``, ``pan 6.200 5%``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from emitir_bot.countries import Habits, amount

_NUMBER = r"\d[\d.,]*"
_LINE = re.compile(
    rf"(?:({_NUMBER})\s*(kg|kilos?|lt?s?|litros?|h|horas?)?\s*(?:[x×*]|de\b)?\s+)?(.*?\D.*?)[\s:=@]+(?:a\s+)?"
    rf"(?:S/\.?\s*|\$\s*|₲\s*|Gs\.?\s*)?({_NUMBER})(?:\s*c/u)?",
    re.IGNORECASE,
)
#: The rate of a line's tax at its end, where it is not the usual one.
_TAX = re.compile(r"\s+(?:iva\s*)?(?:(5|10)\s*%|(exent[oa]s?))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """``precio``: of one unit, with tax. ``unidad``: ``k``, ``l``, ``h`` or empty for pieces. ``impuesto``: rate in
    percent, empty for the usual one."""

    cantidad: Decimal
    descripcion: str
    precio: Decimal
    unidad: str = ""
    impuesto: str = ""

    def properties(self, number: int, habits: Habits) -> dict[str, object]:
        """As ``emitir`` takes it, the ``number``-th line; the service computes the rest."""
        item: dict[str, object] = {
            "unidad": habits.units[self.unidad],
            "cantidad": self.cantidad,
            "descripcion": self.descripcion,
            "precio_unitario": self.precio,
        }
        habits.complete(item, number, self.impuesto)
        return item

    def stored(self) -> list[str]:
        """As a dialogue keeps it."""
        return [
            format(self.cantidad, "f"),
            self.descripcion,
            format(self.precio, "f"),
            self.unidad,
            self.impuesto,
        ]


def restored(texts: list[str]) -> Item:
    """What :meth:`Item.stored` gave."""
    cantidad, descripcion, precio, unidad, impuesto = texts
    return Item(Decimal(cantidad), descripcion, Decimal(precio), unidad, impuesto)


def read_item(line: str, comma: bool = False) -> Item | None:
    """One line; ``None`` when it cannot be understood. ``comma``: whether it stands before decimals there.

    >>> read_item("2 x cuaderno 5.50")
    Item(cantidad=Decimal('2'), descripcion='cuaderno', precio=Decimal('5.50'), unidad='', impuesto='')
    """
    whole = " ".join(line.split())
    tax = _TAX.search(whole)
    found = _LINE.fullmatch(whole[: tax.start()] if tax else whole)
    if found is None:
        return None
    count, unit, description, price = found.groups()
    quantity = amount(count, comma) if count else Decimal(1)
    each = amount(price, comma)
    description = description.strip(" -:,.x")
    if quantity is None or each is None or quantity <= 0 or not re.search(r"[^\W\d_]", description):
        return None
    rate = "" if tax is None else tax.group(1) or "0"
    return Item(quantity, description, each, unit[0].lower() if unit else "", rate)
