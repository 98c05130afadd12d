"""Baja and resumen of stored documents: which file undoes what, until when, and what its lines say."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from emitir.country import Stored
from emitir.errors import EmitirError
from emitir.peru.envios import baja, resumen, tipo_de_baja
from emitir.peru.notas import complete
from emitir.peru.prepare import prepare
from emitir.signing.keys import LocalSigner

from .conftest import NOW
from .oracles import assert_sound

CASES = Path(__file__).parent / "cases"
NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "sac": "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1",
}


def stored(name: str, company: dict[str, Any]) -> dict[str, Any]:
    """The record of a golden case, as it comes back from a database."""
    properties = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))["propiedades"]
    record: dict[str, Any] = json.loads(json.dumps(prepare(properties, company, NOW).record()))
    return record


def texts(root: etree._Element, path: str) -> list[str | None]:
    return [node.text for node in root.iterfind(path, NS)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("factura-mixta", "RA"),
        ("nota-credito-anulacion", "RA"),
        ("nota-debito-aumento", "RA"),
        ("boleta-icbper", "RC"),
        ("boleta-sin-cliente", "RC"),
        ("nota-credito-boleta", "RC"),
        ("nota-debito-boleta", "RC"),
    ],
)
def test_what_undoes_what(
    name: str, kind: str, company: dict[str, Any], signer: LocalSigner, tmp_path: Path
) -> None:
    record = stored(name, company)
    assert tipo_de_baja(record) == kind
    envio = baja(record, "ERROR EN EL PEDIDO", company, NOW, 7)
    assert envio.tipo == kind
    assert envio.codigo_documento == f"20123456786-{kind}-20261121-7"
    root = assert_sound(envio.sign(signer).xml, tmp_path)
    if kind == "RA":
        assert texts(root, ".//sac:VoidReasonDescription") == ["ERROR EN EL PEDIDO"]
    else:
        assert texts(root, ".//cbc:ConditionCode") == ["3"]
        assert texts(root, ".//sac:TotalAmount") == [record["totales"]["total"]]


def test_seven_days(company: dict[str, Any]) -> None:
    record = stored("factura-mixta", company)
    assert baja(record, "ERROR", company, NOW + timedelta(days=7), 1)
    with pytest.raises(EmitirError) as caught:
        baja(record, "ERROR", company, NOW + timedelta(days=8), 1)
    (problem,) = caught.value.problems
    assert (problem.code, problem.authority_code) == ("FECHA_FUERA_DE_PLAZO", "2957")
    assert "nota de crédito" in problem.advice()


@pytest.mark.parametrize("motivo", ["", "NO", "A" * 101, "A\nB", None, 3.5])
def test_the_reason_is_told_with_the_deadline(motivo: object, company: dict[str, Any]) -> None:
    record = stored("factura-mixta", company)
    with pytest.raises(EmitirError) as caught:
        baja(record, motivo, company, NOW + timedelta(days=9), 1)
    assert [problem.path for problem in caught.value.problems] == ["motivo", "numero"]


def test_resumen(company: dict[str, Any], signer: LocalSigner, tmp_path: Path) -> None:
    names = ("boleta-sin-cliente", "boleta-icbper", "boleta-mixta", "nota-credito-boleta", "boleta-dolares")
    envio = resumen([stored(name, company) for name in names], company, NOW, 1)
    root = assert_sound(envio.sign(signer).xml, tmp_path)
    assert texts(root, ".//cbc:ConditionCode") == ["1"] * 5
    assert texts(root, "sac:SummaryDocumentsLine/cbc:ID") == [
        "B001-1",
        "B001-5",
        "B001-6",
        "BC01-1",
        "B001-9",
    ]
    assert texts(root, ".//cac:InvoiceDocumentReference/cbc:ID") == ["B001-2"]
    assert (
        envio.content_hash == resumen([stored(name, company) for name in names], company, NOW, 1).content_hash
    )


def test_a_resumen_is_of_one_day(company: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one date"):
        resumen([stored("boleta-dni", company), stored("boleta-cinco-dias", company)], company, NOW, 1)


def test_the_items_of_a_record_give_the_same_lines_again(company: dict[str, Any]) -> None:
    for path in sorted(CASES.glob("[fb]*.json")):
        properties = json.loads(path.read_text(encoding="utf-8"))["propiedades"]
        first = prepare(properties, company, NOW)
        record = json.loads(json.dumps(first.record()))
        again = prepare(properties | {"items": record["items"]}, company, NOW)
        assert again.importes == first.importes, path.stem
        assert [line.importe for line in again.lineas] == [line.importe for line in first.lineas], path.stem


SPECIAL = (
    *("factura-gratuita-11", "factura-isc-precio", "factura-isc-especifico", "factura-otros-tributos-precio"),
    *("factura-descuento-linea", "factura-cargo-linea", "factura-referencias", "factura-placa"),
    *("boleta-bolsas", "boleta-isc-venta-publico", "boleta-redondeo", "factura-detraccion", "factura-estado"),
)


@pytest.mark.parametrize("name", SPECIAL)
def test_a_whole_nota_on_a_special_sale_is_worth_the_same(name: str, company: dict[str, Any]) -> None:
    record = stored(name, company)
    nota = {
        "tipo": "c",
        "serie": "BC01" if name.startswith("b") else "FC01",
        "numero": 9,
        "fecha": "2026-11-21",
        "documento": f"{record['serie']}-{record['numero']}",
        "motivo": "01",
        "sustento": "ANULACIÓN",
    }
    filled = complete(nota, company, lambda key: Stored(record, "aceptado", ""))
    made = prepare(filled, company, NOW)
    assert made.importes.total == Decimal(record["totales"]["total"])
    for total in ("gravado", "igv", "isc", "otros_tributos", "gratuito", "icbper"):
        assert getattr(made.importes, total) == Decimal(record["totales"][total]), total


@pytest.mark.parametrize("name", ["factura-descuento-global", "factura-anticipo", "boleta-recargo-consumo"])
def test_a_whole_nota_on_adjusted_totals_asks_for_its_lines(name: str, company: dict[str, Any]) -> None:
    record = stored(name, company)
    nota = {"tipo": "c", "documento": f"{record['serie']}-{record['numero']}", "motivo": "01"}
    with pytest.raises(EmitirError) as caught:
        complete(nota, company, lambda key: Stored(record, "aceptado", ""))
    assert [problem.path for problem in caught.value.problems] == ["items"]
