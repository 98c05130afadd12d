"""What a case of a broken rule is, and the paths that cases speak of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sandbox import factory as f
from tests.sandbox.factory import Edit, Invoice, set_text

LINE = "cac:InvoiceLine"
SUB = f"{LINE}/cac:TaxTotal/cac:TaxSubtotal"
CATEGORY = f"{SUB}/cac:TaxCategory"
TOTAL = "cac:LegalMonetaryTotal"
SUPPLIER = "cac:AccountingSupplierParty/cac:Party"
CUSTOMER = "cac:AccountingCustomerParty/cac:Party"
ADDRESS = f"{SUPPLIER}/cac:PartyLegalEntity/cac:RegistrationAddress"
HEAD = "cac:TaxTotal/cac:TaxSubtotal"
SCHEME = "cac:TaxCategory/cac:TaxScheme"
SIGNATORY = "cac:Signature/cac:SignatoryParty"
ITEM = f"{LINE}/cac:Item"
PRICE = f"{LINE}/cac:PricingReference/cac:AlternativeConditionPrice"
LONG = "x" * 1501


@dataclass(frozen=True)
class Case:
    """A document that breaks the rule ``code``. ``lists``: SUNAT's padrones for it."""

    code: str
    invoice: Invoice
    schema: bool = True
    lists: dict[str, list[str]] | None = None


def case(
    code: str, *edits: Edit, of: Callable[..., Invoice] = Invoice, schema: bool = True,
    lists: dict[str, list[str]] | None = None, **values: Any,
) -> Case:  # fmt: skip
    return Case(code, of(edits=list(edits), **values), schema, lists)


def loose(code: str, *edits: Edit, of: Callable[..., Invoice] = Invoice, **values: Any) -> Case:
    """A case that the schema would stop."""
    return case(code, *edits, of=of, schema=False, **values)


def amount_edit(path: str) -> Edit:
    """Make every amount at ``path`` have three decimals."""
    return set_text(path, "100.001")


def charged(
    code: str, reason: str, amount: str = "10.00", of: Callable[..., Invoice] = Invoice, **values: str
) -> Case:
    """A document with one global charge or discount."""
    return case(code, of=of, charges=f.charge(reason, amount, **values))


def note(code: str, text: str = "LEYENDA") -> str:
    return f'<cbc:Note languageLocaleID="{code}">{text}</cbc:Note>'
