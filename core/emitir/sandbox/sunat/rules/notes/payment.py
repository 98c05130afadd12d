"""Cuotas of a nota de crédito 13 (3246, 3257, 3319 to 3321) and detracción of a nota de débito (3313, 3314)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.records import Registered
from emitir.sandbox.sunat.rules.case import (
    MODIFIED,
    ZERO,
    Case,
    amount,
    exists,
    nodes,
    text,
    to_date,
    to_number,
)
from emitir.sandbox.sunat.rules.notes.modified import known
from emitir.sandbox.sunat.rules.payment import DUE, KIND, TERMS, is_credit, is_quota, off_quotas
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

CREDIT = Table("07")


@CREDIT.rule("3257")
def _no_terms(case: Case, root: Element) -> Iterator[Hit]:
    if case.reason == "13" and not exists(root, TERMS):
        yield Hit(f"{TERMS}/cbc:ID")


CREDIT.matches("3246", KIND, r"Credito|Cuota[0-9]{3}", scope=TERMS)


def _factura(case: Case) -> Registered | None:
    modified = nodes(case.root, MODIFIED)
    return known(case, modified[0]) if modified else None


@CREDIT.rule("3319", scope=TERMS)
def _quotas(case: Case, node: Element) -> Iterator[Hit]:
    if case.reason == "13":
        yield from off_quotas(case, node)


@CREDIT.rule("3320", scope=TERMS)
def _pending_too_big(case: Case, node: Element) -> Iterator[Hit]:
    factura = _factura(case) if case.reason == "13" and is_credit(node) else None
    if factura is not None and amount(node, "cbc:Amount") > (to_number(factura.total) or ZERO):
        yield Hit(f"{TERMS}/cbc:Amount", text(node, "cbc:Amount"))


@CREDIT.rule("3321", scope=TERMS)
def _due_too_early(case: Case, node: Element) -> Iterator[Hit]:
    factura = _factura(case) if is_quota(node) else None
    due = to_date(text(node, DUE))
    if factura is not None and due is not None and due.isoformat() <= factura.issue_date:
        yield Hit(f"{TERMS}/{DUE}", text(node, DUE))


DEBIT = Table("08")

_GOODS = "cac:PaymentTerms[cbc:ID='Detraccion']"
_ACCOUNT = "cac:PaymentMeans[cbc:ID='Detraccion']"


@DEBIT.rule("3313")
def _no_account(case: Case, root: Element) -> Iterator[Hit]:
    if exists(root, _GOODS) and not exists(root, _ACCOUNT):
        yield Hit("cac:PaymentMeans/cbc:ID")


@DEBIT.rule("3314")
def _no_goods(case: Case, root: Element) -> Iterator[Hit]:
    if exists(root, _ACCOUNT) and not exists(root, _GOODS):
        yield Hit("cac:PaymentTerms/cbc:ID")
