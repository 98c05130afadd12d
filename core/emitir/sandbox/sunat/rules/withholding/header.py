"""Versions, number and date of a retención or a percepción (1001, 1034, 1049, 2110 to 2113, 2600, 3322)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from emitir.sandbox.sunat.rules.case import Case, text
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

IDENTITY = Table("20", "40")
TABLE = Table("20", "40")

AGENT = "cac:AgentParty"
_LETTER = {"20": "R", "40": "P"}
#: Day of the month after the issue date until which SUNAT takes one (spec.md §13).
_LAST_DAY = 9


@IDENTITY.rule("1049")
def _name(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if value != f"{case.name.serie}-{case.name.number}":
        yield Hit("cbc:ID", value)


@IDENTITY.rule("1001")
def _format(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if not re.fullmatch(rf"({_LETTER[case.tipo]}[A-Z0-9]{{3}}|[0-9]{{1,4}})-[0-9]{{1,8}}", value, re.ASCII):
        yield Hit("cbc:ID", value)


@IDENTITY.rule("1034")
def _ruc(case: Case, root: Element) -> Iterator[Hit]:
    path = f"{AGENT}/cac:PartyIdentification/cbc:ID"
    if text(root, path) != case.name.ruc:
        yield Hit(path, text(root, path))


TABLE.required("2111", "cbc:UBLVersionID")
TABLE.equals("2110", "cbc:UBLVersionID[normalize-space()]", "2.0")
TABLE.required("2113", "cbc:CustomizationID")
TABLE.equals("2112", "cbc:CustomizationID[normalize-space()]", "1.0")


def _limit(issued: date) -> date:
    following = issued.replace(day=1) + timedelta(days=31)
    return following.replace(day=_LAST_DAY)


@TABLE.rule("2600")
def _late(case: Case, root: Element) -> Iterator[Hit]:
    if not case.contingency and case.issue_date and case.now.date() > _limit(case.issue_date):
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


TABLE.equals("3322", "sac:ExceptionalIndicator", "01")
