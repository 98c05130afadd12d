"""Parts of the header that few documents have: legends, references, delivery, detracción, anticipos, charges.

Order of the elements: the schemas of UBL 2.1. Rules: sheets Factura2_0 and Boleta2_0, fields 14 to 181.
"""

from __future__ import annotations

from dataclasses import dataclass

from emitir.money import ZERO, trimmed
from emitir.peru import leyendas, sujeciones
from emitir.peru.amounts import Totales
from emitir.peru.comprobante import Comprobante
from emitir.peru.documents.linea import allowance
from emitir.peru.model import Comercial, Venta
from emitir.xml import text

_SOLES = ' currencyID="PEN">'


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the head, in the order of the schema; empty where there is nothing to say."""

    notes: str = ""
    references: str = ""
    delivery: str = ""
    payment: str = ""
    allowances: str = ""


#: Of a document that has none of them.
NONE = Parts()


def parts(comprobante: Comprobante, money: str) -> Parts:
    """Every part that the document has."""
    datos = comprobante.datos
    if not isinstance(datos, Venta):
        return Parts(notes(comprobante), references(datos), allowances=allowances(comprobante, money))
    return Parts(
        notes(comprobante),
        references(datos) + advance_references(datos, comprobante.emisor.ruc),
        delivery(datos),
        payment(comprobante),
        prepaid(datos, money) + allowances(comprobante, money),
    )


def notes(comprobante: Comprobante) -> str:
    """Legends beside the amount in words (catalog 52)."""
    return "".join(
        f'<cbc:Note languageLocaleID="{code}">{text(words)}</cbc:Note>'
        for code, words in leyendas.leyendas(comprobante)
    )


def references(datos: Comercial) -> str:
    """Guías, related documents and the comprobantes of anticipos."""
    content = "".join(
        f"<cac:DespatchDocumentReference><cbc:ID>{text(guia.numero)}</cbc:ID><cbc:DocumentTypeCode>{guia.tipo}"
        "</cbc:DocumentTypeCode></cac:DespatchDocumentReference>"
        for guia in datos.guias
    )
    return content + "".join(
        f"<cac:AdditionalDocumentReference><cbc:ID>{text(other.numero)}</cbc:ID><cbc:DocumentTypeCode>"
        f"{other.tipo}</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>"
        for other in datos.documentos_relacionados
    )


def advance_references(venta: Venta, ruc: str) -> str:
    """The comprobante of each anticipo, tied to its payment by number (rules 3211 to 3217)."""
    return "".join(
        f"<cac:AdditionalDocumentReference><cbc:ID>{text(one.documento)}</cbc:ID><cbc:DocumentTypeCode>{one.tipo}"
        f"</cbc:DocumentTypeCode><cbc:DocumentStatusCode>{number}</cbc:DocumentStatusCode><cac:IssuerParty>"
        f'<cac:PartyIdentification><cbc:ID schemeID="6">{one.ruc or ruc}</cbc:ID></cac:PartyIdentification>'
        "</cac:IssuerParty></cac:AdditionalDocumentReference>"
        for number, one in enumerate(venta.anticipos, 1)
    )


def prepaid(venta: Venta, money: str) -> str:
    """The anticipos that are deducted."""
    return "".join(
        f"<cac:PrepaidPayment><cbc:ID>{number}</cbc:ID><cbc:PaidAmount{money}{one.monto!s}</cbc:PaidAmount>"
        "</cac:PrepaidPayment>"
        for number, one in enumerate(venta.anticipos, 1)
    )


def delivery(venta: Venta) -> str:
    """Where an itinerant seller delivers, or where an exported service is used (rules 3098, 4231 to 4241)."""
    address = "".join(
        f"<cbc:{tag}>{text(value)}</cbc:{tag}>"
        for tag, value in (
            ("ID", venta.entrega_ubigeo),
            ("CitySubdivisionName", venta.entrega_urbanizacion),
            ("CityName", venta.entrega_provincia),
            ("CountrySubentity", venta.entrega_departamento),
            ("District", venta.entrega_distrito),
        )
        if value
    )
    if venta.entrega_direccion:
        line = text(venta.entrega_direccion)
        address += f"<cac:AddressLine><cbc:Line>{line}</cbc:Line></cac:AddressLine>"
    country = venta.pais_uso or ("PE" if address else "")
    if not country:
        return ""
    return (
        f"<cac:Delivery><cac:DeliveryLocation><cac:Address>{address}<cac:Country><cbc:IdentificationCode>"
        f"{country}</cbc:IdentificationCode></cac:Country></cac:Address></cac:DeliveryLocation></cac:Delivery>"
    )


def payment(comprobante: Comprobante) -> str:
    """Means and terms of the detracción, the card of a train ticket, and the total with percepción."""
    venta = comprobante.venta
    means = terms = ""
    if detraccion := comprobante.detraccion:
        means = (
            f"<cac:PaymentMeans><cbc:ID>Detraccion</cbc:ID><cbc:PaymentMeansCode>{detraccion.medio_pago}"
            f"</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>{text(detraccion.cuenta)}</cbc:ID>"
            "</cac:PayeeFinancialAccount></cac:PaymentMeans>"
        )
        terms = (
            f"<cac:PaymentTerms><cbc:ID>Detraccion</cbc:ID><cbc:PaymentMeansID>{detraccion.codigo}"
            f"</cbc:PaymentMeansID><cbc:PaymentPercent>{trimmed(detraccion.porcentaje)}</cbc:PaymentPercent>"
            f"<cbc:Amount{_SOLES}{detraccion.monto!s}</cbc:Amount></cac:PaymentTerms>"
        )
    if venta.medio_pago:
        authorization = f"<cbc:PaymentID>{text(venta.autorizacion_pago)}</cbc:PaymentID>"
        means += (
            f"<cac:PaymentMeans><cbc:PaymentMeansCode>{venta.medio_pago}</cbc:PaymentMeansCode>"
            f"{authorization if venta.autorizacion_pago else ''}</cac:PaymentMeans>"
        )
    if venta.percepcion_regimen:
        total = sujeciones.total_con_percepcion(venta, comprobante.total)
        terms += f"<cac:PaymentTerms><cbc:ID>Percepcion</cbc:ID><cbc:Amount{_SOLES}{total!s}</cbc:Amount></cac:PaymentTerms>"
    return means + terms


def allowances(comprobante: Comprobante, money: str) -> str:
    """Discounts, charges, anticipos, percepción and retención of the whole document."""
    found = list(comprobante.ajustes)
    found += [one for one in (comprobante.percepcion, comprobante.retencion) if one is not None]
    return "".join(
        allowance(one.codigo, one.cargo, one.monto, one.base, one.factor, _SOLES if one.en_soles else money)
        for one in found
    )


def monetary_total(tag: str, totales: Totales, money: str) -> str:
    """``LegalMonetaryTotal``, or what the document calls it."""
    optional = "".join(
        f"<cbc:{name}{money}{amount!s}</cbc:{name}>"
        for name, amount in (
            ("AllowanceTotalAmount", totales.descuentos),
            ("ChargeTotalAmount", totales.cargos),
            ("PrepaidAmount", totales.anticipos),
            ("PayableRoundingAmount", totales.redondeo),
        )
        if amount != ZERO
    )
    return (
        f"<cac:{tag}><cbc:LineExtensionAmount{money}{totales.valor_venta!s}</cbc:LineExtensionAmount>"
        f"<cbc:TaxInclusiveAmount{money}{totales.precio_venta!s}</cbc:TaxInclusiveAmount>{optional}"
        f"<cbc:PayableAmount{money}{totales.total!s}</cbc:PayableAmount></cac:{tag}>"
    )
