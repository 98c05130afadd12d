"""When boletas go by resumen, and whom a refused one blames."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from emitir.country import Blame
from emitir.peru.resumenes import blame, in_resumen, resumen_due, resumen_next

LINES = [{"serie": "B001", "numero": number} for number in (1, 2, 30)]


@pytest.mark.parametrize(
    ("code", "description", "expected"),
    [
        ("2282", 'Existe documento ya informado - valor: "B001-2"', Blame(known=frozenset({1}))),
        (
            "2663",
            "El documento indicado no existe (nodo: ID valor: B001-00000030)",
            Blame(refused=frozenset({2})),
        ),
        ("2017", "linea de B001-1 y B001-2", Blame(refused=frozenset({0, 1}))),
        ("2017", "de otro: B001-3, XB001-1, B001-301", Blame()),
        ("2016", "no está permitido. - Error en la linea: 3: 2016 (valor: Z)", Blame(refused=frozenset({2}))),
        ("2016", "Error en la línea 4", Blame()),
        ("0306", "No se puede leer: línea 2: Element", Blame()),
        ("2335", "El documento electrónico ha sido alterado B001-1", Blame(whole=True)),
        ("2223", "El archivo ya fue presentado", Blame(whole=True)),
        ("99", "SUNAT procesó el envío con errores", Blame(whole=True)),
        ("0102", "Usuario o contraseña incorrectos", Blame(whole=True)),
        ("0306", "No se puede leer", Blame()),
        ("", "", Blame(whole=True)),
    ],
)
def test_blame(code: str, description: str, expected: Blame) -> None:
    assert blame(LINES, code, description) == expected


def test_who_is_alone_is_at_fault() -> None:
    assert blame(LINES[:1], "2800", "no dice cuál") == Blame(refused=frozenset({0}))


@pytest.mark.parametrize(
    ("tipo", "serie", "expected"),
    [
        ("03", "B001", True),
        ("07", "BC01", True),
        ("08", "BD01", True),
        ("01", "F001", False),
        ("07", "FC01", False),
    ],
)
def test_what_goes_in_a_resumen(tipo: str, serie: str, expected: bool) -> None:
    assert in_resumen(tipo, serie, {"envio_boletas": "resumen"}) is expected
    assert in_resumen(tipo, serie, {"envio_boletas": "individual"}) is False
    assert in_resumen(tipo, serie, {}) is False


@pytest.mark.parametrize(
    ("now", "following", "last"),
    [
        ("2026-11-21T06:59:59", "2026-11-21T07:00:00", "2026-11-20T07:00:00"),
        ("2026-11-21T07:00:00", "2026-11-22T07:00:00", "2026-11-21T07:00:00"),
        ("2026-11-21T23:30:00", "2026-11-22T07:00:00", "2026-11-21T07:00:00"),
        ("2027-01-01T03:00:00", "2027-01-01T07:00:00", "2026-12-31T07:00:00"),
    ],
)
def test_the_hour_is_that_of_lima(now: str, following: str, last: str) -> None:
    company: dict[str, Any] = {"envio_boletas": "resumen", "hora_resumen": "02:00"}

    def utc(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert resumen_next(company, utc(now)) == utc(following)
    assert resumen_due(company, utc(now)) == utc(last)
    assert resumen_due({**company, "envio_boletas": "individual"}, utc(now)) == utc(now)
