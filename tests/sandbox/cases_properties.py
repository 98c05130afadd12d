"""Cases that break the rules of item properties (catalog 55) and of transport of goods."""

from __future__ import annotations

from typing import Any

from tests.sandbox import factory as f
from tests.sandbox.cases import LINE, Case, loose
from tests.sandbox.factory import Invoice, add_after, drop, set_attribute, set_text

PROPERTY = f"{LINE}/cac:Item/cac:AdditionalItemProperty"
SELLER = f"{LINE}/cac:Item/cac:SellersItemIdentification"
PRODUCT = "<cac:CommodityClassification><cbc:ItemClassificationCode>84121901</cbc:ItemClassificationCode></cac:CommodityClassification>"
#: Concepts that hold something else than a value.
DATES = ("3005", "3059", "4002", "4003", "4004", "4006", "4048")
TIMES = ("3060", "4047")


def concept(code: str, value: str = "") -> str:
    """An item property that SUNAT takes."""
    period = quantity = ""
    if code == "7014":
        period = "<cbc:StartDate>2026-01-01</cbc:StartDate><cbc:EndDate>2026-12-31</cbc:EndDate>"
    elif code in DATES:
        period = "<cbc:StartDate>2026-11-20</cbc:StartDate>"
    elif code in TIMES:
        period = "<cbc:StartTime>10:00:00</cbc:StartTime>"
    elif code == "4005":
        period = f'<cbc:DurationMeasure unitCode="DAY">{value or "3"}</cbc:DurationMeasure>'
    elif code == "3006":
        quantity = f'<cbc:ValueQuantity unitCode="TNE">{value or "10.50"}</cbc:ValueQuantity>'
    held = "" if period or quantity else f"<cbc:Value>{value or VALUES.get(code, 'TEXTO')}</cbc:Value>"
    if period:
        period = f"<cac:UsabilityPeriod>{period}</cac:UsabilityPeriod>"
    return (
        f"<cac:AdditionalItemProperty><cbc:Name>CONCEPTO</cbc:Name><cbc:NameCode>{code}</cbc:NameCode>{held}"
        f"{quantity}{period}</cac:AdditionalItemProperty>"
    )


VALUES = {
    **dict.fromkeys(("3055", "3057", "4030", "4032", "4042", "4044", "7006"), "150101"),
    **dict.fromkeys(("3053", "4008", "4041"), "7"),
    **dict.fromkeys(("4000", "4001"), "CL"),
    "7001": "1", "7002": "3", "7005": "2026-01-31", "7012": "1000.00", "7015": "1", "7016": "5000.00",
}  # fmt: skip
FISH = ("3001", "3002", "3003", "3004", "3005", "3006")
HOTEL = ("4000", "4001", "4002", "4003", "4004", "4005", "4006", "4007", "4008", "4009")
TOUR = ("4000", "4007", "4008", "4009")
AIR = ("4030", "4031", "4032", "4033")
TRAIN = ("4040", "4041", "4042", "4043", "4044", "4045", "4046", "4047", "4048", "4049")
STATE = ("5000", "5001", "5002", "5003")
MORTGAGE = ("7001", "7002", "7003", "7004", "7005", "7006", "7007")
TICKET = "<cac:PaymentMeans><cbc:PaymentMeansCode>001</cbc:PaymentMeansCode><cbc:PaymentID>1</cbc:PaymentID></cac:PaymentMeans>"
AGENT = (
    '<cac:AgentParty><cac:PartyIdentification><cbc:ID schemeID="6">20100070970</cbc:ID></cac:PartyIdentification>'
    "</cac:AgentParty>"
)
OF_AGENT = "cac:AccountingSupplierParty/cac:Party/cac:AgentParty/cac:PartyIdentification/cbc:ID"


def with_concepts(
    *codes: str, values: dict[str, str] | None = None, product: bool = False, **rest: Any
) -> Invoice:
    """A factura whose line says these concepts."""
    said = "".join(concept(code, (values or {}).get(code, "")) for code in codes)
    edits = [add_after(SELLER, (PRODUCT if product else "") + said)] if said or product else []
    make = rest.pop("of", Invoice)
    made: Invoice = make(**{**rest, "edits": [*edits, *rest.get("edits", [])]})
    return made


def fish(*codes: str, **rest: Any) -> Invoice:
    return with_concepts(*codes, of=f.detraccion, good="004", operation="1002", **rest)


def hotel(*codes: str, operation: str = "0202", **rest: Any) -> Invoice:
    return with_concepts(*codes, of=f.export, operation=operation, **rest)


def train(*codes: str, means: str = TICKET, agent: str = AGENT, **rest: Any) -> Invoice:
    edits = [add_after("cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity", agent)] if agent else []
    return with_concepts(
        *codes, operation="0302", terms=means + f.CASH, edits=[*edits, *rest.pop("edits", [])], **rest
    )


def _without(make: Any, all_codes: tuple[str, ...], asked: dict[str, str], **rest: Any) -> list[Case]:
    """One case for each concept that is not said."""
    return [
        Case(code, make(*(other for other in all_codes if other != missing), **rest), schema=False)
        for missing, code in asked.items()
    ]


