"""Leyendas (3006, 3014, 3027, 4264 to 4266)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, exists, text
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

TABLE.in_catalog("3027", "cbc:Note/@languageLocaleID", "52")
TABLE.distinct("3014", "cbc:Note/@languageLocaleID")
TABLE.matches("3006", "cbc:Note", any_text(1, 200))


@TABLE.rule("4264")
def _ivap(case: Case, root: Element) -> Iterator[Hit]:
    if case.with_base("1016") and "2007" not in case.legends:
        yield Hit("cbc:Note/@languageLocaleID")


@TABLE.rule("4265")
def _detraccion(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation in ("1001", "1002", "1003", "1004") and "2006" not in case.legends:
        yield Hit("cbc:Note/@languageLocaleID", case.operation)


@TABLE.rule("4266")
def _itinerant(case: Case, root: Element) -> Iterator[Hit]:
    address = "cac:Delivery/cac:DeliveryLocation/cac:Address/cac:AddressLine/cbc:Line"
    if exists(root, address) and "2005" not in case.legends:
        yield Hit("cbc:Note/@languageLocaleID", text(root, address))
