"""Figures as people read them, and how wide they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emitir.money import cents
from emitir.printing.columns import Column, fit_columns
from emitir.printing.figures import day, grouped, point_aligned, shortest_unit
from emitir.printing.fit import breakable, width_mm


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0", 0, "0"),
        ("0", 2, "0.00"),
        ("7", 2, "7.00"),
        ("1234.5", 2, "1,234.50"),
        ("1000", 0, "1,000"),
        ("0.0000000001", 2, "0.0000000001"),
        ("1E+3", 2, "1,000.00"),
        ("999999999999.99", 2, "999,999,999,999.99"),
        ("-1234.5", 2, "-1,234.50"),
        ("-0.5", 2, "-0.50"),
    ],
)
def test_grouped(value: str, places: int, shown: str) -> None:
    assert grouped(Decimal(value), places) == shown


def test_another_countrys_marks() -> None:
    assert grouped(Decimal("1234567.5"), 2, point=",", comma=".") == "1.234.567,50"


@given(st.decimals(min_value=0, max_value=10**12, places=10, allow_nan=False))
def test_grouping_loses_nothing(value: Decimal) -> None:
    assert Decimal(grouped(value, 2).replace(",", "")) == value


@pytest.mark.parametrize(
    ("unit", "quantity", "shown"),
    [
        ("34.7457627119", "1", "34.75"),
        ("34.7457627119", "1000", "34.74576"),
        ("0.8474576271", "7", "0.847"),
        ("0.3333", "3", "0.3333"),
        ("20", "1", "20"),
    ],
)
def test_a_computed_unit_has_the_decimals_that_matter(unit: str, quantity: str, shown: str) -> None:
    assert shortest_unit(Decimal(unit), Decimal(quantity)) == Decimal(shown)


@given(
    st.decimals(min_value="0.0000000001", max_value=10**9, places=10),
    st.decimals(min_value="0.001", max_value=10**6, places=3),
)
def test_a_shorter_unit_gives_the_same_cents(unit: Decimal, quantity: Decimal) -> None:
    assert cents(shortest_unit(unit, quantity) * quantity) == cents(unit * quantity)


def test_points_below_each_other() -> None:
    assert point_aligned(["1,000", "12.5", "0.25"]) == ["1,000\u2008\u2007\u2007", "12.5\u2007", "0.25"]
    assert point_aligned(["1", "20"]) == ["1", "20"]
    assert point_aligned([]) == []


def test_day() -> None:
    assert day(date(2026, 1, 9)) == "09/01/2026"


@given(st.text(max_size=200), st.floats(5, 80))
def test_breaks_change_no_sign(text: str, room: float) -> None:
    assert breakable(text, room, 8).replace("\u200b", "") == text.replace("\u200b", "")


def test_only_words_that_overflow_are_broken() -> None:
    assert breakable("una frase de palabras cortas que no cabe en una línea", 20, 8) == (
        "una frase de palabras cortas que no cabe en una línea"
    )
    broken = breakable("corta " + "X" * 40, 20, 8)
    assert broken.startswith("corta X\u200bX")
    assert breakable("", 20, 8) == ""
    assert width_mm("MMMM", 8) > width_mm("iiii", 8) > 0


COLUMNS = (Column("Código", "izquierda", 20), Column("Texto", "izquierda", 0), Column("Importe", "derecha"))


def test_the_text_takes_what_the_figures_leave() -> None:
    fitted = fit_columns(COLUMNS, [["A1", "uno", "1.00"], ["A2", "dos", "1,000.5"]], 100, 40)
    assert [title for title, *_ in fitted["columnas"]] == ["Código", "Texto", "Importe"]
    widths = [width for _, width, _ in fitted["columnas"]]
    assert sum(widths) == pytest.approx(100, abs=0.1)
    assert sum(widths) < 100
    assert widths[1] > 60
    assert fitted["cuerpo"] == 7.8
    assert fitted["detalle"] == [("A1", "uno", "1.00"), ("A2", "dos", "1,000.5\u2007")]


def test_an_empty_column_is_left_out() -> None:
    fitted = fit_columns(COLUMNS, [["", "uno", "1.00"]], 100, 40)
    assert [title for title, *_ in fitted["columnas"]] == ["Texto", "Importe"]
    assert fitted["detalle"] == [("uno", "1.00")]


def test_long_figures_make_the_type_smaller_and_no_words_of_a_code_stay_whole() -> None:
    fitted = fit_columns(COLUMNS, [["X" * 30, "uno", "999,999,999,999.0123456789"]], 100, 40)
    assert fitted["cuerpo"] < 7.8
    assert fitted["detalle"][0][0].count("\u200b") == 29
    assert "\u200b" not in fitted["detalle"][0][2]
    assert fitted["columnas"][0][1] < 23
