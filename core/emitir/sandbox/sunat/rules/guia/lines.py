"""The goods (2580, 2752, 2780 to 2783, 2883, 3427, 3428, 3446, 3458, 4320)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.rules.case import Case, amount, text, texts
from emitir.sandbox.sunat.rules.guia.parties import REASON
from emitir.sandbox.sunat.rules.guia.shipment import WHOLE_DECLARATION, indicated
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")

LINE = "cac:DespatchLine"
_QUANTITY = "cbc:DeliveredQuantity"
_DESCRIPTION = "cac:Item/cbc:Description"


def _note(case: Case, line: Element) -> bool:
    """A line zero of a transportista: an annotation on goods that are listed elsewhere."""
    return case.tipo == "31" and text(line, "cbc:ID") == "0" and not text(line, _QUANTITY)


def _listed(case: Case, line: Element) -> bool:
    """Whether the line has to say what the goods are and how many: not when all of a declaration is moved."""
    return not _note(case, line) and not indicated(case, WHOLE_DECLARATION)


@TABLE.rule("3458", scope=LINE)
def _order(case: Case, line: Element) -> Iterator[Hit]:
    value = text(line, "cbc:ID")
    if _note(case, line):
        return
    if not re.fullmatch(r"[0-9]{1,4}", value, re.ASCII) or int(value) == 0:
        yield Hit(f"{LINE}/cbc:ID", value)


TABLE.distinct("2752", f"{LINE}/cbc:ID")


@TABLE.rule("2580", scope=LINE)
def _quantity(case: Case, line: Element) -> Iterator[Hit]:
    if _listed(case, line) and amount(line, _QUANTITY) == 0:
        yield Hit(_QUANTITY, text(line, _QUANTITY))


TABLE.matches("2780", f"{_QUANTITY}[normalize-space()]", decimal(12, 10), scope=LINE)


@TABLE.rule("2883", scope=LINE)
def _no_unit(case: Case, line: Element) -> Iterator[Hit]:
    if _listed(case, line) and not text(line, f"{_QUANTITY}/@unitCode"):
        yield Hit(f"{_QUANTITY}/@unitCode")


def _customs(case: Case) -> bool:
    return case.tipo == "09" and text(case.root, REASON) in ("08", "09")


@TABLE.rule("4320", scope=LINE)
def _unit(case: Case, line: Element) -> Iterator[Hit]:
    unit = text(line, f"{_QUANTITY}/@unitCode")
    known = codes("03") | codes("65") if text(case.root, REASON) == "13" else codes("03")
    if unit and not _customs(case) and unit not in known:
        yield Hit(f"{_QUANTITY}/@unitCode", unit)


@TABLE.rule("3446", scope=LINE)
def _customs_unit(case: Case, line: Element) -> Iterator[Hit]:
    unit = text(line, f"{_QUANTITY}/@unitCode")
    if unit and _customs(case) and _listed(case, line) and unit not in codes("65"):
        yield Hit(f"{_QUANTITY}/@unitCode", unit)


def _property(code: str, concept: str) -> None:
    """What the goods of a declaration say of it when not all of them are moved."""

    @TABLE.rule(code, scope=LINE)
    def _check(case: Case, line: Element) -> Iterator[Hit]:
        if not _customs(case) or not _listed(case, line):
            return
        if concept not in texts(line, "cac:Item/cac:AdditionalItemProperty/cbc:NameCode"):
            yield Hit("cac:AdditionalItemProperty/cbc:NameCode", concept)


_property("3427", "7021")
_property("3428", "7023")


@TABLE.rule("2781", scope=LINE)
def _no_description(case: Case, line: Element) -> Iterator[Hit]:
    if _listed(case, line) and not text(line, _DESCRIPTION):
        yield Hit(_DESCRIPTION)


TABLE.matches("2782", f"{_DESCRIPTION}[normalize-space()]", r"(?s).{1,500}", scope=LINE)
TABLE.matches("2783", "cac:Item/cac:SellersItemIdentification/cbc:ID", any_text(1, 30), scope=LINE)
