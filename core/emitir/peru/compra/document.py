"""``SelfBilledInvoice``, UBL 2.1: liquidación de compra. Its customer is who issues it, its supplier the vendor."""

from __future__ import annotations

from decimal import Decimal

from emitir.country import Signed
from emitir.money import ZERO, trimmed
from emitir.peru.afectacion import EXONERADO, GRATUITO, IGV, INAFECTO, OTROS, Tributo
from emitir.peru.amounts import unit_text
from emitir.peru.catalogs import catalog
from emitir.peru.compra.figures import CifrasDeCompra, LineaDeCompra, paid
from emitir.peru.compra.model import Liquidacion, Ubicacion
from emitir.peru.comprobante import MONEDAS
from emitir.peru.documents import ubl
from emitir.peru.emisor import Emisor
from emitir.peru.leyendas import TEXTOS
from emitir.signing.signer import Signer
from emitir.text import amount_in_words
from emitir.xml import text

ROOT = "SelfBilledInvoice"
#: Income tax withheld from the vendor (catalog 05).
RENTA = Tributo("3000", "IR", "TOX", "renta", "renta")
#: Catalog 53 of the value of an anticipo by its affectation, and of the income tax withheld in it.
_ANTICIPO = {"10": "04", "20": "05", "30": "06"}
_ANTICIPO_RENTA = "61"
#: Catalog 12: a liquidación de compra that was issued for an anticipo.
_DE_ANTICIPO = "10"


def words(total: Decimal, moneda: str) -> str:
    """The amount in words (legend 1000)."""
    return amount_in_words(total, MONEDAS.get(moneda) or catalog("02").description(moneda).upper())


def _money(tag: str, amount: Decimal, moneda: str) -> str:
    return f'<cbc:{tag} currencyID="{moneda}">{amount!s}</cbc:{tag}>'


def _address(place: Ubicacion, kind: str = "") -> str:
    return (
        f"<cbc:ID>{place.ubigeo}</cbc:ID>{kind}<cac:AddressLine><cbc:Line>{text(place.direccion)}</cbc:Line>"
        "</cac:AddressLine><cac:Country><cbc:IdentificationCode>PE</cbc:IdentificationCode></cac:Country>"
    )


def _vendor(datos: Liquidacion) -> str:
    kind = f"<cbc:AddressTypeCode>{datos.domicilio.tipo}</cbc:AddressTypeCode>"
    return (
        "<cac:AccountingSupplierParty><cac:Party><cac:PartyIdentification>"
        f'<cbc:ID schemeID="{datos.tipo_doc}">{text(datos.numero_doc)}</cbc:ID></cac:PartyIdentification>'
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{text(datos.razon_social)}</cbc:RegistrationName>"
        f"<cac:RegistrationAddress>{_address(datos.domicilio, kind)}</cac:RegistrationAddress></cac:PartyLegalEntity>"
        "</cac:Party></cac:AccountingSupplierParty><cac:DeliveryTerms><cac:DeliveryLocation>"
        f"<cbc:LocationTypeCode>{datos.lugar.tipo}</cbc:LocationTypeCode><cac:Address>{_address(datos.lugar)}"
        "</cac:Address></cac:DeliveryLocation></cac:DeliveryTerms>"
    )


def _buyer(emisor: Emisor) -> str:
    """The issuer: written as in a factura, under the customer's name."""
    return ubl.supplier(emisor).replace("AccountingSupplierParty>", "AccountingCustomerParty>")


def _references(datos: Liquidacion, emisor: Emisor) -> str:
    found = "".join(
        f"<cac:DespatchDocumentReference><cbc:ID>{text(guia.numero)}</cbc:ID><cbc:DocumentTypeCode>{guia.tipo}"
        "</cbc:DocumentTypeCode></cac:DespatchDocumentReference>"
        for guia in datos.guias
    )
    found += "".join(
        f"<cac:AdditionalDocumentReference><cbc:ID>{text(other.numero)}</cbc:ID><cbc:DocumentTypeCode>{other.tipo}"
        "</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>"
        for other in datos.documentos_relacionados
    )
    return found + "".join(
        f"<cac:AdditionalDocumentReference><cbc:ID>{one.documento}</cbc:ID><cbc:DocumentTypeCode>{_DE_ANTICIPO}"
        f"</cbc:DocumentTypeCode><cbc:DocumentStatusCode>{number}</cbc:DocumentStatusCode><cac:IssuerParty>"
        f'<cac:PartyIdentification><cbc:ID schemeID="6">{one.ruc or emisor.ruc}</cbc:ID></cac:PartyIdentification>'
        "</cac:IssuerParty></cac:AdditionalDocumentReference>"
        for number, one in enumerate(datos.anticipos, 1)
    )


