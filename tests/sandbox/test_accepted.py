"""What SUNAT accepts, the sandbox accepts, and answers as SUNAT does."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import load_der_x509_certificate
from lxml import etree

from tests.sandbox import cases_properties, factory
from tests.sandbox.factory import NS, RUC, Client, Invoice

SAMPLES = Path(__file__).parents[2].parent / "shared" / "peru" / "samples"

GOOD = {
    "factura": Invoice(),
    "boleta": factory.boleta(),
    "boleta sin cliente": factory.boleta(customer_type="-", customer="-"),
    "gratuita con IGV": factory.free(),
    "gratuita sin IGV": factory.free("21", "0.00"),
    "exonerada": factory.untaxed(),
    "inafecta": factory.untaxed("9998", "30"),
    "exportación": factory.export(),
    "arroz pilado": factory.rice(),
    "ISC y otros tributos": factory.excise(),
    "bolsas": factory.bags(),
    "crédito": factory.credit(),
    "detracción": factory.detraccion(),
    "percepción": factory.percepcion(),
    "retención": factory.retencion(),
    "anticipo": factory.anticipo(),
    "boleta de cinco días": factory.boleta(day=factory.in_days(-5)),
    "factura de tres días": Invoice(day=factory.in_days(-3)),
    "dentro de dos días": Invoice(day=factory.in_days(2)),
    **cases_properties.GOOD,
}


@pytest.mark.parametrize("name", GOOD)
def test_accepts_without_a_note(sunat: Client, name: str) -> None:
    invoice = GOOD[name]
    answer = sunat.send_invoice(invoice)
    assert (answer.code, answer.notes, sunat.findings()) == ("0", [], [])
    kind = {"01": "Factura", "03": "Boleta"}[invoice.tipo]
    assert answer.description == f"La {kind} numero {invoice.serie}-1, ha sido aceptada"
    assert answer.fields["cdr_entries"] == f"dummy/ R-{invoice.name}.xml"


def test_cdr_has_the_form_of_real_ones(sunat: Client) -> None:
    answer = sunat.send_invoice(Invoice())
    assert answer.cdr.startswith(b"<?xml version='1.0' encoding='ISO-8859-1' standalone='no'?>")
    root = etree.fromstring(answer.cdr)
    paths = {
        "cbc:UBLVersionID": "2.0",
        "cac:SenderParty/cac:PartyIdentification/cbc:ID": "20131312955",
        "cac:ReceiverParty/cac:PartyIdentification/cbc:ID": RUC,
        "cac:DocumentResponse/cac:Response/cbc:ReferenceID": "F001-1",
        "cac:DocumentResponse/cac:DocumentReference/cbc:ID": "F001-1",
        "cac:DocumentResponse/cac:RecipientParty/cac:PartyIdentification/cbc:ID": f"6-{factory.CUSTOMER}",
    }
    assert {path: root.findtext(path, namespaces=NS) for path in paths} == paths


@pytest.mark.parametrize("invoice", [Invoice(), Invoice(edits=[factory.set_text("cbc:UBLVersionID", "2.0")])])
def test_cdr_signature_holds_for_xmlsec1(sunat: Client, tmp_path: Path, invoice: Invoice) -> None:
    """Accepted or rejected: the CDR is signed, and changing a byte of it breaks the signature."""
    answer = sunat.send_invoice(invoice)
    text = etree.fromstring(answer.cdr).findtext(".//ds:X509Certificate", namespaces=NS)
    assert text
    certificate = load_der_x509_certificate(base64.b64decode(text))
    pem = tmp_path / "key.pem"
    pem.write_bytes(
        certificate.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_bytes(answer.cdr)
    bad.write_bytes(answer.cdr.replace(b"F001-1", b"F001-9"))
    verify = ["xmlsec1", "--verify", "--pubkey-pem", str(pem)]
    assert subprocess.run([*verify, str(good)], capture_output=True, check=False).returncode == 0
    assert subprocess.run([*verify, str(bad)], capture_output=True, check=False).returncode != 0


def _samples() -> list[Path]:
    skip = (
        "icbper",
        "anticipo",
        "compleja",
        "factura-gratuita",
    )  # an old rate; figures the official sheet does not allow
    return [
        path
        for path in sorted(SAMPLES.glob("greenter__*-0[13]-*.xml"))
        if not any(word in path.name for word in skip) and b":Invoice-2" in path.read_bytes()[:400]
    ]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="documents of other programs are not at hand")
def test_documents_of_other_programs_pass(sunat: Client) -> None:
    answers = {}
    for path in _samples():
        ruc, tipo, serie, number = path.stem.rpartition("__")[2].split("-")
        day = etree.parse(str(path)).findtext("cbc:IssueDate", namespaces=NS)
        sunat.control("DELETE", "state")
        sunat.control("POST", "clock", now=f"{day}T12:00:00")
        client = Client(sunat.url, user=f"{ruc}MODDATOS")
        answers[path.name] = client.send(f"{ruc}-{tipo}-{serie}-{number}", path.read_bytes()).code
    assert len(answers) > 10
    assert set(answers.values()) == {"0"}
