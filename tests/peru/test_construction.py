"""Rules that nothing which Emitir writes can break and that the sandbox does not judge: every golden file is looked at."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

EXPECTED = sorted((Path(__file__).parent / "expected").glob("*.xml"))
NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


def everywhere(path: str) -> list[etree._Element]:
    return [node for file in EXPECTED for node in etree.parse(str(file)).iterfind(path, NS)]


def test_quantities_have_their_unit() -> None:
    """Rules 2138 and 2188: the unit of a line; 3115: the concept 3006 is told in tons."""
    for tag in ("InvoicedQuantity", "CreditedQuantity", "DebitedQuantity"):
        found = everywhere(f".//cbc:{tag}")
        assert found
        assert all(node.get("unitCode") for node in found)
    concepts = everywhere(".//cac:AdditionalItemProperty/cbc:ValueQuantity")
    assert [node.get("unitCode") for node in concepts] == ["TNE"]


def test_the_agent_of_sales_has_a_ruc() -> None:
    """Rules 3157 and 3158."""
    found = everywhere(
        ".//cac:AccountingSupplierParty/cac:Party/cac:AgentParty/cac:PartyIdentification/cbc:ID"
    )
    assert [node.get("schemeID") for node in found] == ["6"]


def test_reference_values_have_an_amount_in_soles() -> None:
    """Rules 3122 and 3208."""
    terms = everywhere(".//cac:Delivery/cac:DeliveryTerms")
    assert [node.findtext("cbc:ID", namespaces=NS) for node in terms] == ["01", "02", "03"]
    for node in terms:
        amount = node.find("cbc:Amount", NS)
        assert amount is not None
        assert amount.get("currencyID") == "PEN"
