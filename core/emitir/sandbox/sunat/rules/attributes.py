"""Attributes that say which catalog a code is of: wrong ones are observed (4251 to 4261)."""

from __future__ import annotations

from emitir.sandbox.sunat.rules.case import CUSTOMER, LINE, SUPPLIER
from emitir.sandbox.sunat.rules.table import Table

TABLE = Table()

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


def _list(name: str, catalog: str = "", agency: str = _SUNAT) -> dict[str, str]:
    uri = {"listURI": _CATALOG + catalog} if catalog else {}
    return {"listAgencyName": agency, "listName": name, **uri}


def _scheme(name: str, catalog: str = "", agency: str = _SUNAT) -> dict[str, str]:
    uri = {"schemeURI": _CATALOG + catalog} if catalog else {}
    return {"schemeAgencyName": agency, "schemeName": name, **uri}


_ADDRESS = f"{SUPPLIER}/cac:PartyLegalEntity/cac:RegistrationAddress"
_DELIVERY = "cac:Delivery/cac:DeliveryLocation/cac:Address"
_COUNTRY = {"listID": "ISO 3166-1", "listAgencyName": _UNECE, "listName": "Country"}
_UBIGEO = _scheme("Ubigeos", agency="PE:INEI")
_IDENTITY = _scheme("Documento de Identidad", "06")
_TAX = _scheme("Codigo de tributos", "05")
_CHARGE = _list("Cargo/descuento", "53")
_REFERENCE = "cac:AdditionalDocumentReference"

_EXPECTED: tuple[tuple[str, dict[str, str]], ...] = (
    ("cbc:CustomizationID", {"schemeAgencyName": _SUNAT}),
    (
        "cbc:InvoiceTypeCode",
        {**_list("Tipo de Documento", "01"), "name": "Tipo de Operacion", "listSchemeURI": _CATALOG + "51"},
    ),
    ("cbc:DocumentCurrencyCode", {"listID": "ISO 4217 Alpha", **_list("Currency", agency=_UNECE)}),
    (f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", _IDENTITY),
    (f"{_ADDRESS}/cbc:ID", _UBIGEO),
    (f"{_ADDRESS}/cac:Country/cbc:IdentificationCode", _COUNTRY),
    (f"{_ADDRESS}/cbc:AddressTypeCode", _list("Establecimientos anexos")),
    (f"{_DELIVERY}/cbc:ID", _UBIGEO),
    (f"{_DELIVERY}/cac:Country/cbc:IdentificationCode", _COUNTRY),
    (f"{CUSTOMER}/cac:PartyIdentification/cbc:ID", _IDENTITY),
    ("cac:DespatchDocumentReference/cbc:DocumentTypeCode", _list("Tipo de Documento", "01")),
    (f"{_REFERENCE}/cbc:DocumentTypeCode", _list("Documento Relacionado", "12")),
    (f"{_REFERENCE}/cbc:DocumentStatusCode", _list("Anticipo")),
    (f"{_REFERENCE}/cac:IssuerParty/cac:PartyIdentification/cbc:ID", _IDENTITY),
    (f"{LINE}/cbc:InvoicedQuantity", {"unitCodeListID": "UN/ECE rec 20", "unitCodeListAgencyName": _UNECE}),
    (
        f"{LINE}/cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
        {"listID": "UNSPSC", **_list("Item Classification", agency="GS1 US")},
    ),
    (
        f"{LINE}/cac:PricingReference/cac:AlternativeConditionPrice/cbc:PriceTypeCode",
        _list("Tipo de Precio", "16"),
    ),
    (
        f"{LINE}/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReasonCode",
        _list("Afectacion del IGV", "07"),
    ),
    (f"{LINE}/cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID", _TAX),
    (f"{LINE}/cac:AllowanceCharge/cbc:AllowanceChargeReasonCode", _CHARGE),
    ("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID", _TAX),
    ("cac:AllowanceCharge/cbc:AllowanceChargeReasonCode", _CHARGE),
    ("cac:PrepaidPayment/cbc:ID", _scheme("Anticipo")),
    (f"{LINE}/cac:Item/cac:AdditionalItemProperty/cbc:NameCode", _list("Propiedad del item", "55")),
    ("cac:PaymentMeans/cbc:PaymentMeansCode", _list("Medio de pago", "59")),
    ("cac:PaymentTerms[cbc:ID='Detraccion']/cbc:PaymentMeansID", _scheme("Codigo de detraccion", "54")),
)

for _path, _attributes in _EXPECTED:
    for _attribute, _value in _attributes.items():
        TABLE.equals(_CODES[_attribute], f"{_path}/@{_attribute}", _value)