def _with(code: str, *codes: str, **rest: Any) -> Case:
    return Case(code, with_concepts(*codes, **rest), schema=False)


PROPERTY_CASES = [
    *_without(fish, FISH, {"3001": "3063", "3002": "3130", "3003": "3131", "3004": "3132", "3006": "3133", "3005": "3134"}),
    *_without(hotel, HOTEL, {"4009": "3136", "4008": "3137", "4000": "3138", "4007": "3139", "4001": "3140", "4002": "3141",
                             "4003": "3142", "4004": "3143", "4006": "3144", "4005": "3145"}),
    *_without(hotel, TOUR, {"4000": "3138", "4007": "3139", "4008": "3137", "4009": "3136"}, operation="0205"),
    *_without(with_concepts, AIR, {"4030": "3168", "4031": "3169", "4032": "3170", "4033": "3171"}, operation="0301"),
    *_without(train, TRAIN, {"4040": "3159", "4041": "3160", "4042": "3161", "4043": "3162", "4044": "3163",
                             "4045": "3164", "4046": "3165", "4047": "3166", "4048": "3167", "4049": "3204"}),
    *_without(with_concepts, STATE, {"5000": "3146", "5001": "3147", "5002": "3148", "5003": "3149"}),
    *_without(with_concepts, MORTGAGE, {"7001": "3150", "7004": "3152", "7005": "3153", "7003": "3151",
                                        "7006": "3154", "7007": "3155"}, product=True),
    _with("3241", "7004", "7005", operation="2100"),
    _with("3242", operation="2104"),
    _with("2898", "7015", "7013", "7016", operation="2104"),
    _with("2899", "7015", operation="2104", values={"7015": "3"}),
    Case("4235", with_concepts("7000", edits=[set_text(f"{PROPERTY}/cbc:Name", "")]), schema=False),
    Case("3064", with_concepts("7000", edits=[drop(f"{PROPERTY}/cbc:Value")]), schema=False),
    Case("3065", with_concepts("3059", edits=[drop(f"{PROPERTY}/cac:UsabilityPeriod")]), schema=False),
    Case("3172", with_concepts("3060", edits=[drop(f"{PROPERTY}/cac:UsabilityPeriod")]), schema=False),
    Case("3135", with_concepts("3006", edits=[drop(f"{PROPERTY}/cbc:ValueQuantity")]), schema=False),
    Case("3135", with_concepts("4005", edits=[drop(f"{PROPERTY}/cac:UsabilityPeriod")]), schema=False),
    Case("3243", with_concepts("7014", edits=[drop(f"{PROPERTY}//cbc:StartDate")]), schema=False),
    Case("4366", with_concepts("7014", edits=[drop(f"{PROPERTY}//cbc:EndDate")]), schema=False),
    _with("4280", "3001", values={"3001": "x" * 16}),
    _with("4280", "3055", values={"3055": "999999"}),
    _with("4280", "7012", values={"7012": "0"}),
    _with("4281", "3006", values={"3006": "0.00"}),
    _with("4281", "4005", values={"4005": "12345"}),
    Case("3115", with_concepts("3006", edits=[set_attribute(f"{PROPERTY}/cbc:ValueQuantity", "unitCode", "KGM")]), schema=False),
    _with("4202", "7021", values={"7021": "118-2026"}),
    Case("3156", train(*TRAIN, agent=""), schema=False),
    Case("3157", train(*TRAIN, edits=[set_attribute(OF_AGENT, "schemeID", None)]), schema=False),
    Case("3158", train(*TRAIN, edits=[set_attribute(OF_AGENT, "schemeID", "1")]), schema=False),
    Case("3173", train(*TRAIN, means=""), schema=False),
    Case("3175", train(*TRAIN, edits=[drop("cac:PaymentMeans/cbc:PaymentID")]), schema=False),
]  # fmt: skip

DELIVERY = f"{LINE}/cac:Delivery"
LOT = f"{DELIVERY}/cac:Shipment/cac:Consignment"
LOAD = f"{LOT}/cac:TransportHandlingUnit/cac:MeasurementDimension"


def _value(kind: str) -> str:
    return f'<cac:DeliveryTerms><cbc:ID>{kind}</cbc:ID><cbc:Amount currencyID="PEN">100.00</cbc:Amount></cac:DeliveryTerms>'


def _stop(name: str) -> str:
    return f"<cac:{name}><cac:Location><cbc:ID>150101</cbc:ID></cac:Location></cac:{name}>"


