"""Comprobantes de contingencia: their serie is of digits, they are told late, and what undoes them goes by their kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from emitir.errors import EmitirError
from emitir.peru.envios import tipo_de_baja
from emitir.peru.prepare import prepare

from .conftest import NOW
from .test_rules import case, changed


@pytest.mark.parametrize(
    ("name", "clase", "kind"),
    [
        ("contingencia-factura", "01", "RA"),
        ("contingencia-boleta", "03", "RC"),
        ("contingencia-nota-boleta", "07B", "RC"),
    ],
)
def test_kind(name: str, clase: str, kind: str, company: dict[str, Any]) -> None:
    comprobante = prepare(case(name), company, NOW)
    assert comprobante.clase == clase
    assert tipo_de_baja(comprobante.record()) == kind


def test_it_is_taken_late_but_not_early(company: dict[str, Any]) -> None:
    assert prepare(case("contingencia-factura"), company, NOW).fecha_emision == date(2026, 11, 6)
    with pytest.raises(EmitirError) as caught:
        prepare(changed(case("contingencia-factura"), {"fecha": "2026-11-22"}), company, NOW)
    assert [problem.authority_code for problem in caught.value.problems] == ["2329"]


def test_a_nota_of_a_factura(company: dict[str, Any]) -> None:
    properties = changed(case("contingencia-nota-boleta"), {"documentos-1-tipo": "f", "tipo_doc": "r", "numero_doc": "20100070970"})  # fmt: skip
    comprobante = prepare(properties, company, NOW)
    assert comprobante.clase == "07F"
    assert tipo_de_baja(comprobante.record()) == "RA"
