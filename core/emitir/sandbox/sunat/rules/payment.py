"""Forma de pago: contado, crédito and its cuotas (3244 to 3256, 3265 to 3267, 3319, 3461). Facturas only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat.rules.case import ZERO, Case, amount, exists, nodes, text, texts, to_date
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

#: The nodes of the forma de pago, and what stands in them.
TERMS = "cac:PaymentTerms[cbc:ID='FormaPago']"
KIND = "cbc:PaymentMeansID"
_AMOUNT = "cbc:Amount"
DUE = "cbc:PaymentDueDate"
_QUOTA = re.compile(r"Cuota[0-9]{3}", re.ASCII)


def _kinds(case: Case) -> list[str]:
    return texts(case.root, f"{TERMS}/{KIND}")


def is_quota(node: Element) -> bool:
    """Whether a node of the forma de pago is a cuota."""
    return bool(_QUOTA.fullmatch(text(node, KIND)))


def is_credit(node: Element) -> bool:
    """Whether a node of the forma de pago says crédito and how much is pending."""
    return text(node, KIND) == "Credito"


TABLE.present("3244", TERMS, None)
TABLE.required("3245", KIND, None, scope=TERMS)
TABLE.at_most_one("3461", KIND, None, scope=TERMS)
TABLE.matches("3246", KIND, r"Contado|Credito|Cuota[0-9]{3}", None, scope=TERMS)


@TABLE.rule("3247", None)
def _both(case: Case, root: Element) -> Iterator[Hit]:
    if {"Contado", "Credito"} <= set(_kinds(case)):
        yield Hit(f"{TERMS}/{KIND}", "Contado")


TABLE.distinct("3248", f"{TERMS}/{KIND}", None)


@TABLE.rule("3249", None)
def _no_quota(case: Case, root: Element) -> Iterator[Hit]:
    kinds = _kinds(case)
    if case.customer_type == "6" and "Credito" in kinds and not any(_QUOTA.fullmatch(kind) for kind in kinds):
        yield Hit(f"{TERMS}/{KIND}", "Credito")


@TABLE.rule("3252", None)
def _quota_without_credit(case: Case, root: Element) -> Iterator[Hit]:
    kinds = _kinds(case)
    if "Credito" not in kinds and any(_QUOTA.fullmatch(kind) for kind in kinds):
        yield Hit(f"{TERMS}/{KIND}", next(kind for kind in kinds if _QUOTA.fullmatch(kind)))


def _format(code: str, wanted: str) -> None:
    @TABLE.rule(code, None, scope=TERMS)
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        of_kind = is_quota(node) if wanted == "cuota" else is_credit(node)
        if of_kind and exists(node, _AMOUNT) and not re.fullmatch(AMOUNT, text(node, _AMOUNT), re.ASCII):
            yield Hit(f"{TERMS}/{_AMOUNT}", text(node, _AMOUNT))


_format("3250", "credito")
_format("3253", "cuota")


@TABLE.rule("3251", None, scope=TERMS)
def _no_pending(case: Case, node: Element) -> Iterator[Hit]:
    if is_credit(node) and case.customer_type == "6" and not exists(node, _AMOUNT):
        yield Hit(f"{TERMS}/{_AMOUNT}")


@TABLE.rule("3265", None, scope=TERMS)
def _pending_too_big(case: Case, node: Element) -> Iterator[Hit]:
    if is_credit(node) and amount(node, _AMOUNT) > case.payable:
        yield Hit(f"{TERMS}/{_AMOUNT}", text(node, _AMOUNT))


@TABLE.rule("3319", None, scope=TERMS)
def off_quotas(case: Case, node: Element) -> Iterator[Hit]:
    """The pending amount is the sum of the cuotas."""
    if not is_credit(node) or case.customer_type != "6":
        return
    quotas: Decimal = sum(
        (amount(other, _AMOUNT) for other in nodes(case.root, TERMS) if is_quota(other)), ZERO
    )
    if amount(node, _AMOUNT) != quotas:
        yield Hit(f"{TERMS}/{_AMOUNT}", text(node, _AMOUNT))


@TABLE.rule("3254", None, scope=TERMS)
def _no_quota_amount(case: Case, node: Element) -> Iterator[Hit]:
    if is_quota(node) and case.customer_type == "6" and not exists(node, _AMOUNT):
        yield Hit(f"{TERMS}/{_AMOUNT}")


@TABLE.rule("3266", None, scope=TERMS)
def _quota_too_big(case: Case, node: Element) -> Iterator[Hit]:
    if is_quota(node) and amount(node, _AMOUNT) > case.payable:
        yield Hit(f"{TERMS}/{_AMOUNT}", text(node, _AMOUNT))


@TABLE.rule("3255", None, scope=TERMS)
def _due_format(case: Case, node: Element) -> Iterator[Hit]:
    if is_quota(node) and exists(node, DUE) and to_date(text(node, DUE)) is None:
        yield Hit(f"{TERMS}/{DUE}", text(node, DUE))


@TABLE.rule("3256", None, scope=TERMS)
def _no_due(case: Case, node: Element) -> Iterator[Hit]:
    if is_quota(node) and case.customer_type == "6" and not exists(node, DUE):
        yield Hit(f"{TERMS}/{DUE}")


@TABLE.rule("3267", None, scope=TERMS)
def _due_too_early(case: Case, node: Element) -> Iterator[Hit]:
    due = to_date(text(node, DUE))
    if is_quota(node) and due is not None and case.issue_date is not None and due <= case.issue_date:
        yield Hit(f"{TERMS}/{DUE}", text(node, DUE))
