"""What a retención, percepción or resumen de reversiones cannot break, read back from its bytes with an eye of its own.

``CHECKED``: SUNAT's codes that each look covers; docs/peru/rules-coverage.json takes them from here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from emitir.peru.catalogs import catalog
from emitir.peru.country import COUNTRY
from emitir.peru.envios import baja
from emitir.signing.keys import LocalSigner

from .conftest import NOW
from .test_rules import case

HERE = Path(__file__).parent
FILES = sorted([*(HERE / "expected").glob("retencion-*.xml"), *(HERE / "expected").glob("percepcion-*.xml")])
NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "sac": "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1",
}
AMOUNT = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
Look = Callable[[etree._Element], None]


def one(root: etree._Element, path: str) -> etree._Element:
    (found,) = root.findall(path, NS)
    return found


def word(root: etree._Element, path: str) -> str:
    return one(root, path).text or ""


def versions(root: etree._Element) -> None:
    assert word(root, "cbc:UBLVersionID") == "2.0"
    assert word(root, "cbc:CustomizationID") == "1.0"


def agent(root: etree._Element) -> None:
    identity = one(root, "cac:AgentParty/cac:PartyIdentification/cbc:ID")
    assert (identity.text, identity.get("schemeID")) == ("20123456786", "6")
    names = ("cac:PartyLegalEntity/cbc:RegistrationName", "cac:PartyName/cbc:Name")
    for path in names:
        assert re.fullmatch(r"[^\n\r\t]{1,1500}", word(root, f"cac:AgentParty/{path}"))
    address = one(root, "cac:AgentParty/cac:PostalAddress")
    assert word(address, "cbc:ID") in catalog("13")
    assert len(word(address, "cbc:StreetName")) <= 100
    for tag in ("CitySubdivisionName", "CityName", "CountrySubentity", "District"):
        assert len(word(address, f"cbc:{tag}")) <= 30
    assert word(address, "cac:Country/cbc:IdentificationCode") == "PE"


def receiver(root: etree._Element) -> None:
    identity = one(root, "cac:ReceiverParty/cac:PartyIdentification/cbc:ID")
    assert identity.get("schemeID") in catalog("06")
    assert identity.text
    assert not root.findall("cac:ReceiverParty/cac:PostalAddress", NS)
    assert not root.findall("cac:ReceiverParty/cac:PartyName", NS)


def percent(root: etree._Element) -> None:
    kind = etree.QName(root).localname
    row = catalog({"Retention": "23", "Perception": "22"}[kind])[word(root, f"sac:SUNAT{kind}SystemCode")]
    assert Decimal(word(root, f"sac:SUNAT{kind}Percent")) == Decimal(row["tasa"])


def soles(root: etree._Element) -> None:
    kind = etree.QName(root).localname
    total = {"Retention": "SUNATTotalPaid", "Perception": "SUNATTotalCashed"}[kind]
    net = {"Retention": "SUNATNetTotalPaid", "Perception": "SUNATNetTotalCashed"}[kind]
    paths = ["cbc:TotalInvoiceAmount", f"sac:{total}", f".//sac:{net}", f".//sac:SUNAT{kind}Amount"]
    for node in (node for path in [*paths, "cbc:PayableRoundingAmount"] for node in root.iterfind(path, NS)):
        assert node.get("currencyID") == "PEN"
    for node in (node for path in paths for node in root.iterfind(path, NS)):
        assert AMOUNT.fullmatch(node.text or "")
        assert Decimal(node.text or "0") > 0


def payments(root: etree._Element) -> None:
    kind = etree.QName(root).localname
    for reference in root.iterfind(f"sac:SUNAT{kind}DocumentReference", NS):
        tipo = one(reference, "cbc:ID").get("schemeID")
        assert tipo
        if tipo == "07":
            continue
        money = one(reference, "cbc:TotalInvoiceAmount").get("currencyID")
        paid = one(reference, "cac:Payment/cbc:PaidAmount")
        assert paid.get("currencyID") == money
        assert AMOUNT.fullmatch(paid.text or "")
        assert re.fullmatch(r"[0-9]{1,9}", word(reference, "cac:Payment/cbc:ID"))
        assert re.fullmatch(r"[0-9-]{10}", word(reference, "cac:Payment/cbc:PaidDate"))
        exchange = reference.find(".//cac:ExchangeRate", NS)
        assert (exchange is None) == (money == "PEN")
        if exchange is not None:
            assert word(exchange, "cbc:SourceCurrencyCode") == money
            assert word(exchange, "cbc:TargetCurrencyCode") == "PEN"
            assert re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,6})?", word(exchange, "cbc:CalculationRate"))
            assert word(exchange, "cbc:Date")


def exceptional(root: etree._Element) -> None:
    """The indicator is 01 or absent, and then of one factura (3323 and 3324 are refused before)."""
    found = [node.text for node in root.findall("sac:ExceptionalIndicator", NS)]
    assert found in ([], ["01"])
    if found:
        assert [node.get("schemeID") for node in root.iterfind("*/cbc:ID[@schemeID='01']", NS)] == ["01"]


#: Each look, and the rules that it stands for.
LOOKS: dict[Look, str] = {
    versions: "2110 2111 2112 2113",
    agent: "1034 2678 1037 1038 2901 2917 2916 2902 2903 2904 2905 2548",
    receiver: "2679 2516 2906 2907 2908 2909 2910 2918 2911 2912 2913 2914 2915 2919",
    percent: "2619 2603 2602",
    soles: "2728 2732 3304 2742 2748 2685 2690 2707 2713 2730 2687 2746 2711",
    payments: "2691 2622 2607 2733 2697 2734 2698 2736 2700 2737 2702 2719 2749 2715 2716 2722 2659",
    exceptional: "3322 3323 3324",
}
CHECKED = frozenset(" ".join(LOOKS.values()).split())
#: Rules of the resumen de reversiones that :func:`test_reversion` stands for; those of liquidaciones de compra,
#: which it does not hold, among them.
_RR = """2072 2074 2075 2220 2346 2301 2671 1034 2287 2288 2228 2229 2305 2306 2307 2752 2308 2309 2311
 2312 2313 2345 2348 2471 2674 2675 2958"""
CHECKED_RR = frozenset(_RR.split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_looks(file: Path) -> None:
    root = etree.parse(str(file)).getroot()
    for look in LOOKS:
        look(root)
    properties = case(file.stem)
    assert word(root, "cbc:ID") == f"{properties['serie']}-{properties['numero']}"  # 1049


@pytest.mark.parametrize("name", ["retencion-simple", "percepcion-simple"])
def test_reversion(name: str, company: dict[str, Any], signer: LocalSigner) -> None:
    record = json.loads(json.dumps(COUNTRY.prepare(case(name), company, NOW).record()))  # type: ignore[attr-defined]
    envio = baja(record, "ERROR", company, NOW, 1)
    root = etree.fromstring(envio.sign(signer).xml)
    versions(root)
    assert f"20123456786-{word(root, 'cbc:ID')}" == envio.codigo_documento
    assert word(root, "cbc:IssueDate") == "2026-11-21" == word(root, "cbc:ReferenceDate")
    supplier = one(root, "cac:AccountingSupplierParty")
    assert word(supplier, "cbc:CustomerAssignedAccountID") == "20123456786"
    assert word(supplier, "cbc:AdditionalAccountID") == "6"
    assert 3 <= len(word(supplier, ".//cbc:RegistrationName")) <= 100
    line = one(root, "sac:VoidedDocumentsLine")
    assert word(line, "cbc:LineID") == "1"
    assert word(line, "cbc:DocumentTypeCode") == record["tipo"]
    assert word(line, "sac:DocumentSerialID") == record["serie"]
    assert record["serie"][0] == {"20": "R", "40": "P"}[record["tipo"]]
    assert word(line, "sac:DocumentNumberID") == str(record["numero"])
