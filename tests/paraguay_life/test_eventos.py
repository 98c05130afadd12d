"""``evento`` and ``inutilizar`` over HTTP: both roles, deadlines, order, repetition, lost answers, many in one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emitir.client import EmitirApiError, EmitirClient
from emitir.paraguay.examples import remision
from emitir.signing.throwaway import throwaway_pkcs12

from .conftest import SECRETS, Life, factura

OTHER = "80012345-0"


@pytest.fixture
def received(life: Life, settings: dict[str, Any]) -> Callable[[int], str]:
    """CDC of a factura that another company issued to ours."""
    now = datetime.now(UTC)
    p12 = throwaway_pkcs12(f"RUC{OTHER}", "OTRA", "x", now - timedelta(days=1), now + timedelta(days=90))
    there = {**settings, "ruc": OTHER, "ambiente": "sandbox", "endpoints": {"sifen": life.sandbox}}
    company, token = life.engine.companies.create("py", there, SECRETS, p12, "x")

    def issue(numero: int) -> str:
        with EmitirClient(life.client.url, company.uuid, token) as client:
            return client.emitir(factura(numero, numero_doc="80000000-5")).codigo_documento

    return issue


def refusal(life: Life, command: str, properties: dict[str, Any]) -> list[tuple[str, str, str]]:
    with pytest.raises(EmitirApiError) as caught:
        life.client.comando(command, properties)
    return [(e["codigo_error"], e["propiedad"], e["codigo_autoridad"]) for e in caught.value.errores]


def test_of_the_receiver(life: Life, received: Callable[[int], str]) -> None:
    cdc = received(1)
    asked = {"evento": "disconformidad", "cdc": cdc, "motivo": "El precio no es el acordado"}
    answer = life.client.evento(asked)
    assert answer["estado_evento"] == "aceptado", answer
    (event,) = answer["eventos"]
    assert (event["resultado"], event["codigo"], event["cdc"]) == ("aceptado", "0600", cdc)
    assert event["protocolo"]
    assert life.client.evento(asked)["codigo_documento"] == answer["codigo_documento"]
    assert len(life.calls("evento")) == 1
    again = asked | {"motivo": "Otra vez lo mismo"}
    assert refusal(life, "evento", again) == [("REGLA_INCUMPLIDA", "cdc", "4200")]
    life.forward(days=16)
    late = {"evento": "conformidad", "cdc": cdc}
    assert refusal(life, "evento", late) == [("FECHA_FUERA_DE_PLAZO", "cdc", "4157")]
    assert len(life.calls("evento")) == 1, "refused before anything left"


def test_many_in_one_message(life: Life, received: Callable[[int], str]) -> None:
    first, second = received(1), received(2)
    events = [{"evento": "conformidad", "cdc": first}, {"evento": "conformidad", "cdc": second}]
    answer = life.client.evento({"eventos": events})
    assert [one["resultado"] for one in answer["eventos"]] == ["aceptado", "aceptado"]
    assert len(life.calls("evento")) == 1
    found = refusal(life, "evento", {"eventos": [{"evento": "conformidad", "cdc": "1"}, {"evento": "baja"}]})
    assert [path for _, path, _ in found] == ["eventos-1-cdc", "eventos-2-evento"]
    assert refusal(life, "evento", {"eventos": events * 8})[0][1] == "eventos"


def test_what_has_a_command_of_its_own(life: Life) -> None:
    (problem,) = refusal(life, "evento", {"evento": "cancelacion", "cdc": "x", "motivo": "x"})
    assert problem[:2] == ("VALOR_NO_PERMITIDO", "evento")


def test_a_document_that_sifen_does_not_have(life: Life) -> None:
    from emitir.paraguay.examples import evento

    asked = evento(datetime.now(UTC))
    assert refusal(life, "evento", asked) == [("COMPROBANTE_NO_EXISTE", "cdc", "")]


def test_of_the_issuer(life: Life) -> None:
    bare = {
        name: value
        for name, value in factura(7).items()
        if name not in ("tipo_doc", "numero_doc", "razon_social", "direccion")
    }
    issued = life.client.emitir(bare)
    named = {
        "evento": "nominacion",
        "cdc": issued.codigo_documento,
        "motivo": "El cliente pidió factura a su nombre",
        "tipo_doc": "r",
        "numero_doc": OTHER,
        "razon_social": "COMERCIAL ÑANDUTÍ S.A.",
    }
    assert life.client.evento(named)["eventos"][0]["resultado"] == "aceptado"
    moved = life.client.emitir(remision(datetime.now(UTC)))
    change = {
        "evento": "transporte",
        "cdc": moved.codigo_documento,
        "chofer": {"nombre": "JUAN PÉREZ", "numero_doc": "7654321"},
    }
    assert life.client.evento(change)["eventos"][0]["resultado"] == "aceptado"
    told = life.client.consultar(issued.codigo_documento).respuesta["eventos"]
    assert [(one["evento"], one["resultado"]) for one in told] == [("nominacion", "aceptado")]


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before", "fault"])
def test_a_lost_answer(life: Life, received: Callable[[int], str], fault: str) -> None:
    """Looked for among the events of the document; sent again only when it is not there. ``fault``: a generic 0160."""
    life.fault("evento", fault)
    answer = life.client.evento({"evento": "conformidad", "cdc": received(1)})
    assert answer["estado_evento"] == "aceptado", answer
    assert len(life.calls("evento")) == (1 if fault == "drop_after_commit" else 2)


VOID = {"tipo": "f", "serie": "001-001", "desde": 2, "hasta": 5, "motivo": "Salto de numeración"}


def test_numbers_given_up(life: Life) -> None:
    life.client.emitir(factura(1))
    answer = life.client.inutilizar(VOID)
    assert answer["estado_evento"] == "aceptado", answer
    assert answer["eventos"][0]["evento"] == "inutilizacion"
    assert life.client.inutilizar(VOID)["codigo_documento"] == answer["codigo_documento"]
    assert len(life.calls("evento")) == 1
    with pytest.raises(EmitirApiError) as caught:
        life.client.emitir(factura(3))
    assert caught.value.code == "NUMERO_USADO"
    assert life.client.emitir(factura(None)).numero == 6, "the next one that is free"
    assert refusal(life, "inutilizar", VOID | {"desde": 1, "hasta": 1}) == [("NUMERO_USADO", "desde", "")]
    assert refusal(life, "inutilizar", VOID | {"desde": 9, "hasta": 8}) == [
        ("REGLA_INCUMPLIDA", "hasta", "4068")
    ]


@pytest.mark.slow
def test_numbers_given_up_whose_answer_was_lost(life: Life) -> None:
    """Nobody can ask for an inutilización: sent again, SIFEN says that it has it (4066)."""
    life.fault("evento", "drop_after_commit")
    answer = life.client.inutilizar(VOID)
    assert answer["estado_evento"] == "observado", answer
    assert len(life.calls("evento")) == 2
    with pytest.raises(EmitirApiError):
        life.client.emitir(factura(3))


def test_refused_numbers_are_free_again(life: Life) -> None:
    life.client.inutilizar(VOID)
    life.fault("evento", "fault", code="0141")
    with pytest.raises(EmitirApiError) as caught:
        life.client.inutilizar(VOID | {"desde": 20, "hasta": 22})
    assert caught.value.code == "AUTORIDAD_RECHAZA"
    assert life.client.emitir(factura(21)).estado_comprobante == "aceptado"
