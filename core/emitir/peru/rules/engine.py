"""The form of a rule and what it reports to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from emitir import error_codes
from emitir.errors import Problem
from emitir.peru.comprobante import Comprobante

SHEET = "SUNAT 2026-02-12"
#: Classes of document: type, and for a nota the letter of what it modifies.
CLASES = ("01", "03", "07F", "07B", "08F", "08B")
Stage = Literal["datos", "importes"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the authority (or of the law, where ``source`` says so).

    ``codes``: class of document (:attr:`Comprobante.clase`) to SUNAT's code there (empty: none of its own). ``kind``: the
    ``codigo_error`` it is told under. ``desde`` / ``hasta``: first and last date of issue for which it holds.
    ``when``: it is looked at only where one of these properties was given (of the document or of a line);
    empty: always.
    """

    name: str
    codes: Mapping[str, str]
    kind: str
    stage: Stage
    source: str
    check: Callable[[Comprobante, Report], None] = field(repr=False)
    desde: date | None = None
    hasta: date | None = None
    when: frozenset[str] = frozenset()

    def holds_on(self, fecha: date) -> bool:
        """Whether the rule is in force for a document issued on that day."""
        return (self.desde is None or fecha >= self.desde) and (self.hasta is None or fecha <= self.hasta)


class Report:
    """Collects what the rules of one run find."""

    __slots__ = ("clase", "errors", "rule", "warnings")

    rule: Rule

    def __init__(self, clase: str) -> None:
        self.clase = clase
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def __call__(
        self,
        path: str,
        text: str,
        *,
        kind: str = "",
        code: str | None = None,
        suggestion: str = "",
        action: str = "",
        warning: bool = False,
        **params: object,
    ) -> None:
        """Report a finding of the running rule at ``path``; ``code`` replaces the rule's own."""
        authority = self.rule.codes[self.clase] if code is None else code
        problem = Problem(
            kind or self.rule.kind,
            text,
            path,
            params,
            authority_code=authority,
            source=self.rule.source or f"{SHEET} {authority}",
            suggestion=suggestion,
            action=action,
        )
        self.add(problem, warning=warning or authority >= "4000")

    def add(self, problem: Problem, *, warning: bool = False) -> None:
        """Take a problem that was found elsewhere."""
        (self.warnings if warning else self.errors).append(problem)


def rule(
    codes: Mapping[str, str | None] | str,
    *,
    kind: str = error_codes.REGLA_INCUMPLIDA,
    stage: Stage = "datos",
    source: str = "",
    desde: date | None = None,
    hasta: date | None = None,
    when: str = "",
) -> Callable[[Callable[[Comprobante, Report], None]], Rule]:
    """Declare a rule.

    ``codes``: one code for every document, or a code per class. A nota takes the code of what it modifies
    unless its own type (``"07"``) or class (``"07F"``) is named; None leaves a class out. ``when``: names of
    properties, with blanks between them.
    """
    given = dict.fromkeys(("01", "03"), codes) if isinstance(codes, str) else dict(codes)
    by_class: dict[str, str] = {}
    for clase in CLASES:
        modified = {"F": "01", "B": "03"}.get(clase[-1], clase)
        code = given.get(clase, given.get(clase[:2], given.get(modified)))
        if code is not None:
            by_class[clase] = code

    def declare(check: Callable[[Comprobante, Report], None]) -> Rule:
        names = frozenset(when.split())
        return Rule(check.__name__, by_class, kind, stage, source, check, desde, hasta, names)

    return declare
