"""Percepción, retención del IGV, retención de segunda categoría and detracción."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, amount, exists, nodes, text, texts
from emitir.sandbox.sunat.rules.charges import CHARGE, PERCEPTION, REASON
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_TERMS = "cac:PaymentTerms"
_PERCEPTION_TERMS = f"{_TERMS}[cbc:ID='Percepcion']"
_DETRACCION_TERMS = f"{_TERMS}[cbc:ID='Detraccion']"
_DETRACCION_MEANS = "cac:PaymentMeans[cbc:ID='Detraccion']"
_SUBJECT = ("1001", "1002", "1003", "1004")


def _cash(case: Case) -> bool:
    """Whether the sale is al contado; for a boleta the rules of percepción do not ask."""
    return case.tipo == "03" or "Contado" in texts(
        case.root, f"{_TERMS}[cbc:ID='FormaPago']/cbc:PaymentMeansID"
    )


def _reasons(case: Case) -> list[str]:
    return texts(case.root, f"{CHARGE}/{REASON}")


# Percepción


@TABLE.rule("3093")
def _perception_missing(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation == "2001" and _cash(case) and not PERCEPTION & set(_reasons(case)):
        yield Hit(f"{CHARGE}/{REASON}")


@TABLE.rule("3308")
def _perception_elsewhere(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation != "2001" and (PERCEPTION & set(_reasons(case)) or exists(root, _PERCEPTION_TERMS)):
        yield Hit(f"{CHARGE}/{REASON}", case.operation)


@TABLE.rule("3330", None)
def _perception_on_credit(case: Case, root: Element) -> Iterator[Hit]:
    found = PERCEPTION & set(_reasons(case)) or exists(root, _PERCEPTION_TERMS)
    if case.operation == "2001" and found and not _cash(case):
        yield Hit(f"{CHARGE}/{REASON}", case.operation)


def _perceptions(case: Case) -> list[Element]:
    return [node for node in nodes(case.root, CHARGE) if text(node, REASON) in PERCEPTION]


@TABLE.rule("2798")
def _perception_amount(case: Case, root: Element) -> Iterator[Hit]:
    for node in _perceptions(case):
        value = amount(node, "cbc:BaseAmount") * amount(node, "cbc:MultiplierFactorNumeric")
        if abs(amount(node, "cbc:Amount") - value) > TOLERANCE:
            yield Hit(f"{CHARGE}/cbc:Amount", text(node, "cbc:Amount"))


@TABLE.rule("2797")
def _perception_base_too_big(case: Case, root: Element) -> Iterator[Hit]:
    for node in _perceptions(case):
        if case.currency == "PEN" and amount(node, "cbc:BaseAmount") > case.payable:
            yield Hit(f"{CHARGE}/cbc:BaseAmount", text(node, "cbc:BaseAmount"))


@TABLE.rule("3233")
def _perception_base(case: Case, root: Element) -> Iterator[Hit]:
    for node in _perceptions(case):
        if amount(node, "cbc:BaseAmount") == 0:
            yield Hit(f"{CHARGE}/cbc:BaseAmount", text(node, "cbc:BaseAmount"))


@TABLE.rule("2792")
def _perception_currency(case: Case, root: Element) -> Iterator[Hit]:
    for node in _perceptions(case):
        if text(node, "cbc:Amount/@currencyID") != "PEN":
            yield Hit(f"{CHARGE}/cbc:Amount/@currencyID", text(node, "cbc:Amount/@currencyID"))


@TABLE.rule("2788")
def _perception_other_currency(case: Case, root: Element) -> Iterator[Hit]:
    for node in _perceptions(case):
        if exists(node, "cbc:BaseAmount") and text(node, "cbc:BaseAmount/@currencyID") != "PEN":
            yield Hit(f"{CHARGE}/cbc:BaseAmount/@currencyID", text(node, "cbc:BaseAmount/@currencyID"))
    for value in texts(root, f"{_PERCEPTION_TERMS}/cbc:Amount/@currencyID"):
        if value != "PEN":
            yield Hit(f"{_TERMS}/cbc:Amount/@currencyID", value)


@TABLE.rule("3309")
def _perception_terms(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation == "2001" and _cash(case) and not exists(root, _PERCEPTION_TERMS):
        yield Hit(f"{_TERMS}/cbc:ID")


TABLE.present("3310", "cbc:Amount", scope=_PERCEPTION_TERMS)


@TABLE.rule("3311", scope=_PERCEPTION_TERMS)
def _perception_total(case: Case, node: Element) -> Iterator[Hit]:
    if exists(node, "cbc:Amount") and amount(node, "cbc:Amount") <= 0:
        yield Hit(f"{_TERMS}/cbc:Amount", text(node, "cbc:Amount"))


# Retención del IGV (62) and retención de segunda categoría (63)


def _withheld(case: Case, reason: str) -> list[Element]:
    return [node for node in nodes(case.root, CHARGE) if text(node, REASON) == reason]


@TABLE.rule("3262", None)
def _retention_customer(case: Case, root: Element) -> Iterator[Hit]:
    agents = case.lists.agentes_retencion
    if _withheld(case, "62") and (
        case.customer_type != "6" or (agents and case.customer_number not in agents)
    ):
        yield Hit(f"{CHARGE}/{REASON}", "62")


@TABLE.rule("3269", None)
def _retention_issuer(case: Case, root: Element) -> Iterator[Hit]:
    if _withheld(case, "62") and case.name.ruc in case.lists.agentes_retencion:
        yield Hit(f"{CHARGE}/{REASON}", "62")


@TABLE.rule("3263", None)
def _retention_amount(case: Case, root: Element) -> Iterator[Hit]:
    for node in _withheld(case, "62"):
        value = amount(node, "cbc:BaseAmount") * amount(node, "cbc:MultiplierFactorNumeric")
        if abs(amount(node, "cbc:Amount") - value) > TOLERANCE:
            yield Hit(f"{CHARGE}/cbc:Amount", text(node, "cbc:Amount"))


@TABLE.rule("3264", None)
def _retention_base(case: Case, root: Element) -> Iterator[Hit]:
    for node in _withheld(case, "62"):
        if amount(node, "cbc:BaseAmount") > case.payable:
            yield Hit(f"{CHARGE}/cbc:BaseAmount", text(node, "cbc:BaseAmount"))


@TABLE.rule("3316", None)
def _second_category_missing(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation == "2002" and not _withheld(case, "63"):
        yield Hit(f"{CHARGE}/{REASON}")


@TABLE.rule("3317", None)
def _second_category_elsewhere(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation != "2002" and _withheld(case, "63"):
        yield Hit(f"{CHARGE}/{REASON}", "63")


@TABLE.rule("3318", None)
def _second_category_base(case: Case, root: Element) -> Iterator[Hit]:
    for node in _withheld(case, "63"):
        if not exists(node, "cbc:BaseAmount"):
            yield Hit(f"{CHARGE}/cbc:BaseAmount")


# Detracción


@TABLE.rule("3127")
def _detraccion_missing(case: Case, root: Element) -> Iterator[Hit]:
    terms = nodes(root, _DETRACCION_TERMS)
    if case.operation in _SUBJECT and not terms:
        yield Hit(f"{_TERMS}/cbc:ID")
    for node in terms:
        if not text(node, "cbc:PaymentMeansID"):
            yield Hit(f"{_TERMS}/cbc:PaymentMeansID")


@TABLE.rule("3128")
def _detraccion_elsewhere(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation not in _SUBJECT and exists(root, _DETRACCION_TERMS):
        yield Hit(f"{_TERMS}/cbc:ID", "Detraccion")


TABLE.in_catalog("3033", f"{_DETRACCION_TERMS}/cbc:PaymentMeansID[normalize-space()]", "54")


@TABLE.rule("3129", scope=_DETRACCION_TERMS)
def _detraccion_good(case: Case, node: Element) -> Iterator[Hit]:
    wanted = {"1002": "004", "1003": "028", "1004": "027"}.get(case.operation)
    value = text(node, "cbc:PaymentMeansID")
    if wanted and value != wanted:
        yield Hit(f"{_TERMS}/cbc:PaymentMeansID", value)


@TABLE.rule("3034")
def _detraccion_account(case: Case, root: Element) -> Iterator[Hit]:
    means = nodes(root, _DETRACCION_MEANS)
    if (case.operation in _SUBJECT and not means) or not all(
        text(node, "cac:PayeeFinancialAccount/cbc:ID") for node in means
    ):
        yield Hit("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID")


TABLE.in_catalog("3174", "cac:PaymentMeans/cbc:PaymentMeansCode", "59")
TABLE.present("3035", "cbc:Amount", scope=_DETRACCION_TERMS)


@TABLE.rule("3037", scope=_DETRACCION_TERMS)
def _detraccion_amount(case: Case, node: Element) -> Iterator[Hit]:
    if exists(node, "cbc:Amount") and amount(node, "cbc:Amount") <= 0:
        yield Hit(f"{_TERMS}/cbc:Amount", text(node, "cbc:Amount"))


TABLE.equals("3208", f"{_DETRACCION_TERMS}/cbc:Amount/@currencyID", "PEN")
# The amounts are written as any other: twelve digits and two decimals.
TABLE.matches("3037", f"{_DETRACCION_TERMS}/cbc:Amount", AMOUNT)
TABLE.matches("3311", f"{_PERCEPTION_TERMS}/cbc:Amount", AMOUNT)
