"""The registry of commands: spellings, suggestions, what cannot be registered."""

from __future__ import annotations

import pytest

from emitir.errors import EmitirError
from emitir.service.answers import Answer
from emitir.service.command import Call, Command
from emitir.service.commands import Registry, registry


def run(call: Call) -> Answer:
    return Answer({"estado": "ok"})


def command(name: str, *aliases: str) -> Command:
    return Command(name, "Resumen", "Descripción", run, aliases)


def test_the_commands_of_this_service() -> None:
    assert [command.name for command in registry().commands] == [
        *("hola", "emitir", "baja", "consultar", "consultarticket", "correo", "consultarruc"),
        *("ajustes", "evento", "inutilizar", "listar"),
        *("previsualizar", "resumen_ventas", "verificar", "vincular", "vinculos"),
    ]


@pytest.mark.parametrize(
    "spelling",
    ["consultar_ruc", "consultarruc", "ConsultarRUC", "consultar-ruc", "consulta_ruc", "consultaruc"],
)
def test_one_command_has_many_spellings(spelling: str) -> None:
    known = command("consultar_ruc", "consulta_ruc")
    assert Registry([command("hola"), known]).find(spelling) is known


@pytest.mark.parametrize(
    ("name", "near"), [("consultrruc", "consultar_ruc"), ("emitr", "emitir"), ("hla", "hola"), ("pagar", "")]
)
def test_an_unknown_one_is_answered_with_the_nearest(name: str, near: str) -> None:
    known = Registry([command("hola"), command("emitir"), command("consultar_ruc", "consulta_ruc")])
    with pytest.raises(EmitirError) as caught:
        known.find(name)
    assert caught.value.problems[0].suggestion == near
    assert caught.value.http == 400


def test_two_commands_under_one_spelling_are_a_bug() -> None:
    with pytest.raises(ValueError, match="consultar_ruc"):
        Registry([command("consultarruc"), command("consultar_ruc")])
