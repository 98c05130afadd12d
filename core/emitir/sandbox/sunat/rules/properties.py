"""Properties of an item (catalog 55) and passenger transport by train: who must say what (2898, 2899, 3063 to 3065...)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from emitir.sandbox.sunat import catalogs
from emitir.sandbox.sunat.rules import concepts
from emitir.sandbox.sunat.rules.case import LINE, Case, exists, nodes, text, texts
from emitir.sandbox.sunat.rules.table import Hit, Table, decimal
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

_PROPERTY = "cac:Item/cac:AdditionalItemProperty"
_SCOPE = f"{LINE}/{_PROPERTY}"
_CODE = "cbc:NameCode"
_VALUE = "cbc:Value"
_PERIOD = "cac:UsabilityPeriod"
_PRODUCT = "cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode"
#: UNSPSC code of the interest of a mortgage.
_MORTGAGE = "84121901"


def _said(line: Element) -> set[str]:
    """The concepts of a line."""
    return set(texts(line, f"{_PROPERTY}/{_CODE}"))


def _value(line: Element, concept: str) -> str:
    return text(line, f"{_PROPERTY}[{_CODE}='{concept}']/{_VALUE}")


def _missing(asked: Mapping[str, str], when: Callable[[Case, Element], bool], boleta: bool = True) -> None:
    """Rules: when ``when`` holds of a line, it says every concept of ``asked``."""

    def add(concept: str, code: str) -> None:
        @TABLE.rule(code, code if boleta else None, scope=LINE)
        def _check(case: Case, line: Element) -> Iterator[Hit]:
            if when(case, line) and concept not in _said(line):
                yield Hit(f"{_PROPERTY}/{_CODE}", concept)

    for concept, code in asked.items():
        add(concept, code)


def _operation(operation: str) -> Callable[[Case, Element], bool]:
    return lambda case, line: case.operation == operation


for _kind, _asked in concepts.OF_OPERATION.items():
    _missing(_asked, _operation(_kind), boleta=_kind not in concepts.FACTURA_ONLY)


def _of_mortgage(case: Case, line: Element) -> bool:
    return text(line, _PRODUCT) == _MORTGAGE


_missing(concepts.OF_STATE, lambda case, line: bool(_said(line) & concepts.OF_STATE.keys()))
_missing(concepts.OF_MORTGAGE, _of_mortgage, boleta=False)
_missing(
    concepts.OF_FIRST_HOME,
    lambda case, line: _of_mortgage(case, line) and _value(line, "7002") == "3",
    boleta=False,
)


@TABLE.rule("3241")
def _credit(case: Case, root: Element) -> Iterator[Hit]:
    asked = {"7004", "7005", "7012"}
    if case.operation in ("2100", "2101", "2102") and not any(asked <= _said(line) for line in case.lines):
        yield Hit(f"{_PROPERTY}/{_CODE}", case.operation)


@TABLE.rule("3242")
def _insurance(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation == "2104" and not any("7015" in _said(line) for line in case.lines):
        yield Hit(f"{_PROPERTY}/{_CODE}", "7015")


@TABLE.rule("2898", scope=LINE)
def _policy(case: Case, line: Element) -> Iterator[Hit]:
    insured = case.operation == "2104" and _value(line, "7015") in ("1", "2")
    if insured and not {"7013", "7014", "7016"} <= _said(line):
        yield Hit(f"{_PROPERTY}/{_CODE}", _value(line, "7015"))


@TABLE.rule("2899", scope=LINE)
def _no_policy(case: Case, line: Element) -> Iterator[Hit]:
    if case.operation == "2104" and _value(line, "7015") == "3" and "7013" not in _said(line):
        yield Hit(f"{_PROPERTY}/{_CODE}", "7013")


TABLE.required("4235", "cbc:Name", scope=f"{_SCOPE}[cbc:Name]")


#: Interest of an AFP, which is told as a quantity.
_INTEREST = "7019"


def _holds(code: str, kinds: frozenset[str], path: str) -> None:
    """A rule: a concept of ``kinds`` says something at ``path``."""

    @TABLE.rule(code, scope=_SCOPE)
    def _check(case: Case, node: Element) -> Iterator[Hit]:
        if text(node, _CODE) in kinds and not text(node, path):
            yield Hit(f"{_PROPERTY}/{path}", text(node, _CODE))


_holds("3064", concepts.WITH_VALUE, _VALUE)
_holds("3064", frozenset({_INTEREST}), "cbc:ValueQuantity")
_holds("3065", concepts.WITH_DATE, f"{_PERIOD}/cbc:StartDate")
_holds("3172", concepts.WITH_TIME, f"{_PERIOD}/cbc:StartTime")
_holds("3135", frozenset({concepts.QUANTITY}), "cbc:ValueQuantity")
_holds("3135", frozenset({concepts.DURATION}), f"{_PERIOD}/cbc:DurationMeasure")
_holds("3243", frozenset({"7014"}), f"{_PERIOD}/cbc:StartDate")
_holds("4366", frozenset({"7014"}), f"{_PERIOD}/cbc:EndDate")


def _wrong(concept: str, value: str) -> bool:
    pattern, catalog = concepts.FORMATS.get(concept), concepts.CATALOGS.get(concept)
    if pattern is not None:
        return not re.fullmatch(pattern, value, re.ASCII)
    return catalog is not None and value not in catalogs.codes(catalog)


@TABLE.rule("4280", scope=_SCOPE)
def _format(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, _VALUE)
    if value and _wrong(text(node, _CODE), value):
        yield Hit(f"{_PROPERTY}/{_VALUE}", value)


@TABLE.rule("4281", scope=_SCOPE)
def _number(case: Case, node: Element) -> Iterator[Hit]:
    amount, days = "cbc:ValueQuantity", f"{_PERIOD}/cbc:DurationMeasure"
    for concept, path, pattern in (
        (concepts.QUANTITY, amount, rf"(?=.*[1-9]){decimal(12, 2)}"),
        (concepts.DURATION, days, r"[0-9]{1,4}"),
        (_INTEREST, amount, decimal(12, 2)),
    ):
        value = text(node, path)
        if text(node, _CODE) == concept and value and not re.fullmatch(pattern, value, re.ASCII):
            yield Hit(f"{_PROPERTY}/{path}", value)


@TABLE.rule("3115", scope=_SCOPE)
def _tonnes(case: Case, node: Element) -> Iterator[Hit]:
    path = "cbc:ValueQuantity/@unitCode"
    if text(node, _CODE) == concepts.QUANTITY and exists(node, path) and text(node, path) != "TNE":
        yield Hit(f"{_PROPERTY}/{path}", text(node, path))


@TABLE.rule("4202", scope=_SCOPE)
def _customs(case: Case, node: Element) -> Iterator[Hit]:
    value = text(node, _VALUE)
    good = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{3}-[0-9]{6}", value, re.ASCII)
    if text(node, _CODE) == "7021" and not good:
        yield Hit(f"{_PROPERTY}/{_VALUE}", value)


# Passengers of a train

_TRAIN = "0302"
_AGENT = "cac:AccountingSupplierParty/cac:Party/cac:AgentParty/cac:PartyIdentification/cbc:ID"


def _by_train(code: str, path: str) -> None:
    @TABLE.rule(code)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        if case.operation == _TRAIN and not text(root, path):
            yield Hit(path)


_by_train("3156", _AGENT)


@TABLE.rule("3157")
def _agent_kind(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, _AGENT) and not nodes(root, f"{_AGENT}/@schemeID"):
        yield Hit(f"{_AGENT}/@schemeID")


TABLE.equals("3158", f"{_AGENT}/@schemeID", "6")
_by_train("3173", "cac:PaymentMeans/cbc:PaymentMeansCode")
_by_train("3175", "cac:PaymentMeans/cbc:PaymentID")
