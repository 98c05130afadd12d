"""Every code that a document can cause is accounted for, once."""

from __future__ import annotations

from emitir.paraguay.eventos.coverage import EVENT_AUTHORITY, EVENT_BY_CONSTRUCTION, EVENT_ENFORCED
from emitir.paraguay.rules import coverage


def test_every_code_is_accounted_for_once() -> None:
    rows = list(coverage.statuses())
    assert len(rows) == 304
    assert [row.code for row, status, _ in rows if status == "missing"] == []
    here = set(coverage.enforced())
    never = " ".join(coverage.BY_CONSTRUCTION.values()).split()
    theirs = " ".join(coverage.AUTHORITY.values()).split()
    assert len(never) == len(set(never))
    assert len(theirs) == len(set(theirs))
    assert not set(never) & set(theirs)
    assert not set(coverage.SAME_AS) & (here | set(never) | set(theirs))
    assert set(coverage.SAME_AS.values()) <= here
    # A code may be impossible in the file and still be told of the request; it is then counted as enforced.
    known = {row.code for row, _, _ in rows}
    assert here | set(never) | set(theirs) <= known
    assert not {row.code for row, status, _ in rows if status == "repealed"} & here


def test_every_code_of_events_is_accounted_for_once() -> None:
    rows = list(coverage.event_statuses())
    assert len(rows) == 126
    assert [row.code for row, status, _ in rows if status == "missing"] == []
    places = [*EVENT_ENFORCED]
    for groups in (EVENT_BY_CONSTRUCTION, EVENT_AUTHORITY):
        places += " ".join(groups.values()).split()
    assert len(places) == len(set(places))
    assert set(places) == {row.code for row, status, _ in rows if status != "repealed"}


def test_the_table_is_complete() -> None:
    table = coverage.table()
    assert len(table) == 479
    assert table["0260"].ambito == "ws"
    assert not table["1251"].vigente
