"""Number, dates and currency of a liquidación de compra (1001, 2108, 2329, 2337, 4347)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from emitir.sandbox.sunat.rules.case import Case, texts
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

IDENTITY = Table("04")
IDENTITY.matches("1001", "cbc:ID", r"(L[A-Z0-9]{3}|[0-9]{1,4})-[0-9]{1,8}")

TABLE = Table("04")

#: Days after the issue date in which SUNAT takes one, and one on paper without a note.
_DEADLINE, _ON_PAPER = timedelta(days=1), timedelta(days=7)


def _late(case: Case, limit: timedelta) -> Iterator[Hit]:
    if case.issue_date is not None and case.now.date() - case.issue_date > limit:
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


@TABLE.rule("2108")
def _too_late(case: Case, root: Element) -> Iterator[Hit]:
    if not case.contingency:
        yield from _late(case, _DEADLINE)


@TABLE.rule("4347")
def _too_late_on_paper(case: Case, root: Element) -> Iterator[Hit]:
    if case.contingency:
        yield from _late(case, _ON_PAPER)


@TABLE.rule("2329")
def _future(case: Case, root: Element) -> Iterator[Hit]:
    if case.issue_date is not None and case.issue_date > case.now.date():
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


@TABLE.rule("2337")
def _currency(case: Case, root: Element) -> Iterator[Hit]:
    for value in texts(root, "//@currencyID"):
        if value != case.currency:
            yield Hit("@currencyID", value)
            return
