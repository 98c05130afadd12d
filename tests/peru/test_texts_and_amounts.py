"""Any text and any Decimal survives to the XML and back; amounts in words; arithmetic that is easy to get wrong."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from emitir.peru.documents import ubl, venta
from emitir.peru.prepare import prepare
from emitir.text import amount_in_words

from .conftest import NOW

CASES = Path(__file__).parent / "cases"
COMPANY: dict[str, Any] = json.loads((CASES.parent / "company.json").read_text(encoding="utf-8"))
del COMPANY["pais"]
NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}

NOT_XML = "\ufffe\uffff"
printable = st.characters(min_codepoint=0x20, blacklist_categories=["Cs", "Cc"], blacklist_characters=NOT_XML)
one_line = st.text(
    st.characters(
        min_codepoint=0x20, blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters=NOT_XML
    ),
    min_size=3,
    max_size=60,
).filter(str.strip)
many_lines = st.text(printable | st.sampled_from("\t\n\r&<>\"']]>Ññ"), min_size=1, max_size=120).filter(
    str.strip
)
quantity = st.decimals("0.0000000001", "999999999999", places=10, allow_nan=False)


def base(**changes: Any) -> dict[str, Any]:
    properties: dict[str, Any] = json.loads((CASES / "boleta-dni.json").read_text(encoding="utf-8"))[
        "propiedades"
    ]
    return properties | changes


def tree(properties: dict[str, Any]) -> etree._Element:
    text = ubl.head("Invoice") + venta.body(prepare(properties, COMPANY, NOW))
    root = etree.fromstring(text)
    assert etree.tostring(root, method="c14n") == text
    return root


def at(root: etree._Element, path: str) -> str:
    found = root.find(path, NS)
    assert found is not None
    return found.text or ""


@given(nombre=one_line, direccion=one_line, descripcion=many_lines, codigo=one_line)
def test_any_text_survives(nombre: str, direccion: str, descripcion: str, codigo: str) -> None:
    item = {
        "cantidad": 1,
        "precio_unitario": 10,
        "descripcion": descripcion,
        "codigo": codigo[:30].strip() or "X",
    }
    root = tree(base(razon_social=nombre, direccion=direccion, orden_compra=codigo[:20], items=[item]))
    customer = "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity"
    assert at(root, f"{customer}/cbc:RegistrationName") == nombre
    assert at(root, f"{customer}/cac:RegistrationAddress/cac:AddressLine/cbc:Line") == direccion
    assert at(root, "cac:InvoiceLine/cac:Item/cbc:Description") == descripcion
    assert at(root, "cac:InvoiceLine/cac:Item/cac:SellersItemIdentification/cbc:ID") == item["codigo"]


@given(cantidad=quantity)
@settings(max_examples=200)
def test_any_quantity_keeps_its_value(cantidad: Decimal) -> None:
    valor = Decimal(1) if cantidad >= 1 else Decimal(100_000_000_000)
    if not Decimal("0.01") <= cantidad * valor < Decimal(800_000_000_000):
        return
    root = tree(base(items=[{"cantidad": cantidad, "valor_unitario": valor, "descripcion": "X"}]))
    written = at(root, "cac:InvoiceLine/cbc:InvoicedQuantity")
    assert Decimal(written) == cantidad
    assert "E" not in written


@given(valor=quantity)
def test_any_unit_value_keeps_its_value(valor: Decimal) -> None:
    cantidad = Decimal(1) if valor >= Decimal("0.01") else Decimal(1_000_000_000)
    if not Decimal("0.01") <= cantidad * valor < Decimal(800_000_000_000):
        return
    root = tree(base(items=[{"cantidad": cantidad, "valor_unitario": valor, "descripcion": "X"}]))
    written = at(root, "cac:InvoiceLine/cac:Price/cbc:PriceAmount")
    assert Decimal(written) == valor
    assert "E" not in written


line = st.fixed_dictionaries(
    {
        "cantidad": st.decimals("0.01", "500", places=2) | st.decimals("0.0001", "0.02", places=6),
        "descripcion": st.just("X"),
        "afectacion_igv": st.sampled_from(["10", "10", "20", "30"]),
    }
).flatmap(
    lambda item: st.sampled_from(["precio_unitario", "valor_unitario"]).flatmap(
        lambda name: st.decimals("0.50", "999", places=4).map(lambda value: item | {name: value})
    )
)


@given(items=st.lists(line, min_size=1, max_size=30))
def test_what_is_computed_breaks_no_rule_and_adds_up(items: list[dict[str, Any]]) -> None:
    items = [row for row in items if row["cantidad"] * row.get("precio_unitario", row.get("valor_unitario")) >= Decimal("0.02")]  # fmt: skip
    if not items:
        return
    comprobante = prepare(base(tipo="f", serie="F001", tipo_doc="r", numero_doc="20100070970", razon_social="ABC", items=items), COMPANY, NOW)  # fmt: skip
    assert comprobante.warnings == []
    totals = comprobante.importes
    assert totals.total == sum(row.importe for row in comprobante.lineas)
    assert totals.total == totals.gravado + totals.exonerado + totals.inafecto + totals.igv


def prepared(*items: dict[str, Any]) -> Any:
    return prepare(base(items=[{"descripcion": "X"} | row for row in items]), COMPANY, NOW)


def test_price_with_tax_stays_what_the_customer_pays() -> None:
    comprobante = prepared({"cantidad": 7, "precio_unitario": "1.00"})
    assert comprobante.importes.total == Decimal("7.00")
    assert (comprobante.importes.gravado, comprobante.importes.igv) == (Decimal("5.93"), Decimal("1.07"))


def test_a_rounded_unit_value_beside_its_price_is_refined() -> None:
    """1,000 x 41.00: 34.75 a piece would make 34,750.00 and break rule 3271 against 34,745.76."""
    linea = prepared({"cantidad": 1000, "precio_unitario": "41", "valor_unitario": "34.75"}).lineas[0]
    assert (linea.valor_venta, linea.importe) == (Decimal("34745.76"), Decimal("41000.00"))
    assert abs(linea.valor_unitario * 1000 - linea.valor_venta) < Decimal("0.01")


def test_a_unit_value_with_more_digits_governs_over_its_price() -> None:
    linea = prepared({"cantidad": 1000, "precio_unitario": "0.12", "valor_unitario": "0.1017"}).lineas[0]
    assert linea.valor_venta == Decimal("101.69")
    linea = prepared({"cantidad": 1000, "precio_unitario": "0.12", "valor_unitario": "0.1013"}).lineas[0]
    assert linea.valor_venta == Decimal("101.30")


def test_five_hundred_lines_do_not_drift() -> None:
    comprobante = prepared(*({"cantidad": 1, "precio_unitario": "1.00"} for _ in range(500)))
    totals = comprobante.importes
    assert (totals.total, totals.gravado, totals.igv) == (
        Decimal("500.00"),
        Decimal("423.73"),
        Decimal("76.27"),
    )
    assert {row.valor_venta for row in comprobante.lineas} == {Decimal("0.84"), Decimal("0.85")}
    assert {row.importe for row in comprobante.lineas} == {Decimal("1.00")}


def test_a_tiny_quantity_is_written_with_the_price_that_its_cents_make() -> None:
    """Rule 3270: 17.98 / 0.001 is 17,980.00; the price asked for, 17,976.27, would be rejected."""
    linea = prepared({"cantidad": "0.001", "precio_unitario": "17976.27"}).lineas[0]
    assert (linea.importe, linea.precio_unitario) == (Decimal("17.98"), Decimal("17980"))


def test_numbers_with_any_decimals_are_computed_with_all_of_them() -> None:
    linea = prepared({"cantidad": 3, "valor_unitario": "33.333333333333"}).lineas[0]
    assert linea.valor_venta == Decimal("100.00")


def test_exponents_are_values_like_others() -> None:
    linea = prepared({"cantidad": Decimal("1E+1"), "valor_unitario": Decimal("1E+1"), "precio_unitario": Decimal("11.8")}).lineas[0]  # fmt: skip
    assert linea.importe == Decimal("118.00")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0.50", "CERO CON 50/100 SOLES"),
        ("1", "UNO CON 00/100 SOLES"),
        ("21", "VEINTIUNO CON 00/100 SOLES"),
        ("100", "CIEN CON 00/100 SOLES"),
        ("101.01", "CIENTO UNO CON 01/100 SOLES"),
        ("1000", "MIL CON 00/100 SOLES"),
        ("21000", "VEINTIÚN MIL CON 00/100 SOLES"),
        ("31001", "TREINTA Y UN MIL UNO CON 00/100 SOLES"),
        ("101000", "CIENTO UN MIL CON 00/100 SOLES"),
        ("1000000", "UN MILLÓN CON 00/100 SOLES"),
        ("21000000", "VEINTIÚN MILLONES CON 00/100 SOLES"),
        ("1121021.10", "UN MILLÓN CIENTO VEINTIÚN MIL VEINTIUNO CON 10/100 SOLES"),
        ("1000000000", "MIL MILLONES CON 00/100 SOLES"),
        ("21001000000", "VEINTIÚN MIL UN MILLONES CON 00/100 SOLES"),
        ("999999999999.99", "NOVECIENTOS NOVENTA Y NUEVE MIL NOVECIENTOS NOVENTA Y NUEVE MILLONES NOVECIENTOS NOVENTA Y NUEVE MIL NOVECIENTOS NOVENTA Y NUEVE CON 99/100 SOLES"),
    ],
)  # fmt: skip
def test_amount_in_words(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount), "SOLES") == words


def test_the_same_content_has_the_same_hash() -> None:
    one = prepare(base(numero=5), COMPANY, NOW)
    same = prepare(base(numero="5", total="1250.00"), COMPANY | {"direccion": "OTRA"}, NOW)
    other = prepare(base(numero=5, razon_social="OTRA PERSONA"), COMPANY, NOW)
    assert one.content_hash == same.content_hash != other.content_hash
