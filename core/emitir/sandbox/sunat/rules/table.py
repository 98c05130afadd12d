"""The tables of rules: a rule is a code, where it looks, and what it finds wrong there.

Rules are written once for factura and boleta: where SUNAT gives a boleta another code (4290 instead of 3291)
or none, the rule says so. ``SAME`` is the factura's code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

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
    """A check over every node of ``scope``, with its code by document type."""

    codes: dict[str, str]
    scope: str
    check: Check

    def apply(self, case: Case) -> Iterator[Finding]:
        """What is wrong in ``case``."""
        code = self.codes.get(case.tipo)
        if code is None:
            return
        contexts = [case.root] if self.scope == "." else nodes(case.root, self.scope)
        for context in contexts:
            for hit in self.check(case, context):
                yield Finding(code, hit.node, hit.value, _where(hit, self.scope, context))


def _where(hit: Hit, scope: str, context: Element) -> str:
    if not scope.startswith("cac:InvoiceLine"):
        return hit.where
    line = context
    while etree.QName(line).localname != "InvoiceLine":
        parent = line.getparent()
        if parent is None:
            return hit.where
        line = parent
    return f"Error en la linea: {text(line, 'cbc:ID')}"


class Table:
    """The rules of one area, in the order they were written.

    ``types``: the documents it is about, factura and boleta when not said. A rule's first code is that of the
    first of them, its second that of the others.
    """

    def __init__(self, *types: str) -> None:
        self.types = types or ("01", "03")
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
        other = factura if boleta == SAME else boleta
        pairs = zip(self.types, (factura, *(other for _ in self.types[1:])), strict=True)
        self.rules.append(Rule({tipo: code for tipo, code in pairs if code}, scope, check))

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


def any_text(shortest: int, longest: int) -> str:
    """Pattern of a text without line breaks and tabs, not blank, of that many characters."""
    return rf"(?=.*[^ ])[^\n\r\t\f\v]{{{shortest},{longest}}}"


def decimal(integers: int, decimals: int) -> str:
    """Pattern of a number that is not negative, with at most so many digits."""
    return rf"\+?[0-9]{{1,{integers}}}(\.[0-9]{{1,{decimals}}})?"


#: An amount with two decimals, zero allowed.
AMOUNT = decimal(12, 2)
