"""SIFEN's own validations, applied before anything leaves: each with its code (errors of the MT150 and its NT).

What is accounted for where: docs/paraguay/rules-coverage.md, made from here and from
:mod:`emitir.paraguay.rules.coverage`.
"""

from __future__ import annotations

from functools import lru_cache

from emitir.errors import Problem
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.rules.engine import Report, Rule, Stage


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which problems are told."""
    from emitir.paraguay.rules import amounts, associated, groups, header, lines, payment, receiver, trip

    return tuple(
        value
        for module in (header, groups, receiver, associated, lines, payment, trip, amounts)
        for value in vars(module).values()
        if isinstance(value, Rule)
    )


@lru_cache(maxsize=16)
def _rules_for(tipo: str, stage: Stage) -> tuple[Rule, ...]:
    return tuple(rule for rule in all_rules() if tipo in rule.tipos and rule.stage == stage)


def judge(comprobante: Comprobante, stage: Stage) -> tuple[list[Problem], list[Problem]]:
    """Errors and warnings of one stage: ``datos`` (what was given) or ``importes`` (the settled figures)."""
    report = Report()
    for rule in _rules_for(comprobante.tipo, stage):
        report.rule = rule
        rule.check(comprobante, report)
    return report.errors, report.warnings
