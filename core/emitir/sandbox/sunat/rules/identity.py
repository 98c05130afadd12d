"""Serie, number, type and RUC against the name of the file (1001, 1003, 1004, 1034, 1035, 1036)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import SUPPLIER, Case, text
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_FORMATS = {
    "01": re.compile(r"(F[A-Z0-9]{3}|[0-9]{1,4})-[0-9]{1,8}", re.ASCII),
    "03": re.compile(r"(B[A-Z0-9]{3}|[0-9]{1,4})-[0-9]{1,8}", re.ASCII),
}


@TABLE.rule("1001")
def _format(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if not _FORMATS[case.tipo].fullmatch(value):
        yield Hit("cbc:ID", value)


@TABLE.rule("1035")
def _serie(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if value.partition("-")[0] != case.name.serie:
        yield Hit("cbc:ID", value)


@TABLE.rule("1036")
def _number(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if value.partition("-")[2] != case.name.number:
        yield Hit("cbc:ID", value)


TABLE.required("1004", "cbc:InvoiceTypeCode")


@TABLE.rule("1003")
def _type(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:InvoiceTypeCode")
    if value != case.tipo:
        yield Hit("cbc:InvoiceTypeCode", value)


@TABLE.rule("1034")
def _ruc(case: Case, root: Element) -> Iterator[Hit]:
    path = f"{SUPPLIER}/cac:PartyIdentification/cbc:ID"
    value = text(root, path)
    if value != case.name.ruc:
        yield Hit(path, value)
