"""``ajustes``: what a company may change with its own token, and what it may not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.service.http import Access

TO_THE_ADMINISTRATOR = [
    "ruc",
    "razon_social",
    "ambiente",
    "endpoints",
    "hash_firma",
    "clave_sol",
    "smtp",
    "webhook",
]


def ask(company: Access, **changes: Any) -> tuple[int, dict[str, Any]]:
    reply = company.generation_2("ajustes", json.dumps(changes).encode())
    return reply.status, reply.properties


def test_it_tells_changes_and_keeps_what_is_not_given(company: Access) -> None:
    status, before = ask(company)
    assert (status, before["estado"], before["ajustes"]["envio_boletas"]) == (200, "ok", "individual")
    try:
        _, after = ask(company, telefono="01 555 0199", hora_resumen="03:30")
        assert after["ajustes"] == {**before["ajustes"], "telefono": "01 555 0199", "hora_resumen": "03:30"}
        assert ask(company)[1]["ajustes"] == after["ajustes"]
    finally:
        ask(company, telefono=before["ajustes"]["telefono"], hora_resumen=before["ajustes"]["hora_resumen"])


def test_all_or_nothing(company: Access) -> None:
    _, before = ask(company)
    status, answer = ask(company, telefono="999", envio_boletas="cuando sea", hora_resumen="25:00")
    assert (status, [entry["propiedad"] for entry in answer["errores"]]) == (
        400,
        ["envio_boletas", "hora_resumen"],
    )
    assert ask(company)[1]["ajustes"] == before["ajustes"]


@pytest.mark.parametrize("name", TO_THE_ADMINISTRATOR)
def test_what_belongs_to_the_administrator_is_refused(company: Access, name: str) -> None:
    status, answer = ask(company, **{name: "x"})
    assert (status, answer["codigo_error"], answer["errores"][0]["propiedad"]) == (
        400,
        "PROPIEDAD_DESCONOCIDA",
        name,
    )


def test_the_name_that_was_meant_is_suggested(company: Access) -> None:
    assert ask(company, envio_boleta="resumen")[1]["errores"][0]["sugerencia"] == "envio_boletas"
