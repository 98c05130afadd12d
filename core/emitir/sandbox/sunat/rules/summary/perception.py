"""Percepción of a line of a resumen diario (2517, 2601 to 2608, 2685, 2690, 2891 to 2897, 2986, 4089)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import perception_rates
from emitir.sandbox.sunat.names import ruc_exists
from emitir.sandbox.sunat.rules.case import Case, amount, exists, text, to_number
from emitir.sandbox.sunat.rules.lines import TOLERANCE
from emitir.sandbox.sunat.rules.summary.amounts import TOTAL
from emitir.sandbox.sunat.rules.summary.lines import (
    CONDITION,
    CUSTOMER_NUMBER,
    CUSTOMER_TYPE,
    LINE,
    MODIFY,
    TYPE,
)
from emitir.sandbox.sunat.rules.table import AMOUNT, Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("RC")

_NODE = "sac:SUNATPerceptionSummaryDocumentReference"
_SCOPE = f"{LINE}/{_NODE}"
_SYSTEM = "sac:SUNATPerceptionSystemCode"
_RATE = "sac:SUNATPerceptionPercent"
_AMOUNT = "cbc:TotalInvoiceAmount"
_CASHED = "sac:SUNATTotalCashed"
_BASE = "cbc:TaxableAmount"


@TABLE.rule("2986", scope=LINE)
def _only_new_boletas(case: Case, line: Element) -> Iterator[Hit]:
    if exists(line, _NODE) and (text(line, TYPE) != "03" or text(line, CONDITION) == MODIFY):
        yield Hit(_NODE, text(line, TYPE))


@TABLE.rule("2605", scope=LINE)
def _customer(case: Case, line: Element) -> Iterator[Hit]:
    number = text(line, CUSTOMER_NUMBER)
    unknown = not ruc_exists(number) or number in case.lists.ruc_inexistente
    if exists(line, _NODE) and text(line, CUSTOMER_TYPE) == "6" and unknown:
        yield Hit(CUSTOMER_NUMBER, number)


@TABLE.rule("4089", scope=LINE)
def _excluded(case: Case, line: Element) -> Iterator[Hit]:
    if exists(line, _NODE) and text(line, CUSTOMER_NUMBER) in case.lists.agentes_retencion:
        yield Hit(CUSTOMER_NUMBER, text(line, CUSTOMER_NUMBER))


@TABLE.rule("2517", scope=_SCOPE)
def _system(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, _SYSTEM) not in perception_rates():
        yield Hit(_SYSTEM, text(node, _SYSTEM))


@TABLE.rule("2891", scope=_SCOPE)
def _rate(case: Case, node: Element) -> Iterator[Hit]:
    wanted = perception_rates().get(text(node, _SYSTEM))
    if wanted is not None and to_number(text(node, _RATE)) != wanted:
        yield Hit(_RATE, text(node, _RATE))


def _positive(code: str, path: str) -> None:
    TABLE.matches(code, path, AMOUNT, scope=_SCOPE)

    @TABLE.rule(code, scope=_SCOPE)
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        if exists(node, path) and amount(node, path) <= 0:
            yield Hit(path, text(node, path))


_positive("2893", _AMOUNT)
_positive("2895", _CASHED)
_positive("2897", _BASE)


@TABLE.rule("2601", scope=_SCOPE)
def _agent(case: Case, node: Element) -> Iterator[Hit]:
    agents = case.lists.agentes_percepcion
    if agents and case.name.ruc not in agents and amount(node, _AMOUNT) > 0:
        yield Hit(_AMOUNT, case.name.ruc)


@TABLE.rule("2685", scope=_SCOPE)
def _currency(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, f"{_AMOUNT}/@currencyID") != "PEN":
        yield Hit(f"{_AMOUNT}/@currencyID", text(node, f"{_AMOUNT}/@currencyID"))


@TABLE.rule("2690", scope=_SCOPE)
def _currency_cashed(case: Case, node: Element) -> Iterator[Hit]:
    if text(node, f"{_CASHED}/@currencyID") != "PEN":
        yield Hit(f"{_CASHED}/@currencyID", text(node, f"{_CASHED}/@currencyID"))


@TABLE.rule("2608", scope=LINE)
def _sums(case: Case, line: Element) -> Iterator[Hit]:
    if not exists(line, _NODE) or text(line, f"{TOTAL}/@currencyID") != "PEN":
        return
    perceived = amount(line, f"{_NODE}/{_AMOUNT}")
    rate = amount(line, f"{_NODE}/{_RATE}")
    if abs(perceived - amount(line, f"{_NODE}/{_BASE}") * rate / 100) > TOLERANCE:
        yield Hit(_AMOUNT, text(line, f"{_NODE}/{_AMOUNT}"))
    if abs(amount(line, f"{_NODE}/{_CASHED}") - amount(line, TOTAL) - perceived) > TOLERANCE:
        yield Hit(_CASHED, text(line, f"{_NODE}/{_CASHED}"))
