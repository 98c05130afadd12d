"""Parts of a ``DespatchAdvice``: parties, papers, goods."""

from __future__ import annotations

from collections.abc import Sequence

from emitir.catalogs import Catalog
from emitir.money import trimmed
from emitir.peru.guia.model_partes import Bien, DocumentoDeGuia
from emitir.peru.guia.traslado import Traslado
from emitir.xml import attribute, text

#: Concepts of the goods in catalog 55, with the names that SUNAT gives them.
_PARTIDA, _DAM, _NORMALIZADO, _SERIE = "7020", "7021", "7022", "7023"
_NOMBRES = {
    _PARTIDA: "Partida arancelaria",
    _DAM: "Numeración de la DAM o DS",
    _NORMALIZADO: "Indicador de bien normalizado",
    _SERIE: "Número de serie en la DAM o DS",
}


def identified(tipo_doc: str, numero_doc: str, nombre: str, more: str = "") -> str:
    """What stands in a party: its identity number and name; ``more`` follows the name."""
    name = f"<cbc:RegistrationName>{text(nombre)}</cbc:RegistrationName>" if nombre else ""
    entity = f"<cac:PartyLegalEntity>{name}{more}</cac:PartyLegalEntity>" if name or more else ""
    return (
        f'<cac:PartyIdentification><cbc:ID schemeID="{attribute(tipo_doc)}">{text(numero_doc)}</cbc:ID>'
        f"</cac:PartyIdentification>{entity}"
    )


def permit(autorizacion: str, entidad: str) -> str:
    """``cac:AgentParty``: a special permit and who gave it."""
    if not autorizacion:
        return ""
    given = f' schemeID="{attribute(entidad)}"' if entidad else ""
    return (
        f"<cac:AgentParty><cac:PartyLegalEntity><cbc:CompanyID{given}>{text(autorizacion)}</cbc:CompanyID>"
        "</cac:PartyLegalEntity></cac:AgentParty>"
    )


def papers(documentos: Sequence[DocumentoDeGuia], names: Catalog) -> str:
    """The documents that go with the goods."""
    return "".join(_paper(one, names) for one in documentos)


def _paper(one: DocumentoDeGuia, names: Catalog) -> str:
    issuer = ""
    if one.ruc:
        issuer = (
            '<cac:IssuerParty><cac:PartyIdentification><cbc:ID schemeID="6">'
            f"{one.ruc}</cbc:ID></cac:PartyIdentification></cac:IssuerParty>"
        )
    return (
        f"<cac:AdditionalDocumentReference><cbc:ID>{text(one.numero)}</cbc:ID><cbc:DocumentTypeCode>{one.tipo}"
        f"</cbc:DocumentTypeCode><cbc:DocumentType>{text(names.description(one.tipo)[:120])}</cbc:DocumentType>"
        f"{issuer}</cac:AdditionalDocumentReference>"
    )


def goods(guia: Traslado) -> str:
    """The lines; one that says where the goods are listed when none are given."""
    items = guia.datos.items
    if items:
        return "".join(_line(number, item) for number, item in enumerate(items, 1))
    number = "0" if guia.de_transportista else "1"
    return (
        f"<cac:DespatchLine><cbc:ID>{number}</cbc:ID><cac:OrderLineReference><cbc:LineID>{number}</cbc:LineID>"
        f"</cac:OrderLineReference><cac:Item><cbc:Description>{text(annotation(guia))}</cbc:Description></cac:Item>"
        "</cac:DespatchLine>"
    )


def annotation(guia: Traslado) -> str:
    """What is said of goods that are listed elsewhere."""
    given = guia.de_transportista.anotacion if guia.de_transportista else ""
    numbers = ", ".join(one.numero for one in guia.documentos)
    return given or f"BIENES SEGÚN {numbers}"[:500]


def _line(number: int, item: Bien) -> str:
    quantity = ""
    if item.cantidad:
        quantity = (
            f'<cbc:DeliveredQuantity unitCode="{attribute(item.unidad)}">{trimmed(item.cantidad)}'
            "</cbc:DeliveredQuantity>"
        )
    codes = "".join(
        f"<cac:{tag}><cbc:ID{more}>{text(value)}</cbc:ID></cac:{tag}>"
        for tag, value, more in (
            ("SellersItemIdentification", item.codigo, ""),
            ("StandardItemIdentification", item.codigo_gtin, f' schemeID="GTIN-{len(item.codigo_gtin)}"'),
        )
        if value
    )
    kind = ""
    if item.codigo_sunat:
        kind = (
            '<cac:CommodityClassification><cbc:ItemClassificationCode listID="UNSPSC">'
            f"{item.codigo_sunat}</cbc:ItemClassificationCode></cac:CommodityClassification>"
        )
    concepts = "".join(
        f"<cac:AdditionalItemProperty><cbc:Name>{_NOMBRES[code]}</cbc:Name><cbc:NameCode>{code}</cbc:NameCode>"
        f"<cbc:Value>{text(value)}</cbc:Value></cac:AdditionalItemProperty>"
        for code, value in (
            (_PARTIDA, item.partida_arancelaria),
            (_DAM, item.dam),
            (_NORMALIZADO, "1" if item.normalizado else ""),
            (_SERIE, item.dam_serie),
        )
        if value
    )
    description = f"<cbc:Description>{text(item.descripcion)}</cbc:Description>" if item.descripcion else ""
    return (
        f"<cac:DespatchLine><cbc:ID>{number}</cbc:ID>{quantity}<cac:OrderLineReference><cbc:LineID>{number}"
        f"</cbc:LineID></cac:OrderLineReference><cac:Item>{description}{codes}{kind}{concepts}</cac:Item>"
        "</cac:DespatchLine>"
    )
