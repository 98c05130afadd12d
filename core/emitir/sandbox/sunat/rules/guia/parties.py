"""Who gets the goods and, of a transportista, who sends them (2554, 2555, 2560, 2757 to 2762, 3383 to 3387, 3443)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from emitir.sandbox.sunat.catalogs import codes
from emitir.sandbox.sunat.names import ruc_exists
from emitir.sandbox.sunat.rules.case import Case, text
from emitir.sandbox.sunat.rules.guia.header import ISSUER_ID
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")
SENDER = Table("09")
CARRIER = Table("31")

_ID = "cac:PartyIdentification/cbc:ID"
_NAME = "cac:PartyLegalEntity/cbc:RegistrationName"
_TO = "cac:DeliveryCustomerParty/cac:Party"
_FROM = "cac:Shipment/cac:Delivery/cac:Despatch/cac:DespatchParty"
REASON = "cac:Shipment/cbc:HandlingCode"
#: Motives in which the goods stay with who sends them (one's own establishments), and in which they leave him.
OWN, _TO_ITSELF = "04", ("02", "04", "07")
_TO_OTHERS = ("01", "03", "05", "06", "09", "14", "17")
_FORMATS = {"6": r"[0-9]{11}", "1": r"[0-9]{8}"}


def wrong_number(kind: str, number: str) -> bool:
    """Whether an identity number does not have the form of its kind."""
    return not re.fullmatch(_FORMATS.get(kind, r"[a-zA-Z0-9-]{1,15}"), number, re.ASCII)


def unknown_ruc(case: Case, number: str) -> bool:
    """Whether SUNAT does not know a RUC."""
    return not ruc_exists(number) or number in case.lists.ruc_inexistente


TABLE.required("2757", f"{_TO}/{_ID}")
TABLE.required("2759", f"{_TO}/{_ID}/@schemeID")


@TABLE.rule("2760")
def _kind(case: Case, root: Element) -> Iterator[Hit]:
    kind = text(root, f"{_TO}/{_ID}/@schemeID")
    if kind and kind not in codes("06"):
        yield Hit(f"{_TO}/{_ID}/@schemeID", kind)


@TABLE.rule("2758")
def _number(case: Case, root: Element) -> Iterator[Hit]:
    kind, number = text(root, f"{_TO}/{_ID}/@schemeID"), text(root, f"{_TO}/{_ID}")
    if number and wrong_number(kind, number):
        yield Hit(f"{_TO}/{_ID}", number)


@TABLE.rule("3443")
def _unknown(case: Case, root: Element) -> Iterator[Hit]:
    kind, number = text(root, f"{_TO}/{_ID}/@schemeID"), text(root, f"{_TO}/{_ID}")
    if kind == "6" and not wrong_number(kind, number) and unknown_ruc(case, number):
        yield Hit(f"{_TO}/{_ID}", number)


TABLE.required("2761", f"{_TO}/{_NAME}")
TABLE.matches("2762", f"{_TO}/{_NAME}[normalize-space()]", any_text(1, 250))


def _same(case: Case) -> bool:
    kind = text(case.root, f"{_TO}/{_ID}/@schemeID")
    return kind == "6" and text(case.root, f"{_TO}/{_ID}") == text(case.root, ISSUER_ID)


@SENDER.rule("2554")
def _not_the_sender(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) in _TO_ITSELF and not _same(case):
        yield Hit(f"{_TO}/{_ID}", text(root, f"{_TO}/{_ID}"))


@SENDER.rule("2555")
def _the_sender(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) in _TO_OTHERS and _same(case):
        yield Hit(f"{_TO}/{_ID}", text(root, f"{_TO}/{_ID}"))


@SENDER.rule("3417")
def _company(case: Case, root: Element) -> Iterator[Hit]:
    kind = text(root, f"{_TO}/{_ID}/@schemeID")
    if text(root, REASON) in ("06", "17") and kind not in ("", "6"):
        yield Hit(f"{_TO}/{_ID}/@schemeID", kind)


_BUYER = "cac:BuyerCustomerParty/cac:Party"
_SELLER = "cac:SellerSupplierParty/cac:Party"


@SENDER.rule("4375")
def _no_seller(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) in ("02", "07") and not text(root, f"{_SELLER}/{_ID}"):
        yield Hit(f"{_SELLER}/{_ID}")


@SENDER.rule("3448")
def _sells_to_itself(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) in ("02", "07") and text(root, f"{_SELLER}/{_ID}") == case.name.ruc:
        yield Hit(f"{_SELLER}/{_ID}", case.name.ruc)


@SENDER.rule("4054")
def _seller_of_nothing(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) not in ("02", "07", "13") and text(root, f"{_SELLER}/{_ID}"):
        yield Hit(f"{_SELLER}/{_ID}", text(root, f"{_SELLER}/{_ID}"))


@SENDER.rule("4378")
def _no_buyer(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) == "03" and not text(root, f"{_BUYER}/{_ID}"):
        yield Hit(f"{_BUYER}/{_ID}")


@SENDER.rule("4377")
def _buyer_of_nothing(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, REASON) not in ("03", "13") and text(root, f"{_BUYER}/{_ID}"):
        yield Hit(f"{_BUYER}/{_ID}", text(root, f"{_BUYER}/{_ID}"))


@SENDER.rule("3335")
def _buyer_gets_it(case: Case, root: Element) -> Iterator[Hit]:
    number = text(root, f"{_BUYER}/{_ID}")
    if text(root, REASON) == "03" and number and number == text(root, f"{_TO}/{_ID}"):
        yield Hit(f"{_BUYER}/{_ID}", number)


CARRIER.required("3383", f"{_FROM}/{_ID}")


@CARRIER.rule("3384")
def _sender_number(case: Case, root: Element) -> Iterator[Hit]:
    kind, number = text(root, f"{_FROM}/{_ID}/@schemeID"), text(root, f"{_FROM}/{_ID}")
    if number and wrong_number(kind, number):
        yield Hit(f"{_FROM}/{_ID}", number)


@CARRIER.rule("3385")
def _sender_unknown(case: Case, root: Element) -> Iterator[Hit]:
    kind, number = text(root, f"{_FROM}/{_ID}/@schemeID"), text(root, f"{_FROM}/{_ID}")
    if kind == "6" and not wrong_number(kind, number) and unknown_ruc(case, number):
        yield Hit(f"{_FROM}/{_ID}", number)


CARRIER.required("3387", f"{_FROM}/{_NAME}")


@CARRIER.rule("2560")
def _carries_for_itself(case: Case, root: Element) -> Iterator[Hit]:
    if text(root, f"{_FROM}/{_ID}") == case.name.ruc:
        yield Hit(f"{_FROM}/{_ID}", case.name.ruc)
