"""``cac:Shipment`` of a ``DespatchAdvice``: why, how, with whom, from where and to where."""

from __future__ import annotations

from emitir.money import trimmed
from emitir.peru.catalogs import catalog
from emitir.peru.guia.document_partes import identified, permit
from emitir.peru.guia.model_partes import Conductor, Lugar, Vehiculo
from emitir.peru.guia.traslado import ADUANA, ITINERANTE, Traslado
from emitir.xml import attribute, text


def shipment(guia: Traslado) -> str:
    """The whole element, in the order of the schema."""
    datos = guia.datos
    instructions = "".join(
        f"<cbc:SpecialInstructions>{one}</cbc:SpecialInstructions>" for one in guia.indicadores
    )
    weight = (
        f'<cbc:GrossWeightMeasure unitCode="{datos.unidad_peso}">{trimmed(guia.peso)}'
        "</cbc:GrossWeightMeasure>"
    )
    before, net, packages = _of_sender(guia)
    return (
        f"<cac:Shipment><cbc:ID>SUNAT_Envio</cbc:ID>{before}{weight}{net}{packages}{instructions}"
        f"{_subcontractor(guia)}{_stage(guia)}{_delivery(guia)}{_unit(guia)}{_port(guia)}</cac:Shipment>"
    )


def _of_sender(guia: Traslado) -> tuple[str, str, str]:
    """Motive, net weight and packages, which only the remitente tells."""
    datos = guia.de_remitente
    if datos is None:
        return "", "", ""
    why = datos.descripcion_motivo or catalog("20").description(guia.motivo)
    motive = (
        f"<cbc:HandlingCode>{guia.motivo}</cbc:HandlingCode>"
        f"<cbc:HandlingInstructions>{text(why[:100])}</cbc:HandlingInstructions>"
    )
    reason = f"<cbc:Information>{text(datos.sustento_peso)}</cbc:Information>" if datos.sustento_peso else ""
    net = packages = ""
    if datos.peso_items is not None:
        net = f'<cbc:NetWeightMeasure unitCode="KGM">{trimmed(datos.peso_items)}</cbc:NetWeightMeasure>'
    if datos.bultos is not None:
        packages = (
            f"<cbc:TotalTransportHandlingUnitQuantity>{datos.bultos}</cbc:TotalTransportHandlingUnitQuantity>"
        )
    return motive + reason, net, packages


def _subcontractor(guia: Traslado) -> str:
    datos = guia.de_transportista
    if datos is None or not datos.subcontratador.numero_doc:
        return ""
    other = datos.subcontratador
    return (
        "<cac:Consignment><cbc:ID>SUNAT_Envio</cbc:ID><cac:LogisticsOperatorParty>"
        f"{identified(other.tipo_doc, other.numero_doc, other.razon_social)}</cac:LogisticsOperatorParty>"
        "</cac:Consignment>"
    )


def _stage(guia: Traslado) -> str:
    datos = guia.de_remitente
    mode = event = ""
    if datos is not None:
        mode = f"<cbc:TransportModeCode>{datos.modalidad}</cbc:TransportModeCode>"
        if datos.fecha_entrega and guia.con_transportista:
            event = (
                f"<cac:LoadingTransportEvent><cbc:OccurrenceDate>{datos.fecha_entrega}</cbc:OccurrenceDate>"
                "</cac:LoadingTransportEvent>"
            )
    drivers = "".join(_driver(one, not number) for number, one in enumerate(guia.datos.conductores))
    return (
        f"<cac:ShipmentStage>{mode}<cac:TransitPeriod><cbc:StartDate>{guia.inicio}</cbc:StartDate>"
        f"</cac:TransitPeriod>{_carrier(guia)}{event}{drivers}</cac:ShipmentStage>"
    )


def _carrier(guia: Traslado) -> str:
    """Of public transport, who carries; of a transportista, its own registry."""
    if datos := guia.de_transportista:
        given = permit(datos.autorizacion, datos.entidad)
        registry = _registry(guia.registro_mtc)
        entity = f"<cac:PartyLegalEntity>{registry}</cac:PartyLegalEntity>" if registry else ""
        return f"<cac:CarrierParty>{entity}{given}</cac:CarrierParty>" if entity or given else ""
    sender = guia.de_remitente
    if sender is None or not guia.con_transportista:
        return ""
    party = identified(
        "6", sender.transportista_ruc, sender.transportista_nombre, _registry(sender.transportista_mtc)
    )
    given = permit(sender.transportista_autorizacion, sender.transportista_entidad)
    return f"<cac:CarrierParty>{party}{given}</cac:CarrierParty>"


def _registry(number: str) -> str:
    return f"<cbc:CompanyID>{number}</cbc:CompanyID>" if number else ""


