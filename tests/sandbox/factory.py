"""Everything the sandbox's tests make and send, in one place to import from."""

from __future__ import annotations

from tests.sandbox.client import Answer, Client, envelope, read_answer, read_cdr, zipped
from tests.sandbox.edits import add_after, double, drop, set_attribute, set_text
from tests.sandbox.invoice import CASH, TAXES, Invoice, boleta, igv, line, sale, subtotal
from tests.sandbox.names import BILL, CONSULT, CUSTOMER, NS, RUC, UBL, Edit, in_days, lima_today
from tests.sandbox.sales import (
    anticipo,
    bags,
    charge,
    credit,
    detraccion,
    excise,
    export,
    free,
    percepcion,
    retencion,
    rice,
    terms,
    untaxed,
)
from tests.sandbox.signing import key_and_certificate, sign

__all__ = [
    "BILL",
    "CASH",
    "CONSULT",
    "CUSTOMER",
    "NS",
    "RUC",
    "TAXES",
    "UBL",
    "Answer",
    "Client",
    "Edit",
    "Invoice",
    "add_after",
    "anticipo",
    "bags",
    "boleta",
    "charge",
    "credit",
    "detraccion",
    "double",
    "drop",
    "envelope",
    "excise",
    "export",
    "free",
    "igv",
    "in_days",
    "key_and_certificate",
    "lima_today",
    "line",
    "percepcion",
    "read_answer",
    "read_cdr",
    "retencion",
    "rice",
    "sale",
    "set_attribute",
    "set_text",
    "sign",
    "subtotal",
    "terms",
    "untaxed",
    "zipped",
]
