"""Cases that break the rules of guías."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sandbox import factory as f
from tests.sandbox import guias as g
from tests.sandbox.factory import RUC, Edit, add_after, double, drop, set_attribute, set_text

ISSUER = "cac:DespatchSupplierParty/cac:Party"
TO = "cac:DeliveryCustomerParty/cac:Party"
FROM = "cac:Shipment/cac:Delivery/cac:Despatch/cac:DespatchParty"
ID = "cac:PartyIdentification/cbc:ID"
NAME = "cac:PartyLegalEntity/cbc:RegistrationName"
SHIPMENT = "cac:Shipment"
WEIGHT = f"{SHIPMENT}/cbc:GrossWeightMeasure"
STAGE = f"{SHIPMENT}/cac:ShipmentStage"
CARRIER = f"{STAGE}/cac:CarrierParty"
DRIVER = f"{STAGE}/cac:DriverPerson"
ARRIVAL = f"{SHIPMENT}/cac:Delivery/cac:DeliveryAddress"
DEPARTURE = f"{SHIPMENT}/cac:Delivery/cac:Despatch/cac:DespatchAddress"
LINE = "cac:DespatchLine"
SIGNATORY = "cac:Signature/cac:SignatoryParty"
WITH_VEHICLE = "SUNAT_Envio_IndicadorVehiculoConductoresTransp"


@dataclass(frozen=True)
class GuiaCase:
    """A guía that breaks the rule ``code``."""

    code: str
    guia: g.Guia
    lists: dict[str, list[str]] | None = None


def case(
    code: str, *edits: Edit, of: Callable[..., g.Guia] = g.Guia, lists: dict[str, list[str]] | None = None,
    **values: Any,
) -> GuiaCase:  # fmt: skip
    return GuiaCase(code, of(edits=list(edits), **values), lists)


def text(code: str, path: str, value: str, of: Callable[..., g.Guia] = g.Guia, **values: Any) -> GuiaCase:
    """A guía with another text at ``path``."""
    return case(code, set_text(path, value), of=of, **values)


def after_to(kind: str, role: str, number: str) -> Edit:
    """Another party of the transfer, after the one that gets the goods."""
    who = f"<cac:{kind}{role}Party><cac:Party>{g.party('6', number)}</cac:Party></cac:{kind}{role}Party>"
    return add_after("cac:DeliveryCustomerParty", who)


STAGE_END = "cac:Shipment/cac:Delivery"
CONTAINER = "<cac:TransportHandlingUnit><cac:Package><cbc:ID>MSKU1234567</cbc:ID></cac:Package></cac:TransportHandlingUnit>"

HEADER = [
    case("1001", serie="V001"),
    case("1001", of=g.transport, serie="T001"),
    text("1035", "cbc:ID", "T002-1"),
    text("1036", "cbc:ID", "T001-2"),
    text("1050", "cbc:DespatchAdviceTypeCode", ""),
    text("1052", "cbc:DespatchAdviceTypeCode", "31"),
    text("1034", f"{ISSUER}/{ID}", "20000000001"),
    text("2111", "cbc:UBLVersionID", ""),
    text("2110", "cbc:UBLVersionID", "2.0"),
    text("2113", "cbc:CustomizationID", ""),
    text("2112", "cbc:CustomizationID", "1.0"),
    case("2329", day=f.in_days(1), start=f.in_days(1)),
    case("3437", drop("cbc:IssueTime")),
    text("3438", "cbc:IssueTime", "25:00:00"),
    case("2541", set_attribute(f"{ISSUER}/{ID}", "schemeID", "")),
    case("2542", set_attribute(f"{ISSUER}/{ID}", "schemeID", "1")),
    text("1037", f"{ISSUER}/{NAME}", ""),
    text("1038", f"{ISSUER}/{NAME}", "A\nB"),
    case("2076", drop("cac:Signature/cbc:ID")),
    text("2077", "cac:Signature/cbc:ID", ""),
    case("2079", drop(f"{SIGNATORY}/cac:PartyIdentification")),
    text("2078", f"{SIGNATORY}/{ID}", "20000000001"),
    case("2081", drop(f"{SIGNATORY}/cac:PartyName")),
    text("2080", f"{SIGNATORY}/cac:PartyName/cbc:Name", " "),
    case("2083", drop("cac:Signature/cac:DigitalSignatureAttachment")),
    text("2082", "cac:Signature//cbc:URI", " "),
]

PARTIES = [
    text("2757", f"{TO}/{ID}", ""),
    case("2759", set_attribute(f"{TO}/{ID}", "schemeID", "")),
    case("2760", set_attribute(f"{TO}/{ID}", "schemeID", "Z")),
    case("2758", to="2000000000"),
    case("3443", to="20000000002"),
    case("3443", lists={"ruc_inexistente": [f.CUSTOMER]}),
    text("2761", f"{TO}/{NAME}", ""),
    text("2762", f"{TO}/{NAME}", "A\nB"),
    case("2554", of=g.moved, to=f.CUSTOMER),
    case("2555", to=RUC),
    text("3383", f"{FROM}/{ID}", "", g.transport),
    text("3384", f"{FROM}/{ID}", "123", g.transport),
    text("3385", f"{FROM}/{ID}", "20000000002", g.transport),
    text("3387", f"{FROM}/{NAME}", "", g.transport),
    case("2560", of=g.transport, sender=g.party("6", RUC)),
    case("2554", reason="02"),
    case("2555", reason="14", to=RUC),
    case("3417", set_attribute(f"{TO}/{ID}", "schemeID", "1"), reason="06", to="45678912"),
    case("4375", reason="02", to=RUC),
    case("3448", after_to("Seller", "Supplier", RUC), reason="02", to=RUC),
    case("4054", after_to("Seller", "Supplier", g.CARRIER)),
    case("4378", reason="03"),
    case("4377", after_to("Buyer", "Customer", g.CARRIER)),
    case("3335", after_to("Buyer", "Customer", f.CUSTOMER), reason="03"),
    case("3403", references=g.paper("")),
    case("3340", references=g.paper("F001-1") * 2),
    case("3440", of=g.export, references=""),
    case("2692", references=g.paper("V001-1", "31")),
    case("3441", references=g.paper("F001-0")),
    case("3380", references=g.paper("F001-1", issuer="")),
    case("3381", references=g.paper("F001-1", issuer=g.CARRIER)),
    case("3445", references=g.paper("118-2026-40-000001", "50", "")),
    case("3445", of=g.export, references=g.paper("F001-1")),
    case(
        "3346",
        of=g.transport,
        references=g.paper("F001-1", issuer=g.CARRIER) + g.paper("F001-2", issuer=g.CARRIER),
    ),
    case("3392", indicators=(g.WHOLE,)),
    case("3419", of=g.export, packages=""),
    case("3422", add_after(STAGE_END, CONTAINER), of=g.export),
    case("4437", of=g.export, reason="08", indicators=()),
    case("4383", of=g.export, indicators=()),
    case("4387", of=g.export, indicators=()),
    case("3395", add_after(WEIGHT, '<cbc:NetWeightMeasure unitCode="KGM">1</cbc:NetWeightMeasure>')),
    case("3418", add_after(f"{SHIPMENT}/cbc:HandlingCode", "<cbc:Information>X</cbc:Information>")),
]

TRANSFER = [
    text("3404", f"{SHIPMENT}/cbc:HandlingCode", ""),
    case("3405", reason="99"),
    case("3457", reason="13"),
    case("2880", drop(WEIGHT)),
    case("2523", weight="0"),
    case("2523", weight="1.2345"),
    case("2881", set_attribute(WEIGHT, "unitCode", "LBR")),
    case("3344", of=g.small, indicators=(g.M1L, g.M1L)),
    text("2532", f"{STAGE}/cbc:TransportModeCode", ""),
    case("2556", mode="03"),
    text("3406", f"{STAGE}/cac:TransitPeriod/cbc:StartDate", ""),
    case("3407", start="21/11/2026"),
    case("3343", start=f.in_days(-1)),
    case("3450", of=g.private, indicators=(WITH_VEHICLE,)),
    case("3347", of=g.private, who=g.carrier()),
    text("2558", f"{CARRIER}/{ID}", ""),
    case("2559", who=g.carrier("123")),
    case("2560", who=g.carrier(RUC)),
    case("2561", set_attribute(f"{CARRIER}/{ID}", "schemeID", "")),
    case("2562", set_attribute(f"{CARRIER}/{ID}", "schemeID", "1")),
    case("3348", who=g.carrier("20000000002")),
    text("2563", f"{CARRIER}/{NAME}", ""),
    case("4391", who=g.carrier(mtc="")),
    case("4391", of=g.transport, who=""),
    case("4392", who=g.carrier(mtc="mtc 1")),
    case("3617", event=""),
    case("3619", event=g.delivered("21/11/2026")),
    case("3618", event=g.delivered(f.in_days(-1))),
    case("3616", event=g.delivered(f.in_days(1))),
]

VEHICLES = [
    case("3455", drivers=g.driver()),
    case("3354", vehicle=g.vehicle()),
    case("4399", of=g.transport, vehicle=g.vehicle()),
    case("3452", of=g.private, vehicle=g.vehicle(card=g.CARD)),
    case("3354", of=g.small, vehicle=g.vehicle()),
    case("3455", of=g.small, drivers=g.driver()),
    case("2566", of=g.private, vehicle=""),
    case("2566", of=g.transport, vehicle=""),
    case("2566", indicators=(WITH_VEHICLE,), drivers=g.driver()),
    case("2567", of=g.private, vehicle=g.vehicle("ABC-123")),
    case("2567", of=g.private, vehicle=g.vehicle("ABC123", ("000000",))),
    case("4389", of=g.private, vehicle=g.vehicle("ABC123", ("ABC124", "ABC125", "ABC126"))),
    case("3357", of=g.private, drivers=""),
    case("3358", of=g.private, drivers=g.driver() + g.driver(number="44004401")),
    case("4376", of=g.private, drivers=g.driver() + "".join(g.driver("Secundario", f"4400440{i}") for i in (1, 2, 3))),
    text("2568", f"{DRIVER}/cbc:ID", "", g.private),
    case("2570", set_attribute(f"{DRIVER}/cbc:ID", "schemeID", ""), of=g.private),
    case("2571", set_attribute(f"{DRIVER}/cbc:ID", "schemeID", "6"), of=g.private),
    case("2569", of=g.private, drivers=g.driver(number="123")),
    text("3360", f"{DRIVER}/cbc:FirstName", "", g.private),
    text("3361", f"{DRIVER}/cbc:FamilyName", "", g.private),
    case("2572", of=g.private, drivers=g.driver(licence="")),
    case("2573", of=g.private, drivers=g.driver(licence="123")),
    case("3362", of=g.private, drivers=g.driver() + g.driver("Secundario")),
]  # fmt: skip

PLACES = [
    text("2775", f"{DEPARTURE}/cbc:ID", ""),
    text("2775", f"{ARRIVAL}/cbc:ID", ""),
    text("3363", f"{DEPARTURE}/cbc:ID", "999999"),
    text("2577", f"{DEPARTURE}//cbc:Line", ""),
    text("4076", f"{DEPARTURE}//cbc:Line", "AB"),
    text("3368", f"{ARRIVAL}/cbc:ID", "999999"),
    text("2574", f"{ARRIVAL}//cbc:Line", ""),
    case("3410", set_attribute(f"{ARRIVAL}/cbc:AddressTypeCode", "listID", ""), of=g.moved),
    case("3365", drop(f"{DEPARTURE}/cbc:AddressTypeCode"), of=g.moved),
    case("3369", drop(f"{ARRIVAL}/cbc:AddressTypeCode"), of=g.moved),
    case("3414", of=g.moved, owner=f.CUSTOMER),
    text("3458", f"{LINE}/cbc:ID", "0"),
    case("2752", double(LINE)),
    text("2580", f"{LINE}/cbc:DeliveredQuantity", "0"),
    text("2780", f"{LINE}/cbc:DeliveredQuantity", "1.12345678901"),
    case("2883", set_attribute(f"{LINE}/cbc:DeliveredQuantity", "unitCode", "")),
    case("4320", set_attribute(f"{LINE}/cbc:DeliveredQuantity", "unitCode", "QQQ")),
    case("3446", of=g.export, indicators=()),
    case("3427", of=g.export, indicators=()),
    case("3428", of=g.export, indicators=()),
    case("3411", of=g.moved, reason="01", to=f.CUSTOMER),
    text("2781", f"{LINE}//cbc:Description", ""),
    text("2782", f"{LINE}//cbc:Description", "x" * 501),
    text("2783", f"{LINE}//cac:SellersItemIdentification/cbc:ID", "x" * 31),
]

GUIA_CASES = [*HEADER, *PARTIES, *TRANSFER, *VEHICLES, *PLACES]
