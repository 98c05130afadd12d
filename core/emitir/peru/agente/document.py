"""``Retention`` (20) and ``Perception`` (40), SUNAT's own UBL 2.0, CustomizationID 1.0: sheets of 2026-02-12."""

from __future__ import annotations

from dataclasses import dataclass

from emitir.country import Signed
from emitir.money import plain, trimmed
from emitir.peru.agente.figures import SIN_SUMA, Cifras, Pago
from emitir.peru.agente.model import Constancia
from emitir.peru.documents import ubl, ubl20
from emitir.peru.emisor import Emisor
from emitir.signing.signer import Signer
from emitir.xml import attribute, text

_SOLES = ' currencyID="PEN">'


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the two call their parts."""

    root: str
    paid: str
    net: str


_KINDS = {
    "20": _Kind("Retention", "SUNATTotalPaid", "SUNATNetTotalPaid"),
    "40": _Kind("Perception", "SUNATTotalCashed", "SUNATNetTotalCashed"),
}


def _agent(emisor: Emisor) -> str:
    address = "".join(
        f"<cbc:{tag}>{text(value)}</cbc:{tag}>"
        for tag, value in (
            ("ID", emisor.ubigeo),
            ("StreetName", emisor.direccion[:100]),
            ("CitySubdivisionName", emisor.urbanizacion),
            ("CityName", emisor.provincia),
            ("CountrySubentity", emisor.departamento),
            ("District", emisor.distrito),
        )
        if value
    )
    country = "<cac:Country><cbc:IdentificationCode>PE</cbc:IdentificationCode></cac:Country>"
    name = f"<cac:PartyName><cbc:Name>{text(emisor.nombre_comercial)}</cbc:Name></cac:PartyName>"
    return (
        '<cac:AgentParty><cac:PartyIdentification><cbc:ID schemeID="6">'
        f"{emisor.ruc}</cbc:ID></cac:PartyIdentification>{name if emisor.nombre_comercial else ''}"
        f"{f'<cac:PostalAddress>{address}{country}</cac:PostalAddress>' if address else ''}"
        f"<cac:PartyLegalEntity><cbc:RegistrationName>{text(emisor.razon_social)}</cbc:RegistrationName>"
        "</cac:PartyLegalEntity></cac:AgentParty>"
    )


def _reference(kind: _Kind, pago: Pago, datos: Constancia) -> str:
    one = pago.documento
    money = f' currencyID="{one.moneda}">'
    paid = one.pago_fecha or datos.fecha
    payment = information = ""
    if one.tipo not in SIN_SUMA:
        payment = (
            f"<cac:Payment><cbc:ID>{pago.numero}</cbc:ID><cbc:PaidAmount{money}{one.pago_monto!s}</cbc:PaidAmount>"
            f"<cbc:PaidDate>{paid}</cbc:PaidDate></cac:Payment>"
        )
        exchange = ""
        if one.moneda != "PEN" and one.tipo_cambio is not None:
            exchange = (
                f"<cac:ExchangeRate><cbc:SourceCurrencyCode>{one.moneda}</cbc:SourceCurrencyCode>"
                "<cbc:TargetCurrencyCode>PEN</cbc:TargetCurrencyCode><cbc:CalculationRate>"
                f"{trimmed(one.tipo_cambio)}</cbc:CalculationRate><cbc:Date>{one.fecha_cambio or paid}</cbc:Date>"
                "</cac:ExchangeRate>"
            )
        information = (
            f"<sac:SUNAT{kind.root}Information><sac:SUNAT{kind.root}Amount{_SOLES}{pago.importe!s}"
            f"</sac:SUNAT{kind.root}Amount><sac:SUNAT{kind.root}Date>{datos.fecha}</sac:SUNAT{kind.root}Date>"
            f"<sac:{kind.net}{_SOLES}{pago.neto!s}</sac:{kind.net}>{exchange}</sac:SUNAT{kind.root}Information>"
        )
    return (
        f'<sac:SUNAT{kind.root}DocumentReference><cbc:ID schemeID="{one.tipo}">{text(one.documento)}</cbc:ID>'
        f"<cbc:IssueDate>{one.fecha}</cbc:IssueDate><cbc:TotalInvoiceAmount{money}{one.total!s}"
        f"</cbc:TotalInvoiceAmount>{payment}{information}</sac:SUNAT{kind.root}DocumentReference>"
    )


def write(datos: Constancia, cifras: Cifras, emisor: Emisor, signer: Signer) -> Signed:
    """The signed file."""
    kind = _KINDS[datos.tipo]
    rounding = ""
    if datos.redondeo:
        rounding = f"<cbc:PayableRoundingAmount{_SOLES}{plain(datos.redondeo)}</cbc:PayableRoundingAmount>"
    content = (
        f"{ubl20.AFTER_SIGNATURE}<cbc:UBLVersionID>2.0</cbc:UBLVersionID><cbc:CustomizationID>1.0"
        f"</cbc:CustomizationID>{ubl.signature_block(emisor)}<cbc:ID>{datos.serie}-{datos.numero}</cbc:ID>"
        f"<cbc:IssueDate>{datos.fecha}</cbc:IssueDate>"
        f"{f'<cbc:IssueTime>{datos.hora}</cbc:IssueTime>' if datos.hora else ''}"
        f"{'<sac:ExceptionalIndicator>01</sac:ExceptionalIndicator>' if datos.excepcional else ''}{_agent(emisor)}"
        f'<cac:ReceiverParty><cac:PartyIdentification><cbc:ID schemeID="{attribute(datos.tipo_doc)}">'
        f"{text(datos.numero_doc)}</cbc:ID></cac:PartyIdentification><cac:PartyLegalEntity>"
        f"<cbc:RegistrationName>{text(datos.razon_social)}</cbc:RegistrationName></cac:PartyLegalEntity>"
        f"</cac:ReceiverParty><sac:SUNAT{kind.root}SystemCode>{datos.regimen}</sac:SUNAT{kind.root}SystemCode>"
        f"<sac:SUNAT{kind.root}Percent>{cifras.tasa:.2f}</sac:SUNAT{kind.root}Percent>"
        f"{f'<cbc:Note>{text(datos.observaciones)}</cbc:Note>' if datos.observaciones else ''}"
        f"<cbc:TotalInvoiceAmount{_SOLES}{cifras.total!s}</cbc:TotalInvoiceAmount>{rounding}"
        f"<sac:{kind.paid}{_SOLES}{cifras.pagado!s}</sac:{kind.paid}>"
        f"{''.join(_reference(kind, pago, datos) for pago in cifras.pagos)}"
    )
    return ubl20.sign(kind.root, content, emisor, signer)
