"""The tables of rules: a rule is a code, where it looks, and what it finds wrong there.

Rules are written once for factura and boleta: where SUNAT gives a boleta another code (4290 instead of 3291)
or none, the rule says so. ``SAME`` is the factura's code. A nota is judged as what it modifies is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from emitir.sandbox.sunat.catalogs import codes as catalog_codes
from emitir.sandbox.sunat.rules.case import Case, exists, nodes, raw, text, texts
from emitir.sandbox.sunat.xmlsafe import Element

SAME = "same"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found wrong: the node, its value, and where (``Error en la linea: 2``)."""

    node: str
    value: str = ""
    where: str = "INFO"


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit with its code."""

    code: str
    node: str
    value: str
    where: str


Check = Callable[[Case, Element], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check over every node of ``scope`` of the documents ``types``.

    ``strict``: its code; ``lenient``: its code for a boleta and what modifies one. None: no such rule.
    """

    types: frozenset[str]
    strict: str | None
    lenient: str | None
    scope: str
    check: Check

    @property
    def codes(self) -> frozenset[str]:
        """Its codes."""
        return frozenset(code for code in (self.strict, self.lenient) if code)

    def apply(self, case: Case) -> Iterator[Finding]:
        """What is wrong in ``case``."""
        code = self.strict if case.strict else self.lenient
        if code is None or case.tipo not in self.types:
            return
        contexts = [case.root] if self.scope == "." else nodes(case.root, self.scope)
        for context in contexts:
            for hit in self.check(case, context):
                yield Finding(code, case.spell(hit.node), hit.value, _where(hit, context))


#: The lines of documents, and where each says its number.
_LINES = {
    "InvoiceLine": "cbc:ID",
    "DespatchLine": "cbc:ID",
    "SummaryDocumentsLine": "cbc:LineID",
    "VoidedDocumentsLine": "cbc:LineID",
}


def _where(hit: Hit, context: Element) -> str:
    for node in (context, *context.iterancestors()):
        number = _LINES.get(etree.QName(node).localname)
        if number:
            return f"Error en la linea: {text(node, number)}"
    return hit.where


class Table:
    """The rules of one area, in the order they were written.

    ``types``: the documents it is about, factura and boleta when not said. A rule's first code is the strict one,
    its second that of a boleta and of what modifies one.
    """

    def __init__(self, *types: str) -> None:
        self.types = frozenset(types or ("01", "03"))
        self.rules: list[Rule] = []

    def rule(
        self, factura: str | None, boleta: str | None = SAME, *, scope: str = "."
    ) -> Callable[[Check], Check]:
        """Decorator: add a check with its codes. None: no such rule for that document."""

        def add(check: Check) -> Check:
            self._add(factura, boleta, scope, check)
            return check

        return add

    def _add(self, factura: str | None, boleta: str | None, scope: str, check: Check) -> None:
        lenient = factura if boleta == SAME else boleta
        self.rules.append(Rule(self.types, factura, lenient, scope, check))

    def lend(self, codes: Collection[str], *types: str, strict: bool = False) -> Table:
        """The rules with these ``codes``, for other documents. ``strict``: with the strict code always."""
        lent = Table(*types)
        for rule in self.rules:
            if rule.codes & set(codes):
                lenient = rule.strict if strict else rule.lenient
                lent.rules.append(replace(rule, types=lent.types, lenient=lenient))
        return lent

    def required(self, code: str | None, path: str, boleta: str | None = SAME, *, scope: str = ".") -> None:
        """``path`` must be there and hold text."""

        def check(case: Case, node: Element) -> Iterator[Hit]:
            if not text(node, path):
                yield Hit(path)

        self._add(code, boleta, scope, check)

    def present(self, code: str | None, path: str, boleta: str | None = SAME, *, scope: str = ".") -> None:
        """``path`` must be there."""

        def check(case: Case, node: Element) -> Iterator[Hit]:
            if not exists(node, path):
                yield Hit(path)

        self._add(code, boleta, scope, check)

    def at_most_one(
        self, code: str | None, path: str, boleta: str | None = SAME, *, scope: str = "."
    ) -> None:
        """``path`` may be there once."""

        def check(case: Case, node: Element) -> Iterator[Hit]:
            if len(nodes(node, path)) > 1:
                yield Hit(path)

        self._add(code, boleta, scope, check)

    def distinct(self, code: str | None, path: str, boleta: str | None = SAME, *, scope: str = ".") -> None:
        """The values at ``path`` must not repeat."""

        def check(case: Case, node: Element) -> Iterator[Hit]:
            values = texts(node, path)
            for value in sorted({value for value in values if values.count(value) > 1}):
                yield Hit(path, value)

        self._add(code, boleta, scope, check)

    def equals(
        self, code: str | None, path: str, wanted: str, boleta: str | None = SAME, *, scope: str = "."
    ) -> None:
        """Every value at ``path`` must be ``wanted``."""
        self.one_of(code, path, frozenset({wanted}), boleta, scope=scope)

    def one_of(
        self,
        code: str | None,
        path: str,
        wanted: frozenset[str],
        boleta: str | None = SAME,
        *,
        scope: str = ".",
    ) -> None:
        """Every value at ``path`` must be in ``wanted``."""

        def check(case: Case, node: Element) -> Iterator[Hit]:
            for value in texts(node, path):
                if value not in wanted:
                    yield Hit(path, value)

        self._add(code, boleta, scope, check)

    def in_catalog(
        self, code: str | None, path: str, number: str, boleta: str | None = SAME, *, scope: str = "."
    ) -> None:
        """Every value at ``path`` must be a code of catalog ``number``."""

        def check(case: Case, node: Element) -> Iterator[Hit]:
            for value in texts(node, path):
                if value not in catalog_codes(number):
                    yield Hit(path, value)

        self._add(code, boleta, scope, check)

    def matches(
        self, code: str | None, path: str, pattern: str, boleta: str | None = SAME, *, scope: str = "."
    ) -> None:
        """The values at ``path``, blanks included, must match ``pattern`` whole."""
        compiled = re.compile(pattern, re.ASCII)

        def check(case: Case, node: Element) -> Iterator[Hit]:
            for item in nodes(node, path):
                value = item if isinstance(item, str) else raw(item, ".") or ""
                if not compiled.fullmatch(value):
                    yield Hit(path, value)

        self._add(code, boleta, scope, check)


def code_set(text: str) -> frozenset[str]:
    """Codes written one after the other."""
    return frozenset(text.split())


def any_text(shortest: int, longest: int) -> str:
    """Pattern of a text without line breaks and tabs, not blank, of that many characters."""
    return rf"(?=.*[^ ])[^\n\r\t\f\v]{{{shortest},{longest}}}"


def decimal(integers: int, decimals: int) -> str:
    """Pattern of a number that is not negative, with at most so many digits."""
    return rf"\+?[0-9]{{1,{integers}}}(\.[0-9]{{1,{decimals}}})?"


#: An amount with two decimals, zero allowed.
AMOUNT = decimal(12, 2)