def _driver(one: Conductor, main: bool) -> str:
    return (
        f'<cac:DriverPerson><cbc:ID schemeID="{attribute(one.tipo_doc)}">{text(one.numero_doc)}</cbc:ID>'
        f"<cbc:FirstName>{text(one.nombres)}</cbc:FirstName><cbc:FamilyName>{text(one.apellidos)}</cbc:FamilyName>"
        f"<cbc:JobTitle>{'Principal' if main else 'Secundario'}</cbc:JobTitle><cac:IdentityDocumentReference>"
        f"<cbc:ID>{one.licencia}</cbc:ID></cac:IdentityDocumentReference></cac:DriverPerson>"
    )


def _address(tag: str, place: Lugar) -> str:
    ubigeo = f"<cbc:ID>{place.ubigeo}</cbc:ID>" if place.ubigeo else ""
    kind = line = point = ""
    if place.establecimiento:
        kind = f'<cbc:AddressTypeCode listID="{place.ruc}">{place.establecimiento}</cbc:AddressTypeCode>'
    if place.direccion:
        line = f"<cac:AddressLine><cbc:Line>{text(place.direccion)}</cbc:Line></cac:AddressLine>"
    if place.latitud:
        point = (
            f'<cac:LocationCoordinate><cbc:LatitudeDegreesMeasure unitCode="DD">{place.latitud}'
            f'</cbc:LatitudeDegreesMeasure><cbc:LongitudeDegreesMeasure unitCode="DD">{place.longitud}'
            "</cbc:LongitudeDegreesMeasure></cac:LocationCoordinate>"
        )
    return f"<cac:{tag}>{ubigeo}{kind}{line}{point}</cac:{tag}>"


def _delivery(guia: Traslado) -> str:
    arrival, llegada = "", guia.llegada
    if guia.motivo != ITINERANTE and (llegada.ubigeo or llegada.direccion):
        arrival = _address("DeliveryAddress", llegada)
    party = ""
    if carrier := guia.de_transportista:
        who = carrier.remitente
        party = identified(who.tipo_doc, who.numero_doc, who.razon_social)
    elif sender := guia.de_remitente:
        party = permit(sender.autorizacion, sender.entidad)
    despatcher = f"<cac:DespatchParty>{party}</cac:DespatchParty>" if party else ""
    departure = _address("DespatchAddress", guia.partida)
    return f"<cac:Delivery>{arrival}<cac:Despatch>{departure}{despatcher}</cac:Despatch></cac:Delivery>"


def _unit(guia: Traslado) -> str:
    """Vehicles and containers."""
    given = guia.datos.vehiculos
    equipment = _vehicle("TransportEquipment", given[0], given[1:]) if given else ""
    packages = ""
    if datos := guia.de_remitente:
        for one in datos.contenedores:
            seal = f"<cbc:TraceID>{one.precinto}</cbc:TraceID>" if one.precinto else ""
            packages += f"<cac:Package><cbc:ID>{one.numero}</cbc:ID>{seal}</cac:Package>"
    if not equipment and not packages:
        return ""
    return f"<cac:TransportHandlingUnit>{equipment}{packages}</cac:TransportHandlingUnit>"


def _vehicle(tag: str, one: Vehiculo, attached: list[Vehiculo]) -> str:
    card = paper = ""
    if one.tarjeta_circulacion:
        card = (
            "<cac:ApplicableTransportMeans><cbc:RegistrationNationalityID>"
            f"{one.tarjeta_circulacion}</cbc:RegistrationNationalityID></cac:ApplicableTransportMeans>"
        )
    if one.autorizacion:
        given = f' schemeID="{one.entidad}"' if one.entidad else ""
        paper = (
            f"<cac:ShipmentDocumentReference><cbc:ID{given}>{text(one.autorizacion)}</cbc:ID>"
            "</cac:ShipmentDocumentReference>"
        )
    others = "".join(_vehicle("AttachedTransportEquipment", other, []) for other in attached)
    return f"<cac:{tag}><cbc:ID>{one.placa}</cbc:ID>{card}{others}{paper}</cac:{tag}>"


def _port(guia: Traslado) -> str:
    """1: a port, 2: an airport."""
    datos = guia.de_remitente
    if datos is None or guia.motivo not in ADUANA or not (datos.puerto or datos.aeropuerto):
        return ""
    kind, code, number = ("1", datos.puerto, "63") if datos.puerto else ("2", datos.aeropuerto, "64")
    return (
        f"<cac:FirstArrivalPortLocation><cbc:ID>{code}</cbc:ID><cbc:LocationTypeCode>{kind}</cbc:LocationTypeCode>"
        f"<cbc:Name>{text(catalog(number).description(code))}</cbc:Name></cac:FirstArrivalPortLocation>"
    )
