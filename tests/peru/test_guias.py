"""Guías de remisión: what is refused and observed before sending, the file, the printed form, REST as the wire has it."""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from emitir.country import Recorded
from emitir.errors import EmitirError
from emitir.peru.country import COUNTRY
from emitir.signing.keys import LocalSigner
from tests.printing.paper import find_qr, picture

from .broken_guias import BROKEN_GUIAS, OBSERVED_GUIAS
from .conftest import NOW
from .test_rules import case, changed

NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


@pytest.mark.parametrize(("name", "changes", "path", "code", "authority"), BROKEN_GUIAS, ids=lambda value: str(value)[:60])  # fmt: skip
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


@pytest.mark.parametrize(("name", "changes", "path", "authority"), OBSERVED_GUIAS, ids=lambda value: str(value)[:60])  # fmt: skip
def test_observed(
    name: str, changes: dict[str, Any], path: str, authority: str, company: dict[str, Any]
) -> None:
    guia = COUNTRY.prepare(changed(case(name), changes), company, NOW)
    assert (path, authority) in {(one.path, one.authority_code) for one in guia.warnings}


def test_the_registry_of_the_mtc_is_the_companys(company: dict[str, Any], signer: LocalSigner) -> None:
    """Where the guía does not tell it: in the file and on paper; what the guía tells wins."""
    given = case("guia-transportista")
    left_out = {name: value for name, value in given.items() if name != "registro_mtc"}
    checked = COUNTRY.check_company(company | {"registro_mtc": "99887766abc"})
    for properties, registry in ((left_out, "99887766ABC"), (given, "1553682CNG")):
        guia = COUNTRY.prepare(properties, checked, NOW)
        assert "4391" not in {one.authority_code for one in guia.warnings}
        root = etree.fromstring(guia.sign(signer).xml)
        found = root.findall(".//cac:CarrierParty/cac:PartyLegalEntity/cbc:CompanyID", NS)
        assert [one.text for one in found] == [registry]
        assert ["Registro MTC", registry] in guia.printable()["referencias"]
    with pytest.raises(EmitirError) as caught:
        COUNTRY.check_company(company | {"registro_mtc": "no-es-un-registro"})
    assert [(one.path, one.authority_code) for one in caught.value.problems] == [("registro_mtc", "4392")]


def test_enough_of_each() -> None:
    kinds = Counter("31" if name.startswith("guia-transportista") else "09" for name, *_ in BROKEN_GUIAS)
    assert min(kinds["09"], kinds["31"]) >= 60


def test_what_is_left_out(company: dict[str, Any]) -> None:
    """The company gets what it buys, its papers are its own, the hour is now, a plate may have its hyphen."""
    bought = COUNTRY.prepare(case("guia-compra"), company, NOW)
    assert (bought.receptor_numero, bought.receptor_nombre) == ("20123456786", "EMPRESA DE PRUEBA S.A.C.")
    given = {name: value for name, value in case("guia-venta-privado").items() if name != "hora"}
    first, later = (COUNTRY.prepare(given, company, NOW.replace(hour=hour)) for hour in (15, 16))
    assert first.content_hash == later.content_hash
    assert first.printable()["datos"][0] == ["Emisión", "21/11/2026 10:00"]
    past = COUNTRY.prepare(given | {"fecha": "2026-11-20"}, company, NOW)
    assert past.printable()["datos"][0] == ["Emisión", "20/11/2026 00:00"]
    other = COUNTRY.prepare(given | {"observaciones": "X"}, company, NOW)
    assert other.content_hash != first.content_hash
    assert isinstance(first, Recorded)
    assert json.loads(json.dumps(first.record()))["receptor"]["numero_doc"] == "20100070970"


def test_the_order_of_drivers_and_vehicles(company: dict[str, Any], signer: LocalSigner) -> None:
    root = etree.fromstring(COUNTRY.prepare(case("guia-venta-privado"), company, NOW).sign(signer).xml)
    jobs = [node.text for node in root.iterfind(".//cac:DriverPerson/cbc:JobTitle", NS)]
    assert jobs == ["Principal", "Secundario"]
    main = root.find(".//cac:TransportHandlingUnit/cac:TransportEquipment", NS)
    assert main is not None
    assert main.findtext("cbc:ID", namespaces=NS) == "ABC123"
    others = [node.text for node in main.iterfind("cac:AttachedTransportEquipment/cbc:ID", NS)]
    assert others == ["F0A981", "T1B702"]


ENLACE = "https://e-factura.sunat.gob.pe/v1/contribuyente/gre/comprobantes/descargaqr?hashqr=aGFzaA=="


@pytest.mark.parametrize("layout", ["a4", "a5", "80mm", "58mm"])
@pytest.mark.parametrize("name", ["guia-venta-privado", "guia-transportista-electronica", "guia-exportacion"])
def test_printed(
    name: str, layout: str, company: dict[str, Any], signer: LocalSigner, tmp_path: Path
) -> None:
    guia = COUNTRY.prepare(case(name), company, NOW)
    signed = guia.sign(signer)
    stored = {**guia.printable(), "valor_resumen": signed.valor_resumen}
    text = _text(COUNTRY.pdf(stored, layout, None))
    assert "el traslado todavía no puede empezar" in text
    root = etree.fromstring(signed.xml)
    for path in (
        "cbc:ID",
        "cac:DeliveryCustomerParty//cbc:RegistrationName",
        ".//cac:TransportEquipment/cbc:ID",
    ):
        said = root.findtext(path, namespaces=NS)
        assert said is None or said in text
    for line in root.iterfind("cac:DespatchLine", NS):
        assert (line.findtext("cac:Item/cbc:Description", namespaces=NS) or "") in text
    told = COUNTRY.pdf(stored | {"enlace": ENLACE}, layout, None)
    assert "no puede empezar" not in _text(told)
    assert find_qr(picture(told, tmp_path)).text == ENLACE


def _text(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join("\n".join(pages).replace("\xa0", " ").split())
