"""The documents of which something is withheld (2691 to 2694, 2696, 2985, 3323, 3324)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from emitir.sandbox.sunat.rules.case import Case, nodes, text, to_date
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.rules.withholding.kinds import Kind
from emitir.sandbox.sunat.rules.withholding.totals import POSITIVE
from emitir.sandbox.sunat.xmlsafe import Element

_TYPE = "cbc:ID/@schemeID"
_TICKET = r"[a-zA-Z0-9-]{1,20}-[0-9]{1,20}"
#: Last day of the retención of 6 % (régimen 02).
_SIX_PERCENT_UNTIL = date(2014, 2, 28)
EXCEPTIONAL = "sac:ExceptionalIndicator"


def table(kind: Kind) -> Table:
    """The rules of ``kind``."""
    made = Table(kind.tipo)
    made.required("2691", _TYPE, scope=kind.reference)
    made.one_of("2692", f"{_TYPE}[normalize-space()]", kind.others | {kind.tipo}, scope=kind.reference)
    made.required("2693", "cbc:ID", scope=kind.reference)

    @made.rule("2694", scope=kind.reference)
    def _number(case: Case, node: Element) -> Iterator[Hit]:
        value = text(node, "cbc:ID")
        pattern = _TICKET if text(node, _TYPE) == "12" else kind.number
        if value and not re.fullmatch(pattern, value, re.ASCII):
            yield Hit(f"{kind.reference}/cbc:ID", value)

    made.matches("2696", "cbc:TotalInvoiceAmount", POSITIVE, scope=kind.reference)
    if kind.tipo == "20":
        _six_percent(made, kind)
    else:
        _exceptional(made, kind)
    return made


def _six_percent(made: Table, kind: Kind) -> None:
    @made.rule("2985", scope=kind.reference)
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        issued = to_date(text(node, "cbc:IssueDate"))
        if text(case.root, kind.system) == "02" and issued is not None and issued > _SIX_PERCENT_UNTIL:
            yield Hit(f"{kind.reference}/cbc:IssueDate", issued.isoformat())


def _exceptional(made: Table, kind: Kind) -> None:
    @made.rule("3323")
    def _one(case: Case, root: Element) -> Iterator[Hit]:
        if text(root, EXCEPTIONAL) == "01" and len(nodes(root, kind.reference)) > 1:
            yield Hit(kind.reference)

    @made.rule("3324", scope=kind.reference)
    def _factura(case: Case, node: Element) -> Iterator[Hit]:
        if text(case.root, EXCEPTIONAL) == "01" and text(node, _TYPE) != "01":
            yield Hit(f"{kind.reference}/{_TYPE}", text(node, _TYPE))
