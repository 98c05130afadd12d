"""One document under judgement: the parsed tree, read by XPath, and what SUNAT knows beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache

from lxml import etree

from emitir.sandbox.records import Registered
from emitir.sandbox.sunat.lists import Lists
from emitir.sandbox.sunat.names import FileName
from emitir.sandbox.sunat.xmlsafe import Element

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NAMESPACES = {
    "cac": _UBL + "CommonAggregateComponents-2",
    "cbc": _UBL + "CommonBasicComponents-2",
    "ext": _UBL + "CommonExtensionComponents-2",
    "sac": "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
}
ZERO = Decimal(0)

#: Paths that several areas use, from the document's root.
LINE = "cac:InvoiceLine"
CUSTOMER = "cac:AccountingCustomerParty/cac:Party"
SUPPLIER = "cac:AccountingSupplierParty/cac:Party"
TOTAL = "cac:LegalMonetaryTotal"
#: What a nota modifies.
MODIFIED = "cac:BillingReference/cac:InvoiceDocumentReference"
NOTES = ("07", "08")

#: From this date of issue on: penalidades (motive 13), one document per nota, the new resumen diario.
_RS_48_2026 = date(2027, 1, 1)

#: How SUNAT's registry is asked: type, serie, number.
Finder = Callable[[str, str, int], Registered | None]
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


@lru_cache(maxsize=512)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=NAMESPACES)


def nodes(context: Element, path: str) -> list[Element]:
    """The elements at ``path`` under ``context``."""
    found: list[Element] = _compiled(path)(context)
    return found


def texts(context: Element, path: str) -> list[str]:
    """The texts at ``path`` (elements or attributes), stripped."""
    return [(item if isinstance(item, str) else item.text or "").strip() for item in _compiled(path)(context)]


def text(context: Element, path: str) -> str:
    """The first text at ``path``, stripped; empty when there is none."""
    found = texts(context, path)
    return found[0] if found else ""


def raw(context: Element, path: str) -> str | None:
    """The first text at ``path`` as it stands, with its blanks; None when the node is absent."""
    found = _compiled(path)(context)
    if not found:
        return None
    return str(found[0]) if isinstance(found[0], str) else found[0].text or ""


def exists(context: Element, path: str) -> bool:
    """Whether anything is at ``path``."""
    return bool(_compiled(path)(context))


def to_number(value: str) -> Decimal | None:
    """A decimal number as XML Schema writes it, or None."""
    if not _NUMBER.fullmatch(value):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def amount(context: Element, path: str) -> Decimal:
    """The number at ``path``; zero when it is absent or none."""
    return to_number(text(context, path)) or ZERO


def total(context: Element, path: str) -> Decimal:
    """The sum of the numbers at ``path``."""
    return sum((to_number(item) or ZERO for item in texts(context, path)), ZERO)


def _nothing(tipo: str, serie: str, numero: int) -> Registered | None:
    """A registry that holds nothing."""
    return None


@dataclass(frozen=True)
class Case:
    """A document and its circumstances.

    ``now``: moment of reception, Lima. ``sender``: RUC of who sends it. ``find``: the issuer's documents that
    SUNAT knows. ``names``: how the document calls what the rules call as in a factura (``InvoiceLine``).
    """

    root: Element
    name: FileName
    sender: str
    now: datetime
    lists: Lists = field(default_factory=Lists)
    find: Finder = _nothing
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def tipo(self) -> str:
        """Code of the document type, by the file's name."""
        return self.name.tipo

    @cached_property
    def modifies(self) -> str:
        """Type of what a nota modifies (catalog 01)."""
        return text(self.root, f"{MODIFIED}/cbc:DocumentTypeCode")

    @cached_property
    def reason(self) -> str:
        """Type of a nota (catalogs 09 and 10)."""
        return text(self.root, "cac:DiscrepancyResponse/cbc:ResponseCode")

    @cached_property
    def strict(self) -> bool:
        """Whether its rules are those of a factura: not for boletas, liquidaciones de compra nor notas of others."""
        return self.modifies == "01" if self.tipo in NOTES else self.tipo not in ("03", "04")

    def spell(self, path: str) -> str:
        """``path`` with the names that the document itself uses."""
        if not self.names:
            return path
        ours = "|".join(map(re.escape, self.names))
        return re.sub(ours, lambda match: self.names[match[0]], path)

    @cached_property
    def operation(self) -> str:
        """Tipo de operación (catalog 51)."""
        return text(self.root, "cbc:InvoiceTypeCode/@listID")

    @cached_property
    def currency(self) -> str:
        """Currency of the document."""
        return text(self.root, "cbc:DocumentCurrencyCode")

    @cached_property
    def contingency(self) -> bool:
        """Whether the serie is a number: a document on paper, informed later."""
        return self.name.serie.isdigit()

    @cached_property
    def issue_date(self) -> date | None:
        """Fecha de emisión; None when it cannot be read."""
        return to_date(text(self.root, "cbc:IssueDate"))

    @cached_property
    def rules_of_2027(self) -> bool:
        """Whether what RS 000048-2026 changed holds for it: by the date of the documents that are told."""
        day = to_date(text(self.root, "cbc:ReferenceDate")) or self.issue_date
        return day is not None and day >= _RS_48_2026

    @cached_property
    def customer_type(self) -> str:
        """Type of the customer's identity document (catalog 06)."""
        return text(self.root, f"{CUSTOMER}/cac:PartyIdentification/cbc:ID/@schemeID")

    @cached_property
    def customer_number(self) -> str:
        """Number of the customer's identity document."""
        return text(self.root, f"{CUSTOMER}/cac:PartyIdentification/cbc:ID")

    @cached_property
    def legends(self) -> list[str]:
        """Codes of the leyendas (catalog 52)."""
        return texts(self.root, "cbc:Note/@languageLocaleID")

    @cached_property
    def lines(self) -> list[Element]:
        """The lines."""
        return nodes(self.root, LINE)

    @cached_property
    def payable(self) -> Decimal:
        """Importe total."""
        return amount(self.root, f"{TOTAL}/cbc:PayableAmount")

    def charges(self, *reasons: str) -> Decimal:
        """Sum of the global charges and discounts with these reasons (catalog 53). In a nota they do not count."""
        if self.tipo in NOTES:
            return ZERO
        return sum(
            (
                amount(node, "cbc:Amount")
                for node in nodes(self.root, "cac:AllowanceCharge")
                if text(node, "cbc:AllowanceChargeReasonCode") in reasons
            ),
            ZERO,
        )

    def line_charges(self, line: Element, *reasons: str) -> Decimal:
        """Sum of a line's charges and discounts with these reasons. In a nota they do not count."""
        if self.tipo in NOTES:
            return ZERO
        return sum(
            (
                amount(node, "cbc:Amount")
                for node in nodes(line, "cac:AllowanceCharge")
                if text(node, "cbc:AllowanceChargeReasonCode") in reasons
            ),
            ZERO,
        )

    @cached_property
    def _subtotals(self) -> dict[Element, dict[str, Element]]:
        return {line: tax_subtotals(line) for line in self.lines}

    def tax(self, line: Element, code: str) -> Element | None:
        """A line's subtotal of the tax ``code`` (catalog 05), or None."""
        return self._subtotals[line].get(code)

    def base(self, line: Element, code: str) -> Decimal:
        """A line's base of the tax ``code``; zero without one."""
        node = self.tax(line, code)
        return amount(node, "cbc:TaxableAmount") if node is not None else ZERO

    def with_base(self, *codes: str) -> list[Element]:
        """The lines that have a base greater than zero in any of the taxes ``codes``."""
        return [line for line in self.lines if any(self.base(line, code) > 0 for code in codes)]

    def free(self, line: Element) -> bool:
        """Whether a line is gratuita: tax 9996 with a base greater than zero."""
        return self.base(line, "9996") > 0

    @cached_property
    def totals(self) -> dict[str, Element]:
        """The document's subtotals by tax."""
        return tax_subtotals(self.root)

    def extension(self, *codes: str) -> Decimal:
        """Sum of the valor de venta of the lines with a base in any of ``codes``."""
        return sum((amount(line, "cbc:LineExtensionAmount") for line in self.with_base(*codes)), ZERO)

    @cached_property
    def igv_rate(self) -> Decimal:
        """The IGV rate that the lines carry (18 when none does), as a factor."""
        for line in self.with_base("1000"):
            node = self.tax(line, "1000")
            if node is not None:
                return amount(node, "cac:TaxCategory/cbc:Percent") / 100
        return Decimal("0.18")


def tax_subtotals(context: Element) -> dict[str, Element]:
    """The subtotals under a line or the document, by tax code (the first of each)."""
    found: dict[str, Element] = {}
    for node in nodes(context, "cac:TaxTotal/cac:TaxSubtotal"):
        found.setdefault(text(node, "cac:TaxCategory/cac:TaxScheme/cbc:ID"), node)
    return found


def to_date(value: str) -> date | None:
    """A date written AAAA-MM-DD, or None."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
