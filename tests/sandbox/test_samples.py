"""Documents of other programs, signed anew: what their programs say that SUNAT takes, the sandbox takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.sandbox import guias as g
from tests.sandbox.factory import NS, Client, key_and_certificate, sign
from tests.sandbox.withholdings import send_other

SAMPLES = Path(__file__).parents[2].parent / "shared" / "peru" / "samples"
#: Gifts whose tax stands in the total of the line, against the sheet (3292).
_AGAINST_THE_SHEET = ("factura-gratuita", "factura-compleja")
#: A RUC that cannot exist, and one that can.
_NOBODY, _SOMEBODY = b"20000000002", b"20100070970"
_TYPES = {
    "CreditNote": "07",
    "DebitNote": "08",
    "SelfBilledInvoice": "04",
    "Retention": "20",
    "Perception": "40",
}
_ISSUERS = (
    "cac:AgentParty/cac:PartyIdentification/cbc:ID",
    "cac:DespatchSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID",
    "cac:AccountingSupplierParty/cac:Party/cac:PartyIdentification/cbc:ID",
)


def _documents() -> list[Path]:
    return [
        path
        for path in sorted(SAMPLES.glob("*.xml"))
        if path.name.startswith(("greenter", "derived", "esolutions"))
        and not any(
            word in path.name for word in ("resumen", "reversion", "comunicacion", *_AGAINST_THE_SHEET)
        )
    ]


def _tipo(root: etree._Element) -> str:
    kind = etree.QName(root).localname
    told = root.findtext("cbc:InvoiceTypeCode", namespaces=NS) or root.findtext(
        "cbc:DespatchAdviceTypeCode", namespaces=NS
    )
    return _TYPES.get(kind) or told or ""


def _issuer(root: etree._Element) -> str:
    if etree.QName(root).localname == "SelfBilledInvoice":
        buyer = "cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification/cbc:ID"
        return root.findtext(buyer, namespaces=NS) or ""
    return next(found for path in _ISSUERS if (found := root.findtext(path, namespaces=NS)))


def _elsewhere(root: etree._Element, ruc: str) -> list[str]:
    """What it names of other documents, as issued by another of SUNAT's systems."""
    named = [
        f"{ruc}-{node.findtext('cbc:DocumentTypeCode', namespaces=NS)}-{node.findtext('cbc:ID', namespaces=NS)}"
        for node in root.iterfind(".//cac:InvoiceDocumentReference", NS)
    ]
    named += [
        f"{ruc}-01-{node.findtext('cbc:ID', namespaces=NS)}"
        for node in root.iterfind("cac:AdditionalDocumentReference[cbc:DocumentStatusCode]", NS)
    ]
    withheld = root.iterfind(".//sac:SUNATPerceptionDocumentReference/cbc:ID", NS)
    return named + [f"{ruc}-{node.get('schemeID')}-{node.text}" for node in withheld]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="documents of other programs are not at hand")
@pytest.mark.parametrize("path", _documents(), ids=lambda path: path.stem)
def test_accepted(sunat: Client, path: Path) -> None:
    root = etree.parse(str(path)).getroot()
    ruc, tipo = _issuer(root), _tipo(root)
    for signature in root.findall(".//ds:Signature", NS):
        parent = signature.getparent()
        assert parent is not None
        parent.remove(signature)
    text = etree.tostring(root).replace(_NOBODY, _SOMEBODY)
    xml = sign(text, pair=key_and_certificate(ruc, start=-400))
    name = f"{ruc}-{tipo}-{root.findtext('cbc:ID', namespaces=NS)}"
    sunat.control("POST", "clock", now=f"{root.findtext('cbc:IssueDate', namespaces=NS)}T12:00:00")
    sunat.control("POST", "lists", comprobantes_externos=_elsewhere(root, ruc))
    assert _send(Client(sunat.url, user=f"{ruc}MODDATOS"), name, tipo, xml) == "0", sunat.findings()


def _send(client: Client, name: str, tipo: str, xml: bytes) -> str:
    if tipo in ("09", "31"):
        rest = g.Rest(client.url, user=client.user)
        rest.token()
        answer = rest.ask(rest.send(name, xml).json()["numTicket"]).json()
        return str(answer["error"]["numError"] if "error" in answer else answer["codRespuesta"])
    other = tipo in ("20", "40")
    return (send_other(client, name, xml) if other else client.send(name, xml)).code
