"""Lines of a resumen diario: number, document, customer, what a nota modifies, what is to be done with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.rules.case import MODIFIED, NOTES, Case, amount, exists, nodes, text
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("RC")

LINE = "sac:SummaryDocumentsLine"
TYPE = "cbc:DocumentTypeCode"
CONDITION = "cac:Status/cbc:ConditionCode"
#: What is done with a document (catalog 19).
ADD, MODIFY, ANNUL = "1", "2", "3"
_TYPES = ("03", "07", "08")
_NUMBER = re.compile(r"(?:(B[A-Z0-9]{3})-(?!0+$)|([0-9]{1,4})-)([0-9]{1,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that names a document: what it is and what is to be done with it."""

    line: Element
    tipo: str
    serie: str
    numero: int
    condition: str

    @property
    def key(self) -> tuple[str, str, int]:
        """The document."""
        return self.tipo, self.serie, self.numero

    def hit(self, node: str = "cbc:ID") -> Hit:
        """Something wrong with this line."""
        return Hit(
            node, text(self.line, "cbc:ID"), where=f"Error en la linea: {text(self.line, 'cbc:LineID')}"
        )


def entries(case: Case) -> Iterator[Entry]:
    """The lines whose number can be read."""
    for line in nodes(case.root, LINE):
        match = _NUMBER.fullmatch(text(line, "cbc:ID"))
        if match:
            serie = match[1] or match[2]
            yield Entry(line, text(line, TYPE), serie, int(match[3]), text(line, CONDITION))


#: Lines of a file. The limit is known (spec.md §8), its code is not: 2280 says that the resumen is not right.
_MOST = 500


@TABLE.rule("2280")
def _too_many(case: Case, root: Element) -> Iterator[Hit]:
    count = len(nodes(root, LINE))
    if count > _MOST:
        yield Hit(LINE, str(count))


TABLE.matches("2238", "cbc:LineID", r"[0-9]{1,5}", scope=LINE)
TABLE.matches("2239", "cbc:LineID", r"0*[1-9][0-9]*", scope=LINE)
TABLE.distinct("2752", f"{LINE}/cbc:LineID")
TABLE.present("2512", "cbc:ID", scope=LINE)


@TABLE.rule("2513", scope=LINE)
def _number(case: Case, line: Element) -> Iterator[Hit]:
    if text(line, TYPE) in _TYPES and exists(line, "cbc:ID") and not _NUMBER.fullmatch(text(line, "cbc:ID")):
        yield Hit("cbc:ID", text(line, "cbc:ID"))


TABLE.required("2242", TYPE, scope=LINE)
TABLE.one_of("2241", f"{TYPE}[normalize-space()]", frozenset(_TYPES), scope=LINE)

# Customer

_CUSTOMER = "cac:AccountingCustomerParty"
CUSTOMER_NUMBER = f"{_CUSTOMER}/cbc:CustomerAssignedAccountID"
CUSTOMER_TYPE = f"{_CUSTOMER}/cbc:AdditionalAccountID"
#: Amount, in soles, above which a boleta names its customer.
_ANONYMOUS = 700


@TABLE.rule("2514", scope=LINE)
def _no_customer(case: Case, line: Element) -> Iterator[Hit]:
    if amount(line, "sac:TotalAmount") > _ANONYMOUS and not exists(line, _CUSTOMER):
        yield Hit(_CUSTOMER)


TABLE.present("2014", "cbc:CustomerAssignedAccountID", scope=f"{LINE}/{_CUSTOMER}")
TABLE.present("2015", "cbc:AdditionalAccountID", scope=f"{LINE}/{_CUSTOMER}")


@TABLE.rule("2016", scope=f"{LINE}/{_CUSTOMER}")
def _customer_type(case: Case, party: Element) -> Iterator[Hit]:
    value = text(party, "cbc:AdditionalAccountID")
    if exists(party, "cbc:AdditionalAccountID") and value != "-" and value not in codes("06"):
        yield Hit(CUSTOMER_TYPE, value)


