"""Liquidaciones de compra (04): what is refused, the figures, the printed form, and the RR that undoes them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from emitir.country import Recorded
from emitir.errors import EmitirError
from emitir.peru.country import COUNTRY
from emitir.peru.envios import baja, tipo_de_baja
from emitir.signing.keys import LocalSigner
from tests.printing.paper import find_qr, picture

from .broken_compras import BROKEN_COMPRAS, OBSERVED_COMPRAS
from .conftest import NOW
from .oracles import assert_sound
from .test_rules import case, changed

NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
SAC = "{urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1}"


@pytest.mark.parametrize(("name", "changes", "path", "code", "authority"), BROKEN_COMPRAS, ids=lambda value: str(value)[:60])  # fmt: skip
def test_broken(
    name: str, changes: dict[str, Any], path: str, code: str, authority: str, company: dict[str, Any]
) -> None:
    with pytest.raises(EmitirError) as caught:
        COUNTRY.prepare(changed(case(name), changes), company, NOW)
    told = {(problem.path, problem.code, problem.authority_code) for problem in caught.value.problems}
    assert (path, code, authority) in told, told
    for problem in caught.value.problems:
        assert "{" not in problem.message()
        assert problem.advice()


@pytest.mark.parametrize(("name", "changes", "path", "authority"), OBSERVED_COMPRAS, ids=lambda value: str(value)[:60])  # fmt: skip
def test_observed(
    name: str, changes: dict[str, Any], path: str, authority: str, company: dict[str, Any]
) -> None:
    made = COUNTRY.prepare(changed(case(name), changes), company, NOW)
    assert (path, authority) in {(one.path, one.authority_code) for one in made.warnings}


def test_enough() -> None:
    assert len(BROKEN_COMPRAS) >= 60


def amounts(name: str, company: dict[str, Any], signer: LocalSigner) -> dict[str, str]:
    root = etree.fromstring(COUNTRY.prepare(case(name), company, NOW).sign(signer).xml)
    found = {
        str(etree.QName(node).localname): node.text or ""
        for node in root.iterfind("cac:LegalMonetaryTotal/*", NS)
    }
    for node in root.iterfind("cac:TaxTotal/cac:TaxSubtotal", NS):
        code = node.findtext("cac:TaxCategory/cac:TaxScheme/cbc:ID", namespaces=NS)
        for tag in ("TaxableAmount", "TaxAmount"):
            found[f"{code} {tag}"] = node.findtext(f"cbc:{tag}", namespaces=NS) or ""
    return found


def test_figures(company: dict[str, Any], signer: LocalSigner) -> None:
    """200.00 and 100.00 with 18 % of IGV, of which 1.5 % of income tax is withheld: the vendor gets 295.50."""
    assert amounts("liquidacion-gravada-renta", company, signer) == {
        "LineExtensionAmount": "300.00",
        "TaxInclusiveAmount": "354.00",
        "PayableAmount": "295.50",
        "1000 TaxableAmount": "300.00",
        "1000 TaxAmount": "54.00",
        "3000 TaxableAmount": "300.00",
        "3000 TaxAmount": "4.50",
    }


def test_what_is_given_away_is_told_and_not_paid(company: dict[str, Any], signer: LocalSigner) -> None:
    """15.00 (13) and 20.00 (21) of reference beside 300.00 that are paid; no income tax on what is free."""
    assert amounts("liquidacion-gratuitas", company, signer) == {
        "LineExtensionAmount": "300.00",
        "TaxInclusiveAmount": "354.00",
        "PayableAmount": "295.50",
        "1000 TaxableAmount": "300.00",
        "1000 TaxAmount": "54.00",
        "9996 TaxableAmount": "35.00",
        "9996 TaxAmount": "2.70",
        "3000 TaxableAmount": "300.00",
        "3000 TaxAmount": "4.50",
    }
    made = COUNTRY.prepare(case("liquidacion-gratuitas"), company, NOW)
    root = etree.fromstring(made.sign(signer).xml)
    assert root.findall("cbc:Note[@languageLocaleID='1002']", NS)
    for line, kind, price in zip(root.iterfind("cac:InvoiceLine", NS), ("01", "02", "02"), ("3.00", "0.00", "0.00"), strict=True):  # fmt: skip
        told = "cac:PricingReference/cac:AlternativeConditionPrice/cbc:PriceTypeCode"
        assert line.findtext(told, namespaces=NS) == kind
        assert line.findtext("cac:Price/cbc:PriceAmount", namespaces=NS) == price
    printed = made.printable()
    assert ["Op. gratuitas", "S/ 35.00"] in printed["totales"]
    assert "valor referencial 15.00" in printed["detalle"][1][4]
    assert printed["detalle"][1][-1] == "0.00"


def test_all_of_it_may_be_given_away(company: dict[str, Any]) -> None:
    made = COUNTRY.prepare(case("liquidacion-solo-gratuitas"), company, NOW)
    assert made.total == 0
    assert made.printable()["letras"].startswith("SON: CERO")


def test_an_advance_is_deducted(company: dict[str, Any], signer: LocalSigner) -> None:
    """10,504.20 less 157.56 of income tax, less what the vendor got in advance (840.00 - 12.60), rounded."""
    assert amounts("liquidacion-deduce-anticipo", company, signer) == {
        "LineExtensionAmount": "10504.20",
        "TaxInclusiveAmount": "10504.20",
        "PrepaidAmount": "827.40",
        "PayableRoundingAmount": "-0.04",
        "PayableAmount": "9519.20",
        "9997 TaxableAmount": "9664.20",
        "9997 TaxAmount": "0.00",
        "3000 TaxableAmount": "10504.20",
        "3000 TaxAmount": "144.96",
    }


def test_the_same_content(company: dict[str, Any]) -> None:
    given = case("liquidacion-exonerada")
    first = COUNTRY.prepare(given, company, NOW)
    same = COUNTRY.prepare(given | {"total": "10504.20"}, company, NOW)
    other = COUNTRY.prepare(given | {"observaciones": "OTRA"}, company, NOW)
    assert first.content_hash == same.content_hash != other.content_hash
    assert (str(first.total), first.moneda, first.receptor_numero) == ("10504.20", "PEN", "41784439")


def test_reversion(company: dict[str, Any], signer: LocalSigner, tmp_path: Path) -> None:
    """Undone by RR within seven days (rule 2958); one of paper at any time."""
    made = COUNTRY.prepare(case("liquidacion-exonerada"), company, NOW)
    assert isinstance(made, Recorded)
    record = json.loads(json.dumps(made.record()))
    assert tipo_de_baja(record) == "RR"
    root = assert_sound(baja(record, "ERROR", company, NOW + timedelta(days=7), 1).sign(signer).xml, tmp_path)
    assert root.findtext(f".//{SAC}DocumentSerialID") == "L001"
    with pytest.raises(EmitirError) as late:
        baja(record, "ERROR", company, NOW + timedelta(days=8), 1)
    assert [problem.authority_code for problem in late.value.problems] == ["2958"]
    paper = COUNTRY.prepare(case("liquidacion-contingencia"), company, NOW)
    assert isinstance(paper, Recorded)
    assert baja(paper.record(), "ERROR", company, NOW + timedelta(days=30), 1).tipo == "RR"


@pytest.mark.parametrize("layout", ["a4", "a5", "80mm", "58mm"])
def test_printed(layout: str, company: dict[str, Any], signer: LocalSigner, tmp_path: Path) -> None:
    made = COUNTRY.prepare(case("liquidacion-oro"), company, NOW)
    signed = made.sign(signer)
    pdf = COUNTRY.pdf({**made.printable(), "valor_resumen": signed.valor_resumen}, layout, None)
    pages = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    text = " ".join(pages.replace("\xa0", " ").split())
    root = etree.fromstring(signed.xml)
    assert "LIQUIDACIÓN DE COMPRA ELECTRÓNICA" in text
    for path in ("cbc:ID", "cbc:Note", "cac:InvoiceLine/cac:Item/cbc:Description"):
        assert (root.findtext(path, namespaces=NS) or "?") in text
    payable = root.findtext("cac:LegalMonetaryTotal/cbc:PayableAmount", namespaces=NS) or ""
    assert f"{float(payable):,.2f}" in text
    fields = find_qr(picture(pdf, tmp_path)).text.split("|")
    assert fields[:4] == ["20123456786", "04", "L001", "3"]
    assert fields[-2] == signed.valor_resumen
