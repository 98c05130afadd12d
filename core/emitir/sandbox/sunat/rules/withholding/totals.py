"""Régimen, rate and totals of a retención or a percepción (2602, 2603, 2618, 2619, 2628, 2629, 2667 to 2669...)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat.rules.case import ZERO, Case, amount, exists, nodes, text, to_number
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.rules.withholding.kinds import Kind
from emitir.sandbox.sunat.xmlsafe import Element

#: An amount greater than zero.
POSITIVE = rf"(?=.*[1-9]){AMOUNT}"
_WITHHELD = "cbc:TotalInvoiceAmount"
_ROUNDING = "cbc:PayableRoundingAmount"


def counted(kind: Kind, case: Case) -> list[Element]:
    """The documents whose amounts make the totals: neither notas de crédito nor documents of the kind itself."""
    return [
        node
        for node in nodes(case.root, kind.reference)
        if text(node, "cbc:ID/@schemeID") not in ("07", kind.tipo)
    ]


def table(kind: Kind) -> Table:
    """The rules of ``kind``."""
    made = Table(kind.tipo)

    @made.rule(kind.codes["system"])
    def _system(case: Case, root: Element) -> Iterator[Hit]:
        if text(root, kind.system) not in kind.rates():
            yield Hit(kind.system, text(root, kind.system))

    @made.rule(kind.codes["percent"])
    def _percent(case: Case, root: Element) -> Iterator[Hit]:
        wanted = kind.rates().get(text(root, kind.system))
        if wanted is not None and to_number(text(root, kind.percent)) != wanted:
            yield Hit(kind.percent, text(root, kind.percent))

    made.matches("2669", _WITHHELD, POSITIVE)
    made.equals(kind.codes["currency"], f"{_WITHHELD}/@currencyID", "PEN")
    made.matches(kind.codes["total_format"], kind.total, POSITIVE)
    made.equals(kind.codes["total_currency"], f"{kind.total}/@currencyID", "PEN")

    @made.rule("3303")
    def _rounding(case: Case, root: Element) -> Iterator[Hit]:
        if abs(amount(root, _ROUNDING)) > 1:
            yield Hit(_ROUNDING, text(root, _ROUNDING))

    made.equals("3304", f"{_ROUNDING}/@currencyID", "PEN")

    def _sum(case: Case, path: str) -> Decimal:
        return sum((amount(node, path) for node in counted(kind, case)), ZERO)

    @made.rule(kind.codes["sum"])
    def _withheld(case: Case, root: Element) -> Iterator[Hit]:
        if exists(root, _WITHHELD) and amount(root, _WITHHELD) != _sum(case, kind.amount):
            yield Hit(_WITHHELD, text(root, _WITHHELD))

    @made.rule(kind.codes["total"])
    def _paid(case: Case, root: Element) -> Iterator[Hit]:
        value = _sum(case, kind.net) + amount(root, _ROUNDING)
        if exists(root, kind.total) and amount(root, kind.total) != value:
            yield Hit(kind.total, text(root, kind.total))

    return made