def _identity(code: str, types: str, pattern: str) -> None:
    @TABLE.rule(code, scope=LINE)
    def _check(case: Case, line: Element) -> Iterator[Hit]:
        kind, number = text(line, CUSTOMER_TYPE), text(line, CUSTOMER_NUMBER)
        if kind and kind in types and not re.fullmatch(pattern, number, re.ASCII):
            yield Hit(CUSTOMER_NUMBER, number)


_identity("2017", "6", r"[0-9]{11}")
_identity("4207", "1", r"[0-9]{8}")
_identity("4208", "470ABCDEFG", r"\S{1,20}")

# What a nota modifies

_MODIFIED_FORMATS = {
    "03": r"(B[A-Z0-9]{3}-(?!0+$)|EB01-|[0-9]{1,4}-)[0-9]{1,8}",
    **dict.fromkeys(("12", "16", "55"), r"[a-zA-Z0-9-]{1,20}-[a-zA-Z0-9-]{1,20}"),
}


@TABLE.rule("2582", scope=LINE)
def _not_a_note(case: Case, line: Element) -> Iterator[Hit]:
    if exists(line, "cac:BillingReference") and text(line, TYPE) not in NOTES:
        yield Hit("cac:BillingReference", text(line, TYPE))


def _must_refer(line: Element) -> bool:
    return text(line, TYPE) in NOTES and text(line, CONDITION) != ANNUL


@TABLE.rule("2524", scope=LINE)
def _no_reference(case: Case, line: Element) -> Iterator[Hit]:
    if _must_refer(line) and not text(line, f"{MODIFIED}/cbc:ID"):
        yield Hit(f"{MODIFIED}/cbc:ID")


@TABLE.rule("2920", scope=LINE)
def _reference_number(case: Case, line: Element) -> Iterator[Hit]:
    pattern, value = _MODIFIED_FORMATS.get(text(line, f"{MODIFIED}/{TYPE}")), text(line, f"{MODIFIED}/cbc:ID")
    if pattern and text(line, CONDITION) != ANNUL and value and not re.fullmatch(pattern, value, re.ASCII):
        yield Hit(f"{MODIFIED}/cbc:ID", value)


@TABLE.rule("2583", scope=LINE)
def _no_reference_type(case: Case, line: Element) -> Iterator[Hit]:
    if _must_refer(line) and not exists(line, f"{MODIFIED}/{TYPE}"):
        yield Hit(f"{MODIFIED}/{TYPE}")


@TABLE.rule("2513", scope=LINE)
def _reference_type(case: Case, line: Element) -> Iterator[Hit]:
    value = text(line, f"{MODIFIED}/{TYPE}")
    if _must_refer(line) and exists(line, f"{MODIFIED}/{TYPE}") and value not in _MODIFIED_FORMATS:
        yield Hit(f"{MODIFIED}/{TYPE}", value)


# What is to be done

TABLE.required("2522", CONDITION, scope=LINE)
TABLE.in_catalog("2896", f"{CONDITION}[normalize-space()]", "19", scope=LINE)


@TABLE.rule("3094")
def _repeated(case: Case, root: Element) -> Iterator[Hit]:
    seen: set[tuple[tuple[str, str, int], str]] = set()
    for entry in entries(case):
        if (entry.key, entry.condition) in seen:
            yield entry.hit(CONDITION)
        seen.add((entry.key, entry.condition))


def _together(code: str, first: str, second: str) -> None:
    @TABLE.rule(code)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        found = {entry.key for entry in entries(case) if entry.condition == first}
        for entry in entries(case):
            if entry.condition == second and entry.key in found:
                yield entry.hit(CONDITION)


_together("3095", ADD, MODIFY)
_together("3096", MODIFY, ANNUL)
