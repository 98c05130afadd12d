"""What an answer means for our document: every combination that matters, without a wire."""

from __future__ import annotations

import pytest

from emitir.engine.work.verdicts import may_have_arrived, never_heard_of, of_registered, why_waiting
from emitir.verdict import (
    Accepted,
    AlreadyRegistered,
    InProcess,
    Note,
    NotReceived,
    NoVerdict,
    Observed,
    Rejected,
    Unknown,
    Verdict,
)

ALREADY = AlreadyRegistered("1033", "Ya fue presentado")
ACCEPTED = Accepted("0", "Aceptado", b"<cdr/>")
OBSERVED = Observed("0", "Aceptado", (Note("4031", "x"),))
REJECTED = Rejected("0002", "Anulado")
UNSUPPORTED = NoVerdict("unsupported")


@pytest.mark.parametrize(
    ("sendings", "arrived"),
    [
        ((), False),
        ((None,), True),
        (("no_verdict:timeout",), True),
        (("no_verdict:html",), True),
        (("in_process",), True),
        (("not_received:retry",), True),
        (("no_verdict:unreachable",), False),
        (("not_received",), False),
        (("already_registered",), False),
        (("no_verdict:unreachable", None, "not_received"), True),
    ],
)
def test_may_have_arrived(sendings: tuple[str | None, ...], arrived: bool) -> None:
    assert may_have_arrived(sendings) is arrived


@pytest.mark.parametrize("answer", [ACCEPTED, OBSERVED, REJECTED])
def test_a_final_answer_is_ours_only_if_something_may_have_arrived(answer: Verdict) -> None:
    assert of_registered(answer, None, arrived=True) is answer
    assert of_registered(answer, ALREADY, arrived=True) is answer
    foreign = of_registered(answer, ALREADY, arrived=False)
    assert isinstance(foreign, Rejected)
    assert foreign.code == "1033"
    assert "otro sistema" in foreign.description
    assert foreign.cdr is None, "another document's CDR is not kept as ours"


@pytest.mark.parametrize("answer", [UNSUPPORTED, Unknown("0011", "No existe"), ALREADY])
def test_registered_and_nobody_tells_more(answer: Verdict) -> None:
    ours = of_registered(answer, ALREADY, arrived=True)
    assert isinstance(ours, Observed)
    assert ours.notes[0].code == "1033"
    assert isinstance(of_registered(answer, ALREADY, arrived=False), Rejected)


@pytest.mark.parametrize(
    "answer",
    [NoVerdict("timeout"), NoVerdict("html"), InProcess("1"), NotReceived("0109", "x", retryable=True)],
)
@pytest.mark.parametrize("already", [None, ALREADY])
def test_anything_else_is_asked_again(answer: Verdict, already: AlreadyRegistered | None) -> None:
    for arrived in (True, False):
        assert of_registered(answer, already, arrived) is None


def test_never_heard_of() -> None:
    assert never_heard_of(Unknown("0011", "x"))
    assert never_heard_of(UNSUPPORTED)
    assert not never_heard_of(NoVerdict("timeout"))
    assert not never_heard_of(ACCEPTED)
    assert of_registered(Unknown("0011", "x"), None, arrived=True) is None


def test_why_it_waits_in_words() -> None:
    assert why_waiting(NoVerdict("timeout")) == "La autoridad no respondió a tiempo."
    assert why_waiting(NoVerdict("timeout", "No respondió en 60 s")) == "No respondió en 60 s"
    assert "<html" not in why_waiting(NoVerdict("html", "<html>x"))
    assert "0109 Cerrado" in why_waiting(NotReceived("0109", "Cerrado", retryable=True))
    assert why_waiting(InProcess("1")) == "La autoridad todavía no da su respuesta."
