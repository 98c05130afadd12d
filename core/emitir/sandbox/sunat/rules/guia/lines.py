"""The goods (2580, 2752, 2780 to 2783, 2883, 2936, 3458)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, amount, text
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")

LINE = "cac:DespatchLine"
_QUANTITY = "cbc:DeliveredQuantity"
_DESCRIPTION = "cac:Item/cbc:Description"


@TABLE.rule("3458", scope=LINE)
def _order(case: Case, line: Element) -> Iterator[Hit]:
    value = text(line, "cbc:ID")
    if not re.fullmatch(r"[0-9]{1,4}", value, re.ASCII) or int(value) == 0:
        yield Hit(f"{LINE}/cbc:ID", value)


TABLE.distinct("2752", f"{LINE}/cbc:ID")


@TABLE.rule("2580", scope=LINE)
def _quantity(case: Case, line: Element) -> Iterator[Hit]:
    if amount(line, _QUANTITY) == 0:
        yield Hit(_QUANTITY, text(line, _QUANTITY))


TABLE.matches("2780", f"{_QUANTITY}[normalize-space()]", decimal(12, 10), scope=LINE)
TABLE.required("2883", f"{_QUANTITY}/@unitCode", scope=LINE)
TABLE.in_catalog("2936", f"{_QUANTITY}/@unitCode[normalize-space()]", "03", scope=LINE)
TABLE.required("2781", _DESCRIPTION, scope=LINE)
TABLE.matches("2782", f"{_DESCRIPTION}[normalize-space()]", r"(?s).{1,500}", scope=LINE)
TABLE.matches("2783", "cac:Item/cac:SellersItemIdentification/cbc:ID", any_text(1, 30), scope=LINE)
