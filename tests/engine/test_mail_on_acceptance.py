"""``enviar_a``: the mail that is committed with the comprobante and leaves once the authority has accepted it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from emitir.engine import Company, Engine
from emitir.engine.storage.tables import EVENTO
from emitir.errors import EmitirError
from tests.engine.conftest import properties
from tests.engine.loopback import LoopbackServer
from tests.engine.mail_server import MailServer
from tests.engine.test_mail import (  # noqa: F401 - fixtures
    MovedClock,
    NewCompany,
    clock,
    company,
    engine,
    server,
    until,
)


def test_it_leaves_by_itself(
    engine: Engine,  # noqa: F811
    company: Company,  # noqa: F811
    server: MailServer,  # noqa: F811
    authority: LoopbackServer,
    clock: MovedClock,  # noqa: F811
) -> None:
    authority.fault("submit", "busy", 50)
    authority.fault("ask", "unknown", 50)
    asked = {**properties(1), "enviar_a": "ana@cliente.pe, LUIS@cliente.pe"}
    pending = engine.emitir(company, asked, wait=0.5).comprobante
    assert not pending.settled
    assert [one.estado for one in engine.mails(pending)] == ["pendiente", "pendiente"]
    assert server.mails == []
    authority.heal()
    until(lambda: bool((found := engine.comprobante(company, "01", "F001", 1)) and found.accepted), 30)
    clock.ahead += MovedClock.WAIT
    until(lambda: [one.estado for one in engine.mails(pending)] == ["entregado", "entregado"])
    assert set(server.mails[0].recipients) == {"ana@cliente.pe", "LUIS@cliente.pe"}
    assert len(server.mails[0].attachments) == 3
    assert engine.emitir(company, asked).repeated
    assert len(engine.mails(pending)) == 2, "the same request again mails nothing again"


def test_a_rejected_one_stays_here(
    engine: Engine,  # noqa: F811
    company: Company,  # noqa: F811
    server: MailServer,  # noqa: F811
    authority: LoopbackServer,
    clock: MovedClock,  # noqa: F811
) -> None:
    authority.fault("submit", "reject")
    document = engine.emitir(company, {**properties(2), "enviar_a": ["ana@cliente.pe"]}).comprobante
    assert document.estado == "rechazado"
    clock.ahead += MovedClock.WAIT
    until(lambda: engine.mails(document)[0].estado == "fallido")
    assert "no es válido" in engine.mails(document)[0].detalle
    assert server.mails == []
    with engine._database.read() as connection:
        told = connection.scalars(sa.select(EVENTO.c.datos).where(EVENTO.c.clase == "correo_fallido"))
        assert [one["destino"] for one in told] == ["ana@cliente.pe"]


def test_what_is_wrong_is_said_with_the_rest(engine: Engine, company: Company) -> None:  # noqa: F811
    asked = {
        **{k: v for k, v in properties(3).items() if k != "total"},
        "enviar_a": ["ana@cliente.pe", "luis@gmail"],
        "referencia": 5.5,
    }
    with pytest.raises(EmitirError) as caught:
        engine.emitir(company, asked)
    assert {problem.path for problem in caught.value.problems} == {"enviar_a-2", "referencia", "total"}
    assert engine.comprobante(company, "01", "F001", 3) is None


def test_a_company_without_a_mail_server(engine: Engine, new_company: NewCompany) -> None:  # noqa: F811
    bare = new_company(engine)[0]
    with pytest.raises(EmitirError) as caught:
        engine.emitir(bare, {**properties(4), "enviar_a": "ana@cliente.pe"})
    assert [(one.code, one.path) for one in caught.value.problems] == [("CORREO_NO_CONFIGURADO", "enviar_a")]
    with pytest.raises(EmitirError) as many:
        engine.emitir(bare, {**properties(4), "enviar_a": [f"a{n}@cliente.pe" for n in range(21)]})
    assert {one.code for one in many.value.problems} == {"CORREO_NO_CONFIGURADO", "FORMATO_INVALIDO"}
