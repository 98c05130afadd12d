"""sendSummary, sendPack, getStatus: tickets, and the comunicación de baja behind one."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest
from lxml import etree

from emitir.sandbox.sunat.rules import VOIDED_DOCUMENTS
from tests.sandbox import factory as f
from tests.sandbox.factory import BILL, NS, RUC, Answer, Client, Edit, Invoice, double, drop, set_text

VOID = "urn:sunat:names:specification:ubl:peru:schema:xsd:VoidedDocuments-1"
LINE = "sac:VoidedDocumentsLine"
SUPPLIER = "cac:AccountingSupplierParty"


def stamp() -> str:
    return f.in_days(0).replace("-", "")


def baja(
    *edits: Edit, number: str = "1", document: str = "1", tipo: str = "01", serie: str = "F001", day: str = ""
) -> tuple[str, bytes]:
    """A comunicación de baja of one document: its name and its signed bytes."""
    name = f"{RUC}-RA-{stamp()}-{number}"
    declarations = " ".join(f'xmlns:{p}="{NS[p]}"' for p in ("cac", "cbc", "ext", "ds", "sac"))
    text = (
        f'<VoidedDocuments xmlns="{VOID}" {declarations}><ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent>'
        "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions><cbc:UBLVersionID>2.0</cbc:UBLVersionID>"
        f"<cbc:CustomizationID>1.0</cbc:CustomizationID><cbc:ID>RA-{stamp()}-{number}</cbc:ID>"
        f"<cbc:ReferenceDate>{day or f.in_days(0)}</cbc:ReferenceDate><cbc:IssueDate>{f.in_days(0)}</cbc:IssueDate>"
        f"<cac:Signature><cbc:ID>S</cbc:ID><cac:SignatoryParty><cac:PartyIdentification><cbc:ID>{RUC}</cbc:ID>"
        "</cac:PartyIdentification><cac:PartyName><cbc:Name>E</cbc:Name></cac:PartyName></cac:SignatoryParty>"
        "<cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#S</cbc:URI></cac:ExternalReference>"
        "</cac:DigitalSignatureAttachment></cac:Signature><cac:AccountingSupplierParty>"
        f"<cbc:CustomerAssignedAccountID>{RUC}</cbc:CustomerAssignedAccountID>"
        "<cbc:AdditionalAccountID>6</cbc:AdditionalAccountID><cac:Party><cac:PartyLegalEntity>"
        "<cbc:RegistrationName>EMISOR S.A.C.</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>"
        f"</cac:AccountingSupplierParty><sac:VoidedDocumentsLine><cbc:LineID>1</cbc:LineID><cbc:DocumentTypeCode>{tipo}"
        f"</cbc:DocumentTypeCode><sac:DocumentSerialID>{serie}</sac:DocumentSerialID><sac:DocumentNumberID>{document}"
        "</sac:DocumentNumberID><sac:VoidReasonDescription>ERROR EN CÁLCULOS</sac:VoidReasonDescription>"
        "</sac:VoidedDocumentsLine></VoidedDocuments>"
    )
    root = etree.fromstring(text.encode())
    for edit in edits:
        edit(root)
    return name, f.sign(etree.tostring(root))


def send(sunat: Client, name: str, xml: bytes) -> Answer:
    return sunat.send(name, xml, "sendSummary")


def status(sunat: Client, ticket: str) -> Answer:
    return sunat.call(BILL, "getStatus", ticket=ticket)


def test_baja_voids_the_document(sunat: Client) -> None:
    sunat.send_invoice(Invoice())
    ticket = send(sunat, *baja()).fields["ticket"]
    assert ticket.isdigit()
    answer = status(sunat, ticket)
    assert (answer.fields["statusCode"], answer.code) == ("0", "0")
    assert answer.description == f"La Comunicación de baja RA-{stamp()}-1, ha sido aceptada"
    assert answer.fields["cdr_name"] == f"R-{RUC}-RA-{stamp()}-1.xml"
    assert sunat.send_invoice(Invoice()).code == "1032"
    assert sunat.consult("getStatus", RUC, "01", "F001", "1").fields["statusCode"] == "0003"


def test_a_ticket_takes_its_time(sunat: Client) -> None:
    sunat.control("POST", "mode", ticket_seconds=3600)
    sunat.send_invoice(Invoice())
    ticket = send(sunat, *baja()).fields["ticket"]
    waiting = status(sunat, ticket)
    assert (waiting.fields["statusCode"], waiting.cdr) == ("98", b"")
    sunat.control("POST", "clock", offset_seconds=3601)
    assert status(sunat, ticket).fields["statusCode"] == "0"


@pytest.mark.parametrize("ticket", ["", "1", "abc", "1" * 30, "1600000000000"])
def test_unknown_ticket(sunat: Client, ticket: str) -> None:
    answer = status(sunat, ticket)
    assert (answer.fault, answer.code) == (True, "0127")


def test_ticket_of_another(sunat: Client) -> None:
    ticket = send(sunat, *baja()).fields["ticket"]
    assert status(Client(sunat.url, user="20000000001MODDATOS"), ticket).code == "0126"


@pytest.mark.parametrize("name", [Invoice().name, f"{RUC}-LT-20261121-1"])
def test_wrong_kind_of_file(sunat: Client, name: str) -> None:
    assert send(sunat, name, b"<a/>").code == "0151"


CASES: list[tuple[str, tuple[Edit, ...], dict[str, str]]] = [
    ("2075", (drop("cbc:UBLVersionID"),), {}),
    ("2074", (set_text("cbc:UBLVersionID", "2.1"),), {}),
    ("2072", (set_text("cbc:CustomizationID", "2.0"),), {}),
    ("2220", (set_text("cbc:ID", "RA-20260101-1"),), {}),
    ("2346", (set_text("cbc:IssueDate", "2026-01-01"),), {}),
    ("2301", (set_text("cbc:IssueDate", f.in_days(1)),), {}),
    ("2671", (), {"day": f.in_days(1)}),
    ("1034", (set_text(f"{SUPPLIER}/cbc:CustomerAssignedAccountID", "20000000001"),), {}),
    ("2288", (set_text(f"{SUPPLIER}/cbc:AdditionalAccountID", ""),), {}),
    ("2287", (set_text(f"{SUPPLIER}/cbc:AdditionalAccountID", "1"),), {}),
    ("2229", (set_text(f"{SUPPLIER}//cbc:RegistrationName", ""),), {}),
    ("2228", (set_text(f"{SUPPLIER}//cbc:RegistrationName", "x" * 101),), {}),
    ("2307", (set_text(f"{LINE}/cbc:LineID", ""),), {}),
    ("2305", (set_text(f"{LINE}/cbc:LineID", "123456"),), {}),
    ("2306", (set_text(f"{LINE}/cbc:LineID", "0"),), {}),
    ("2752", (double(LINE),), {}),
    ("2309", (set_text(f"{LINE}/cbc:DocumentTypeCode", ""),), {}),
    ("2308", (), {"tipo": "03", "serie": "B001"}),
    ("2311", (set_text(f"{LINE}/sac:DocumentSerialID", ""),), {}),
    ("2310", (), {"serie": "B001"}),
    ("2313", (set_text(f"{LINE}/sac:DocumentNumberID", ""),), {}),
    ("2312", (set_text(f"{LINE}/sac:DocumentNumberID", "123456789"),), {}),
    ("2348", (double(LINE),), {}),
    ("2315", (set_text(f"{LINE}/sac:VoidReasonDescription", ""),), {}),
    ("4203", (set_text(f"{LINE}/sac:VoidReasonDescription", "NO"),), {}),
    ("2076", (drop("cac:Signature/cbc:ID"),), {}),
    ("2077", (set_text("cac:Signature/cbc:ID", ""),), {}),
    ("2079", (drop("cac:Signature//cac:PartyIdentification"),), {}),
    ("2078", (set_text("cac:Signature//cac:PartyIdentification/cbc:ID", "20000000001"),), {}),
    ("2081", (drop("cac:Signature//cac:PartyName"),), {}),
    ("2080", (set_text("cac:Signature//cac:PartyName/cbc:Name", " "),), {}),
    ("2083", (drop("cac:Signature/cac:DigitalSignatureAttachment"),), {}),
    ("2082", (set_text("cac:Signature//cbc:URI", " "),), {}),
    ("2105", (), {"document": "999"}),
    ("2375", (), {"day": f.in_days(-1)}),
]


@pytest.mark.parametrize(("code", "edits", "values"), CASES, ids=[case[0] for case in CASES])
def test_each_code_of_a_baja(
    sunat: Client, code: str, edits: tuple[Edit, ...], values: dict[str, str]
) -> None:
    sunat.control("POST", "mode", xsd=False)
    sunat.send_invoice(Invoice())
    answer = send(sunat, *baja(*edits, **values))
    assert code in sunat.findings()
    if answer.fault:
        assert answer.code == code < "2000"
    else:
        assert status(sunat, answer.fields["ticket"]).fields["statusCode"] == ("0" if code > "4000" else "99")


def test_every_rule_of_a_baja_has_a_case() -> None:
    tables = [table for table in VOIDED_DOCUMENTS if "RA" in table.types]
    rules = {code for table in tables for rule in table.rules for code in rule.codes}
    assert rules - {case[0] for case in CASES} == set()


def last(sunat: Client, name: str, xml: bytes) -> str:
    return status(sunat, send(sunat, name, xml).fields["ticket"]).code


def test_what_sunat_knows_of_the_document(sunat: Client) -> None:
    sunat.send_invoice(Invoice(edits=[set_text("cbc:UBLVersionID", "2.0")]))
    assert last(sunat, *baja()) == "2398"
    assert last(sunat, *baja()) == "2324"
    sunat.send_invoice(Invoice(number="2"))
    assert last(sunat, *baja(number="2", document="2")) == "0"
    assert last(sunat, *baja(number="3", document="2")) == "2323"
    sunat.send_invoice(Invoice(number="3"))
    sunat.control("POST", "clock", offset_seconds=8 * 86400)
    assert last(sunat, *baja(number="4", document="3")) == "2957"


def test_pack(sunat: Client) -> None:
    """Several in one zip: the good ones are registered, the one that is not received is left out and said."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for invoice in (Invoice(), Invoice(number="2", edits=[set_text("cbc:UBLVersionID", "2.0")])):
            archive.writestr(f"{invoice.name}.xml", invoice.signed())
        archive.writestr("otro.txt", "x")
    content = base64.b64encode(buffer.getvalue()).decode()
    answer = sunat.call(BILL, "sendPack", fileName=f"{RUC}-LT-{stamp()}-1.zip", contentFile=content)
    result = status(sunat, answer.fields["ticket"])
    assert result.fields["statusCode"] == "99"
    assert result.fields["cdr_entries"] == f"R-{RUC}-01-F001-1.xml R-{RUC}-01-F001-2.xml"
    assert [document["state"] for document in sunat.control("GET", "documents")] == ["aceptado", "rechazado"]
    assert sunat.call(BILL, "sendPack", fileName=f"{Invoice().name}.zip", contentFile=content).code == "0151"
