"""What is sold, in free text: ``2 x cuaderno 5.50``, ``café molido 28``, ``0.75 kg azúcar 4,20``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_AMOUNT = r"(?:S/\.?\s*|\$\s*|₲\s*)?(\d{1,9}(?:[.,]\d{1,10})?)"
_LINE = re.compile(
    rf"(?:(\d{{1,7}}(?:[.,]\d{{1,10}})?)\s*(kg|kilos?|lt?s?|litros?|h|horas?)?\s*(?:[x×*]|de\b)?\s+)?(.*?\D.*?)[\s:=@]+(?:a\s+)?{_AMOUNT}(?:\s*c/u)?",
    re.IGNORECASE,
)
#: Units that people name; everything else is a piece (catalog 03).
_UNITS = {"k": "KGM", "l": "LTR", "h": "HUR"}


@dataclass(frozen=True, slots=True)
class Item:
    """``precio``: of one unit, with tax."""

    cantidad: Decimal
    descripcion: str
    precio: Decimal
    unidad: str = "NIU"

    def properties(self) -> dict[str, object]:
        """As ``emitir`` takes it; the service computes the rest."""
        return {
            "unidad": self.unidad,
            "cantidad": self.cantidad,
            "descripcion": self.descripcion,
            "precio_unitario": self.precio,
        }


def read_item(line: str) -> Item | None:
    """One line; ``None`` when it cannot be understood.

    >>> read_item("2 x cuaderno 5.50")
    Item(cantidad=Decimal('2'), descripcion='cuaderno', precio=Decimal('5.50'), unidad='NIU')
    """
    found = _LINE.fullmatch(" ".join(line.split()))
    if found is None:
        return None
    amount, unit, description, price = found.groups()
    quantity = _decimal(amount) if amount else Decimal(1)
    description = description.strip(" -:,.x")
    if quantity <= 0 or not re.search(r"[^\W\d_]", description):
        return None
    code = _UNITS.get(unit[0].lower(), "NIU") if unit else "NIU"
    return Item(quantity, description, _decimal(price), code)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
