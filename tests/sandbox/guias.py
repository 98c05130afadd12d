"""Guías de remisión for the sandbox's tests, and a client of the REST service that takes them."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

import requests
from lxml import etree

from tests.sandbox.client import Answer, Client, read_cdr, zipped
from tests.sandbox.names import CUSTOMER, NS, RUC, UBL, Edit, in_days
from tests.sandbox.signing import sign

CLIENT = "85e5b0ae-0255-4891-a595-0b98c65c9854"
BASE = "/v1/contribuyente/gem/comprobantes"
M1L = "SUNAT_Envio_IndicadorTrasladoVehiculoM1L"
WHOLE = "SUNAT_Envio_IndicadorTrasladoTotalDAMoDS"
PACKAGES = "<cbc:TotalTransportHandlingUnitQuantity>3</cbc:TotalTransportHandlingUnitQuantity>"
CARRIER = "20100070970"
CARD = "15M21000123E"


def party(kind: str, number: str, name: str = "NOMBRE S.A.") -> str:
    """What stands in a ``cac:Party``."""
    return (
        f'<cac:PartyIdentification><cbc:ID schemeID="{kind}">{number}</cbc:ID></cac:PartyIdentification>'
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName></cac:PartyLegalEntity>"
    )


def carrier(ruc: str = CARRIER, mtc: str = "MTC0001") -> str:
    """The transportista of transporte público."""
    return f"<cac:CarrierParty>{party('6', ruc)}</cac:CarrierParty>".replace(
        "</cac:PartyLegalEntity>", f"<cbc:CompanyID>{mtc}</cbc:CompanyID></cac:PartyLegalEntity>"
    )


def registry(mtc: str = "MTC0001") -> str:
    """The registry of the MTC, as a transportista tells its own."""
    return f"<cac:CarrierParty><cac:PartyLegalEntity><cbc:CompanyID>{mtc}</cbc:CompanyID></cac:PartyLegalEntity></cac:CarrierParty>"


def driver(job: str = "Principal", number: str = "44004400", licence: str = "Q44004400") -> str:
    """Who drives."""
    return (
        f'<cac:DriverPerson><cbc:ID schemeID="1">{number}</cbc:ID><cbc:FirstName>ROBERTO</cbc:FirstName>'
        f"<cbc:FamilyName>RODRIGUEZ</cbc:FamilyName><cbc:JobTitle>{job}</cbc:JobTitle><cac:IdentityDocumentReference>"
        f"<cbc:ID>{licence}</cbc:ID></cac:IdentityDocumentReference></cac:DriverPerson>"
    )


def vehicle(plate: str = "ABC123", others: tuple[str, ...] = (), card: str = "") -> str:
    """What is driven."""
    means = f"<cac:ApplicableTransportMeans><cbc:RegistrationNationalityID>{card}</cbc:RegistrationNationalityID></cac:ApplicableTransportMeans>"
    attached = "".join(
        f"<cac:AttachedTransportEquipment><cbc:ID>{other}</cbc:ID></cac:AttachedTransportEquipment>"
        for other in others
    )
    return (
        f"<cac:TransportHandlingUnit><cac:TransportEquipment><cbc:ID>{plate}</cbc:ID>{means if card else ''}{attached}</cac:TransportEquipment>"
        "</cac:TransportHandlingUnit>"
    )


def delivered(day: str = "") -> str:
    """When a transportista gets the goods."""
    return (
        f"<cac:LoadingTransportEvent><cbc:OccurrenceDate>{day or in_days(0)}</cbc:OccurrenceDate>"
        "</cac:LoadingTransportEvent>"
    )


@dataclass
class Guia:
    """A guía remitente of a sale by transporte público."""

    tipo: str = "09"
    serie: str = "T001"
    number: str = "1"
    day: str = field(default_factory=lambda: in_days(0))
    to: str = CUSTOMER
    references: str = ""
    reason: str = "01"
    weight: str = "12.500"
    indicators: tuple[str, ...] = ()
    mode: str = "01"
    packages: str = ""
    start: str = field(default_factory=lambda: in_days(0))
    who: str = field(default_factory=carrier)
    drivers: str = ""
    event: str = field(default_factory=delivered)
    place: str = ""
    sender: str = ""
    vehicle: str = ""
    edits: list[Edit] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name without extension."""
        return f"{RUC}-{self.tipo}-{self.serie}-{self.number}"

    def signed(self) -> bytes:
        """The signed document, edits done."""
        root = etree.fromstring(self._text().encode())
        for edit in self.edits:
            edit(root)
        return sign(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def _text(self) -> str:
        declarations = " ".join(f'xmlns:{p}="{NS[p]}"' for p in ("cac", "cbc", "ext", "ds"))
        reason = f"<cbc:HandlingCode>{self.reason}</cbc:HandlingCode>" if self.reason else ""
        mode = f"<cbc:TransportModeCode>{self.mode}</cbc:TransportModeCode>" if self.mode else ""
        special = "".join(
            f"<cbc:SpecialInstructions>{name}</cbc:SpecialInstructions>" for name in self.indicators
        )
        sender = f"<cac:DespatchParty>{self.sender}</cac:DespatchParty>" if self.sender else ""
        where = "<cac:AddressLine><cbc:Line>AV. LIMA 123</cbc:Line></cac:AddressLine>"
        return (
            f'<DespatchAdvice xmlns="{UBL}DespatchAdvice-2" {declarations}><ext:UBLExtensions><ext:UBLExtension>'
            "<ext:ExtensionContent></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
            f"<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>2.0</cbc:CustomizationID><cbc:ID>{self.serie}"
            f"-{self.number}</cbc:ID><cbc:IssueDate>{self.day}</cbc:IssueDate><cbc:IssueTime>10:00:00</cbc:IssueTime>"
            f"<cbc:DespatchAdviceTypeCode>{self.tipo}</cbc:DespatchAdviceTypeCode>{self.references}<cac:Signature>"
            f"<cbc:ID>{RUC}</cbc:ID><cac:SignatoryParty><cac:PartyIdentification><cbc:ID>{RUC}</cbc:ID>"
            "</cac:PartyIdentification><cac:PartyName><cbc:Name>EMISOR</cbc:Name></cac:PartyName></cac:SignatoryParty>"
            "<cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#SIGN</cbc:URI></cac:ExternalReference>"
            "</cac:DigitalSignatureAttachment></cac:Signature><cac:DespatchSupplierParty><cac:Party>"
            f"{party('6', RUC)}</cac:Party></cac:DespatchSupplierParty><cac:DeliveryCustomerParty><cac:Party>"
            f"{party('6', self.to)}</cac:Party></cac:DeliveryCustomerParty><cac:Shipment><cbc:ID>SUNAT_Envio</cbc:ID>"
            f'{reason}<cbc:GrossWeightMeasure unitCode="KGM">{self.weight}</cbc:GrossWeightMeasure>{self.packages}{special}'
            f"<cac:ShipmentStage>{mode}<cac:TransitPeriod><cbc:StartDate>{self.start}</cbc:StartDate></cac:TransitPeriod>"
            f"{self.who}{self.event}{self.drivers}</cac:ShipmentStage><cac:Delivery><cac:DeliveryAddress>"
            f"<cbc:ID>150101</cbc:ID>{self.place}{where}</cac:DeliveryAddress><cac:Despatch><cac:DespatchAddress>"
            f"<cbc:ID>150203</cbc:ID>{self.place}{where}</cac:DespatchAddress>{sender}</cac:Despatch></cac:Delivery>"
            f'{self.vehicle}</cac:Shipment><cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="NIU">2'
            "</cbc:DeliveredQuantity><cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference>"
            "<cac:Item><cbc:Description>CUADERNOS</cbc:Description><cac:SellersItemIdentification><cbc:ID>P1</cbc:ID>"
            "</cac:SellersItemIdentification></cac:Item></cac:DespatchLine></DespatchAdvice>"
        )


def private(**values: Any) -> Guia:
    """A guía remitente of transporte privado."""
    return Guia(**{"mode": "02", "who": "", "event": "", "drivers": driver(), "vehicle": vehicle(), **values})


def small(**values: Any) -> Guia:
    """A guía remitente of a small vehicle."""
    return Guia(**{"mode": "02", "who": "", "event": "", "indicators": (M1L,), **values})


def moved(owner: str = RUC, **values: Any) -> Guia:
    """A guía remitente between establishments of the same company."""
    place = f'<cbc:AddressTypeCode listID="{owner}">0001</cbc:AddressTypeCode>'
    return Guia(**{"reason": "04", "to": RUC, "place": place, **values})


def transport(**values: Any) -> Guia:
    """A guía transportista."""
    return Guia(
        **{
            "tipo": "31", "serie": "V001", "reason": "", "mode": "", "who": registry(), "event": "",
            "drivers": driver(), "vehicle": vehicle(card=CARD), "sender": party("6", CARRIER), **values,
        }
    )  # fmt: skip


@dataclass
class Rest:
    """A small client of the service of guías."""

    url: str
    user: str = RUC + "MODDATOS"
    bearer: str = ""

    def token(self, **change: str) -> requests.Response:
        """Ask for a token and keep it."""
        form = {
            "grant_type": "password", "scope": "https://api-cpe.sunat.gob.pe", "client_id": CLIENT,
            "client_secret": "s3creto", "username": self.user, "password": "moddatos", **change,
        }  # fmt: skip
        response = requests.post(f"{self.url}/v1/clientessol/{CLIENT}/oauth2/token/", data=form, timeout=5)
        self.bearer = response.json().get("access_token", "")
        return response

    def send(self, name: str, xml: bytes, **change: str) -> requests.Response:
        """Send a guía; ``change``: fields of ``archivo`` to send otherwise."""
        data = zipped(name, xml)
        file = {
            "nomArchivo": f"{name}.zip", "arcGreZip": base64.b64encode(data).decode(),
            "hashZip": hashlib.sha256(data).hexdigest(), **change,
        }  # fmt: skip
        return requests.post(
            f"{self.url}{BASE}/{name}", json={"archivo": file}, headers=self._headers(), timeout=10
        )

    def ask(self, ticket: str) -> requests.Response:
        """Ask for a ticket."""
        return requests.get(f"{self.url}{BASE}/envios/{ticket}", headers=self._headers(), timeout=10)

    def result(self, guia: Guia) -> tuple[dict[str, Any], Answer]:
        """Send a guía and ask for it: the answer, and its CDR taken apart."""
        response = self.send(guia.name, guia.signed())
        body: dict[str, Any] = self.ask(response.json()["numTicket"]).json()
        answer = Answer(response)
        if "arcCdr" in body:
            read_cdr(answer, base64.b64decode(body["arcCdr"]))
        return body, answer

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.bearer}"}


def rest(sunat: Client) -> Rest:
    """A client with a token."""
    made = Rest(sunat.url)
    assert made.token().status_code == 200
    return made


def files_of(data: bytes) -> list[str]:
    """The names in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def paper(number: str, kind: str = "01", issuer: str = RUC) -> str:
    """A document that goes with the goods."""
    who = f'<cac:IssuerParty><cac:PartyIdentification><cbc:ID schemeID="6">{issuer}</cbc:ID></cac:PartyIdentification></cac:IssuerParty>'
    return (
        f"<cac:AdditionalDocumentReference><cbc:ID>{number}</cbc:ID><cbc:DocumentTypeCode>{kind}</cbc:DocumentTypeCode>"
        f"{who if issuer else ''}</cac:AdditionalDocumentReference>"
    )


def export(**values: Any) -> Guia:
    """A guía remitente of all the goods of a declaration."""
    return Guia(
        **{
            "reason": "09", "references": paper("118-2026-40-000001", "50", ""), "indicators": (WHOLE,),
            "packages": PACKAGES, **values,
        }
    )  # fmt: skip