TRUCK = (
    "<cac:Delivery><cac:DeliveryLocation><cac:Address><cbc:ID>150101</cbc:ID><cac:AddressLine><cbc:Line>AV. LIMA 1"
    "</cbc:Line></cac:AddressLine></cac:Address></cac:DeliveryLocation><cac:Despatch><cbc:Instructions>LIMA A CALLAO"
    "</cbc:Instructions><cac:DespatchAddress><cbc:ID>070101</cbc:ID><cac:AddressLine><cbc:Line>AV. CALLAO 1</cbc:Line>"
    f"</cac:AddressLine></cac:DespatchAddress></cac:Despatch>{_value('01')}{_value('02')}{_value('03')}"
    "<cac:Shipment><cbc:ID>1</cbc:ID><cac:Consignment><cbc:ID>1</cbc:ID><cbc:CarrierServiceInstructions>TRAMO 1"
    '</cbc:CarrierServiceInstructions><cbc:DeclaredForCarriageValueAmount currencyID="PEN">50.00'
    f"</cbc:DeclaredForCarriageValueAmount>{_stop('PlannedPickupTransportEvent')}"
    f"{_stop('PlannedDeliveryTransportEvent')}<cac:DeliveryTerms>"
    '<cbc:Amount currencyID="PEN">50.00</cbc:Amount></cac:DeliveryTerms>'
    "<cac:TransportHandlingUnit><cac:TransportEquipment><cbc:SizeTypeCode>C2</cbc:SizeTypeCode></cac:TransportEquipment>"
    '<cac:MeasurementDimension><cbc:AttributeID>01</cbc:AttributeID><cbc:Measure unitCode="TNE">10.00</cbc:Measure>'
    "</cac:MeasurementDimension></cac:TransportHandlingUnit></cac:Consignment></cac:Shipment></cac:Delivery>"
)


def truck(**rest: Any) -> Invoice:
    """A factura of transport of goods subject to detracción."""
    edits = [add_after(f"{LINE}/cac:PricingReference", TRUCK), *rest.pop("edits", [])]
    return f.detraccion(**{"good": "027", "operation": "1004", "edits": edits, **rest})


def _edit(code: str, path: str, value: str) -> Case:
    return loose(code, set_text(path, value), of=_truck)


def _truck(edits: Any = (), **rest: Any) -> Invoice:
    return truck(edits=list(edits), **rest)


CARGO_CASES = [
    _edit("3116", f"{DELIVERY}/cac:Despatch/cac:DespatchAddress/cbc:ID", ""),
    _edit("3117", f"{DELIVERY}/cac:Despatch/cac:DespatchAddress//cbc:Line", ""),
    _edit("3118", f"{DELIVERY}/cac:DeliveryLocation/cac:Address/cbc:ID", ""),
    _edit("3119", f"{DELIVERY}/cac:DeliveryLocation/cac:Address//cbc:Line", ""),
    _edit("3120", f"{DELIVERY}/cac:Despatch/cbc:Instructions", ""),
    _edit("4200", f"{DELIVERY}/cac:Despatch/cac:DespatchAddress/cbc:ID", "999999"),
    _edit("4200", f"{LOT}/cac:PlannedDeliveryTransportEvent//cbc:ID", "999999"),
    _edit("4270", f"{DELIVERY}/cac:Despatch/cbc:Instructions", "AB"),
    loose("3124", drop(f"{DELIVERY}/cac:DeliveryTerms[1]"), of=_truck),
    loose("3125", drop(f"{DELIVERY}/cac:DeliveryTerms[2]"), of=_truck),
    _edit("3126", f"{DELIVERY}/cac:DeliveryTerms[2]/cbc:ID", "03"),
    loose("3122", drop(f"{DELIVERY}/cac:DeliveryTerms[1]/cbc:Amount"), of=_truck),
    _edit("3123", f"{DELIVERY}/cac:DeliveryTerms[1]/cbc:Amount", "0.00"),
    _edit("4271", f"{LOT}/cbc:CarrierServiceInstructions", "AB"),
    _edit("4272", f"{LOT}/cac:DeliveryTerms/cbc:Amount", "0.00"),
    _edit("4273", f"{LOT}//cbc:SizeTypeCode", "x" * 16),
    _edit("4274", f"{LOAD}/cbc:AttributeID", "03"),
    loose("4275", drop(f"{LOAD}/cbc:Measure"), of=_truck),
    _edit("4276", f"{LOAD}/cbc:Measure", "0.00"),
    loose("4277", set_attribute(f"{LOAD}/cbc:Measure", "unitCode", "KGM"), of=_truck),
    _edit("4278", f"{LOT}/cbc:DeclaredForCarriageValueAmount", "0.00"),
]

#: What SUNAT takes without a note.
GOOD = {
    "recursos hidrobiológicos": fish(*FISH),
    "hospedaje": hotel(*HOTEL),
    "paquete turístico": hotel(*TOUR, operation="0205"),
    "carta de porte aéreo": with_concepts(*AIR, operation="0301"),
    "tren": train(*TRAIN),
    "proveedor del Estado": with_concepts(*STATE),
    "crédito hipotecario": with_concepts(*MORTGAGE, product=True),
    "crédito": with_concepts("7004", "7005", "7012", operation="2100"),
    "seguro": with_concepts("7013", "7014", "7015", "7016", operation="2104"),
    "pasajeros": with_concepts(
        "3050", "3051", "3052", "3053", "3054", "3055", "3056", "3057", "3058", "3059", "3060"
    ),
    "placa y DAM": with_concepts("7000", "7021", values={"7021": "1182-26-400-000001"}),
    "transporte de carga": truck(),
}
