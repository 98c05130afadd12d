"""Number, dates, motive, parties and other documents named (1001, 1079, 2108, 2128 to 2136, 2426, 2635 to 2637)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.rules.case import CUSTOMER, SUPPLIER, Case, nodes, text, texts
from emitir.sandbox.sunat.rules.header import DEADLINE
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

IDENTITY = Table("07", "08")

_NUMBER = re.compile(r"([BF][A-Z0-9]{3}|[0-9]{1,4})-[0-9]{1,8}", re.ASCII)


@IDENTITY.rule("1001")
def _format(case: Case, root: Element) -> Iterator[Hit]:
    value = text(root, "cbc:ID")
    if not _NUMBER.fullmatch(value):
        yield Hit("cbc:ID", value)


HEADER = Table("07", "08")


def _late(case: Case, days: int) -> Iterator[Hit]:
    if not case.contingency and case.issue_date and case.now.date() - case.issue_date > timedelta(days=days):
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


@HEADER.rule("2108")
def _late_as_factura(case: Case, root: Element) -> Iterator[Hit]:
    if not case.name.serie.startswith("B"):
        yield from _late(case, DEADLINE["01"])


@HEADER.rule("1079")
def _late_as_boleta(case: Case, root: Element) -> Iterator[Hit]:
    if case.name.serie.startswith("B"):
        yield from _late(case, DEADLINE["03"])


_REASON = "cac:DiscrepancyResponse/cbc:ResponseCode"
_DESCRIPTION = "cac:DiscrepancyResponse/cbc:Description"

HEADER.required("2128", _REASON)


@HEADER.rule("2172")
def _reason(case: Case, root: Element) -> Iterator[Hit]:
    known = codes("09" if case.tipo == "07" else "10")
    penalty = case.tipo == "08" and case.reason == "13" and case.rules_of_2027
    if case.reason and case.reason not in known and not penalty:
        yield Hit(_REASON, case.reason)


HEADER.at_most_one("3203", _REASON)
HEADER.required("2136", _DESCRIPTION)
HEADER.matches("2135", f"{_DESCRIPTION}[normalize-space()]", any_text(1, 500))

PARTIES = Table("07", "08")

_ID = "cac:PartyIdentification/cbc:ID"

PARTIES.required("3029", f"{SUPPLIER}/{_ID}/@schemeID")
PARTIES.matches("2511", f"{SUPPLIER}/{_ID}/@schemeID[normalize-space()]", "6")
PARTIES.required("2679", f"{CUSTOMER}/{_ID}")
PARTIES.required("2679", f"{CUSTOMER}/{_ID}/@schemeID")


@PARTIES.rule("2016")
def _customer_type(case: Case, root: Element) -> Iterator[Hit]:
    kind = case.customer_type
    if kind and kind != "-" and kind not in codes("06"):
        yield Hit(f"{CUSTOMER}/{_ID}/@schemeID", kind)


PARTIES.matches(
    "2022", f"{CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName[normalize-space()]", any_text(3, 1000)
)

REFERENCES = Table("07", "08")

_OTHER = "cac:AdditionalDocumentReference"
_TYPES = {"07": frozenset({"01", "04", "05", "99"}), "08": frozenset({"04", "05", "99"})}

REFERENCES.matches("4010", f"{_OTHER}/cbc:ID", r"\S{6,30}")


@REFERENCES.rule("4009")
def _other_type(case: Case, root: Element) -> Iterator[Hit]:
    for value in texts(root, f"{_OTHER}/cbc:DocumentTypeCode"):
        if value not in _TYPES[case.tipo]:
            yield Hit(f"{_OTHER}/cbc:DocumentTypeCode", value)


@REFERENCES.rule("2426")
def _repeated(case: Case, root: Element) -> Iterator[Hit]:
    seen: set[tuple[str, str]] = set()
    for node in nodes(root, _OTHER):
        key = text(node, "cbc:DocumentTypeCode"), text(node, "cbc:ID")
        if key in seen:
            yield Hit(f"{_OTHER}/cbc:ID", key[1])
        seen.add(key)


CONCEPTS = Table("07")

#: Type of a nota de crédito that need not modify anything: "otros conceptos".
OTHERS = "10"


@CONCEPTS.rule("2635")
def _many(case: Case, root: Element) -> Iterator[Hit]:
    if case.reason == OTHERS and texts(root, f"{_OTHER}/cbc:DocumentTypeCode").count("99") > 1:
        yield Hit(f"{_OTHER}/cbc:DocumentTypeCode", "99")


@CONCEPTS.rule("2636", scope=_OTHER)
def _nameless(case: Case, node: Element) -> Iterator[Hit]:
    if case.reason != OTHERS and text(node, "cbc:DocumentTypeCode") == "99" and not text(node, "cbc:ID"):
        yield Hit(f"{_OTHER}/cbc:ID")


@CONCEPTS.rule("2637", scope=_OTHER)
def _other_than_99(case: Case, node: Element) -> Iterator[Hit]:
    if case.reason == OTHERS and text(node, "cbc:DocumentTypeCode") != "99":
        yield Hit(f"{_OTHER}/cbc:DocumentTypeCode", text(node, "cbc:DocumentTypeCode"))
