"""Many lines, many payments: headers again on every page, nothing parted that belongs together."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from emitir.peru.printed import render

from .conftest import Make, line
from .paper import pages, squash

LONG = "Servicio de consultoría en arquitectura de datos: diagnóstico, diseño y acompañamiento del equipo"


def squashed(pdf: bytes) -> list[str]:
    return [squash(page) for page in pages(pdf)]


def test_headers_and_page_numbers_on_every_page(make: Make) -> None:
    items = [line(f"{LONG} {number}", cantidad=number) for number in range(1, 131)]
    found = squashed(render(make(items=items), "a4"))
    total = len(found)
    assert total >= 4
    for number, page in enumerate(found, 1):
        assert squash("N° Código Cant. Und. Descripción V. unitario P. unitario Importe") in page
        assert f"Página{number}de{total}" in page
        running = squash("ESTUDIO ANDINO S.A.C. · RUC 20123456786 FACTURA ELECTRÓNICA F001-21")
        assert (running in page) == (number > 1)
    whole = "".join(found)
    positions = [whole.index(f"equipo{number}") for number in (1, 65, 130)]
    assert positions == sorted(positions)
    assert squash("Importe total") in found[-1]
    assert not any(squash("Importe total S/") in page for page in found[:-1])


@pytest.mark.parametrize("count", range(18, 44, 3))
def test_totals_words_and_qr_stay_together(make: Make, count: int) -> None:
    """Whatever the place where the lines end: amount in words, totals and payment on one page."""
    found = squashed(render(make(items=[line(f"línea {number}") for number in range(count)]), "a4"))
    together = [squash(text) for text in ("SON: ", "Op. gravadas", "Importe total", "Forma de pago")]
    holding = [page for page in found if any(text in page for text in together)]
    assert len(holding) == 1
    assert all(text in holding[0] for text in together)
    assert squash("Valor resumen") in found[-1]


@pytest.mark.parametrize(("count", "most"), [(1, 1), (8, 1), (9, 1), (36, 1), (240, 3)])
def test_as_many_payments_as_there_are(make: Make, count: int, most: int) -> None:
    total = Decimal("41") * 1000
    each = (total / count).quantize(Decimal("0.01"))
    cuotas = [
        {"monto": each, "fecha": (date(2026, 12, 1) + timedelta(days=30 * number)).isoformat()}
        for number in range(count)
    ]
    cuotas[-1]["monto"] = total - each * (count - 1)
    stored = make(items=[line(cantidad=1000)], forma_pago="credito", cuotas=cuotas)
    found = squashed(render(stored, "a4"))
    assert len(found) <= most
    whole = "".join(found)
    assert all(squash("".join(cuota)) in whole for cuota in stored["cuotas"])


def test_a_remark_of_a_thousand_signs_and_lines(make: Make) -> None:
    text = "\n".join(f"Condición {number}: entrega en obra" for number in range(25))
    found = squashed(render(make(observaciones=text), "a4"))
    assert len(found) == 1
    assert squash(text) in found[0]


def test_the_longest_lines_of_all(make: Make) -> None:
    items = [line((LONG * 6)[:500], codigo="C" * 30) for _ in range(40)]
    found = squashed(render(make(items=items), "a4"))
    assert "".join(found).count("C" * 30) == 40
    assert f"Página1de{len(found)}" in found[0]


def test_a_description_of_many_lines_stays_on_the_page(make: Make) -> None:
    found = squashed(render(make(items=[line("a\n" * 249 + "b"), line("uno\ndos")]), "a4"))
    assert squash("a" * 249 + "b") in "".join(found)
    assert len(found) == 1


def test_the_longest_figures_of_all(make: Make) -> None:
    stored = make(items=[line("Importe enorme", codigo="C" * 30)])
    figure = "999,999,999,999.9999999999"
    stored["detalle"][0][2] = stored["detalle"][0][5] = stored["detalle"][0][6] = figure
    stored["detalle"][0][7] = "9,999,999,999,999.99"
    (page,) = squashed(render(stored, "a4"))
    assert squash(f"{figure} Und. Importe enorme {figure} {figure} 9,999,999,999,999.99") in page
