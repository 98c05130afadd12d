"""Versions, dates, currency, type of operation (2070 to 2075, 2108, 2329, 3088, 3205, 3206)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from emitir.sandbox.sunat import catalogs
from emitir.sandbox.sunat.rules.case import LINE, TOTAL, Case, text, texts
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table()

#: Days after the issue date in which SUNAT takes the document (spec.md §13).
DEADLINE = {"01": 3, "03": 5}
#: Days ahead that an issue date may lie.
AHEAD = 2

TABLE.required("2075", "cbc:UBLVersionID")
TABLE.equals("2074", "cbc:UBLVersionID", "2.1")
TABLE.required("2073", "cbc:CustomizationID")
TABLE.equals("2072", "cbc:CustomizationID", "2.0")


@TABLE.rule("2108", "1079")
def _late(case: Case, root: Element) -> Iterator[Hit]:
    if case.contingency or case.issue_date is None:
        return
    if case.now.date() - case.issue_date > timedelta(days=DEADLINE[case.tipo]):
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


@TABLE.rule("2329")
def _future(case: Case, root: Element) -> Iterator[Hit]:
    if case.issue_date is not None and case.issue_date - case.now.date() > timedelta(days=AHEAD):
        yield Hit("cbc:IssueDate", case.issue_date.isoformat())


TABLE.required("2070", "cbc:DocumentCurrencyCode")
TABLE.in_catalog("3088", "cbc:DocumentCurrencyCode", "02")

#: The amounts that carry the currency of the document: not those of percepción, detracción and the payments
#: in soles.
_CURRENCIES = (
    f"{TOTAL}/*/@currencyID",
    "cac:TaxTotal//@currencyID",
    "cac:PrepaidPayment/cbc:PaidAmount/@currencyID",
    "cac:PaymentTerms[cbc:ID='FormaPago']/cbc:Amount/@currencyID",
    "cac:AllowanceCharge[not(contains('51 52 53', cbc:AllowanceChargeReasonCode))]/*/@currencyID",
    f"{LINE}/*/@currencyID",
    f"{LINE}/cac:PricingReference//@currencyID",
    f"{LINE}/cac:TaxTotal//@currencyID",
    f"{LINE}/cac:AllowanceCharge/*/@currencyID",
    f"{LINE}/cac:Price/*/@currencyID",
)


@TABLE.rule("2071")
def _currency(case: Case, root: Element) -> Iterator[Hit]:
    for path in _CURRENCIES:
        for value in texts(root, path):
            if value != case.currency:
                yield Hit(path.partition("[")[0].removesuffix("/@currencyID"), value)
                return


TABLE.required("3205", "cbc:InvoiceTypeCode/@listID")


@TABLE.rule("3206")
def _operation(case: Case, root: Element) -> Iterator[Hit]:
    if case.operation and case.operation not in catalogs.operations(case.tipo):
        yield Hit("cbc:InvoiceTypeCode/@listID", text(root, "cbc:InvoiceTypeCode/@listID"))


TABLE.matches("4233", "cac:OrderReference/cbc:ID", any_text(1, 20), None)
