"""Where the goods leave and where they arrive (2574, 2577, 2775, 3363, 3365, 3368, 3369, 3410, 3414, 4076)."""

from __future__ import annotations

from collections.abc import Iterator

from emitir.sandbox.sunat.rules.case import Case, exists, nodes, text
from emitir.sandbox.sunat.rules.guia.parties import OWN, REASON
from emitir.sandbox.sunat.rules.guia.shipment import indicated
from emitir.sandbox.sunat.rules.table import Hit, Table, any_text
from emitir.sandbox.sunat.xmlsafe import Element

TABLE = Table("09", "31")
SENDER = Table("09")

_ARRIVAL = "cac:Shipment/cac:Delivery/cac:DeliveryAddress"
_DEPARTURE = "cac:Shipment/cac:Delivery/cac:Despatch/cac:DespatchAddress"
_LINE = "cac:AddressLine/cbc:Line"
_PLACE = "cbc:AddressTypeCode"
#: The emisor itinerante does not know yet where the goods will arrive.
_ITINERANT = "18"


_DOCUMENT = "cac:AdditionalDocumentReference"
_TRANSHIPPED = "SUNAT_Envio_IndicadorTransbordoProgramado"


def _follows(case: Case, electronic: bool) -> bool:
    """Whether a transportista names the guía of the remitente, which says the same."""
    return case.tipo == "31" and any(
        text(node, "cbc:DocumentTypeCode") == "09" and not (electronic and text(node, "cbc:ID")[:1].isdigit())
        for node in nodes(case.root, _DOCUMENT)
    )


def _arrives(code: str, path: str) -> None:
    @TABLE.rule(code)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        later = code == "2574" and case.tipo == "31" and indicated(case, _TRANSHIPPED)
        excused = later or text(root, REASON) == _ITINERANT or _follows(case, electronic=False)
        if not excused and not text(root, path):
            yield Hit(path)


TABLE.required("2775", f"{_DEPARTURE}/cbc:ID")
TABLE.in_catalog("3363", f"{_DEPARTURE}/cbc:ID[normalize-space()]", "13")


@TABLE.rule("2577")
def _leaves(case: Case, root: Element) -> Iterator[Hit]:
    later = case.tipo == "31" and indicated(case, _TRANSHIPPED)
    if not text(root, f"{_DEPARTURE}/{_LINE}") and not (later or _follows(case, electronic=True)):
        yield Hit(f"{_DEPARTURE}/{_LINE}")


TABLE.matches("4076", f"{_DEPARTURE}/{_LINE}[normalize-space()]", any_text(3, 500))
_arrives("2775", f"{_ARRIVAL}/cbc:ID")
TABLE.in_catalog("3368", f"{_ARRIVAL}/cbc:ID[normalize-space()]", "13")
_arrives("2574", f"{_ARRIVAL}/{_LINE}")


@TABLE.rule("3410")
def _whose(case: Case, root: Element) -> Iterator[Hit]:
    for address in (_DEPARTURE, _ARRIVAL):
        if exists(root, f"{address}/{_PLACE}") and not text(root, f"{address}/{_PLACE}/@listID"):
            yield Hit(f"{address}/{_PLACE}/@listID")


def _establishment(code: str, address: str) -> None:
    @SENDER.rule(code)
    def _check(case: Case, root: Element) -> Iterator[Hit]:
        if text(root, REASON) == OWN and not text(root, f"{address}/{_PLACE}"):
            yield Hit(f"{address}/{_PLACE}")


@SENDER.rule("3411")
def _own_place(case: Case, root: Element) -> Iterator[Hit]:
    for address, reasons in (
        (_DEPARTURE, ("02", "07", "08")),
        (_ARRIVAL, ("01", "03", "05", "06", "14", "17")),
    ):
        owner = text(root, f"{address}/{_PLACE}/@listID")
        if text(root, REASON) in reasons and owner == case.name.ruc:
            yield Hit(f"{address}/{_PLACE}/@listID", owner)


_establishment("3365", _DEPARTURE)
_establishment("3369", _ARRIVAL)


@SENDER.rule("3414")
def _of_another(case: Case, root: Element) -> Iterator[Hit]:
    for address in (_DEPARTURE, _ARRIVAL):
        owner = text(root, f"{address}/{_PLACE}/@listID")
        if text(root, REASON) == OWN and owner and owner != case.name.ruc:
            yield Hit(f"{address}/{_PLACE}/@listID", owner)
