"""Documents of other programs that SUNAT takes: their data go through Emitir and come to the same totals.

They lie beside the repository (``../shared/peru/samples``) or where EMITIR_PE_SAMPLES says; without them
nothing is tested here. The reader is of this file alone.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from emitir.peru.prepare import prepare

from .conftest import NOW

FOLDER = Path(
    os.environ.get("EMITIR_PE_SAMPLES", Path(__file__).resolve().parents[3] / "shared/peru/samples")
)
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
#: Those whose own figures contradict each other, and what is wrong in them.
BROKEN = {
    "greenter__factura-icbper__20123456789-01-F001-129": "the IGV leaves out the value of the bags",
    "greenter__boleta-icbper__20123456789-03-B001-2": "the IGV leaves out the value of the bags",
    "greenter__factura-percepcion__20123456789-01-F001-167": "the total with percepción leaves the IGV out",
}
FILES = [path for path in sorted(FOLDER.glob("greenter__*-0[13]-*.xml")) if path.stem not in BROKEN]


def text(node: etree._Element, path: str) -> str:
    return (node.findtext(path, namespaces=NS) or "").strip()


def tax(line: etree._Element, code: str) -> etree._Element | None:
    for node in line.iterfind("cac:TaxTotal/cac:TaxSubtotal", NS):
        if text(node, "cac:TaxCategory/cac:TaxScheme/cbc:ID") == code:
            return node
    return None


def item(line: etree._Element) -> dict[str, Any]:
    quantity = line.find("cbc:InvoicedQuantity", NS)
    assert quantity is not None
    main = next(node for code in ("1000", "1016", "9995", "9996", "9997", "9998") if (node := tax(line, code)) is not None)  # fmt: skip
    free = tax(line, "9996") is not None
    price = "cac:PricingReference/cac:AlternativeConditionPrice/cbc:PriceAmount" if free else "cac:Price/cbc:PriceAmount"  # fmt: skip
    found: dict[str, Any] = {
        "descripcion": text(line, "cac:Item/cbc:Description"),
        "unidad": {"KG": "KGM", "SA": "SA"}.get(quantity.get("unitCode", ""), quantity.get("unitCode")),
        "cantidad": quantity.text,
        "valor_unitario": text(line, price),
        "afectacion_igv": text(main, "cac:TaxCategory/cbc:TaxExemptionReasonCode"),
    }
    if (isc := tax(line, "2000")) is not None:
        found |= {"tipo_isc": text(isc, "cac:TaxCategory/cbc:TierRange"), "tasa_isc": text(isc, "cac:TaxCategory/cbc:Percent")}  # fmt: skip
    if (bags := tax(line, "7152")) is not None:
        found["icbper"] = text(bags, "cbc:TaxAmount")
    if (others := tax(line, "9999")) is not None:
        found["otros_tributos"] = text(others, "cbc:TaxAmount")
    names = {"00": "descuento", "01": "descuento_no_base", "47": "cargo", "48": "cargo_no_base"}
    for charge in line.iterfind("cac:AllowanceCharge", NS):
        name = names[text(charge, "cbc:AllowanceChargeReasonCode")]
        found[name] = Decimal(found.get(name, 0)) + Decimal(text(charge, "cbc:Amount"))
    return found


def properties(root: etree._Element) -> dict[str, Any]:
    kind = root.find("cbc:InvoiceTypeCode", NS)
    assert kind is not None
    operation = kind.get("listID") or "0101"
    serie, number = text(root, "cbc:ID").split("-")
    boleta = kind.text == "03"
    customer = {"tipo_doc": "d", "numero_doc": "45678912"} if boleta else {"tipo_doc": "r", "numero_doc": "20100070970"}  # fmt: skip
    if operation == "0200":
        customer = {"tipo_doc": "0", "numero_doc": "US-1"}
    found: dict[str, Any] = {
        "tipo": kind.text,
        "serie": serie,
        "numero": number,
        "fecha": "2026-11-21",
        "moneda": text(root, "cbc:DocumentCurrencyCode"),
        "razon_social": "CLIENTE DE PRUEBA",
        "tipo_operacion": operation,
        **customer,
        "items": [item(line) for line in root.iterfind("cac:InvoiceLine", NS)],
    }
    names = {"02": "descuento_global", "03": "descuento_global_no_base", "46": "recargo_consumo", "49": "cargo_global", "50": "cargo_global_no_base"}  # fmt: skip
    for charge in root.iterfind("cac:AllowanceCharge", NS):
        code = text(charge, "cbc:AllowanceChargeReasonCode")
        if code in names:
            found[names[code]] = text(charge, "cbc:Amount")
    for terms in root.iterfind("cac:PaymentTerms", NS):
        if text(terms, "cbc:ID") == "Detraccion":
            found |= {
                "detraccion_codigo": text(terms, "cbc:PaymentMeansID"),
                "detraccion_monto": text(terms, "cbc:Amount"),
                "detraccion_cuenta": text(root, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"),
            }
    return found


@pytest.mark.skipif(not FILES, reason="the samples of other programs are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_same_totals(path: Path, company: dict[str, Any]) -> None:
    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    advances = sum((Decimal(node.text or "0") for node in root.iterfind("cac:LegalMonetaryTotal/cbc:PrepaidAmount", NS)), Decimal(0))  # fmt: skip
    made = prepare(properties(root), company, NOW).importes
    total = "cac:LegalMonetaryTotal/cbc:"
    assert abs(made.total - advances - Decimal(text(root, f"{total}PayableAmount"))) <= Decimal("0.02")
    assert abs(made.valor_venta - Decimal(text(root, f"{total}LineExtensionAmount"))) <= Decimal("0.02")
    if not advances:
        assert abs(made.tributos - Decimal(text(root, "cac:TaxTotal/cbc:TaxAmount"))) <= Decimal("0.02")
