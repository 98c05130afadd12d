"""Sales of every kind that SUNAT accepts, to be broken by the tests."""

from __future__ import annotations

from typing import Any

from tests.sandbox.invoice import CASH, Invoice, igv, line, sale, subtotal
from tests.sandbox.names import RUC, in_days


def free(affectation: str = "11", tax: str = "18.00", **values: Any) -> Invoice:
    """A factura of one gift worth 100.00 and one sale."""
    gift = line(
        2, price="0", with_tax="100", kind="02", value="100.00", tax="0.00",
        subtotals=subtotal("9996", "100.00", tax, igv(affectation)),
    )  # fmt: skip
    notes = '<cbc:Note languageLocaleID="1002">TRANSFERENCIA GRATUITA</cbc:Note>'
    totals = subtotal("1000", "100.00", "18.00") + subtotal("9996", "100.00", tax)
    return Invoice(**{"lines": sale() + gift, "subtotals": totals, "notes": notes, **values})


def untaxed(code: str = "9997", affectation: str = "20", **values: Any) -> Invoice:
    """A factura of 100.00 without IGV: exonerada, inafecta or exportación."""
    one = line(
        1, price="100", with_tax="100", value="100.00", tax="0.00",
        subtotals=subtotal(code, "100.00", "0.00", igv(affectation)),
    )  # fmt: skip
    return Invoice(
        **{
            "lines": one, "subtotals": subtotal(code, "100.00", "0.00"), "tax": "0.00", "inclusive": "100.00",
            "payable": "100.00", **values,
        }
    )  # fmt: skip


def export(**values: Any) -> Invoice:
    """A factura of exportación to somebody abroad."""
    return untaxed("9995", "40", **{"operation": "0200", "customer_type": "-", "customer": "-", **values})


def rice(**values: Any) -> Invoice:
    """A factura of arroz pilado: IVAP of 4 %."""
    one = line(
        1, price="100", with_tax="104", value="100.00", tax="4.00",
        subtotals=subtotal("1016", "100.00", "4.00", igv("17", "4")),
    )  # fmt: skip
    return Invoice(
        **{
            "lines": one, "subtotals": subtotal("1016", "100.00", "4.00"), "tax": "4.00", "inclusive": "104.00",
            "payable": "104.00", "notes": '<cbc:Note languageLocaleID="2007">IVAP</cbc:Note>', **values,
        }
    )  # fmt: skip


def excise(**values: Any) -> Invoice:
    """A factura with ISC (10 %) below the IGV, and another tax of 5 %."""
    parts = (
        subtotal("1000", "110.00", "19.80", igv())
        + subtotal(
            "2000", "100.00", "10.00", "<cbc:Percent>10</cbc:Percent><cbc:TierRange>01</cbc:TierRange>"
        )
        + subtotal("9999", "100.00", "5.00", "<cbc:Percent>5</cbc:Percent>")
    )
    one = line(1, price="100", with_tax="134.80", value="100.00", tax="34.80", subtotals=parts)
    totals = (
        subtotal("1000", "100.00", "19.80")
        + subtotal("2000", "100.00", "10.00")
        + subtotal("9999", "100.00", "5.00")
    )
    return Invoice(
        **{
            "lines": one,
            "subtotals": totals,
            "tax": "34.80",
            "inclusive": "134.80",
            "payable": "134.80",
            **values,
        }
    )


def bags(**values: Any) -> Invoice:
    """A factura with two plastic bags: ICBPER of 0.50 each."""
    bag = subtotal("7152", "", "1.00", "<cbc:PerUnitAmount currencyID='PEN'>0.50</cbc:PerUnitAmount>")
    bag = bag.replace(
        '<cbc:TaxableAmount currencyID="PEN"></cbc:TaxableAmount><cbc:TaxAmount currencyID="PEN">1.00</cbc:TaxAmount>',
        '<cbc:TaxAmount currencyID="PEN">1.00</cbc:TaxAmount><cbc:BaseUnitMeasure unitCode="NIU">2</cbc:BaseUnitMeasure>',
    )
    one = line(
        1, price="50", with_tax="59.50", value="100.00", tax="19.00", quantity="2",
        subtotals=subtotal("1000", "100.00", "18.00", igv()) + bag,
    )  # fmt: skip
    total = subtotal("7152", "", "1.00").replace(
        '<cbc:TaxableAmount currencyID="PEN"></cbc:TaxableAmount>', ""
    )
    return Invoice(
        **{
            "lines": one, "subtotals": subtotal("1000", "100.00", "18.00") + total, "tax": "19.00",
            "inclusive": "119.00", "payable": "119.00", **values,
        }
    )  # fmt: skip


