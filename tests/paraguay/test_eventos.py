"""Events: golden files valid by schema and signature, each rule broken, deadlines by the history of the document."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from emitir.errors import EmitirError
from emitir.paraguay.eventos.coverage import EVENT_ENFORCED
from emitir.paraguay.eventos.prepare import prepare_evento
from emitir.paraguay.eventos.rules import Historia
from emitir.paraguay.eventos.write import message, sign
from emitir.signing.keys import LocalSigner

from .bad import WRONG, cdc_of
from .conftest import HERE, NOW
from .oracles import parse, schema, verified_by_xmlsec1

OWN, THEIRS, REMISION = cdc_of("1"), cdc_of("1", "80012345", "0"), cdc_of("7")
HOY = datetime.fromisoformat("2026-11-21T12:00:00")
HARD = "& < > \" ' ]]> Ñ"

CANCEL: dict[str, Any] = {"evento": "cancelacion", "cdc": OWN, "motivo": HARD}
VOID: dict[str, Any] = {
    "evento": "inutilizacion",
    "tipo": "f",
    "serie": "001-001",
    "desde": 10,
    "hasta": 20,
    "motivo": "Salto de numeración",
}
AGREE: dict[str, Any] = {"evento": "conformidad", "cdc": THEIRS}
PARTLY = AGREE | {"conformidad": "parcial", "fecha_recepcion": "2026-11-25T08:00:00"}
DISAGREE: dict[str, Any] = {"evento": "disconformidad", "cdc": THEIRS, "motivo": "Precio distinto"}
DATES = {"fecha_emision": "2026-11-20T10:00:00", "fecha_recepcion": "2026-11-21T09:00"}
DENY: dict[str, Any] = {"evento": "desconocimiento", "cdc": THEIRS, "motivo": "No compramos nada", **DATES}
NOTIFY: dict[str, Any] = {"evento": "notificacion", "cdc": THEIRS, "total_guaranies": "1100000.5", **DATES}
NAME: dict[str, Any] = {
    "evento": "nominacion",
    "cdc": OWN,
    "motivo": "El cliente pidió factura a su nombre",
    "tipo_doc": "r",
    "numero_doc": "80012345-0",
    "razon_social": "Cliente & Cía.",
}
MOVE: dict[str, Any] = {"evento": "transporte", "cdc": REMISION}
PLACE = {"lugar": {"direccion": "Ruta 2", "departamento": "CENTRAL", "ciudad": "LUQUE"}}
CARRIER = {"transportista": {"ruc": "80012345-0", "nombre": "Transportes Sur"}}
CAR = {"vehiculo": {"tipo_transporte": "tercero", "tipo": "Camión", "marca": "Scania", "matricula": "abc123"}}

GOOD: dict[str, dict[str, Any]] = {
    "cancelacion": CANCEL,
    "cancelacion-nota": CANCEL | {"cdc": cdc_of("5")},
    "inutilizacion": VOID,
    "inutilizacion-serie": VOID | {"serie": "002-001-AB", "tipo": "r", "desde": 1, "hasta": 1000},
    "conformidad-total": AGREE,
    "conformidad-parcial": PARTLY,
    "disconformidad": DISAGREE,
    "desconocimiento": DENY,
    "desconocimiento-persona": DENY | {"tipo_doc": "c", "numero_doc": "1234567", "nombre": "María Núñez"},
    "notificacion": NOTIFY,
    "notificacion-persona": NOTIFY | {"tipo_doc": "p", "numero_doc": "AB-1", "nombre": "John"},
    "nominacion-ruc": NAME | {"direccion": "Ruta 1", "departamento": "CENTRAL", "ciudad": "LUQUE"},
    "nominacion-cedula": NAME | {"tipo_doc": "c", "numero_doc": "1234567"},
    "nominacion-diplomatico": NAME | {"tipo_doc": "t", "numero_doc": "D-1"},
    "nominacion-exterior": NAME
    | {"tipo_doc": "p", "numero_doc": "X1", "pais": "USA", "direccion": "5th Av."},
    "transporte-lugar": MOVE | PLACE,
    "transporte-chofer": MOVE | {"chofer": {"nombre": "José Ñu", "numero_doc": "123"}},
    "transporte-transportista": MOVE | CARRIER,
    "transporte-persona": MOVE | {"transportista": {"tipo_doc": "1", "numero_doc": "5", "nombre": "José"}},
    "transporte-vehiculo": MOVE | CAR,
}


@pytest.mark.parametrize("name", GOOD)
def test_golden(
    name: str, company: dict[str, Any], signer: LocalSigner, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    event = prepare_evento(GOOD[name], company, NOW)
    xml = message([sign(event, signer)]).encode()
    expected = HERE / "eventos" / f"{name}.xml"
    if request.config.getoption("--update"):
        expected.write_bytes(xml)
    assert xml == expected.read_bytes(), f"{name} changed: see --update"
    root = parse(xml)
    rules = schema("siRecepEvento_v150.xsd")
    assert rules.validate(root), rules.error_log.last_error
    assert etree.tostring(root, method="c14n") == xml
    file = tmp_path / "event.xml"
    file.write_bytes(xml)
    assert verified_by_xmlsec1(file, "rEve")
    file.write_bytes(xml.replace(b"<dVerFor>150", b"<dVerFor>151"))
    assert not verified_by_xmlsec1(file, "rEve")


def test_golden_files_are_those_of_the_cases() -> None:
    assert {path.stem for path in (HERE / "eventos").glob("*.xml")} == set(GOOD)


def test_fifteen_in_a_message(company: dict[str, Any], signer: LocalSigner) -> None:
    events = [sign(prepare_evento(CANCEL, company, NOW), signer, number) for number in range(1, 16)]
    root = parse(message(events).encode())
    assert schema("siRecepEvento_v150.xsd").validate(root)
    assert len(root) == 15
    for wrong in ([], [*events, events[0]]):
        with pytest.raises(ValueError, match="1 to 15"):
            message(wrong)


def ago(**delta: float) -> datetime:
    return HOY - timedelta(**delta)


def known(approved: datetime | None = None, *events: tuple[str, datetime]) -> Historia:
    return Historia(approved or ago(hours=1), events)


def without(base: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in base.items() if name not in names}


BROKEN = OWN[:-1] + ("0" if OWN[-1] != "0" else "1")
NONE = Historia()
#: (code, property, event, history)
BAD: list[tuple[str, str, dict[str, Any], Historia]] = [
    ("4001", "cdc", CANCEL | {"cdc": BROKEN}, NONE),
    ("", "cdc", CANCEL | {"cdc": THEIRS}, NONE),
    ("4003", "cdc", CANCEL, known(None, ("cancelacion", ago(minutes=5)))),
    ("4009", "cdc", CANCEL, known(ago(hours=49))),
    ("4010", "cdc", CANCEL | {"cdc": cdc_of("5")}, known(ago(hours=169))),
    ("", "motivo", CANCEL | {"motivo": "no"}, NONE),
    ("4052", "serie", VOID | {"serie": "87654321-001-001"}, NONE),
    ("4067", "hasta", VOID | {"desde": 1, "hasta": 1001}, NONE),
    ("4068", "hasta", VOID | {"hasta": 9}, NONE),
    ("4151", "cdc", AGREE | {"cdc": BROKEN}, NONE),
    ("", "cdc", AGREE | {"cdc": OWN}, NONE),
    ("4150", "cdc", AGREE, known(None, ("conformidad", ago(days=1)))),
    ("4150", "cdc", PARTLY, known(None, ("conformidad parcial", ago(days=1)))),
    ("4154", "fecha_recepcion", without(PARTLY, "fecha_recepcion"), NONE),
    ("4155", "cdc", AGREE, known(None, ("cancelacion", ago(days=1)))),
    ("4156", "cdc", AGREE, known(None, ("desconocimiento", ago(days=1)))),
    ("4157", "cdc", AGREE, known(ago(days=46))),
    ("4157", "cdc", AGREE, known(ago(days=20), ("disconformidad", ago(days=16)))),
    ("4201", "cdc", DISAGREE | {"cdc": BROKEN}, NONE),
    ("4200", "cdc", DISAGREE, known(None, ("disconformidad", ago(days=1)))),
    ("4204", "cdc", DISAGREE, known(None, ("cancelacion", ago(days=1)))),
    ("4205", "cdc", DISAGREE, known(None, ("desconocimiento", ago(days=1)))),
    ("4206", "cdc", DISAGREE, known(ago(days=20), ("conformidad parcial", ago(days=16)))),
    ("4252", "cdc", DENY | {"cdc": BROKEN}, NONE),
    ("4251", "cdc", DENY, known(None, ("desconocimiento", ago(days=1)))),
    ("4253", "fecha_emision", DENY | {"fecha_emision": "2026-10-01T00:00:00"}, NONE),
    ("4254", "fecha_recepcion", DENY | {"fecha_recepcion": "2026-11-19T00:00:00"}, NONE),
    ("4259", "tipo_doc", DENY | {"numero_doc": "1", "nombre": "John"}, NONE),
    ("4261", "numero_doc", DENY | {"tipo_doc": "1", "nombre": "John"}, NONE),
    ("4262", "numero_doc", DENY | {"ruc": "80000000-5", "numero_doc": "1", "nombre": "John"}, NONE),
    ("4263", "cdc", DENY, known(ago(days=46))),
    ("4264", "cdc", DENY, known(None, ("cancelacion", ago(days=1)))),
    ("", "ruc", DENY | {"ruc": WRONG, "nombre": "John"}, NONE),
    ("", "nombre", DENY | {"ruc": "80000000-5"}, NONE),
    ("4102", "cdc", NOTIFY | {"cdc": BROKEN}, NONE),
    ("4101", "cdc", NOTIFY, known(None, ("notificacion", ago(days=1)))),
    ("4103", "fecha_emision", NOTIFY | {"fecha_emision": "2026-10-01T00:00:00"}, NONE),
    ("4104", "fecha_recepcion", NOTIFY | {"fecha_recepcion": "2026-11-19T00:00:00"}, NONE),
    ("4109", "tipo_doc", NOTIFY | {"numero_doc": "1", "nombre": "John"}, NONE),
    ("4111", "numero_doc", NOTIFY | {"tipo_doc": "1", "nombre": "John"}, NONE),
    ("4112", "numero_doc", NOTIFY | {"ruc": "80000000-5", "numero_doc": "1", "nombre": "John"}, NONE),
    ("4113", "cdc", NOTIFY, known(None, ("desconocimiento", ago(days=1)))),
    ("4114", "cdc", NOTIFY, known(ago(days=46))),
    ("4115", "cdc", NOTIFY, known(None, ("cancelacion", ago(days=1)))),
    ("4451", "cdc", NAME | {"cdc": BROKEN}, NONE),
    ("4452", "cdc", NAME, known(None, ("cancelacion", ago(days=1)))),
    ("4453", "cdc", NAME, known(None, ("nominacion", ago(days=1)))),
    ("4454", "cdc", NAME | {"cdc": cdc_of("5")}, NONE),
    ("4468", "cdc", NAME | {"cdc": THEIRS}, NONE),
    ("4463", "numero_doc", NAME | {"numero_doc": WRONG}, NONE),
    ("4475", "operacion", NAME | {"tipo_doc": "c", "numero_doc": "1", "operacion": "b2b"}, NONE),
    ("4476", "pais", NAME | {"pais": "USA"}, NONE),
    ("4456", "pais", NAME | {"pais": "XXX"}, NONE),
    ("4474", "ciudad", NAME | {"ciudad": "Atlantis"}, NONE),
    ("4478", "direccion", NAME | {"tipo_doc": "p", "numero_doc": "1", "pais": "USA"}, NONE),
    ("", "tipo_doc", NAME | {"tipo_doc": "i"}, NONE),
    ("", "cdc", MOVE | PLACE | {"cdc": OWN}, NONE),
    ("", "lugar", MOVE, NONE),
    ("", "vehiculo", MOVE | PLACE | CAR, NONE),
    ("4300", "lugar-ciudad", MOVE | {"lugar": {"direccion": "x", "ciudad": "Atlantis"}}, NONE),
    ("4318", "transportista-ruc", MOVE | {"transportista": {"ruc": WRONG, "nombre": "José"}}, NONE),
    ("4320", "transportista-tipo_doc", MOVE | {"transportista": {"nombre": "José"}}, NONE),
    (
        "4321",
        "transportista-tipo_doc",
        MOVE | {"transportista": CARRIER["transportista"] | {"tipo_doc": "1"}},
        NONE,
    ),
    ("4324", "transportista-numero_doc", MOVE | {"transportista": {"tipo_doc": "1", "nombre": "José"}}, NONE),
    ("4335", "vehiculo-matricula", MOVE | {"vehiculo": without(CAR["vehiculo"], "matricula")}, NONE),
    ("", "evento", {"evento": "endoso"}, NONE),
    ("", "evento", {}, NONE),
    ("", "cosa", CANCEL | {"cosa": 1}, NONE),
]


@pytest.mark.parametrize(
    ("code", "path", "event", "history"), BAD, ids=[f"{c}-{p}-{n}" for n, (c, p, _, _) in enumerate(BAD)]
)
def test_refused(
    code: str, path: str, event: dict[str, Any], history: Historia, company: dict[str, Any]
) -> None:
    with pytest.raises(EmitirError) as caught:
        prepare_evento(event, company, NOW, history)
    assert (code, path) in [(problem.authority_code, problem.path) for problem in caught.value.problems]
    assert all("{" not in problem.message() for problem in caught.value.problems)


def test_within_the_deadlines(company: dict[str, Any]) -> None:
    for event, history in (
        (CANCEL, known(ago(hours=48))),
        (CANCEL | {"cdc": cdc_of("7")}, known(ago(hours=168))),
        (AGREE, known(ago(days=45))),
        (AGREE, known(ago(days=20), ("disconformidad", ago(days=15)))),
        (AGREE, known(None, ("conformidad parcial", ago(days=1)))),
    ):
        assert prepare_evento(event, company, NOW, history).clase == event["evento"]


def test_never_signed_before_the_approval(company: dict[str, Any]) -> None:
    """SIFEN's clock was seen minutes ahead: an event signed before the approval is refused with 4009."""
    event = prepare_evento(CANCEL, company, NOW, Historia(HOY + timedelta(minutes=3)))
    assert event.firma == HOY + timedelta(minutes=3)


def test_every_enforced_code_has_its_case() -> None:
    assert set(EVENT_ENFORCED) == {code for code, *_ in BAD if code}
