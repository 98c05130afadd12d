"""SUNAT's own rules, applied before anything leaves: each with its code, its sheet and its dates.

A rule is a function that looks at a comprobante and reports what it finds. It is declared with the code
that SUNAT gives it in each type of document (``{"01": "3277", "03": "4299"}``); a code of 4000 or more is an
observation there, and becomes a warning (``advertencias``) instead of an error. Source of every row:
SUNAT, Reglas de validación, 2026-02-12. How to add one: CONTRIBUTING.md.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from emitir.errors import Problem
from emitir.peru.comprobante import Comprobante
from emitir.peru.rules.engine import Report, Rule, Stage


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which problems are told: header, notas, customer, lines, payment, amounts."""
    from emitir.peru.rules import (
        advances,
        amounts,
        charges,
        concepts,
        customer,
        header,
        lines,
        notes,
        operations,
        other_taxes,
        payment,
        references,
        totals,
        transport,
        withholdings,
    )

    modules = (header, operations, references, notes, customer, lines, other_taxes, concepts, transport)
    return tuple(
        value
        for module in (*modules, charges, advances, payment, withholdings, amounts, totals)
        for value in vars(module).values()
        if isinstance(value, Rule)
    )


@lru_cache(maxsize=1024)
def _rules_for(clase: str, stage: Stage, fecha: date, given: frozenset[str]) -> tuple[Rule, ...]:
    """The rules in force for a document of that class and date of issue that has those properties.

    Remembered: a caller's documents have the same properties again and again.
    """
    return tuple(
        rule
        for rule in all_rules()
        if clase in rule.codes
        and rule.stage == stage
        and rule.holds_on(fecha)
        and (not rule.when or not rule.when.isdisjoint(given))
    )


def judge(comprobante: Comprobante, stage: Stage) -> tuple[list[Problem], list[Problem]]:
    """Errors and warnings of one stage: ``datos`` (what was typed) or ``importes`` (the settled figures)."""
    clase, datos = comprobante.clase, comprobante.datos
    report = Report(clase)
    given = frozenset(datos.model_fields_set.union(*[item.model_fields_set for item in datos.items]))
    for rule in _rules_for(clase, stage, datos.fecha, given):
        report.rule = rule
        rule.check(comprobante, report)
    return report.errors, report.warnings
