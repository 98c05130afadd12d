"""The arithmetic: worked examples of the DNIT, and SIFEN's own checks on whatever is sold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emitir.errors import EmitirError
from emitir.paraguay.comprobante import Comprobante
from emitir.paraguay.prepare import prepare

from .conftest import NOW

D = Decimal
#: What SIFEN lets a sum be apart.
TOLERANCE = D("0.5")


def settle(
    company: dict[str, Any], factura: dict[str, Any], *items: dict[str, Any], **more: Any
) -> Comprobante:
    lines = [{"codigo": "A", "descripcion": "x", "cantidad": 1} | item for item in items]
    return prepare(factura | {"items": lines} | more, company, NOW)


def test_worked_example_of_a_partial_line(company: dict[str, Any], factura: dict[str, Any]) -> None:
    item = {"precio_unitario": 1100000, "afectacion_iva": "4", "proporcion_iva": 50}
    settled = settle(company, factura, item)
    (line,) = settled.lineas
    assert (line.base, line.iva, line.exenta) == (
        D("523809.52380952"),
        D("52380.95238095"),
        D("523809.52380953"),
    )
    assert settled.importes.operacion == 1100000


def test_real_line_at_five_percent(company: dict[str, Any], factura: dict[str, Any]) -> None:
    ruc = {"tipo_doc": "r", "numero_doc": "80012345-0", "razon_social": "Cliente"}
    settled = settle(company, factura, {"precio_unitario": 5000000, "cantidad": 2, "tasa_iva": "5"}, **ruc)
    assert settled.lineas[0].base == D("9523809.52380952")
    assert settled.importes.iva5 == D("476190.47619048")


@pytest.mark.parametrize(
    ("total", "off"), [(1000000, 0), (1000049, 49), (1000050, 0), (99, 49), (49, 49), ("149.99", "49.99")]
)
def test_sedeco(total: object, off: object, company: dict[str, Any], factura: dict[str, Any]) -> None:
    settled = settle(company, factura, {"precio_unitario": total}, redondeo=True)
    assert settled.importes.redondeo == D(str(off))
    assert settled.total == D(str(total)) - D(str(off))
    assert settle(company, factura, {"precio_unitario": total}).importes.redondeo == 0


def test_commission_and_total(company: dict[str, Any], factura: dict[str, Any]) -> None:
    settled = settle(company, factura, {"precio_unitario": 100000}, comision=11000)
    assert settled.total == 111000
    assert settled.importes.iva == settled.importes.iva10


def test_total_that_does_not_fit(company: dict[str, Any], factura: dict[str, Any]) -> None:
    with pytest.raises(EmitirError) as caught:
        settle(company, factura, {"precio_unitario": 100000, "total": "99999"}, total="99999.4")
    assert [(p.path, p.authority_code) for p in caught.value.problems] == [
        ("total", "2365"),
        ("items-1-total", "1853"),
    ]
    assert (
        settle(company, factura, {"precio_unitario": 100000, "total": "100000.5"}, total="99999.5").total
        == 100000
    )


PRICE = st.decimals(D("0.00000001"), D(9_999_999), places=8)
SMALL = st.decimals(D(0), D(1), places=4)
ITEM = st.fixed_dictionaries(
    {
        "precio_unitario": PRICE,
        "cantidad": st.decimals(D("0.00000001"), D(999), places=8),
        "afectacion_iva": st.sampled_from(["1", "2", "3", "4"]),
        "rate": st.sampled_from(["5", "10"]),
        "share": st.decimals(D("0.00000001"), D("99.99999999"), places=8),
        "taken": st.tuples(SMALL, SMALL, SMALL),
    }
)


def as_given(item: dict[str, Any]) -> dict[str, Any]:
    """The item with its discounts as fractions of its price, so that never more than all is taken."""
    rate, share, taken = item["rate"], item["share"], item["taken"]
    given_ = {name: item[name] for name in ("precio_unitario", "cantidad", "afectacion_iva")}
    if item["afectacion_iva"] in "14":
        given_["tasa_iva"] = rate
    if item["afectacion_iva"] == "4":
        given_["proporcion_iva"] = share
    for name, part in zip(("descuento", "anticipo", "anticipo_global"), taken, strict=True):
        given_[name] = (item["precio_unitario"] * part / 3).quantize(D("0.00000001"), "ROUND_DOWN")
    return given_


@settings(max_examples=150, deadline=None)
@given(st.lists(ITEM, min_size=1, max_size=5), st.sampled_from(["PYG", "USD"]), st.booleans())
def test_what_sifen_checks(items: list[dict[str, Any]], moneda: str, rounded: bool) -> None:
    """Codes 1853, 1858-1862, 1904-1921, 2353-2388, each computed here by its own wording."""
    company, factura = company_and_factura()
    ruc = {"tipo_doc": "r", "numero_doc": "80012345-0", "razon_social": "Cliente"}
    more = (
        ruc
        | {"moneda": moneda, "redondeo": rounded}
        | ({"tipo_cambio": D("7250.5")} if moneda == "USD" else {})
    )
    settled = settle(company, factura, *map(as_given, items), **more)
    totals = settled.importes

    def near(got: Decimal, right: Decimal) -> None:
        assert abs(got - right) < TOLERANCE, (got, right)
        assert got == got.quantize(D("0.00000001"))
        assert got >= 0

    for line in settled.lineas:
        item, q, p = line.item, line.item.cantidad, line.item.precio_unitario
        assert p is not None
        net = p - (item.descuento or 0) - (item.anticipo or 0) - (item.anticipo_global or 0)
        near(line.bruto, p * q)
        near(line.total, net * q)
        if item.descuento:
            assert abs(line.descuento_porcentaje - item.descuento * 100 / p) < D("0.8")
        share, rate = line.proporcion, line.tasa
        near(
            line.base,
            100 * line.total * share / (10000 + rate * share) if item.afectacion_iva in "14" else D(0),
        )
        near(line.iva, line.base * rate / 100)
        exempt = 100 * line.total * (100 - share) / (10000 + rate * share)
        near(line.exenta, exempt if item.afectacion_iva == "4" else D(0))

    def lines(kinds: str, rate: int | None = None) -> list[Any]:
        return [x for x in settled.lineas if x.item.afectacion_iva in kinds and rate in (None, x.tasa)]

    def taxed(rate: int) -> Decimal:
        return sum((x.total for x in lines("1", rate)), D(0)) + sum(
            (x.base + x.iva for x in lines("4", rate)), D(0)
        )

    near(totals.exento, sum((x.total for x in lines("3")), D(0)) + sum((x.exenta for x in lines("4")), D(0)))
    near(totals.exonerado, sum((x.total for x in lines("2")), D(0)))
    near(totals.gravado5, taxed(5))
    near(totals.gravado10, taxed(10))
    near(totals.operacion, totals.exento + totals.exonerado + totals.gravado5 + totals.gravado10)
    # The remainder rule: partly taxed lines close without a cent left over.
    assert totals.operacion == sum((x.total for x in settled.lineas), D(0))
    near(totals.general, totals.operacion - totals.redondeo)
    assert 0 <= totals.redondeo < (50 if moneda == "PYG" else D("0.5"))
    near(totals.iva, sum((x.iva for x in settled.lineas), D(0)))
    near(totals.base, sum((x.base for x in settled.lineas), D(0)))
    for got, name in (
        (totals.descuento_item, "descuento"),
        (totals.anticipo_item, "anticipo"),
        (totals.anticipo_global, "anticipo_global"),
    ):
        near(got, sum(((getattr(x.item, name) or 0) * x.item.cantidad for x in settled.lineas), D(0)))
    if moneda == "USD":
        assert totals.guaranies is not None
        near(totals.guaranies, totals.general * D("7250.5"))


def company_and_factura() -> tuple[dict[str, Any], dict[str, Any]]:
    """The fixtures, for hypothesis."""
    import json

    from .conftest import HERE

    settings_: dict[str, Any] = json.loads((HERE / "company.json").read_text(encoding="utf-8"))
    del settings_["pais"]
    return settings_, {"tipo": "f", "serie": "001-001", "numero": 1, "fecha": "2026-11-21"}
