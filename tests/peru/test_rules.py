"""Each rule with the case that breaks it: SUNAT's code, our codigo_error, the path, and that all come at once."""

from __future__ import annotations

import copy
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from emitir.errors import EmitirError, Problem
from emitir.peru.country import COUNTRY
from emitir.peru.prepare import prepare
from emitir.peru.rules import all_rules

from .broken_concepts import BROKEN_CONCEPTS, OBSERVED_CONCEPTS
from .broken_operations import BROKEN_OPERATIONS, OBSERVED_OPERATIONS
from .conftest import NOW

CASES = Path(__file__).parent / "cases"


def case(name: str) -> dict[str, Any]:
    properties: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))[
        "propiedades"
    ]
    return properties


def changed(properties: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """``changes`` by property path; None takes the property away."""
    result = copy.deepcopy(properties)
    for path, value in changes.items():
        *parents, name = path.split("-")
        here: Any = result
        for part in parents:
            here = here[int(part) - 1] if part.isdigit() else here[part]
        if isinstance(here, list):
            here[int(name) - 1] = value
        elif value is None:
            here.pop(name, None)
        else:
            here[name] = value
    return result


def problems(properties: dict[str, Any], company: dict[str, Any], now: datetime = NOW) -> list[Problem]:
    with pytest.raises(EmitirError) as caught:
        COUNTRY.prepare(properties, company, now)
    return list(caught.value.problems)


UNA_CUOTA = [{"monto": "118.00", "fecha": "2026-12-21"}]
# (case, changes, path, codigo_error, SUNAT's code)
BROKEN: list[tuple[str, dict[str, Any], str, str, str]] = [
    # form
    ("factura-precio-unitario", {"numero": None}, "numero", "PROPIEDAD_FALTANTE", ""),
    ("factura-precio-unitario", {"numro": 3}, "numro", "PROPIEDAD_DESCONOCIDA", ""),
    ("factura-precio-unitario", {"factor_compensacion": 10}, "factor_compensacion", "PROPIEDAD_DESCONOCIDA", ""),
    ("boleta-dni", {"factor_aportacion": 10}, "factor_aportacion", "PROPIEDAD_DESCONOCIDA", ""),
    ("nota-credito-anulacion", {"contrato_colaboracion": {}}, "contrato_colaboracion", "PROPIEDAD_DESCONOCIDA", ""),
    ("factura-precio-unitario", {"items-1-ivg": 3}, "items-1-ivg", "PROPIEDAD_DESCONOCIDA", ""),
    ("factura-precio-unitario", {"tipo": "x"}, "tipo", "VALOR_NO_PERMITIDO", ""),
    ("factura-precio-unitario", {"tipo": ["f"]}, "tipo", "TIPO_INCORRECTO", ""),
    ("factura-precio-unitario", {"serie": "F01"}, "serie", "FORMATO_INVALIDO", "1001"),
    ("factura-precio-unitario", {"serie": "B001"}, "serie", "FORMATO_INVALIDO", "1001"),
    ("factura-precio-unitario", {"numero": 0}, "numero", "FORMATO_INVALIDO", "1001"),
    ("factura-precio-unitario", {"numero": 100_000_000}, "numero", "FORMATO_INVALIDO", "1001"),
    ("factura-precio-unitario", {"numero": "12a"}, "numero", "TIPO_INCORRECTO", "1001"),
    ("factura-precio-unitario", {"numero": True}, "numero", "TIPO_INCORRECTO", "1001"),
    ("factura-precio-unitario", {"fecha": "21/11/2026"}, "fecha", "FORMATO_INVALIDO", ""),
    ("factura-precio-unitario", {"fecha": "2026-02-30"}, "fecha", "FORMATO_INVALIDO", ""),
    ("factura-precio-unitario", {"hora": "25:00"}, "hora", "FORMATO_INVALIDO", ""),
    ("factura-precio-unitario", {"moneda": "SOLES"}, "moneda", "FORMATO_INVALIDO", "3088"),
    ("factura-precio-unitario", {"items": []}, "items", "FORMATO_INVALIDO", ""),
    ("factura-precio-unitario", {"items": "uno"}, "items", "TIPO_INCORRECTO", ""),
    ("factura-precio-unitario", {"items-1-cantidad": "1,5"}, "items-1-cantidad", "TIPO_INCORRECTO", ""),
    ("factura-precio-unitario", {"items-1-cantidad": "-1"}, "items-1-cantidad", "FORMATO_INVALIDO", "2025"),
    ("factura-precio-unitario", {"items-1-cantidad": "NaN"}, "items-1-cantidad", "TIPO_INCORRECTO", ""),
    ("factura-precio-unitario", {"items-1-cantidad": Decimal("Infinity")}, "items-1-cantidad", "TIPO_INCORRECTO", ""),
    ("factura-precio-unitario", {"items-1-cantidad": 1.5}, "items-1-cantidad", "TIPO_INCORRECTO", ""),
    ("factura-precio-unitario", {"items-1-cantidad": "1000000000000"}, "items-1-cantidad", "FORMATO_INVALIDO", "2025"),
    ("factura-precio-unitario", {"items-1-precio_unitario": "1e3"}, "items-1-precio_unitario", "TIPO_INCORRECTO", ""),
    ("factura-precio-unitario", {"items-1-descripcion": ""}, "items-1-descripcion", "PROPIEDAD_FALTANTE", "2026"),
    ("factura-precio-unitario", {"items-1-descripcion": "A" * 501}, "items-1-descripcion", "FORMATO_INVALIDO", "2027"),
    ("factura-precio-unitario", {"items-1-descripcion": "A\x00B"}, "items-1-descripcion", "FORMATO_INVALIDO", "2027"),
    ("factura-precio-unitario", {"items-1-descripcion": "A\ud800B"}, "items-1-descripcion", "FORMATO_INVALIDO", "2027"),
    ("factura-precio-unitario", {"razon_social": "AB"}, "razon_social", "FORMATO_INVALIDO", "2022"),
    ("factura-precio-unitario", {"razon_social": "UNA\nDOS"}, "razon_social", "FORMATO_INVALIDO", "2022"),
    ("factura-precio-unitario", {"razon_social": {"a": 1}}, "razon_social", "TIPO_INCORRECTO", ""),
    ("factura-precio-unitario", {"items-1-codigo_sunat": "123"}, "items-1-codigo_sunat", "FORMATO_INVALIDO", "3496"),
    # header
    ("factura-precio-unitario", {"fecha": "2026-11-22"}, "fecha", "FECHA_FUTURA", "2329"),
    ("factura-precio-unitario", {"fecha": "2026-11-17"}, "fecha", "FECHA_FUERA_DE_PLAZO", "2108"),
    ("boleta-dni", {"fecha": "2026-11-15"}, "fecha", "FECHA_FUERA_DE_PLAZO", "1079"),
    ("boleta-dni", {"serie": "F001"}, "serie", "FORMATO_INVALIDO", "1001"),
    ("factura-precio-unitario", {"moneda": "XYZ"}, "moneda", "VALOR_NO_PERMITIDO", "3088"),
    ("factura-precio-unitario", {"tipo_operacion": "0113"}, "tipo_operacion", "VALOR_NO_PERMITIDO", "3206"),
    ("factura-precio-unitario", {"tipo_operacion": "9999"}, "tipo_operacion", "VALOR_NO_PERMITIDO", "3206"),
    ("factura-precio-unitario", {"porcentaje_igv": "19"}, "porcentaje_igv", "VALOR_NO_PERMITIDO", "3462"),
    # customer
    ("factura-precio-unitario", {"tipo_doc": None}, "tipo_doc", "PROPIEDAD_FALTANTE", "2015"),
    ("factura-precio-unitario", {"numero_doc": None}, "numero_doc", "PROPIEDAD_FALTANTE", "2014"),
    ("factura-precio-unitario", {"razon_social": None}, "razon_social", "PROPIEDAD_FALTANTE", "2021"),
    ("factura-precio-unitario", {"tipo_doc": "d", "numero_doc": "45678912"}, "tipo_doc", "VALOR_NO_PERMITIDO", "2800"),
    ("factura-precio-unitario", {"tipo_doc": "z"}, "tipo_doc", "VALOR_NO_PERMITIDO", "2800"),
    ("factura-precio-unitario", {"numero_doc": "2010007097"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "2017"),
    ("factura-precio-unitario", {"numero_doc": "20100070971"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "3202"),
    ("factura-precio-unitario", {"numero_doc": "30100070970"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "3202"),
    ("boleta-dni", {"numero_doc": "4567891"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "2801"),
    ("boleta-dni", {"numero_doc": "4567891A"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "2801"),
    ("boleta-dni", {"numero_doc": None}, "numero_doc", "PROPIEDAD_FALTANTE", ""),
    ("boleta-dni", {"tipo_doc": None}, "tipo_doc", "PROPIEDAD_FALTANTE", ""),
    ("boleta-dni", {"razon_social": None}, "razon_social", "PROPIEDAD_FALTANTE", ""),
    ("boleta-sin-cliente", {"items-1-precio_unitario": "700.01"}, "numero_doc", "PROPIEDAD_FALTANTE", ""),
    # lines
    ("factura-precio-unitario", {"items-1-unidad": "XXX"}, "items-1-unidad", "VALOR_NO_PERMITIDO", "2936"),
    ("factura-precio-unitario", {"items-1-unidad": "CAJA 1"}, "items-1-unidad", "FORMATO_INVALIDO", "2936"),
    ("factura-precio-unitario", {"items-1-cantidad": 0}, "items-1-cantidad", "FORMATO_INVALIDO", "2024"),
    ("factura-precio-unitario", {"items-1-cantidad": "0.00000000001"}, "items-1-cantidad", "FORMATO_INVALIDO", "2024"),
    ("factura-precio-unitario", {"items-1-afectacion_igv": "99"}, "items-1-afectacion_igv", "VALOR_NO_PERMITIDO", "2040"),
    ("factura-precio-unitario", {"items-1-afectacion_igv": "77"}, "items-1-afectacion_igv", "VALOR_NO_PERMITIDO", "2040"),
    ("factura-precio-unitario", {"items-1-precio_unitario": None}, "items-1-precio_unitario", "PROPIEDAD_FALTANTE", "2068"),
    ("factura-precio-unitario", {"items-1-precio_unitario": 0}, "items-1-precio_unitario", "FORMATO_INVALIDO", "2367"),
    ("factura-valor-unitario", {"items-1-valor_unitario": "0.00"}, "items-1-valor_unitario", "FORMATO_INVALIDO", "2369"),
    ("factura-valor-unitario", {"items-1-valor_unitario": "0.00000000001"}, "items-1-valor_unitario", "FORMATO_INVALIDO", "2369"),
    ("factura-valor-unitario", {"items-1-valor_unitario": "0.001"}, "items-1-valor_venta", "REGLA_INCUMPLIDA", "3105"),
    ("factura-valor-unitario", {"items-1-cantidad": "999999999999", "items-1-valor_unitario": "999999999999"}, "items-1-valor_venta", "FORMATO_INVALIDO", "2370"),
    ("factura-valor-unitario", {"items-1-valor_unitario": "999999999999"}, "total", "FORMATO_INVALIDO", "2062"),
    ("factura-precio-unitario", {"items-1-precio_unitario": "1000000000000"}, "items-1-precio_unitario", "FORMATO_INVALIDO", "2367"),
    # amounts
    ("factura-totales-dados", {"items-1-valor_venta": "101.01"}, "items-1-valor_venta", "TOTAL_NO_CUADRA", "3271"),
    ("factura-totales-dados", {"items-1-precio_unitario": "119.01"}, "items-1-precio_unitario", "TOTAL_NO_CUADRA", "3270"),
    ("factura-totales-dados", {"items-1-igv": "19.01"}, "items-1-igv", "TOTAL_NO_CUADRA", "3103"),
    ("factura-totales-dados", {"items-1-igv": "0"}, "items-1-igv", "REGLA_INCUMPLIDA", "3111"),
    ("factura-exonerada", {"items-1-igv": "0.01"}, "items-1-igv", "REGLA_INCUMPLIDA", "3110"),
    ("factura-totales-dados", {"total_gravado": "101.01"}, "total_gravado", "TOTAL_NO_CUADRA", "3277"),
    ("factura-totales-dados", {"total_exonerado": "1.01"}, "total_exonerado", "TOTAL_NO_CUADRA", "3275"),
    ("factura-totales-dados", {"total_inafecto": "1.01"}, "total_inafecto", "TOTAL_NO_CUADRA", "3274"),
    ("factura-totales-dados", {"total_igv": "19.01"}, "total_igv", "TOTAL_NO_CUADRA", "3291"),
    ("factura-totales-dados", {"total": "119.01"}, "total", "TOTAL_NO_CUADRA", "3280"),
    ("factura-totales-dados", {"total_icbper": "0.01"}, "total_icbper", "TOTAL_NO_CUADRA", "3306"),
    ("boleta-icbper", {"items-2-cantidad": "2.5"}, "items-2-cantidad", "REGLA_INCUMPLIDA", "3236"),
    # payment
    ("factura-precio-unitario", {"forma_pago": "contado", "cuotas": UNA_CUOTA}, "cuotas", "REGLA_INCUMPLIDA", "3252"),
    ("factura-precio-unitario", {"forma_pago": "fiado"}, "forma_pago", "VALOR_NO_PERMITIDO", "3246"),
    ("factura-precio-unitario", {"forma_pago": "credito"}, "cuotas", "PROPIEDAD_FALTANTE", "3249"),
    ("factura-credito-una-cuota", {"cuotas-1-fecha": "2026-11-21"}, "cuotas-1-fecha", "REGLA_INCUMPLIDA", "3267"),
    ("factura-credito-una-cuota", {"cuotas-1-monto": "0"}, "cuotas-1-monto", "FORMATO_INVALIDO", "3253"),
    ("factura-credito-una-cuota", {"cuotas-1-monto": "117.99"}, "cuotas", "TOTAL_NO_CUADRA", "3319"),
    ("factura-credito-una-cuota", {"cuotas-1-monto": "200"}, "cuotas-1-monto", "REGLA_INCUMPLIDA", "3266"),
    ("factura-credito-una-cuota", {"monto_pendiente": "118.01"}, "monto_pendiente", "REGLA_INCUMPLIDA", "3265"),
    # notas
    ("nota-credito-anulacion", {"motivo": "99"}, "motivo", "VALOR_NO_PERMITIDO", "2172"),
    ("nota-credito-anulacion", {"motivo": "x"}, "motivo", "FORMATO_INVALIDO", "2172"),
    ("nota-credito-anulacion", {"motivo": "11"}, "items-1-afectacion_igv", "VALOR_NO_PERMITIDO", "2642"),
    ("nota-debito-aumento", {"motivo": "04"}, "motivo", "VALOR_NO_PERMITIDO", "2172"),
    ("nota-credito-anulacion", {"motivo": None}, "motivo", "PROPIEDAD_FALTANTE", ""),
    ("nota-credito-anulacion", {"sustento": "A\nB"}, "sustento", "FORMATO_INVALIDO", "2135"),
    ("nota-credito-anulacion", {"sustento": ""}, "sustento", "PROPIEDAD_FALTANTE", "2136"),
    ("nota-credito-anulacion", {"documento": None}, "documento", "PROPIEDAD_FALTANTE", "2524"),
    ("nota-debito-aumento", {"documento": None}, "documento", "PROPIEDAD_FALTANTE", "2524"),
    ("nota-credito-anulacion", {"documento": "F001"}, "documento", "FORMATO_INVALIDO", "2117"),
    ("nota-credito-anulacion", {"documento": "B001-1"}, "serie", "VALOR_NO_PERMITIDO", "2116"),
    ("nota-credito-boleta", {"documento": "F001-1"}, "serie", "VALOR_NO_PERMITIDO", "2399"),
    ("nota-debito-aumento", {"documento": "B001-1"}, "serie", "VALOR_NO_PERMITIDO", "2204"),
    ("nota-debito-boleta", {"documento": "F001-1"}, "serie", "VALOR_NO_PERMITIDO", "2400"),
    ("nota-credito-anulacion", {"serie": "X001"}, "serie", "FORMATO_INVALIDO", "1001"),
    ("nota-credito-varios", {"documentos-2-tipo": "12"}, "documentos", "REGLA_INCUMPLIDA", "2884"),
    ("nota-credito-varios", {"documentos-2-numero": "1"}, "documentos", "REGLA_INCUMPLIDA", "2365"),
    ("nota-credito-varios", {"documentos-2-serie": "B001"}, "documentos-2-serie", "FORMATO_INVALIDO", "2117"),
    ("nota-debito-aumento", {"documento": None, "documentos": [{"tipo": "01", "serie": "B001", "numero": 1}]}, "documentos-1-serie", "FORMATO_INVALIDO", "2205"),
    ("nota-credito-varios", {"documentos-2-tipo": "zz"}, "documentos-2-tipo", "VALOR_NO_PERMITIDO", "2116"),
    ("nota-credito-pagos", {"cuotas": None}, "cuotas", "PROPIEDAD_FALTANTE", "3257"),
    ("nota-credito-anulacion", {"cuotas": UNA_CUOTA}, "cuotas", "REGLA_INCUMPLIDA", "3246"),
    ("nota-debito-aumento", {"monto_pendiente": "5"}, "monto_pendiente", "REGLA_INCUMPLIDA", "3246"),
    ("nota-credito-pagos", {"documento": None, "documentos": [{"tipo": "f", "serie": "F001", "numero": 1}, {"tipo": "f", "serie": "F001", "numero": 2}]}, "documentos", "REGLA_INCUMPLIDA", "3261"),
    ("nota-credito-pagos", {"documento": "B001-1"}, "documento", "REGLA_INCUMPLIDA", "3259"),
    ("nota-credito-pagos", {"items": [{"descripcion": "X", "cantidad": 1, "precio_unitario": 5}]}, "items", "REGLA_INCUMPLIDA", "3315"),
    ("nota-credito-pagos", {"cuotas-1-fecha": "2026-11-20"}, "cuotas-1-fecha", "REGLA_INCUMPLIDA", "3321"),
    ("nota-credito-pagos", {"monto_pendiente": "5"}, "cuotas", "TOTAL_NO_CUADRA", "3319"),
    ("nota-credito-anulacion", {"items": None}, "items", "PROPIEDAD_FALTANTE", "2137"),
    ("nota-credito-anulacion", {"items-1-cantidad": 0}, "items-1-cantidad", "FORMATO_INVALIDO", "2139"),
    ("nota-credito-anulacion", {"items-1-precio_unitario": None}, "items-1-precio_unitario", "PROPIEDAD_FALTANTE", "2367"),
    ("nota-credito-anulacion", {"numero_doc": None}, "numero_doc", "PROPIEDAD_FALTANTE", "2679"),
    ("nota-credito-anulacion", {"numero_doc": "20100070971"}, "numero_doc", "NUMERO_IDENTIDAD_INVALIDO", "3202"),
    ("nota-credito-anulacion", {"fecha": "2026-11-17"}, "fecha", "FECHA_FUERA_DE_PLAZO", "2108"),
    ("nota-credito-boleta", {"fecha": "2026-11-15"}, "fecha", "FECHA_FUERA_DE_PLAZO", "1079"),
    ("nota-credito-anulacion", {"total_igv": "50"}, "total_igv", "TOTAL_NO_CUADRA", "3291"),
    ("nota-credito-anulacion", {"porcentaje_igv": "9"}, "porcentaje_igv", "VALOR_NO_PERMITIDO", "3462"),
    ("nota-credito-anulacion", {"tipo_operacion": "0101"}, "tipo_operacion", "PROPIEDAD_DESCONOCIDA", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "changes", "path", "code", "authority"),
    BROKEN + BROKEN_OPERATIONS + BROKEN_CONCEPTS,
    ids=lambda value: str(value)[:60],
)
def test_broken(
    name: str, changes: dict[str, Any], path: str, code: str, authority: str, company: dict[str, Any]
) -> None:
    found = problems(changed(case(name), changes), company)
    told = {(problem.path, problem.code, problem.authority_code) for problem in found}
    assert (path, code, authority) in told, told
    for problem in found:
        assert "{" not in problem.message()
        assert problem.message().endswith((".", "?", "…"))
        assert problem.advice()
        assert problem.message("en") != ""


OBSERVED: list[tuple[dict[str, Any], str, str]] = [
    ({"items-1-valor_venta": "20"}, "items-1-valor_venta", "4288"),
    ({"items-1-valor_unitario": "5", "items-1-precio_unitario": "9"}, "items-1-precio_unitario", "4287"),
    ({"total_gravado": "30"}, "total_gravado", "4299"),
    ({"total_exonerado": "30"}, "total_exonerado", "4297"),
    ({"total_inafecto": "3"}, "total_inafecto", "4296"),
    ({"total_igv": "5"}, "total_igv", "4290"),
    ({"total_icbper": "5"}, "total_icbper", "4321"),
    ({"total": "30"}, "total", "4312"),
    ({"items-1-icbper": "0.30", "items-1-cantidad": "1"}, "items-1-icbper", "4237"),
    ({"tipo_doc": "p", "numero_doc": "X 1", "razon_social": "JOHN SMITH"}, "numero_doc", "4208"),
]


@pytest.mark.parametrize(("changes", "path", "code"), OBSERVED, ids=lambda value: str(value)[:50])
def test_what_sunat_only_observes_is_a_warning(
    changes: dict[str, Any], path: str, code: str, company: dict[str, Any]
) -> None:
    comprobante = COUNTRY.prepare(changed(case("boleta-sin-cliente"), changes), company, NOW)
    assert (path, code) in {(warning.path, warning.authority_code) for warning in comprobante.warnings}


OBSERVED_NOTAS: list[tuple[dict[str, Any], str]] = [
    ({"total_igv": "5"}, "4290"),
    ({"total_gravado": "5"}, "4299"),
    ({"motivo": "04"}, "4367"),
]


@pytest.mark.parametrize(("changes", "code"), OBSERVED_NOTAS)
def test_a_nota_of_a_boleta_is_judged_as_mildly(
    changes: dict[str, Any], code: str, company: dict[str, Any]
) -> None:
    comprobante = COUNTRY.prepare(changed(case("nota-credito-boleta"), changes), company, NOW)
    assert code in {warning.authority_code for warning in comprobante.warnings}


@pytest.mark.parametrize(
    ("name", "changes", "code"), OBSERVED_OPERATIONS + OBSERVED_CONCEPTS, ids=lambda value: str(value)[:50]
)
def test_an_observation_of_an_operation_is_a_warning(
    name: str, changes: dict[str, Any], code: str, company: dict[str, Any]
) -> None:
    comprobante = COUNTRY.prepare(changed(case(name), changes), company, NOW)
    assert code in {warning.authority_code for warning in comprobante.warnings}


def test_every_rule_has_a_case_that_breaks_it() -> None:
    """A rule whose codes appear in no case above is not tested."""
    tested = {row[4] for row in BROKEN + BROKEN_OPERATIONS} | {row[2] for row in OBSERVED} | {"4367"}
    tested |= {row[2] for row in OBSERVED_OPERATIONS}
    for rule in all_rules():
        assert tested & set(rule.codes.values()), rule.name


def test_the_documented_example_as_printed(company: dict[str, Any]) -> None:
    """Its totals, its RUC digit (with the right one) and its date, in one answer."""
    printed = changed(
        case("factura-documentada"),
        {"fecha": "2017-06-14", "numero_doc": 20123456780, "total_gravado": "84.75", "total_igv": "15.25"},
    )
    found = {problem.path: problem for problem in problems(printed, company)}
    assert set(found) == {"fecha", "numero_doc", "total_gravado", "total_igv"}
    assert found["numero_doc"].suggestion == "20123456786"
    assert "76.28" in found["total_gravado"].message()
    assert "13.72" in found["total_igv"].message()
    assert "2017-06-14" in found["fecha"].message()


def test_errors_of_form_and_of_content_come_together(company: dict[str, Any]) -> None:
    broken = changed(
        case("factura-totales-dados"),
        {"numro": 1, "hora": "99", "numero_doc": "20100070971", "total_igv": "30", "items-1-ivg": 1},
    )
    assert [problem.path for problem in problems(broken, company)] == [
        "hora", "items-1-ivg", "numro", "numero_doc", "total_igv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "suggestion"),
    [
        ({"numro": 1}, "numero"),
        ({"items-1-afectacion": "10"}, "items-1-afectacion_igv"),
        ({"serie": "B001"}, "F001"),
        ({"tipo_doc": "d"}, "r"),
        ({"forma_pago": "contadoo"}, "contado"),
    ],
)
def test_suggestions(changes: dict[str, Any], suggestion: str, company: dict[str, Any]) -> None:
    found = problems(changed(case("factura-precio-unitario"), changes), company)
    assert suggestion in {problem.suggestion for problem in found}


def test_a_difference_within_the_tolerance_is_sent_as_given_with_a_warning(company: dict[str, Any]) -> None:
    comprobante = prepare(
        changed(case("factura-totales-dados"), {"total_igv": "18.01", "total": None}), company, NOW
    )
    assert comprobante.importes.igv == Decimal("18.01")
    assert [warning.path for warning in comprobante.warnings] == ["total_igv"]


@pytest.mark.parametrize(
    ("moment", "fecha"),
    [("2026-11-22T04:59:59+00:00", "2026-11-21"), ("2026-11-22T05:00:00+00:00", "2026-11-22")],
)
def test_the_day_is_limas(moment: str, fecha: str, company: dict[str, Any]) -> None:
    properties = changed(case("factura-precio-unitario"), {"fecha": fecha})
    assert (
        COUNTRY.prepare(properties, company, datetime.fromisoformat(moment)).fecha_emision.isoformat()
        == fecha
    )
    late = datetime.fromisoformat(moment)
    tomorrow = changed(properties, {"fecha": "2026-11-23"})
    assert [problem.code for problem in problems(tomorrow, company, late)] == ["FECHA_FUTURA"]


def test_deadline() -> None:
    emitted = datetime.fromisoformat("2026-11-21").date()
    assert COUNTRY.deadline("01", emitted).isoformat() == "2026-11-25T05:00:00+00:00"
    assert COUNTRY.deadline("03", emitted).isoformat() == "2026-11-27T05:00:00+00:00"


def test_what_cannot_be_read_is_told_once(company: dict[str, Any]) -> None:
    found = problems(
        changed(case("factura-precio-unitario"), {"tipo_doc": "z", "items-1-precio_unitario": "x"}), company
    )
    assert [(problem.path, problem.code) for problem in found] == [
        ("tipo_doc", "VALOR_NO_PERMITIDO"),
        ("items-1-precio_unitario", "TIPO_INCORRECTO"),
    ]


def test_the_schema_of_the_documentation_holds_every_property() -> None:
    schema, of_agents, sender, carrier, purchase = COUNTRY.input_schema()["anyOf"]
    assert {"domicilio", "lugar", "porcentaje_renta"} <= set(purchase["properties"])
    assert {"motivo_traslado", "modalidad", "vehiculos", "partida"} <= set(sender["properties"])
    assert {"remitente", "registro_mtc", "pagador_flete"} <= set(carrier["properties"])
    assert {"regimen", "documentos", "numero_doc"} <= set(of_agents["properties"])
    assert {"forma_pago", "tipo_operacion", "motivo", "documento", "items"} <= set(schema["properties"])
    assert set(schema["required"]) >= {"tipo", "serie", "fecha"}
    for one in (schema, of_agents, sender, carrier, purchase):
        assert all(field.get("description") for field in one["properties"].values())


@pytest.mark.parametrize(
    ("name", "property", "why"),
    [
        ("factura-precio-unitario", "factor_compensacion", "D.U. 010-2004"),
        ("factura-precio-unitario", "factor_aportacion", "códigos 07 y 54"),
        ("nota-debito-penalidad", "contrato_colaboracion", "2027-01-01"),
        ("liquidacion-exonerada", "contrato_colaboracion", "2027-01-01"),
    ],
)
def test_what_is_not_offered_says_why(name: str, property: str, why: str, company: dict[str, Any]) -> None:
    with pytest.raises(EmitirError) as caught:
        COUNTRY.prepare(case(name) | {property: "1"}, company, NOW)
    (problem,) = caught.value.problems
    assert problem.path == property
    assert problem.message().startswith("No se ofrece")
    assert why in problem.message()
    assert not problem.suggestion
