"""The form of a rule and what it reports to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from emitir import error_codes
from emitir.errors import Problem
from emitir.paraguay.comprobante import Comprobante

SOURCE = "SIFEN v150"
TODOS = frozenset("14567")
Stage = Literal["datos", "importes"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One or several codes of SIFEN that one look at the document decides.

    ``codes``: the first is the one that is told unless another is named. ``tipos``: the iTiDE that it looks at.
    """

    name: str
    codes: tuple[str, ...]
    kind: str
    stage: Stage
    tipos: frozenset[str]
    source: str
    check: Callable[[Comprobante, Report], None] = field(repr=False)


class Report:
    """Collects what the rules of one run find."""

    __slots__ = ("errors", "rule", "warnings")

    rule: Rule

    def __init__(self) -> None:
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []

    def __call__(
        self,
        path: str,
        text: str,
        *,
        code: str | None = None,
        kind: str = "",
        suggestion: str = "",
        action: str = "",
        warning: bool = False,
        **params: object,
    ) -> None:
        """Report a finding of the running rule at ``path``; ``code`` is one of the rule's codes, or empty."""
        authority = (self.rule.codes[0] if self.rule.codes else "") if code is None else code
        problem = Problem(
            kind or self.rule.kind,
            text,
            path,
            params,
            authority_code=authority,
            source=self.rule.source or f"{SOURCE} {authority}".strip(),
            suggestion=suggestion,
            action=action,
        )
        self.add(problem, warning=warning)

    def add(self, problem: Problem, *, warning: bool = False) -> None:
        """Take a problem that was found elsewhere."""
        (self.warnings if warning else self.errors).append(problem)


def rule(
    *codes: str,
    kind: str = error_codes.REGLA_INCUMPLIDA,
    stage: Stage = "datos",
    tipos: str = "14567",
    source: str = "",
) -> Callable[[Callable[[Comprobante, Report], None]], Rule]:
    """Declare a rule with the codes that it enforces."""

    def declare(check: Callable[[Comprobante, Report], None]) -> Rule:
        return Rule(check.__name__, codes, kind, stage, frozenset(tipos), source, check)

    return declare
