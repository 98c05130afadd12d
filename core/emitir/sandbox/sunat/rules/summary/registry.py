"""What SUNAT knows of the documents of a resumen diario (2282, 2663, 2957, 2987, 2989, 2990)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.records import ACCEPTED
from emitir.sandbox.sunat.rules.case import MODIFIED, Case, text, to_date
from emitir.sandbox.sunat.rules.summary.header import ON_TIME
from emitir.sandbox.sunat.rules.summary.lines import ADD, ANNUL, MODIFY, TYPE, Entry, entries
from emitir.sandbox.sunat.rules.table import Hit, Table
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("RC")


@TABLE.rule("2663")
def _unknown(case: Case, root: Element) -> Iterator[Hit]:
    """Nothing to modify or annul. What the same file adds may be annulled in it: a boleta undone on its day."""
    added = {entry.key for entry in entries(case) if entry.condition == ADD}
    for entry in entries(case):
        here = entry.condition == ANNUL and entry.key in added
        if entry.condition in (MODIFY, ANNUL) and not here and case.find(*entry.key) is None:
            yield entry.hit()


@TABLE.rule("2987")
def _done_with(case: Case, root: Element) -> Iterator[Hit]:
    for entry in entries(case):
        document = case.find(*entry.key)
        if document is not None and document.state != ACCEPTED:
            yield entry.hit(TYPE)


@TABLE.rule("2282")
def _informed(case: Case, root: Element) -> Iterator[Hit]:
    for entry in entries(case):
        if entry.condition == ADD and case.find(*entry.key) is not None:
            yield entry.hit(TYPE)


@TABLE.rule("2957")
def _too_late(case: Case, root: Element) -> Iterator[Hit]:
    day = to_date(text(root, "cbc:ReferenceDate"))
    for entry in entries(case):
        on_paper = entry.serie.isdigit()
        if entry.condition == ANNUL and not on_paper and day is not None and case.now.date() - day > ON_TIME:
            yield entry.hit(TYPE)


def _modified(entry: Entry) -> tuple[str, str, int] | None:
    """The boleta that a nota of the resumen modifies, when it is one that SUNAT must know."""
    serie, _, number = text(entry.line, f"{MODIFIED}/cbc:ID").partition("-")
    if text(entry.line, f"{MODIFIED}/{TYPE}") != "03" or not serie.startswith("B"):
        return None
    return ("03", serie, int(number)) if number.isascii() and number.isdigit() else None


@TABLE.rule("2989")
def _reference_unknown(case: Case, root: Element) -> Iterator[Hit]:
    """The boleta must have been informed before: in an earlier resumen, not in the same one."""
    for entry in entries(case):
        key = _modified(entry)
        elsewhere = f"{case.name.ruc}-03-{text(entry.line, f'{MODIFIED}/cbc:ID')}"
        if key and elsewhere not in case.lists.comprobantes_externos and case.find(*key) is None:
            yield entry.hit(MODIFIED)


@TABLE.rule("2990")
def _reference_done_with(case: Case, root: Element) -> Iterator[Hit]:
    for entry in entries(case):
        key = _modified(entry)
        document = case.find(*key) if key else None
        if document is not None and document.state != ACCEPTED:
            yield entry.hit(MODIFIED)