def terms(
    kind: str, amount: str = "", due: str = "", indicator: str = "FormaPago", currency: str = "PEN"
) -> str:
    """A ``cac:PaymentTerms``."""
    money = f'<cbc:Amount currencyID="{currency}">{amount}</cbc:Amount>' if amount else ""
    when = f"<cbc:PaymentDueDate>{due}</cbc:PaymentDueDate>" if due else ""
    means = f"<cbc:PaymentMeansID>{kind}</cbc:PaymentMeansID>" if kind else ""
    return f"<cac:PaymentTerms><cbc:ID>{indicator}</cbc:ID>{means}{money}{when}</cac:PaymentTerms>"


def credit(
    pending: str = "118.00", first: str = "59.00", second: str = "59.00", due: int = 30, **values: Any
) -> Invoice:
    """A factura al crédito with two cuotas."""
    parts = (
        terms("Credito", pending)
        + terms("Cuota001", first, in_days(due))
        + terms("Cuota002", second, in_days(60))
    )
    return Invoice(**{"terms": parts, **values})


def charge(
    reason: str,
    amount: str,
    indicator: str = "false",
    factor: str = "",
    base: str = "",
    currency: str = "PEN",
) -> str:
    """A ``cac:AllowanceCharge``."""
    part = f"<cbc:MultiplierFactorNumeric>{factor}</cbc:MultiplierFactorNumeric>" if factor else ""
    of = f'<cbc:BaseAmount currencyID="{currency}">{base}</cbc:BaseAmount>' if base else ""
    code = f"<cbc:AllowanceChargeReasonCode>{reason}</cbc:AllowanceChargeReasonCode>" if reason else ""
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{indicator}</cbc:ChargeIndicator>{code}{part}"
        f'<cbc:Amount currencyID="{currency}">{amount}</cbc:Amount>{of}</cac:AllowanceCharge>'
    )


def detraccion(good: str = "037", amount: str = "14.00", currency: str = "PEN", **values: Any) -> Invoice:
    """A factura subject to detracción."""
    means = (
        "<cac:PaymentMeans><cbc:ID>Detraccion</cbc:ID><cbc:PaymentMeansCode>001</cbc:PaymentMeansCode>"
        "<cac:PayeeFinancialAccount><cbc:ID>00012345</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    )
    parts = means + CASH + terms(good, amount, indicator="Detraccion", currency=currency)
    notes = '<cbc:Note languageLocaleID="2006">Operación sujeta a detracción</cbc:Note>'
    return Invoice(**{"operation": "1001", "terms": parts, "notes": notes, **values})


def percepcion(**values: Any) -> Invoice:
    """A factura with percepción of 2 %."""
    return Invoice(
        **{
            "operation": "2001", "charges": charge("51", "2.36", "true", "0.02", "118.00"),
            "terms": CASH + terms("", "120.36", indicator="Percepcion"), **values,
        }
    )  # fmt: skip


def retencion(amount: str = "3.54", base: str = "118.00", **values: Any) -> Invoice:
    """A factura with retención del IGV of 3 %."""
    return Invoice(**{"charges": charge("62", amount, "false", "0.03", base), **values})


def anticipo(**values: Any) -> Invoice:
    """A factura of 118.00 of which 59.00 were paid before."""
    reference = (
        "<cac:AdditionalDocumentReference><cbc:ID>F001-900</cbc:ID><cbc:DocumentTypeCode>02</cbc:DocumentTypeCode>"
        "<cbc:DocumentStatusCode>1</cbc:DocumentStatusCode><cac:IssuerParty><cac:PartyIdentification>"
        f'<cbc:ID schemeID="6">{RUC}</cbc:ID></cac:PartyIdentification></cac:IssuerParty>'
        "</cac:AdditionalDocumentReference>"
    )
    paid = '<cac:PrepaidPayment><cbc:ID>1</cbc:ID><cbc:PaidAmount currencyID="PEN">59.00</cbc:PaidAmount></cac:PrepaidPayment>'
    return Invoice(
        **{
            "references": reference, "prepaid": paid, "charges": charge("04", "50.00", "false", "0.5", "100.00"),
            "subtotals": subtotal("1000", "50.00", "9.00"), "tax": "9.00", "payable": "59.00",
            "more_totals": '<cbc:PrepaidAmount currencyID="PEN">59.00</cbc:PrepaidAmount>', **values,
        }
    )  # fmt: skip
