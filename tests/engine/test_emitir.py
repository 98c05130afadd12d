"""Issuing: the answer, the natural key, what comes back from the authority, over real HTTP on loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from emitir.clock import system_clock
from emitir.engine import Company, Engine, Settings
from emitir.engine.work import rounds as rounds_module
from emitir.errors import EmitirError
from tests.engine.conftest import RUC
from tests.engine.loopback import LoopbackCountry, LoopbackServer

Props = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The growing pauses are tested by themselves; here a second is enough."""
    monkeypatch.setattr(rounds_module, "PAUSES", (0.2, 0.2, 0.5))
    monkeypatch.setattr(rounds_module, "ASK_AFTER", 0.1)


def code_of(numero: int) -> str:
    return f"{RUC}-01-F001-{numero}"


def test_accepted_with_cdr_and_files(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    result = engine.emitir(company, props(1))
    document = result.comprobante
    assert (document.estado, document.respuesta_codigo) == ("aceptado", "0")
    assert document.codigo_documento == code_of(1)
    assert document.problem() is None
    assert not result.repeated
    assert len(document.codigo_descarga) == 40
    cdr = engine.download(document.codigo_descarga, "cdr")
    assert cdr.content == f"<cdr>{code_of(1)}</cdr>".encode()
    assert cdr.filename == f"R-{code_of(1)}.xml"
    xml = engine.download(document.codigo_descarga, "xml")
    assert xml.sha256 == authority.registered[code_of(1)]
    pdf = engine.download(document.codigo_descarga, "pdf")
    assert pdf.content.startswith(b"%PDF a4")
    assert engine.download(document.codigo_descarga, "pdf") == pdf, "made once, then kept"
    assert [(a.operacion, a.resultado) for a in engine.attempts(document)] == [("submit", "accepted")]


def test_same_content_again_same_answer_one_sending(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    first = engine.emitir(company, props(1))
    again = engine.emitir(company, props(1))
    assert again.comprobante == first.comprobante
    assert again.repeated
    assert authority.count("submit") == 1
    assert authority.count("ask") == 0


def test_other_content_under_a_used_number(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    engine.emitir(company, props(1))
    with pytest.raises(EmitirError) as raised:
        engine.emitir(company, props(1, total="999.00"))
    assert raised.value.code == "NUMERO_USADO"
    (problem,) = raised.value.problems
    assert problem.path == "numero"
    for part in (code_of(1), props(1)["fecha"], "118.00", "aceptado"):
        assert part in problem.message()
    assert authority.count("submit") == 1


@pytest.mark.parametrize(
    ("fault", "estado", "code"),
    [("observe", "observado", "0"), ("reject", "rechazado", "2800"), ("refuse", "no_recibido", "0151")],
)
def test_other_verdicts(
    engine: Engine,
    company: Company,
    authority: LoopbackServer,
    props: Props,
    fault: str,
    estado: str,
    code: str,
) -> None:
    authority.fault("submit", fault)
    document = engine.emitir(company, props(1)).comprobante
    assert (document.estado, document.respuesta_codigo) == (estado, code)
    problem = document.problem()
    expected = {"observado": None, "rechazado": "AUTORIDAD_RECHAZA", "no_recibido": "AUTORIDAD_NO_RECIBE"}
    assert (problem and problem.code) == expected[estado]
    if fault == "observe":
        assert [(note.code, note.text) for note in document.observaciones] == [("4031", "Dirección rara")]


def test_rejected_number_is_burned(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.fault("submit", "reject")
    engine.emitir(company, props(1))
    assert engine.emitir(company, props(1)).estado == "rechazado"
    with pytest.raises(EmitirError, match="rechazado"):
        engine.emitir(company, props(1, total="1.00"))
    assert authority.count("submit") == 1


def test_not_received_same_content_goes_out_again_after_asking(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.fault("submit", "refuse")
    first = engine.emitir(company, props(1)).comprobante
    assert first.estado == "no_recibido"
    again = engine.emitir(company, props(1)).comprobante
    assert again.estado == "aceptado"
    assert again.codigo_descarga == first.codigo_descarga
    assert authority.sequence(code_of(1)) == ["submit:refuse", "ask:unknown", "submit:accept"]
    assert len({call.sha256 for call in authority.calls}) == 1, "the same bytes"


def test_not_received_other_content_replaces_it(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.fault("submit", "refuse")
    first = engine.emitir(company, props(1)).comprobante
    second = engine.emitir(company, props(1, total="59.00")).comprobante
    assert (second.estado, second.revision, str(second.total)) == ("aceptado", 2, "59.00")
    assert second.id == first.id
    xml = engine.download(second.codigo_descarga, "xml")
    assert xml.sha256 == authority.registered[code_of(1)]
    assert b"59.00" in xml.content


@pytest.mark.parametrize("fault", ["drop_after", "slow_drop"])
def test_lost_answer_is_asked_for_not_sent_again(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props, fault: str
) -> None:
    authority.fault("submit", "drop_after")
    if fault == "slow_drop":  # and the first question goes astray, too
        authority.fault("ask", "drop_before")
    document = engine.emitir(company, props(1)).comprobante
    assert document.estado == "aceptado"
    assert authority.count("submit") == 1
    assert authority.count("ask") == (2 if fault == "slow_drop" else 1)


@pytest.mark.parametrize("fault", ["html", "drop_before", "busy"])
def test_never_arrived_goes_out_again_after_asking(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props, fault: str
) -> None:
    authority.fault("submit", fault)
    assert engine.emitir(company, props(1)).estado == "aceptado"
    contacts = [step.split(":")[0] for step in authority.sequence(code_of(1))]
    assert contacts.count("submit") == 2
    assert "ask" in contacts[1 : contacts.index("submit", 1)], "asked between the two sendings"
    assert len({call.sha256 for call in authority.calls if call.operation == "submit"}) == 1


def test_where_nobody_can_be_asked_the_same_bytes_go_out(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.fault("submit", "drop_before")
    authority.fault("ask", "unsupported", 5)
    assert engine.emitir(company, props(1)).estado == "aceptado"
    assert authority.count("submit") == 2


def test_1033_after_a_lost_answer_is_our_own(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.fault("submit", "drop_after")
    authority.fault("ask", "unsupported", 5)
    document = engine.emitir(company, props(1)).comprobante
    assert document.estado == "observado"
    assert document.respuesta_codigo == "1033"
    assert document.observaciones[0].code == "1033"
    assert "verifíquelo" in document.observaciones[0].text
    assert authority.count("submit") == 2


def test_1033_without_any_sending_of_ours_is_not_an_acceptance(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.registered[code_of(1)] = "bytes of another system"
    document = engine.emitir(company, props(1)).comprobante
    assert (document.estado, document.respuesta_codigo) == ("rechazado", "1033")
    assert "otro sistema" in (document.respuesta_descripcion or "")


def test_1033_of_another_system_when_the_question_goes_astray(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.registered[code_of(1)] = "bytes of another system"
    authority.fault("ask", "drop_before")
    document = engine.emitir(company, props(1)).comprobante
    assert (document.estado, document.respuesta_codigo) == ("rechazado", "1033")
    assert authority.sequence(code_of(1)) == ["submit:already", "ask:drop_before", "ask:accept"]


def test_ticket_then_verdict(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.fault("submit", "ticket")
    authority.fault("ask", "ticket", 1000)
    engine.emitir(company, props(1), wait=0.1)
    end = time.monotonic() + 20
    while (pending := engine.comprobante(company, "01", "F001", 1)) is None or pending.estado != "en_proceso":
        assert time.monotonic() < end
        time.sleep(0.05)
    assert pending.ticket == "777"
    authority.heal()
    assert engine.emitir(company, props(1)).estado == "aceptado"
    assert authority.count("submit") == 1


def test_pending_after_the_wait_and_the_work_goes_on(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.fault("submit", "slow")
    pending = engine.emitir(company, props(1), wait=0.2).comprobante
    assert pending.estado in ("por_enviar", "enviando")
    assert not pending.settled
    assert engine.emitir(company, props(1)).estado == "aceptado"
    assert authority.count("submit") == 1


def test_authority_down_then_back(
    settings: Settings, new_company: Callable[..., tuple[Company, str]], props: Props
) -> None:
    with LoopbackServer() as reserved:
        url, port = reserved.url, reserved.port
    with Engine(settings, country_map={"xx": LoopbackCountry()}) as engine:
        company, _ = new_company(engine, url=url)
        documents = [engine.emitir(company, props(n), wait=0).comprobante for n in range(1, 6)]
        pending = engine.emitir(company, props(1), wait=1.5).comprobante
        assert pending.estado == "enviando"
        assert "No hay conexión" in pending.detalle
        assert len(engine.stuck(minutes=0)) == 5
        with LoopbackServer(port=port) as server:
            for document in documents:
                settled = engine.emitir(company, props(document.numero), wait=8).comprobante
                assert settled.estado == "aceptado"
            assert server.count("submit") == 5
        assert engine.stuck(minutes=0) == []


def test_two_threads_with_the_same_document(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.delay = 0.2
    results = []
    barrier = threading.Barrier(6)

    def post() -> None:
        barrier.wait()
        results.append(engine.emitir(company, props(1)).comprobante)

    threads = [threading.Thread(target=post) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    assert {document.estado for document in results} == {"aceptado"}
    assert len({document.codigo_descarga for document in results}) == 1
    assert authority.count("submit") == 1


def test_two_threads_with_other_content_under_one_number(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    outcomes: list[str] = []
    barrier = threading.Barrier(4)

    def post(total: str) -> None:
        barrier.wait()
        try:
            outcomes.append(engine.emitir(company, props(1, total=total)).estado)
        except EmitirError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=post, args=(f"{n}.00",)) for n in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["NUMERO_USADO"] * 3 + ["aceptado"]
    assert authority.count("submit") == 1


def test_the_same_request_days_later_gets_its_answer(
    settings: Settings,
    new_company: Callable[..., tuple[Company, str]],
    authority: LoopbackServer,
    props: Props,
) -> None:
    day = timedelta(days=0)

    def clock() -> Any:
        return system_clock() + day

    with Engine(settings, clock, {"xx": LoopbackCountry()}) as engine:
        company, _ = new_company(engine)
        first = engine.emitir(company, props(1))
        day = timedelta(days=10)
        assert engine.emitir(company, props(1)).comprobante == first.comprobante
        with pytest.raises(EmitirError, match="vieja"):
            engine.emitir(company, props(1, total="1.00"))
        with pytest.raises(EmitirError, match="vieja"):
            engine.emitir(company, props(2))
    assert authority.count("submit") == 1


def test_every_problem_of_the_input_at_once_and_nothing_stored(engine: Engine, company: Company) -> None:
    with pytest.raises(EmitirError) as raised:
        engine.emitir(company, {"serie": "F001"})
    assert [problem.path for problem in raised.value.problems] == ["fecha", "total"]  # numero: the next one
    assert engine.latest(company) == []


def test_downloads_that_do_not_exist(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props
) -> None:
    authority.fault("submit", "slow")
    document = engine.emitir(company, props(1), wait=0).comprobante
    for arguments, code in (
        (("0" * 40, "xml"), "COMPROBANTE_NO_EXISTE"),
        ((document.codigo_descarga, "cdr"), "ARCHIVO_NO_DISPONIBLE"),
        ((document.codigo_descarga, "../xml"), "VALOR_NO_PERMITIDO"),
    ):
        with pytest.raises(EmitirError) as raised:
            engine.download(*arguments)
        assert raised.value.code == code


def test_a_document_never_leaves_its_ambiente(
    engine: Engine, company: Company, authority: LoopbackServer, props: Props, tmp_path: Path
) -> None:
    authority.fault("submit", "html", 1)
    authority.fault("ask", "busy", 100)
    engine.emitir(company, props(1), wait=0.5)
    changed = engine.companies.update(company.uuid, {"ambiente": "produccion"})
    sent = authority.count("submit")
    authority.heal()
    # The number is free in the other environment, and the waiting document stays where it was.
    assert engine.emitir(changed, props(1)).estado == "aceptado"
    assert authority.count("submit") == sent + 1
    (waiting,) = engine.stuck(minutes=0)
    assert waiting.comprobante.ambiente == "sandbox"
