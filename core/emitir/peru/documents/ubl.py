"""Parts that several UBL 2.1 documents of SUNAT share: namespaces, parties, the place of the signature."""

from __future__ import annotations

from functools import lru_cache

from emitir.country import Signed
from emitir.peru.emisor import Emisor
from emitir.signing.signer import HashName, Signer
from emitir.signing.xmldsig import XMLDSIG_NAMESPACE, SignatureForm
from emitir.xml import DECLARATION, attribute, namespaces, text

SIGNATURE_ID = "EmitirSign"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


@lru_cache(maxsize=16)
def scope(root: str) -> str:
    """Namespace declarations of a UBL 2.1 document of that root element."""
    return namespaces(
        f"{_UBL}{root}-2",
        {
            "cac": f"{_UBL}CommonAggregateComponents-2",
            "cbc": f"{_UBL}CommonBasicComponents-2",
            "ds": XMLDSIG_NAMESPACE,
            "ext": f"{_UBL}CommonExtensionComponents-2",
        },
    )


@lru_cache(maxsize=16)
def signature_form(root: str, hash_name: HashName) -> SignatureForm:
    """How a document of that root is signed (spec.md §3: enveloped, C14N 1.0)."""
    return SignatureForm(scope=scope(root), signature_id=SIGNATURE_ID, hash_name=hash_name)


def _optional(tag: str, value: str) -> str:
    return f"<cbc:{tag}>{text(value)}</cbc:{tag}>" if value else ""


@lru_cache(maxsize=256)
def signature_block(emisor: Emisor) -> str:
    """``cac:Signature``: who signs, and the name of the signature in the document."""
    return (
        f"<cac:Signature><cbc:ID>{SIGNATURE_ID}</cbc:ID><cac:SignatoryParty><cac:PartyIdentification>"
        f"<cbc:ID>{emisor.ruc}</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>"
        f"{text(emisor.razon_social)}</cbc:Name></cac:PartyName></cac:SignatoryParty>"
        f"<cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#{SIGNATURE_ID}</cbc:URI>"
        "</cac:ExternalReference></cac:DigitalSignatureAttachment></cac:Signature>"
    )


@lru_cache(maxsize=256)
def supplier(emisor: Emisor, local: str = "", agent: str = "") -> str:
    """``cac:AccountingSupplierParty``: written once per issuer, establishment and agent of sales."""
    agent_party = (
        f'<cac:AgentParty><cac:PartyIdentification><cbc:ID schemeID="6">{agent}</cbc:ID>'
        "</cac:PartyIdentification></cac:AgentParty>"
    )
    name = f"<cac:PartyName><cbc:Name>{text(emisor.nombre_comercial)}</cbc:Name></cac:PartyName>"
    line = f"<cac:AddressLine><cbc:Line>{text(emisor.direccion)}</cbc:Line></cac:AddressLine>"
    phone, mail = _optional("Telephone", emisor.telefono), _optional("ElectronicMail", emisor.correo)
    return (
        '<cac:AccountingSupplierParty><cac:Party><cac:PartyIdentification><cbc:ID schemeID="6">'
        f"{emisor.ruc}</cbc:ID></cac:PartyIdentification>{name if emisor.nombre_comercial else ''}"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{text(emisor.razon_social)}</cbc:RegistrationName>"
        f"<cac:RegistrationAddress>{_optional('ID', emisor.ubigeo)}"
        f"<cbc:AddressTypeCode>{local or emisor.codigo_establecimiento}</cbc:AddressTypeCode>"
        f"{_optional('CitySubdivisionName', emisor.urbanizacion)}{_optional('CityName', emisor.provincia)}"
        f"{_optional('CountrySubentity', emisor.departamento)}{_optional('District', emisor.distrito)}"
        f"{line if emisor.direccion else ''}<cac:Country><cbc:IdentificationCode>PE</cbc:IdentificationCode>"
        "</cac:Country></cac:RegistrationAddress></cac:PartyLegalEntity>"
        f"{f'<cac:Contact>{phone}{mail}</cac:Contact>' if phone or mail else ''}{agent_party if agent else ''}"
        "</cac:Party></cac:AccountingSupplierParty>"
    )


def customer(tipo_doc: str, numero_doc: str, nombre: str, direccion: str) -> str:
    """``cac:AccountingCustomerParty``. ``tipo_doc`` by catalog 06, or ``-``."""
    address = ""
    if direccion:
        address = (
            f"<cac:RegistrationAddress><cac:AddressLine><cbc:Line>{text(direccion)}</cbc:Line>"
            "</cac:AddressLine></cac:RegistrationAddress>"
        )
    return (
        "<cac:AccountingCustomerParty><cac:Party><cac:PartyIdentification>"
        f'<cbc:ID schemeID="{attribute(tipo_doc)}">{text(numero_doc)}</cbc:ID></cac:PartyIdentification>'
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{text(nombre)}</cbc:RegistrationName>{address}"
        "</cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>"
    )


@lru_cache(maxsize=16)
def head(root: str) -> bytes:
    """Everything before the place of the signature."""
    return f"<{root}{scope(root)}><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>".encode()


def sign(root: str, body: bytes, emisor: Emisor, signer: Signer) -> Signed:
    """The signed file of a UBL 2.1 document of that root."""
    return seal(signature_form(root, hash_name(emisor)), head(root), body, signer)


def seal(form: SignatureForm, before: bytes, after: bytes, signer: Signer) -> Signed:
    """Declaration, head, signature, body; nothing is re-serialised afterwards."""
    digest = form.digest(before, after)
    return Signed(b"".join((DECLARATION, before, form.element(digest, signer), after)), digest)


def hash_name(emisor: Emisor) -> HashName:
    """The hash that the issuer's settings ask for."""
    return "sha1" if emisor.hash_firma == "sha1" else "sha256"
