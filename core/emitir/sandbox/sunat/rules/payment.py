"""Forma de pago: contado, crédito and its cuotas (3244 to 3256, 3265 to 3267, 3319, 3461). Facturas only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from emitir.sandbox.sunat.rules.case import ZERO, Case, amount, exists, nodes, text, texts, to_date
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_TERMS = "cac:PaymentTerms[cbc:ID='FormaPago']"
_KIND = "cbc:PaymentMeansID"
_AMOUNT = "cbc:Amount"
_DUE = "cbc:PaymentDueDate"
_QUOTA = re.compile(r"Cuota[0-9]{3}", re.ASCII)


def _kinds(case: Case) -> list[str]:
    return texts(case.root, f"{_TERMS}/{_KIND}")


def _quota(node: Element) -> bool:
    return bool(_QUOTA.fullmatch(text(node, _KIND)))


def _credit(node: Element) -> bool:
    return text(node, _KIND) == "Credito"


TABLE.present("3244", _TERMS, None)
TABLE.required("3245", _KIND, None, scope=_TERMS)
TABLE.at_most_one("3461", _KIND, None, scope=_TERMS)
TABLE.matches("3246", _KIND, r"Contado|Credito|Cuota[0-9]{3}", None, scope=_TERMS)


@TABLE.rule("3247", None)
def _both(case: Case, root: Element) -> Iterator[Hit]:
    if {"Contado", "Credito"} <= set(_kinds(case)):
        yield Hit(f"{_TERMS}/{_KIND}", "Contado")


TABLE.distinct("3248", f"{_TERMS}/{_KIND}", None)


@TABLE.rule("3249", None)
def _no_quota(case: Case, root: Element) -> Iterator[Hit]:
    kinds = _kinds(case)
    if case.customer_type == "6" and "Credito" in kinds and not any(_QUOTA.fullmatch(kind) for kind in kinds):
        yield Hit(f"{_TERMS}/{_KIND}", "Credito")


@TABLE.rule("3252", None)
def _quota_without_credit(case: Case, root: Element) -> Iterator[Hit]:
    kinds = _kinds(case)
    if "Credito" not in kinds and any(_QUOTA.fullmatch(kind) for kind in kinds):
        yield Hit(f"{_TERMS}/{_KIND}", next(kind for kind in kinds if _QUOTA.fullmatch(kind)))


def _format(code: str, wanted: str) -> None:
    @TABLE.rule(code, None, scope=_TERMS)
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        of_kind = _quota(node) if wanted == "cuota" else _credit(node)
        if of_kind and exists(node, _AMOUNT) and not re.fullmatch(AMOUNT, text(node, _AMOUNT), re.ASCII):
            yield Hit(f"{_TERMS}/{_AMOUNT}", text(node, _AMOUNT))


_format("3250", "credito")
_format("3253", "cuota")


@TABLE.rule("3251", None, scope=_TERMS)
def _no_pending(case: Case, node: Element) -> Iterator[Hit]:
    if _credit(node) and case.customer_type == "6" and not exists(node, _AMOUNT):
        yield Hit(f"{_TERMS}/{_AMOUNT}")


@TABLE.rule("3265", None, scope=_TERMS)
def _pending_too_big(case: Case, node: Element) -> Iterator[Hit]:
    if _credit(node) and amount(node, _AMOUNT) > case.payable:
        yield Hit(f"{_TERMS}/{_AMOUNT}", text(node, _AMOUNT))


@TABLE.rule("3319", None, scope=_TERMS)
def _pending_sum(case: Case, node: Element) -> Iterator[Hit]:
    if not _credit(node) or case.customer_type != "6":
        return
    quotas: Decimal = sum(
        (amount(other, _AMOUNT) for other in nodes(case.root, _TERMS) if _quota(other)), ZERO
    )
    if amount(node, _AMOUNT) != quotas:
        yield Hit(f"{_TERMS}/{_AMOUNT}", text(node, _AMOUNT))


@TABLE.rule("3254", None, scope=_TERMS)
def _no_quota_amount(case: Case, node: Element) -> Iterator[Hit]:
    if _quota(node) and case.customer_type == "6" and not exists(node, _AMOUNT):
        yield Hit(f"{_TERMS}/{_AMOUNT}")


@TABLE.rule("3266", None, scope=_TERMS)
def _quota_too_big(case: Case, node: Element) -> Iterator[Hit]:
    if _quota(node) and amount(node, _AMOUNT) > case.payable:
        yield Hit(f"{_TERMS}/{_AMOUNT}", text(node, _AMOUNT))


@TABLE.rule("3255", None, scope=_TERMS)
def _due_format(case: Case, node: Element) -> Iterator[Hit]:
    if _quota(node) and exists(node, _DUE) and to_date(text(node, _DUE)) is None:
        yield Hit(f"{_TERMS}/{_DUE}", text(node, _DUE))


@TABLE.rule("3256", None, scope=_TERMS)
def _no_due(case: Case, node: Element) -> Iterator[Hit]:
    if _quota(node) and case.customer_type == "6" and not exists(node, _DUE):
        yield Hit(f"{_TERMS}/{_DUE}")


@TABLE.rule("3267", None, scope=_TERMS)
def _due_too_early(case: Case, node: Element) -> Iterator[Hit]:
    due = to_date(text(node, _DUE))
    if _quota(node) and due is not None and case.issue_date is not None and due <= case.issue_date:
        yield Hit(f"{_TERMS}/{_DUE}", text(node, _DUE))
