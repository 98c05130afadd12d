"""What was paid of each document and what was withheld of it (2607, 2608, 2612, 2622 to 2626, 2659, 2661, 2697...)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat.rules.case import Case, amount, exists, nodes, text, to_date
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.table import Check, Hit, Table, decimal
from emitir.sandbox.sunat.rules.withholding.kinds import Kind
from emitir.sandbox.sunat.rules.withholding.totals import POSITIVE
from emitir.sandbox.sunat.xmlsafe import Element

_TYPE = "cbc:ID/@schemeID"
_CURRENCY = "cbc:TotalInvoiceAmount/@currencyID"
_DATE = "cac:Payment/cbc:PaidDate"
_ID = "cac:Payment/cbc:ID"
_PAID = "cac:Payment/cbc:PaidAmount"


def _of_sale(node: Element) -> bool:
    """Whether something is paid of it: not of a nota de crédito."""
    return text(node, _TYPE) != "07"


def _foreign(node: Element) -> bool:
    return text(node, _CURRENCY) != "PEN"


def table(kind: Kind) -> Table:
    """The rules of ``kind``."""
    made = Table(kind.tipo)
    _dates(made, kind)
    _payments(made, kind)
    _amounts(made, kind)
    _exchange(made, kind)
    return made


def _missing(path: str) -> Check:
    def check(case: Case, node: Element) -> Iterator[Hit]:
        if _of_sale(node) and not text(node, path):
            yield Hit(path)

    return check


def _format(path: str, pattern: str) -> Check:
    def check(case: Case, node: Element) -> Iterator[Hit]:
        value = text(node, path)
        if _of_sale(node) and value and not re.fullmatch(pattern, value, re.ASCII):
            yield Hit(path, value)

    return check


def _dates(made: Table, kind: Kind) -> None:
    made.rule(kind.codes["date_missing"], scope=kind.reference)(_missing(_DATE))

    @made.rule(kind.codes["period"])
    def _one_month(case: Case, root: Element) -> Iterator[Hit]:
        days = [text(node, _DATE) for node in nodes(root, kind.reference) if exists(node, _DATE)]
        if len({day[:7] for day in days}) > 1:
            yield Hit(f"{kind.reference}/{_DATE}", days[-1])

    @made.rule(kind.codes["date"], scope=kind.reference)
    def _when(case: Case, node: Element) -> Iterator[Hit]:
        paid, issued, day = to_date(text(node, _DATE)), to_date(text(node, "cbc:IssueDate")), case.issue_date
        if paid is None or issued is None or day is None:
            return
        same_month = (issued.year, issued.month) == (day.year, day.month)
        if paid > day or paid < (issued if same_month else day.replace(day=1)):
            yield Hit(f"{kind.reference}/{_DATE}", paid.isoformat())


def _payments(made: Table, kind: Kind) -> None:
    made.rule(kind.codes["id_missing"], scope=kind.reference)(_missing(_ID))
    made.rule(kind.codes["id"], scope=kind.reference)(_format(_ID, r"[0-9]{1,9}"))

    @made.rule(kind.codes["repeated"])
    def _repeated(case: Case, root: Element) -> Iterator[Hit]:
        seen: set[tuple[str, str, str]] = set()
        for node in nodes(root, kind.reference):
            key = text(node, _TYPE), text(node, "cbc:ID"), text(node, _ID)
            if _of_sale(node) and key in seen:
                yield Hit(f"{kind.reference}/{_ID}", "-".join(key))
            seen.add(key)

    made.rule(kind.codes["paid_missing"], scope=kind.reference)(_missing(_PAID))
    made.rule(kind.codes["paid"], scope=kind.reference)(_format(_PAID, POSITIVE))

    @made.rule(kind.codes["paid_currency"], scope=kind.reference)
    def _currency(case: Case, node: Element) -> Iterator[Hit]:
        value = text(node, f"{_PAID}/@currencyID")
        if _of_sale(node) and value != text(node, _CURRENCY):
            yield Hit(f"{_PAID}/@currencyID", value)


def _amounts(made: Table, kind: Kind) -> None:
    made.matches(kind.codes["amount_format"], kind.amount, POSITIVE, scope=kind.reference)
    made.equals(kind.codes["amount_currency"], f"{kind.amount}/@currencyID", "PEN", scope=kind.reference)
    made.matches(kind.codes["net_format"], kind.net, POSITIVE, scope=kind.reference)
    made.equals(kind.codes["net_currency"], f"{kind.net}/@currencyID", "PEN", scope=kind.reference)

    def _in_soles(node: Element) -> Decimal:
        rate = amount(node, f"{kind.information}/cac:ExchangeRate/cbc:CalculationRate")
        return amount(node, _PAID) * (rate if _foreign(node) else 1)

    @made.rule(kind.codes["amounts"], scope=kind.reference)
    def _products(case: Case, node: Element) -> Iterator[Hit]:
        if not exists(node, _PAID):  # of a nota de crédito nothing need be said
            return
        withheld = amount(node, kind.amount)
        share = _in_soles(node) * amount(case.root, kind.percent) / 100
        if exists(node, kind.amount) and abs(withheld - share) > TOLERANCE:
            yield Hit(kind.amount, text(node, kind.amount))
        net = _in_soles(node) + kind.sign * withheld
        if exists(node, kind.net) and abs(amount(node, kind.net) - net) > TOLERANCE:
            yield Hit(kind.net, text(node, kind.net))


def _exchange(made: Table, kind: Kind) -> None:
    exchange = f"{kind.information}/cac:ExchangeRate"

    def _needed(code: str, name: str) -> None:
        @made.rule(code, scope=kind.reference)
        def _check(case: Case, node: Element) -> Iterator[Hit]:
            if _of_sale(node) and _foreign(node) and not exists(node, f"{exchange}/cbc:{name}"):
                yield Hit(f"{exchange}/cbc:{name}")

    _needed("2719", "SourceCurrencyCode")

    @made.rule("2749", scope=kind.reference)
    def _source(case: Case, node: Element) -> Iterator[Hit]:
        path = f"{exchange}/cbc:SourceCurrencyCode"
        if _of_sale(node) and exists(node, path) and text(node, path) != text(node, _CURRENCY):
            yield Hit(path, text(node, path))

    made.equals("2715", f"{exchange}/cbc:TargetCurrencyCode", "PEN", scope=kind.reference)
    _needed("2721", "CalculationRate")
    rate = rf"(?=.*[1-9]){decimal(4, 6)}"
    made.matches("2716", f"{exchange}/cbc:CalculationRate", rate, scope=kind.reference)
    _needed("2722", "Date")
