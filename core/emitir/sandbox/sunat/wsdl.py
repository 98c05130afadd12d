"""A description of the services, enough for a SOAP client to be made from it. Ours, not SUNAT's file."""

from __future__ import annotations

_OPERATIONS: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "billService": {
        "sendBill": (("fileName", "contentFile", "partyType"), ("applicationResponse",)),
        "sendSummary": (("fileName", "contentFile", "partyType"), ("ticket",)),
        "sendPack": (("fileName", "contentFile", "partyType"), ("ticket",)),
        "getStatus": (("ticket",), ("status",)),
    },
    "billConsultService": {
        "getStatus": (
            ("rucComprobante", "tipoComprobante", "serieComprobante", "numeroComprobante"),
            ("status",),
        ),
        "getStatusCdr": (
            ("rucComprobante", "tipoComprobante", "serieComprobante", "numeroComprobante"),
            ("statusCdr",),
        ),
    },
}
_TYPES = {
    "contentFile": "xsd:base64Binary",
    "applicationResponse": "xsd:base64Binary",
    "numeroComprobante": "xsd:int",
    "status": "tns:statusResponse",
    "statusCdr": "tns:statusResponse",
}


def describe(service: str, location: str) -> str:
    """The WSDL of ``billService`` or ``billConsultService`` at the URL ``location``."""
    elements, messages, ports, bindings = [], [], [], []
    for name, (inputs, outputs) in _OPERATIONS[service].items():
        for element, fields in ((name, inputs), (f"{name}Response", outputs)):
            inner = "".join(
                f'<xsd:element name="{f}" type="{_TYPES.get(f, "xsd:string")}" minOccurs="0"/>'
                for f in fields
            )
            elements.append(
                f'<xsd:element name="{element}"><xsd:complexType><xsd:sequence>{inner}</xsd:sequence>'
                "</xsd:complexType></xsd:element>"
            )
            messages.append(
                f'<message name="{element}"><part name="parameters" element="tns:{element}"/></message>'
            )
        ports.append(
            f'<operation name="{name}"><input message="tns:{name}"/><output message="tns:{name}Response"/></operation>'
        )
        bindings.append(
            f'<operation name="{name}"><soap:operation soapAction="urn:{name}"/>'
            '<input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>'
        )
    status = "".join(
        f'<xsd:element name="{field}" type="{kind}" minOccurs="0"/>'
        for field, kind in (
            ("content", "xsd:base64Binary"),
            ("statusCode", "xsd:string"),
            ("statusMessage", "xsd:string"),
        )
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:tns="http://service.sunat.gob.pe"'
        f' targetNamespace="http://service.sunat.gob.pe" name="{service}">'
        '<types><xsd:schema targetNamespace="http://service.sunat.gob.pe">'
        f'<xsd:complexType name="statusResponse"><xsd:sequence>{status}</xsd:sequence></xsd:complexType>'
        f"{''.join(elements)}</xsd:schema></types>{''.join(messages)}"
        f'<portType name="{service}">{"".join(ports)}</portType>'
        f'<binding name="{service}Binding" type="tns:{service}">'
        '<soap:binding transport="http://schemas.xmlsoap.org/soap/http" style="document"/>'
        f'{"".join(bindings)}</binding><service name="{service}"><port name="{service}Port"'
        f' binding="tns:{service}Binding"><soap:address location="{location}"/></port></service></definitions>'
    )
