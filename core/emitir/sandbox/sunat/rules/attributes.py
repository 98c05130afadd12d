"""Attributes that say which catalog a code is of: wrong ones are observed (4251 to 4261)."""

from __future__ import annotations

from collections.abc import Iterable

from emitir.sandbox.sunat.rules.case import CUSTOMER, LINE, SUPPLIER
from emitir.sandbox.sunat.rules.table import Table

#: A path, and the value of each attribute there.
Row = tuple[str, dict[str, str]]

_SUNAT = "PE:SUNAT"
_UNECE = "United Nations Economic Commission for Europe"
_CATALOG = "urn:pe:gob:sunat:cpe:see:gem:catalogos:catalogo"

#: Code of SUNAT for each attribute.
_CODES = {
    "listAgencyName": "4251",
    "listName": "4252",
    "listURI": "4253",
    "listID": "4254",
    "schemeName": "4255",
    "schemeAgencyName": "4256",
    "schemeURI": "4257",
    "unitCodeListID": "4258",
    "unitCodeListAgencyName": "4259",
    "name": "4260",
    "listSchemeURI": "4261",
}


def code_list(name: str, catalog: str = "", agency: str = _SUNAT) -> dict[str, str]:
    """Attributes of a code: the list it is of."""
    uri = {"listURI": _CATALOG + catalog} if catalog else {}
    return {"listAgencyName": agency, "listName": name, **uri}


def scheme(name: str, catalog: str = "", agency: str = _SUNAT) -> dict[str, str]:
    """Attributes of an identifier: the scheme it is of."""
    uri = {"schemeURI": _CATALOG + catalog} if catalog else {}
    return {"schemeAgencyName": agency, "schemeName": name, **uri}


_ADDRESS = f"{SUPPLIER}/cac:PartyLegalEntity/cac:RegistrationAddress"
_DELIVERY = "cac:Delivery/cac:DeliveryLocation/cac:Address"
_COUNTRY = {"listID": "ISO 3166-1", "listAgencyName": _UNECE, "listName": "Country"}
_UBIGEO = scheme("Ubigeos", agency="PE:INEI")
_IDENTITY = scheme("Documento de Identidad", "06")
_TAX = scheme("Codigo de tributos", "05")
_CHARGE = code_list("Cargo/descuento", "53")
_REFERENCE = "cac:AdditionalDocumentReference"

#: Of facturas, boletas and notas alike.
COMMON: tuple[Row, ...] = (
    ("cbc:CustomizationID", {"schemeAgencyName": _SUNAT}),
    (f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", _IDENTITY),
    (f"{_ADDRESS}/cbc:ID", _UBIGEO),
    (f"{_ADDRESS}/cac:Country/cbc:IdentificationCode", _COUNTRY),
    (f"{_ADDRESS}/cbc:AddressTypeCode", code_list("Establecimientos anexos")),
    (f"{CUSTOMER}/cac:PartyIdentification/cbc:ID", _IDENTITY),
    ("cac:DespatchDocumentReference/cbc:DocumentTypeCode", code_list("Tipo de Documento", "01")),
    (f"{_REFERENCE}/cbc:DocumentTypeCode", code_list("Documento Relacionado", "12")),
    (f"{LINE}/cbc:InvoicedQuantity", {"unitCodeListID": "UN/ECE rec 20", "unitCodeListAgencyName": _UNECE}),
    (
        f"{LINE}/cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
        {"listID": "UNSPSC", **code_list("Item Classification", agency="GS1 US")},
    ),
    (
        f"{LINE}/cac:PricingReference/cac:AlternativeConditionPrice/cbc:PriceTypeCode",
        code_list("Tipo de Precio", "16"),
    ),
    (
        f"{LINE}/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReasonCode",
        code_list("Afectacion del IGV", "07"),
    ),
    (f"{LINE}/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID", _TAX),
    ("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID", _TAX),
    (f"{LINE}/cac:Item/cac:AdditionalItemProperty/cbc:NameCode", code_list("Propiedad del item", "55")),
)

#: Of what is subject to detracción: facturas, boletas and notas de débito.
DETRACCION: tuple[Row, ...] = (
    ("cac:PaymentMeans/cbc:PaymentMeansCode", code_list("Medio de pago", "59")),
    ("cac:PaymentTerms[cbc:ID='Detraccion']/cbc:PaymentMeansID", scheme("Codigo de detraccion", "54")),
)

_OF_INVOICES: tuple[Row, ...] = (
    (
        "cbc:InvoiceTypeCode",
        {
            **code_list("Tipo de Documento", "01"),
            "name": "Tipo de Operacion",
            "listSchemeURI": _CATALOG + "51",
        },
    ),
    ("cbc:DocumentCurrencyCode", {"listID": "ISO 4217 Alpha", **code_list("Currency", agency=_UNECE)}),
    (f"{_DELIVERY}/cbc:ID", _UBIGEO),
    (f"{_DELIVERY}/cac:Country/cbc:IdentificationCode", _COUNTRY),
    (f"{_REFERENCE}/cbc:DocumentStatusCode", code_list("Anticipo")),
    (f"{_REFERENCE}/cac:IssuerParty/cac:PartyIdentification/cbc:ID", _IDENTITY),
    (f"{LINE}/cac:AllowanceCharge/cbc:AllowanceChargeReasonCode", _CHARGE),
    ("cac:AllowanceCharge/cbc:AllowanceChargeReasonCode", _CHARGE),
    ("cac:PrepaidPayment/cbc:ID", scheme("Anticipo")),
)


def table_of(rows: Iterable[Row], *types: str) -> Table:
    """The rules that ``rows`` make for these documents."""
    table = Table(*types)
    for path, attributes in rows:
        for attribute, value in attributes.items():
            table.equals(_CODES[attribute], f"{path}/@{attribute}", value)
    return table


TABLE = table_of((*COMMON, *_OF_INVOICES, *DETRACCION))
