"""Retenciones (20), percepciones (40) and the resumen de reversiones (RR) that undoes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from emitir.country import Recorded
from emitir.errors import EmitirError
from emitir.peru.country import COUNTRY
from emitir.peru.envios import baja, tipo_de_baja
from emitir.signing.keys import LocalSigner

from .conftest import NOW
from .oracles import assert_sound
from .test_rules import case, changed

SAC = "{urn:sunat:names:specification:ubl:peru:schema:xsd:SunatAggregateComponents-1}"
# (case, changes, path, codigo_error, SUNAT's code)
BROKEN_AGENTE: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("retencion-simple", {"serie": "F001"}, "serie", "FORMATO_INVALIDO", "1001"),
    ("percepcion-simple", {"serie": "R001"}, "serie", "FORMATO_INVALIDO", "1001"),
    ("retencion-simple", {"excepcional": True}, "excepcional", "REGLA_INCUMPLIDA", ""),
    ("percepcion-excepcional", {"documentos-1-tipo": "b", "documentos-1-documento": "B001-21"}, "documentos-1-tipo", "VALOR_NO_PERMITIDO", "3324"),
    ("percepcion-excepcional", {"documentos": [{"documento": f"F001-{n}", "fecha": "2026-11-03", "total": "10"} for n in (1, 2)]}, "documentos", "REGLA_INCUMPLIDA", "3323"),
    ("percepcion-simple", {"excepcional": "quizás"}, "excepcional", "TIPO_INCORRECTO", ""),
    ("retencion-simple", {"fecha": "2026-11-22"}, "fecha", "FECHA_FUTURA", ""),
    ("retencion-simple", {"tipo_doc": "d", "numero_doc": "45678912"}, "tipo_doc", "VALOR_NO_PERMITIDO", "2511"),
    ("retencion-simple", {"numero_doc": "2010007097"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "2724"),
    ("retencion-simple", {"numero_doc": "20100070971"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "3202"),
    ("retencion-simple", {"numero_doc": "20123456786"}, "numero_doc", "REGLA_INCUMPLIDA", "2620"),
    ("percepcion-simple", {"numero_doc": "20123456786"}, "numero_doc", "REGLA_INCUMPLIDA", "2604"),
    ("percepcion-simple", {"numero_doc": "123"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "2605"),
    ("percepcion-simple", {"numero_doc": "1" * 16}, "numero_doc", "FORMATO_INVALIDO", "2680"),
    ("retencion-simple", {"numero_doc": ""}, "numero_doc", "PROPIEDAD_FALTANTE", "2723"),
    ("retencion-simple", {"razon_social": ""}, "razon_social", "PROPIEDAD_FALTANTE", "2134"),
    ("retencion-simple", {"razon_social": "A\nB"}, "razon_social", "FORMATO_INVALIDO", "2133"),
    ("retencion-simple", {"regimen": "03"}, "regimen", "VALOR_NO_PERMITIDO", "2618"),
    ("retencion-simple", {"regimen": "02"}, "documentos-1-fecha", "REGLA_INCUMPLIDA", "2985"),
    ("retencion-simple", {"redondeo": "1.50"}, "redondeo", "VALOR_NO_PERMITIDO", "3303"),
    ("retencion-simple", {"documentos": []}, "documentos", "FORMATO_INVALIDO", ""),
    ("retencion-simple", {"documentos-1-tipo": "b"}, "documentos-1-tipo", "VALOR_NO_PERMITIDO", "2692"),
    ("retencion-simple", {"documentos-1-tipo": "zz"}, "documentos-1-tipo", "VALOR_NO_PERMITIDO", "2692"),
    ("retencion-simple", {"documentos-1-documento": "B001-1"}, "documentos-1-documento", "FORMATO_INVALIDO", "2694"),
    ("retencion-simple", {"documentos-1-documento": "F001-0"}, "documentos-1-documento", "FORMATO_INVALIDO", "2694"),
    ("retencion-simple", {"documentos-1-documento": ""}, "documentos-1-documento", "PROPIEDAD_FALTANTE", "2693"),
    ("retencion-simple", {"documentos-1-total": "0"}, "documentos-1-total", "FORMATO_INVALIDO", "2696"),
    ("retencion-simple", {"documentos-1-moneda": "XYZ"}, "documentos-1-moneda", "VALOR_NO_PERMITIDO", "3088"),
    ("retencion-simple", {"documentos-1-moneda": "USD"}, "documentos-1-tipo_cambio", "PROPIEDAD_FALTANTE", "2721"),
    ("retencion-simple", {"documentos-1-pago_monto": None}, "documentos-1-pago_monto", "PROPIEDAD_FALTANTE", "2735"),
    ("percepcion-simple", {"documentos-1-pago_monto": "0"}, "documentos-1-pago_monto", "PROPIEDAD_FALTANTE", "2699"),
    ("retencion-simple", {"documentos-1-pago_fecha": "2026-11-02"}, "documentos-1-pago_fecha", "REGLA_INCUMPLIDA", "2625"),
    ("percepcion-simple", {"documentos-1-pago_fecha": "2026-12-01"}, "documentos-1-pago_fecha", "REGLA_INCUMPLIDA", "2612"),
    ("retencion-varios", {"documentos-3-pago_fecha": "2026-10-18"}, "documentos-3-pago_fecha", "REGLA_INCUMPLIDA", "2625"),
    ("retencion-varios", {"documentos-3-pago_fecha": "2026-10-18"}, "documentos", "REGLA_INCUMPLIDA", "2661"),
    ("retencion-varios", {"documentos-1-pago_numero": "2"}, "documentos-2-pago_numero", "REGLA_INCUMPLIDA", "2626"),
    ("retencion-simple", {"documentos-1-pago_numero": "1234567890"}, "documentos-1-pago_numero", "FORMATO_INVALIDO", ""),
    ("retencion-simple", {"documentos-1-importe": "37.00"}, "documentos-1-importe", "TOTAL_NO_CUADRA", "2623"),
    ("percepcion-simple", {"documentos-1-importe": "25.00"}, "documentos-1-importe", "TOTAL_NO_CUADRA", "2608"),
    ("retencion-simple", {"documentos-1-pago_monto": "0.10"}, "documentos-1-importe", "FORMATO_INVALIDO", "2740"),
    ("percepcion-simple", {"documentos-1-pago_monto": "0.10"}, "documentos-1-importe", "FORMATO_INVALIDO", "2705"),
    ("retencion-simple", {"total": "35.00"}, "total", "TOTAL_NO_CUADRA", "2628"),
    ("percepcion-simple", {"total": "23.00"}, "total", "TOTAL_NO_CUADRA", "2667"),
    ("retencion-simple", {"total_pagado": "1180.00"}, "total_pagado", "TOTAL_NO_CUADRA", "2629"),
    ("percepcion-simple", {"total_pagado": "1180.00"}, "total_pagado", "TOTAL_NO_CUADRA", "2668"),
    ("retencion-simple", {"documentos-1-pago_monto": "0.10"}, "total", "FORMATO_INVALIDO", "2669"),
    ("percepcion-simple", {"regimen": "09"}, "regimen", "FORMATO_INVALIDO", ""),
    ("retencion-simple", {"items": []}, "items", "PROPIEDAD_DESCONOCIDA", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes", "path", "code", "authority"), BROKEN_AGENTE, ids=lambda value: str(value)[:60])  # fmt: skip
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


def test_figures(company: dict[str, Any]) -> None:
    """600.00 and 580.00 at 3 %, 100.33 dollars at 3.752, a nota that counts for nothing, 0.05 of rounding."""
    comprobante = COUNTRY.prepare(case("retencion-varios"), company, NOW)
    assert str(comprobante.total) == "46.69"
    assert (comprobante.moneda, comprobante.receptor_numero) == ("PEN", "20100070970")
    same = COUNTRY.prepare(case("retencion-varios") | {"total": "46.69"}, company, NOW)
    other = COUNTRY.prepare(case("retencion-varios") | {"observaciones": "OTRA"}, company, NOW)
    assert comprobante.content_hash == same.content_hash != other.content_hash


@pytest.mark.parametrize("name", ["retencion-varios", "percepcion-combustible"])
def test_reversion(name: str, company: dict[str, Any], signer: LocalSigner, tmp_path: Path) -> None:
    comprobante = COUNTRY.prepare(case(name), company, NOW)
    assert isinstance(comprobante, Recorded)
    record = json.loads(json.dumps(comprobante.record()))
    assert tipo_de_baja(record) == "RR"
    envio = baja(record, "ERROR EN EL PAGO", company, NOW, 3)
    assert (envio.tipo, envio.codigo_documento) == ("RR", "20123456786-RR-20261121-3")
    root = assert_sound(envio.sign(signer).xml, tmp_path)
    assert root.findtext(f".//{SAC}DocumentSerialID") == record["serie"]
    assert isinstance(root, etree._Element)


@pytest.mark.parametrize("name", ["retencion-varios", "percepcion-especial"])
def test_printed(name: str, company: dict[str, Any]) -> None:
    stored = COUNTRY.prepare(case(name), company, NOW).printable() | {
        "valor_resumen": "q80pWwWAEJQjbNgY1bqr+Ac="
    }
    pdf = COUNTRY.pdf(stored, "a4", None)
    from io import BytesIO

    from pypdf import PdfReader

    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert stored["denominacion"] in text
    assert stored["total"][1] in text.replace("\xa0", " ")
    assert stored["detalle"][0][6] in text
