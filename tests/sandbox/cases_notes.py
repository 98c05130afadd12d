"""Cases that break the rules that notas have of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sandbox import factory as f
from tests.sandbox import notes as n
from tests.sandbox.cases_document import other
from tests.sandbox.factory import Edit, Invoice, add_after, double, drop, set_attribute, set_text

CREDIT_LINE = "cac:CreditNoteLine"
DEBIT_LINE = "cac:DebitNoteLine"
REASON = "cac:DiscrepancyResponse"
MODIFIED = "cac:BillingReference/cac:InvoiceDocumentReference"
TERMS = "cac:PaymentTerms"
SUPPLIER = "cac:AccountingSupplierParty/cac:Party"
CUSTOMER = "cac:AccountingCustomerParty/cac:Party"
TYPE = "cbc:DocumentTypeCode"
REJECTED = Invoice(edits=[set_text("cbc:UBLVersionID", "2.0")])


@dataclass(frozen=True)
class NoteCase:
    """A nota that breaks the rule ``code``. ``before``: what SUNAT received earlier; without it, what the nota
    modifies was issued elsewhere. ``known``: whether it knows it then."""

    code: str
    note: n.Note
    before: tuple[Invoice, ...] = ()
    void: bool = False
    known: bool = True
    schema: bool = True

    @property
    def id(self) -> str:
        """Its name in a report."""
        return f"{self.note.tipo}-{self.code}"


def case(
    code: str, *edits: Edit, of: Callable[..., n.Note] = n.note, before: tuple[Invoice, ...] = (), void: bool = False,
    known: bool = True, schema: bool = True, **values: Any,
) -> NoteCase:  # fmt: skip
    return NoteCase(code, of(edits=list(edits), **values), before, void, known, schema)


def loose(code: str, *edits: Edit, of: Callable[..., n.Note] = n.note, **values: Any) -> NoteCase:
    """A case that the schema would stop."""
    return case(code, *edits, of=of, schema=False, **values)


def both(code: str, *edits: Edit, schema: bool = True, **values: Any) -> list[NoteCase]:
    """The same case for a nota de crédito and a nota de débito."""
    return [case(code, *edits, of=of, schema=schema, **values) for of in (n.note, n.debit)]


def lines(code: str, *edits: Callable[[str], Edit], **values: Any) -> list[NoteCase]:
    """The same case about lines, by the name that each nota gives to them."""
    return [
        case(code, *(edit(name) for edit in edits), of=of, **values)
        for of, name in ((n.note, CREDIT_LINE), (n.debit, DEBIT_LINE))
    ]


def _sale(sale: Invoice) -> dict[str, Any]:
    names = ("lines", "subtotals", "tax", "value", "inclusive", "payable", "notes")
    return {name: getattr(sale, name) for name in names}


def of_rice() -> dict[str, Any]:
    return {**_sale(f.rice()), "reason": "12"}


def of_excise() -> dict[str, Any]:
    return _sale(f.excise())


def of_untaxed() -> dict[str, Any]:
    return _sale(f.untaxed())


def of_export() -> dict[str, Any]:
    return {**_sale(f.export()), "reason": "11"}


def debit_of_rice(**values: Any) -> n.Note:
    return n.debit(**{**of_rice(), **values})


HEADER = [
    *both("1001", serie="X001"),
    *both("2108", day=f.in_days(-4)),
    case("1079", of=n.of_boleta, day=f.in_days(-6)),
    case("1079", of=n.of_boleta, tipo="08", reason="02", day=f.in_days(-6)),
    *both("2128", set_text(f"{REASON}/cbc:ResponseCode", "")),
    *both("2172", reason="99"),
    *both("3203", double(REASON)),
    *both("2136", set_text(f"{REASON}/cbc:Description", "")),
    *both("2135", sustento="UNO\nDOS"),
    *both("2135", sustento="x" * 501),
    *both("3029", set_attribute(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", "schemeID", None)),
    *both("2511", set_attribute(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", "schemeID", "1")),
    *both("2679", drop(f"{CUSTOMER}/cac:PartyIdentification")),
    *both("2679", set_attribute(f"{CUSTOMER}/cac:PartyIdentification/cbc:ID", "schemeID", None)),
    *both("2016", customer_type="Z"),
    *both("2022", set_text(f"{CUSTOMER}/cac:PartyLegalEntity/cbc:RegistrationName", "AB")),
    *both("4010", references=other("X-1")),
    *both("4009", references=other("GUIA-001", "98")),
    case("4009", of=n.debit, references=other("GUIA-001", "01")),
    *both("2426", references=other("GUIA-001") * 2),
    case("2635", reason="10", references=other("CONCEPTO-1") + other("CONCEPTO-2")),
    case("2636", references=other("")),
    case("2637", reason="10", references=other("GUIA-001", "04")),
    *both("4251", set_attribute(f"{REASON}/cbc:ResponseCode", "listAgencyName", "SUNAT")),
    *both("4252", set_attribute(f"{REASON}/cbc:ResponseCode", "listName", "Tipo")),
    *both("4253", set_attribute(f"{REASON}/cbc:ResponseCode", "listURI", "catalogo09")),
    *both("4254", set_attribute(f"{SUPPLIER}//cac:Country/cbc:IdentificationCode", "listID", "ISO")),
]

LINES = [
    *lines("2137", lambda line: set_text(f"{line}/cbc:ID", "0")),
    case("2138", set_attribute(f"{CREDIT_LINE}/cbc:CreditedQuantity", "unitCode", None)),
    case("2188", set_attribute(f"{DEBIT_LINE}/cbc:DebitedQuantity", "unitCode", None), of=n.debit),
    *lines("2139", lambda line: set_text(f"{line}/cbc:*[contains(name(),'Quantity')]", "1.00000000001")),
    *lines("4234", lambda line: set_text(f"{line}//cac:SellersItemIdentification/cbc:ID", "x" * 31)),
    *lines("4084", lambda line: set_text(f"{line}//cbc:Description", "AB")),
    *lines("2410", lambda line: drop(f"{line}//cbc:PriceTypeCode")),
    *lines("3105", lambda line: drop(f"{line}//cac:TaxSubtotal")),
    case("2643", set_text(f"{DEBIT_LINE}//cbc:TaxableAmount", "0.00"), of=debit_of_rice),
    case("3101", of=lambda **v: n.debit(**{**of_untaxed(), **v})),
    *both("2642", reason="11"),
    *both("2644", reason="12"),
    case("3230", of=lambda **v: n.note(**{**of_rice(), "reason": "01", **v})),
    case("3230", of=lambda **v: n.debit(**{**of_rice(), "reason": "02", **v})),
    *(
        case("2199", set_text(f"{name}//cac:TaxSubtotal[2]//cbc:TierRange", "07"), of=of)
        for of, name in (
            (lambda **v: n.note(**{**of_excise(), **v}), CREDIT_LINE),
            (lambda **v: n.debit(**{**of_excise(), **v}), DEBIT_LINE),
        )
    ),
    case(
        "2373",
        drop(f"{DEBIT_LINE}//cac:TaxSubtotal[2]//cbc:TierRange"),
        of=lambda **v: n.debit(**{**of_excise(), **v}),
    ),
]


TWO = (("01", "F001-1"), ("01", "F001-2"))
OLD = Invoice(
    edits=[
        set_text("cbc:DocumentCurrencyCode", "USD"),
        set_attribute("//*[@currencyID]", "currencyID", "USD"),
    ]
)
MODIFIES = [
    *both("2524", modified=()),
    *both("3194", reason="11", modified=TWO),
    case("3507", of=n.debit, reason="13"),
    case("2116", modified=(("03", "B001-1"),)),
    case("2204", of=n.debit, modified=(("03", "B001-1"),)),
    case("2399", of=n.of_boleta, modified=(("01", "F001-1"),)),
    case("2400", of=n.of_boleta, tipo="08", modified=(("01", "F001-1"),)),
    *both("2594", serie="0001", modified=(("09", "T001-1"),)),
    *both("2884", modified=(("01", "F001-1"), ("12", "X-1"))),
    case("2117", modified=(("01", "F001"),)),
    case("2205", of=n.debit, modified=(("01", "F001"),)),
    *both("2365", modified=(("01", "F001-1"),) * 2),
    case("2119", known=False),
    case("2209", known=False, of=n.debit),
    case("2120", before=(Invoice(),), void=True),
    case("2207", before=(Invoice(),), void=True, of=n.debit),
    case("2121", before=(REJECTED,)),
    case("2208", before=(REJECTED,), of=n.debit),
    *both("2885", before=(Invoice(),), day=f.in_days(-1)),
    *both("3209", before=(OLD,)),
    *(
        case("4368", before=(f.boleta(edits=OLD.edits),), of=n.of_boleta, tipo=tipo, reason="02")
        for tipo in ("07", "08")
    ),
    case("3286", before=(Invoice(),), payable="118.01"),
    case("4028", before=(f.boleta(),), of=n.of_boleta, payable="118.01"),
    *(case("4367", of=n.of_boleta, reason=reason) for reason in ("04", "05", "08")),
    case("3261", of=n.cuotas, modified=TWO),
    case("3259", of=n.cuotas, modified=(("12", "X-1"),)),
    case("3260", before=(Invoice(),), of=n.cuotas),
]

GOODS = "<cac:PaymentTerms><cbc:ID>Detraccion</cbc:ID><cbc:PaymentMeansID>037</cbc:PaymentMeansID></cac:PaymentTerms>"
ACCOUNT = "<cac:PaymentMeans><cbc:ID>Detraccion</cbc:ID><cbc:PaymentMeansCode>001</cbc:PaymentMeansCode></cac:PaymentMeans>"
PAYMENT = [
    case("3257", of=n.cuotas, terms=""),
    case("3246", terms=f.CASH),
    case("3319", of=n.cuotas, second="58.99"),
    case("3320", of=n.cuotas, before=(f.credit(),), pending="118.01"),
    case("3321", of=n.cuotas, before=(f.credit(),), due=f.in_days(0)),
    case("3313", of=n.debit, terms=GOODS),
    case("3314", of=n.debit, terms=ACCOUNT),
]

TOTAL = {"07": "cac:LegalMonetaryTotal", "08": "cac:RequestedMonetaryTotal"}
TOTALS = [
    *both("3221", reason="12", **_sale(f.untaxed())),
    *both("3221", reason="11", **_sale(f.untaxed())),
    *both("3107", reason="12"),
    *both("3107", reason="11"),
    *(
        case("3107", add_after("cac:TaxTotal/cac:TaxSubtotal", f.subtotal("9999", "0.00", "0.00")),
             of=of, **of_export())
        for of in (n.note, n.debit)
    ),
    *both("2949", day="2019-07-31", **_sale(f.bags())),
    *both(
        "3297",
        set_text("cac:TaxTotal/cac:TaxSubtotal[cac:TaxCategory//cbc:ID='9999']/cbc:TaxableAmount", "101.01"),
        **of_excise(),
    ),
    *both("3280", payable="116.99"),
    *(case("4312", of=n.of_boleta, tipo=tipo, payable="116.99") for tipo in ("07", "08")),
    case("3315", of=n.cuotas, payable="0.01"),
]  # fmt: skip

NOTE_CASES = [*HEADER, *LINES, *MODIFIES, *PAYMENT, *TOTALS]
