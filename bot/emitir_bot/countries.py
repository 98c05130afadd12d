"""What differs on the screen from country to country: how people write numbers there, what a sale from the phone asks for.

No rule of any authority is here: what is right the service says. A company of a country that is missing here can do
everything but ``/emitir``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from emitir_bot.texts import emitir as texts
from emitir_bot.texts import ventas

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of comprobante that is issued from the phone.

    ``serie``: of a company that has issued none yet. ``ask``, ``bad``: texts about the customer's number. ``nobody``:
    the properties of a customer without data, ``None`` where there has to be one. ``numbers``: form of a number to its
    ``tipo_doc``, the first that fits.
    """

    label: str
    serie: str
    ask: str
    bad: str
    numbers: tuple[tuple[re.Pattern[str], str], ...]
    nobody: Facts | None = None

    def customer(self, text: str) -> dict[str, Any] | None:
        """The properties of the customer with that number; ``None`` when it has no form of this kind."""
        number = re.sub(r"[\s.]", "", text).upper()
        for form, tipo_doc in self.numbers:
            if form.fullmatch(number):
                return {"tipo_doc": tipo_doc, "numero_doc": number}
        return None


@dataclass(frozen=True, slots=True)
class Habits:
    """Of one country.

    ``comma``: whether the comma stands before the decimals. ``units``: unit of :mod:`items` to the code that its service
    takes. ``total``: text of a total with its tax. ``by_name``: whether taxpayers can be looked up by name.
    ``complete``: adds what an item needs besides.
    """

    moneda: str
    comma: bool
    total: str
    kinds: Mapping[str, Kind]
    units: Mapping[str, str]
    by_name: bool = True
    complete: Callable[[dict[str, Any], int, str], None] = field(default=lambda item, number, tax: None)


_RUC_PE, _DNI = re.compile(r"[12]\d{10}"), re.compile(r"\d{8}")
_RUC_PY, _CEDULA = re.compile(r"[1-9][0-9]{1,6}[0-9A-D]-[0-9]"), re.compile(r"\d{5,8}")


def _complete_py(item: dict[str, Any], number: int, tax: str) -> None:
    """A line of Paraguay has a code of its own; its rate may be told."""
    item["codigo"] = str(number)
    if tax == "0":
        item["afectacion_iva"] = "exento"
    elif tax:
        item["tasa_iva"] = tax


HABITS: Mapping[str, Habits] = {
    "pe": Habits(
        moneda="PEN",
        comma=False,
        total=ventas.TOTAL,
        kinds={
            "b": Kind(
                texts.BOLETA,
                "B001",
                texts.ASK_DNI,
                texts.BAD_DNI,
                ((_RUC_PE, "r"), (_DNI, "d")),
                {"tipo_doc": "-", "numero_doc": "-", "razon_social": texts.CUSTOMERS},
            ),
            "f": Kind(texts.FACTURA, "F001", texts.ASK_RUC, texts.BAD_RUC, ((_RUC_PE, "r"),)),
        },
        units={"k": "KGM", "l": "LTR", "h": "HUR", "": "NIU"},
    ),
    "py": Habits(
        moneda="PYG",
        comma=True,
        total=ventas.TOTAL_TAX,
        kinds={
            "f": Kind(
                texts.FACTURA,
                "001-001",
                texts.ASK_RUC_PY,
                texts.BAD_RUC_PY,
                ((_RUC_PY, "r"), (_CEDULA, "c")),
                {},
            ),
        },
        units={"k": "83", "l": "89", "h": "100", "": "77"},
        by_name=False,
        complete=_complete_py,
    ),
}


def kind_for(pais: str, number: str) -> str:
    """The type of comprobante for a customer with that number: what asks for the most data; empty for none."""
    kinds = HABITS[pais].kinds if pais in HABITS else {}
    fitting = [name for name, kind in kinds.items() if kind.customer(number) is not None]
    return next((name for name in fitting if kinds[name].nobody is None), fitting[0] if fitting else "")


def number_in(text: str) -> str:
    """The tax or identity number that a text is, without what people put between its digits; empty for a name."""
    whole = re.sub(r"[\s.]", "", text).upper()
    if _RUC_PY.fullmatch(whole):
        return whole
    digits = whole.replace("-", "")
    return digits if digits.isdigit() and digits.isascii() else ""


def amount(text: str, comma: bool) -> Decimal | None:
    """A number as people write it; ``None`` when it is none.

    >>> amount("1,234.50", False), amount("5,50", False), amount("18.500", True), amount("2,5", True)
    (Decimal('1234.50'), Decimal('5.50'), Decimal('18500'), Decimal('2.5'))
    """
    point, group = (",", ".") if comma else (".", ",")
    grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(point)}\d{{1,10}})?", text)
    if grouped:
        return Decimal(text.replace(group, "").replace(point, "."))
    # The other sign before the decimals is understood too, where it cannot group thousands.
    plain = re.fullmatch(r"(\d{1,12})(?:[.,](\d{1,10}))?", text)
    return Decimal(text.replace(",", ".")) if plain else None
