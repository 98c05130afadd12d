"""RA and RC: valid, signed, dated rightly, and taken by the sandbox for documents that it knows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from emitir.peru.documents.baja import ComunicacionBaja, LineaBaja
from emitir.peru.documents.resumen import AGREGAR, ANULAR, LineaResumen, ResumenDiario
from emitir.peru.emisor import emisor_of
from emitir.signing.keys import LocalSigner

from .oracles import assert_sound

TODAY, YESTERDAY = date(2026, 11, 21), date(2026, 11, 20)
NS = {
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "sac": "urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1",
}


def baja(company: dict[str, Any], motivo: str = "ERROR EN EL CLIENTE") -> ComunicacionBaja:
    lines = (LineaBaja("01", "F001", 21, motivo), LineaBaja("07", "FC01", 3, "DEVOLUCIÓN & CAMBIO <TALLA>"))
    return ComunicacionBaja(emisor_of(company), 1, TODAY, YESTERDAY, lines)


def linea(numero: int, **changes: Any) -> LineaResumen:
    values: dict[str, Any] = {
        "tipo": "03",
        "serie": "B001",
        "numero": numero,
        "estado": AGREGAR,
        "tipo_doc": "1",
        "numero_doc": "45678912",
        "moneda": "PEN",
        "total": Decimal("118.00"),
        "gravado": Decimal("100.00"),
        "igv": Decimal("18.00"),
    }
    return LineaResumen(**values | changes)


def test_baja(company: dict[str, Any], signer: LocalSigner, tmp_path: Path) -> None:
    document = baja(company)
    assert document.codigo_documento == "20123456786-RA-20261121-1"
    root = assert_sound(document.sign(signer).xml, tmp_path)
    assert root.findtext("cbc:IssueDate", namespaces=NS) == "2026-11-21"
    assert root.findtext("cbc:ReferenceDate", namespaces=NS) == "2026-11-20"
    reasons = [node.text for node in root.iterfind(".//sac:VoidReasonDescription", NS)]
    assert reasons == ["ERROR EN EL CLIENTE", "DEVOLUCIÓN & CAMBIO <TALLA>"]


def test_resumen(company: dict[str, Any], signer: LocalSigner, tmp_path: Path) -> None:
    lines = (
        linea(1),
        linea(2, exonerado=Decimal("5.00"), total=Decimal("123.00")),
        linea(3, estado=ANULAR, tipo_doc="-", numero_doc="-"),
        linea(4, tipo="07", serie="BC01", modifica=("03", "B001-1")),
        linea(5, icbper=Decimal("0.50"), total=Decimal("118.50"), inafecto=Decimal("0.00")),
        linea(
            6, gravado=Decimal("0.00"), igv=Decimal("0.00"), inafecto=Decimal("9.00"), total=Decimal("9.00")
        ),
    )
    document = ResumenDiario(emisor_of(company), 12, TODAY, YESTERDAY, lines)
    assert document.identificador == "RC-20261121-12"
    root = assert_sound(document.sign(signer).xml, tmp_path)
    assert root.findtext("cbc:ID", namespaces=NS) == "RC-20261121-12"
    assert len(root.findall("sac:SummaryDocumentsLine", NS)) == 6


def test_limits(company: dict[str, Any], signer: LocalSigner) -> None:
    emisor = emisor_of(company)
    for lines in ((), tuple(linea(number) for number in range(1, 502))):
        with pytest.raises(ValueError, match="1 to 500"):
            ResumenDiario(emisor, 1, TODAY, TODAY, lines).sign(signer)
    with pytest.raises(ValueError, match="99999"):
        _ = ComunicacionBaja(emisor, 100_000, TODAY, TODAY, ()).identificador
