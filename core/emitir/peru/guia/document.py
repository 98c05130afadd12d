"""``DespatchAdvice``, UBL 2.1, CustomizationID 2.0: guía de remitente (09) and de transportista (31)."""

from __future__ import annotations

from emitir.country import Signed
from emitir.peru.catalogs import catalog
from emitir.peru.documents import ubl
from emitir.peru.emisor import Emisor
from emitir.peru.guia.document_partes import goods, identified, papers
from emitir.peru.guia.document_shipment import shipment
from emitir.peru.guia.traslado import Traslado
from emitir.signing.signer import Signer
from emitir.xml import text

ROOT = "DespatchAdvice"
#: What SUNAT takes of the issuer's name (rule 4338).
NOMBRE = 250


def _issuer(emisor: Emisor) -> str:
    return (
        "<cac:DespatchSupplierParty><cac:Party>"
        f"{identified('6', emisor.ruc, emisor.razon_social[:NOMBRE])}</cac:Party></cac:DespatchSupplierParty>"
    )


def _others(guia: Traslado) -> str:
    """Buyer, seller and who pays, in the order of the schema."""
    found = []
    if datos := guia.de_remitente:
        found += [("BuyerCustomerParty", datos.comprador), ("SellerSupplierParty", datos.proveedor)]
    if (other := guia.de_transportista) and other.pagador_flete == "Tercero":
        found.append(("OriginatorCustomerParty", other.pagador))
    return "".join(
        f"<cac:{tag}><cac:Party>{identified(one.tipo_doc, one.numero_doc, one.razon_social)}</cac:Party></cac:{tag}>"
        for tag, one in found
        if one.numero_doc
    )


def body(guia: Traslado) -> str:
    """Everything after the signature."""
    datos, to = guia.datos, guia.destinatario
    note = f"<cbc:Note>{text(datos.observaciones)}</cbc:Note>" if datos.observaciones else ""
    return (
        "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions><cbc:UBLVersionID>2.1</cbc:UBLVersionID>"
        f"<cbc:CustomizationID>2.0</cbc:CustomizationID><cbc:ID>{datos.serie}-{datos.numero}</cbc:ID>"
        f"<cbc:IssueDate>{datos.fecha}</cbc:IssueDate><cbc:IssueTime>{guia.hora}</cbc:IssueTime>"
        f"<cbc:DespatchAdviceTypeCode>{datos.tipo}</cbc:DespatchAdviceTypeCode>{note}"
        f"{papers(guia.documentos, catalog('61'))}{ubl.signature_block(guia.emisor)}{_issuer(guia.emisor)}"
        f"<cac:DeliveryCustomerParty><cac:Party>{identified(to.tipo_doc, to.numero_doc, to.razon_social)}"
        f"</cac:Party></cac:DeliveryCustomerParty>{_others(guia)}{shipment(guia)}{goods(guia)}</{ROOT}>"
    )


def write(guia: Traslado, signer: Signer) -> Signed:
    """The signed file."""
    return ubl.sign(ROOT, body(guia).encode(), guia.emisor, signer)