def _advances(datos: Liquidacion) -> str:
    """Payments in advance, and what they take from the bases and from what is withheld."""
    moneda = datos.moneda
    payments = "".join(
        f"<cac:PrepaidPayment><cbc:ID>{number}</cbc:ID>{_money('PaidAmount', paid(one), moneda)}</cac:PrepaidPayment>"
        for number, one in enumerate(datos.anticipos, 1)
    )
    deductions = "".join(
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:AllowanceChargeReasonCode>"
        f"{code}</cbc:AllowanceChargeReasonCode>{_money('Amount', amount, moneda)}</cac:AllowanceCharge>"
        for one in datos.anticipos
        for code, amount in ((_ANTICIPO[one.afectacion_igv], one.valor), (_ANTICIPO_RENTA, one.renta))
        if amount
    )
    return payments + deductions


def _subtotal(
    base: Decimal,
    amount: Decimal,
    tributo: Tributo,
    moneda: str,
    percent: Decimal | None = None,
    reason: str = "",
) -> str:
    rate = "" if percent is None else f"<cbc:Percent>{trimmed(percent)}</cbc:Percent>"
    why = f"<cbc:TaxExemptionReasonCode>{reason}</cbc:TaxExemptionReasonCode>" if reason else ""
    return (
        f"<cac:TaxSubtotal>{_money('TaxableAmount', base, moneda)}{_money('TaxAmount', amount, moneda)}"
        f"<cac:TaxCategory>{rate}{why}<cac:TaxScheme><cbc:ID>{tributo.code}</cbc:ID><cbc:Name>{tributo.name}</cbc:Name>"
        f"<cbc:TaxTypeCode>{tributo.type_code}</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
    )


def _tax_total(datos: Liquidacion, cifras: CifrasDeCompra) -> str:
    moneda = datos.moneda
    found = ""
    of_tax = {IGV.code: cifras.igv, GRATUITO.code: cifras.igv_gratuito}
    for tributo in (IGV, EXONERADO, INAFECTO, GRATUITO):
        if tributo.code in cifras.bases:
            amount = of_tax.get(tributo.code, ZERO)
            found += _subtotal(cifras.bases[tributo.code], amount, tributo, moneda)
    if cifras.base_renta:
        found += _subtotal(cifras.base_renta, cifras.renta, RENTA, moneda)
    if cifras.otros:
        base = sum((linea.valor for linea in cifras.lineas if linea.otros), ZERO)
        found += _subtotal(base, cifras.otros, OTROS, moneda)
    return f"<cac:TaxTotal>{_money('TaxAmount', cifras.igv + cifras.otros, moneda)}{found}</cac:TaxTotal>"


