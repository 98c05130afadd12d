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
    """Rules 2138 and 2188: the unit of a line; 3115: the concept 3006 is told in tons, an amount (7019) in nothing."""
    for tag in ("InvoicedQuantity", "CreditedQuantity", "DebitedQuantity"):
        found = everywhere(f".//cbc:{tag}")
        assert found
        assert all(node.get("unitCode") for node in found)
    concepts = everywhere(".//cac:AdditionalItemProperty[cbc:ValueQuantity]")
    units = {
        (node.findtext("cbc:NameCode", namespaces=NS), quantity.get("unitCode"))
        for node in concepts
        for quantity in node.iterfind("cbc:ValueQuantity", NS)
    }
    assert units == {("3006", "TNE"), ("7019", None)}


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


#: Attributes that SUNAT's observations 4251 to 4261 are about: "if it is there, it has this value".
DECORATIONS = {
    *("listAgencyName", "listName", "listURI", "listSchemeURI", "name", "schemeName", "schemeAgencyName"),
    *("schemeURI", "unitCodeListID", "unitCodeListAgencyName"),
}


def test_no_attribute_that_says_nothing() -> None:
    """Rules 4251 to 4261: they are about attributes that may be left out, and are. UNSPSC (4254) is SUNAT's own word."""
    found = [node for file in EXPECTED for node in etree.parse(str(file)).iter()]
    assert not any(DECORATIONS & set(map(str, node.attrib)) for node in found)
    lists = {(str(etree.QName(node).localname), node.get("listID")) for node in found if node.get("listID")}
    assert {value for name, value in lists if name == "ItemClassificationCode"} == {"UNSPSC"}
    assert {name for name, _ in lists} == {"ItemClassificationCode", "InvoiceTypeCode", "AddressTypeCode"}


def test_days_are_days() -> None:
    """Rule 4313."""
    found = everywhere(".//cac:UsabilityPeriod/cbc:DurationMeasure")
    assert [node.get("unitCode") for node in found] == ["DAY"]


def test_boletas_have_both_totals() -> None:
    """Rules 4212 and 4317."""
    for file in EXPECTED:
        total = etree.parse(str(file)).getroot().find("cac:LegalMonetaryTotal", NS)
        if total is not None:
            assert total.find("cbc:LineExtensionAmount", NS) is not None or "nota" in file.name
            assert total.find("cbc:TaxInclusiveAmount", NS) is not None or "nota" in file.name
