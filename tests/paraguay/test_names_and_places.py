"""RUC, CDC, security code, Asunción time, catalogs and places."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emitir.errors import Problem
from emitir.paraguay import cdc, geography, plazos
from emitir.paraguay.catalogs import catalog, is_free_text, literal
from emitir.paraguay.identity import check_digit, is_ruc, split_ruc, taxpayer_kind
from emitir.paraguay.unidades import unit_code, unit_literal

#: Of the approved factura (answers/03): issued by 80000000-5 on 2026-10-09.
REAL = "01800000005001001000011322026100915495718099"


def local(text: str) -> datetime:
    """A wall clock."""
    return datetime.fromisoformat(text)


def by_definition(text: str) -> str:
    """The digit as spec.md §3 words it, apart from the code that computes it."""
    digits = "".join(c if c.isdigit() else str(ord(c)) for c in text)
    weight, total = 2, 0
    for digit in reversed(digits):
        total += int(digit) * weight
        weight = 2 if weight == 11 else weight + 1
    rest = total % 11
    return str(11 - rest) if rest > 1 else "0"


@given(st.integers(100, 99_999_999), st.sampled_from(["", "A", "B", "C", "D"]))
def test_check_digit(number: int, letter: str) -> None:
    text = f"{number}{letter}"
    assert check_digit(text) == by_definition(text)


@pytest.mark.parametrize("text", ["80000000-5", "80012345-0", "80013884-8"])
def test_known_rucs(text: str) -> None:
    assert is_ruc(text)
    assert not is_ruc(text[:-1] + str((int(text[-1]) + 1) % 10))


@pytest.mark.parametrize(
    "text", ["", "0123-4", "80000000-", "8000000000-5", "8000000E-5", "80000000-55", "x"]
)
def test_no_ruc(text: str) -> None:
    assert split_ruc(text) is None


def test_ruc_with_a_letter() -> None:
    assert split_ruc("1234567A-3") == ("1234567A", "3")
    assert taxpayer_kind("1234567A") == "1"
    assert taxpayer_kind("80000000") == "2"


def test_cdc_of_the_approved_factura() -> None:
    taken = cdc.parse(REAL)
    assert taken is not None
    assert (taken.ruc, taken.dv, taken.numero, taken.fecha) == ("80000000", "5", 113, date(2026, 10, 9))
    assert taken.codigo_seguridad == "549571809"
    assert cdc.build(taken) == REAL
    assert cdc.grouped(REAL).split(" ") == [REAL[n : n + 4] for n in range(0, 44, 4)]


#: A weight of 11 is none modulo 11: the DNIT's digit does not see these positions (the CDC's own tenth each).
BLIND = (3, 13, 23, 33)


@pytest.mark.parametrize("position", [position for position in range(44) if position not in BLIND])
def test_cdc_with_one_wrong_character(position: int) -> None:
    wrong = REAL[:position] + str((int(REAL[position]) + 1) % 10) + REAL[position + 1 :]
    assert cdc.parse(wrong) is None


def test_cdc_with_an_impossible_day() -> None:
    first = f"{REAL[:25]}20261340{REAL[33:43]}"
    assert cdc.parse(first + check_digit(first)) is None


def test_security_codes_do_not_repeat_nor_follow_each_other() -> None:
    codes = [cdc.new_security_code(7) for _ in range(500)]
    assert len(set(codes)) > 495
    assert all(len(code) == 9 and code.isdigit() and int(code) not in (0, 7) for code in codes)
    assert all(abs(int(a) - int(b)) > 1 for a, b in pairwise(codes))


def test_asuncion_is_three_hours_behind_in_summer_and_winter() -> None:
    assert plazos.asuncion(datetime(2026, 1, 15, 2, 30, 1, 999, tzinfo=UTC)) == local("2026-01-14T23:30:01")
    assert plazos.asuncion(datetime(2026, 7, 15, 2, 30, tzinfo=UTC)) == local("2026-07-14T23:30:00")
    assert plazos.utc(local("2026-01-14T23:30:00")) == datetime(2026, 1, 15, 2, 30, tzinfo=UTC)


def test_deadlines() -> None:
    approved = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    assert plazos.cancelacion_hasta("1", approved) == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert plazos.cancelacion_hasta("5", approved) == datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
    assert plazos.inutilizacion_hasta(local("2026-12-31T00:00:00")) == local("2027-01-15T23:59:59")
    assert plazos.inutilizacion_hasta(local("2026-11-01T00:00:00")) == local("2026-12-15T23:59:59")


def test_traps_of_the_literals() -> None:
    assert literal("afectacion_iva", "4") == "Gravado parcial (Grav- Exento)"
    assert literal("afectacion_iva", "2") == "Exonerado (Art. 100 - Ley 6380/2019)"
    assert literal("monedas", "PYG") == "Guarani"
    assert literal("monedas", "USD") == "US Dollar"
    assert literal("condicion_anticipo", "2") == "Anticipo por Ítem"
    assert literal("motivo_remision", "99", "Mudanza") == "Mudanza"
    assert is_free_text("tipo_pago", "99") or literal("tipo_pago", "99")
    assert len(catalog("paises")) > 200


def test_units() -> None:
    assert unit_code("77") == unit_code("UNI") == unit_code("uni") == "77"
    assert unit_literal("77") == "UNI"
    assert unit_code("cajón de sastre") is None


def test_all_places() -> None:
    assert geography.counts() == (18, 272, 6766)


@pytest.mark.parametrize(
    ("given_", "ciudad"),
    [
        (("", "", "1"), "1"),
        (("", "", "Asunción"), "1"),
        (("capital", "", "ASUNCION"), "1"),
        (("Central", "", "Luque"), "5946"),
        (("12", "159", "5946"), "5946"),
    ],
)
def test_find_a_place(given_: tuple[str, str, str], ciudad: str) -> None:
    found = geography.find(*given_)
    assert isinstance(found, geography.Lugar)
    assert found.ciudad == ciudad


def wrong_place(*given_: str) -> list[Problem]:
    found = geography.find(*given_)
    assert not isinstance(found, geography.Lugar)
    return geography.problems(found, "x-", "1328")


def test_a_name_that_several_places_have_is_not_guessed() -> None:
    (problem,) = wrong_place("", "", "San Antonio")
    assert problem.path == "x-ciudad"
    assert "CENTRAL" in problem.message() or "…" in problem.message()


@pytest.mark.parametrize(
    ("given_", "path"),
    [
        (("", "", "Lima"), "x-ciudad"),
        (("Cusco", "", "Luque"), "x-departamento"),
        (("", "Miraflores", "Luque"), "x-distrito"),
        (("Central", "", ""), "x-ciudad"),
        (("Capital", "", "5946"), "x-ciudad"),
        (("", "", "999999"), "x-ciudad"),
    ],
)
def test_wrong_places(given_: tuple[str, str, str], path: str) -> None:
    assert path in [problem.path for problem in wrong_place(*given_)]