def _line(number: int, linea: LineaDeCompra, datos: Liquidacion) -> str:
    item, moneda = linea.item, datos.moneda
    # SUNAT wants the rate of the IGV told in exoneradas and inafectas too (rule 2992, spec.md §5).
    taxes = _subtotal(
        linea.valor, linea.igv, linea.tributo, moneda, datos.porcentaje_igv, item.afectacion_igv
    )
    if datos.porcentaje_renta and not linea.gratuita:
        taxes += _subtotal(linea.valor, linea.renta, RENTA, moneda, datos.porcentaje_renta)
    if linea.otros:
        percent = (linea.otros / linea.valor * 100).quantize(Decimal("0.00001")) if linea.valor else ZERO
        taxes += _subtotal(linea.valor, linea.otros, OTROS, moneda, percent)
    concepts = "".join(
        f"<cac:AdditionalItemProperty><cbc:Name>{text(catalog('55').description(one.codigo))}</cbc:Name>"
        f"<cbc:NameCode>{one.codigo}</cbc:NameCode><cbc:Value>{text(one.valor)}</cbc:Value></cac:AdditionalItemProperty>"
        for one in item.conceptos
    )
    code = kind = ""
    if item.codigo:
        code = f"<cac:SellersItemIdentification><cbc:ID>{text(item.codigo)}</cbc:ID></cac:SellersItemIdentification>"
    if item.codigo_sunat:
        kind = (
            "<cac:CommodityClassification><cbc:ItemClassificationCode>"
            f"{item.codigo_sunat}</cbc:ItemClassificationCode></cac:CommodityClassification>"
        )
    price, value, kind_of_price = unit_text(linea.precio_unitario), unit_text(linea.valor_unitario), "01"
    if linea.gratuita:  # rules 2640 and 3234: no price, and the value of reference
        value, kind_of_price = "0.00", "02"
    return (
        f'<cac:InvoiceLine><cbc:ID>{number}</cbc:ID><cbc:InvoicedQuantity unitCode="{item.unidad}">'
        f"{trimmed(item.cantidad)}</cbc:InvoicedQuantity>{_money('LineExtensionAmount', linea.valor, moneda)}"
        f'<cac:PricingReference><cac:AlternativeConditionPrice><cbc:PriceAmount currencyID="{moneda}">{price}'
        f"</cbc:PriceAmount><cbc:PriceTypeCode>{kind_of_price}</cbc:PriceTypeCode></cac:AlternativeConditionPrice></cac:PricingReference>"
        f"<cac:TaxTotal>{_money('TaxAmount', linea.tributos, moneda)}{taxes}</cac:TaxTotal><cac:Item>"
        f"<cbc:Description>{text(item.descripcion)}</cbc:Description>{code}{kind}{concepts}</cac:Item>"
        f'<cac:Price><cbc:PriceAmount currencyID="{moneda}">{value}</cbc:PriceAmount></cac:Price></cac:InvoiceLine>'
    )


def write(datos: Liquidacion, cifras: CifrasDeCompra, emisor: Emisor, signer: Signer) -> Signed:
    """The signed file."""
    moneda = datos.moneda
    prepaid = _money("PrepaidAmount", cifras.anticipos, moneda) if datos.anticipos else ""
    rounding = _money("PayableRoundingAmount", datos.redondeo, moneda) if datos.redondeo else ""
    lines = "".join(_line(number, linea, datos) for number, linea in enumerate(cifras.lineas, 1))
    free = ""
    if GRATUITO.code in cifras.bases:
        free = f'<cbc:Note languageLocaleID="1002">{TEXTOS["1002"]}</cbc:Note>'
    hora = f"<cbc:IssueTime>{datos.hora}</cbc:IssueTime>" if datos.hora else ""
    body = (
        "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions><cbc:UBLVersionID>2.1</cbc:UBLVersionID>"
        f"<cbc:CustomizationID>2.0</cbc:CustomizationID><cbc:ID>{datos.serie}-{datos.numero}</cbc:ID>"
        f'<cbc:IssueDate>{datos.fecha}</cbc:IssueDate>{hora}<cbc:InvoiceTypeCode listID="{datos.tipo_operacion}">04'
        f'</cbc:InvoiceTypeCode><cbc:Note languageLocaleID="1000">{words(cifras.total, moneda)}</cbc:Note>{free}'
        f"<cbc:DocumentCurrencyCode>{moneda}</cbc:DocumentCurrencyCode>{_references(datos, emisor)}"
        f"{ubl.signature_block(emisor)}{_buyer(emisor)}{_vendor(datos)}{_advances(datos)}{_tax_total(datos, cifras)}"
        f"<cac:LegalMonetaryTotal>{_money('LineExtensionAmount', cifras.valor, moneda)}"
        f"{_money('TaxInclusiveAmount', cifras.subtotal, moneda)}{prepaid}{rounding}"
        f"{_money('PayableAmount', cifras.total, moneda)}</cac:LegalMonetaryTotal>{lines}</{ROOT}>"
    )
    return ubl.sign(ROOT, body.encode(), emisor, signer)
