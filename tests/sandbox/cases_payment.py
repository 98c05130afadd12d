"""Cases that break percepción, retención, detracción, forma de pago and attributes."""

from __future__ import annotations

from tests.sandbox import factory as f
from tests.sandbox.cases import CATEGORY, CUSTOMER, LINE, case, charged, loose
from tests.sandbox.factory import CASH, double, drop, set_attribute, set_text

CHARGE = "cac:AllowanceCharge"
TERMS = "cac:PaymentTerms"
MEANS = "cac:PaymentMeans"
DETRACCION = f"{TERMS}[cbc:ID='Detraccion']"
PERCEPCION = f"{TERMS}[cbc:ID='Percepcion']"
SPECIAL_CASES = [
    case("3093", drop(CHARGE), of=f.percepcion),
    case("3308", of=f.percepcion, operation="0101"),
    case(
        "3330",
        of=f.percepcion,
        terms=f.terms("Credito", "118.00") + f.terms("Cuota001", "118.00", f.in_days(30)),
    ),
    case("2798", set_text(f"{CHARGE}/cbc:Amount", "3.37"), of=f.percepcion),
    case("2797", set_text(f"{CHARGE}/cbc:BaseAmount", "118.01"), of=f.percepcion),
    case("3233", drop(f"{CHARGE}/cbc:BaseAmount"), of=f.percepcion),
    case("2792", set_attribute(f"{CHARGE}/cbc:Amount", "currencyID", "USD"), of=f.percepcion),
    case("2788", set_attribute(f"{CHARGE}/cbc:BaseAmount", "currencyID", "USD"), of=f.percepcion),
    case("2788", set_attribute(f"{PERCEPCION}/cbc:Amount", "currencyID", "USD"), of=f.percepcion),
    case("3309", drop(PERCEPCION), of=f.percepcion),
    case("3310", drop(f"{PERCEPCION}/cbc:Amount"), of=f.percepcion),
    case("3311", set_text(f"{PERCEPCION}/cbc:Amount", "0.00"), of=f.percepcion),
    case("3311", set_text(f"{PERCEPCION}/cbc:Amount", "120.361"), of=f.percepcion),
    case("3262", of=f.retencion, operation="0112", customer_type="1", customer="12345678"),
    case("3262", of=f.retencion, lists={"agentes_retencion": ["20100070970"]}),
    case("3269", of=f.retencion, lists={"agentes_retencion": [f.RUC, f.CUSTOMER]}),
    case("3263", of=f.retencion, amount="4.55"),
    case("3264", of=f.retencion, base="118.01"),
    case("3316", operation="2002"),
    charged("3317", "63", base="100.00"),
    charged("3318", "63"),
    case("3127", drop(DETRACCION), of=f.detraccion),
    case("3127", drop(f"{DETRACCION}/cbc:PaymentMeansID"), of=f.detraccion),
    case("3128", of=f.detraccion, operation="0101"),
    case("3033", of=f.detraccion, good="999"),
    case("3129", of=f.detraccion, operation="1003"),
    case("3034", drop(MEANS), of=f.detraccion),
    case("3034", drop(f"{MEANS}/cac:PayeeFinancialAccount"), of=f.detraccion),
    case("3174", set_text(f"{MEANS}/cbc:PaymentMeansCode", "777"), of=f.detraccion),
    case("3035", drop(f"{DETRACCION}/cbc:Amount"), of=f.detraccion),
    case("3037", of=f.detraccion, amount="0.00"),
    case("3037", of=f.detraccion, amount="14.001"),
    case("3208", of=f.detraccion, currency="USD"),
]

PAYMENT_CASES = [
    case("3244", terms=""),
    case("3245", drop(f"{TERMS}/cbc:PaymentMeansID")),
    case("3461", double(f"{TERMS}/cbc:PaymentMeansID")),
    case("3246", set_text(f"{TERMS}/cbc:PaymentMeansID", "CONTADO")),
    case("3247", terms=CASH + f.terms("Credito", "118.00") + f.terms("Cuota001", "118.00", f.in_days(30))),
    case("3248", terms=CASH + CASH),
    case("3249", terms=f.terms("Credito", "118.00")),
    case("3252", drop(f"{TERMS}[1]"), of=f.credit),
    case("3250", of=f.credit, pending="118.001"),
    case("3253", of=f.credit, first="59.001"),
    case("3251", of=f.credit, pending=""),
    case("3265", of=f.credit, pending="118.01"),
    case("3319", of=f.credit, second="58.99"),
    case("3254", of=f.credit, second=""),
    case("3266", of=f.credit, first="118.01"),
    loose("3255", set_text(f"{TERMS}[2]/cbc:PaymentDueDate", "31/12/2026"), of=f.credit),
    case("3256", drop(f"{TERMS}[2]/cbc:PaymentDueDate"), of=f.credit),
    case("3267", of=f.credit, due=0),
]

TYPE_CODE = "cbc:InvoiceTypeCode"
ATTRIBUTE_CASES = [
    case("4251", set_attribute(TYPE_CODE, "listAgencyName", "SUNAT")),
    case("4252", set_attribute(TYPE_CODE, "listName", "SUNAT:Identificador de Tipo de Documento")),
    case("4253", set_attribute(TYPE_CODE, "listURI", "catalogo01")),
    case("4254", set_attribute("cbc:DocumentCurrencyCode", "listID", "ISO")),
    case(
        "4255",
        set_attribute(f"{CUSTOMER}/cac:PartyIdentification/cbc:ID", "schemeName", "SUNAT:Identificador"),
    ),
    case("4256", set_attribute(f"{CUSTOMER}/cac:PartyIdentification/cbc:ID", "schemeAgencyName", "SUNAT")),
    case("4257", set_attribute(f"{CATEGORY}/cac:TaxScheme/cbc:ID", "schemeURI", "catalogo05")),
    case("4258", set_attribute(f"{LINE}/cbc:InvoicedQuantity", "unitCodeListID", "rec 20")),
    case("4259", set_attribute(f"{LINE}/cbc:InvoicedQuantity", "unitCodeListAgencyName", "UNECE")),
    case("4260", set_attribute(TYPE_CODE, "name", "Operacion")),
    case("4261", set_attribute(TYPE_CODE, "listSchemeURI", "catalogo51")),
]
