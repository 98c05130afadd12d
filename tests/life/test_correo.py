"""Mail and webhooks in the life of a document: real processes, HTTP and SMTP, kill -9 in between."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from emitir.client import EmitirApiError, EmitirClient, TransportError, verificar_firma
from emitir.peru.examples import boleta, factura
from emitir.sandbox.server import SandboxServer
from tests.engine.mail_server import PASSWORD, USER, MailServer
from tests.engine.webhook_receiver import Receiver, receiving
from tests.service.conftest import EMITIR, ENVIRONMENT, create_company

pytestmark = pytest.mark.slow

SECRET = "secreto-de-avisos"


class House:
    """A service that may be killed, with its sandbox, its mail server and the receiver of its events."""

    def __init__(self, folder: Path, sandbox: str, mail: MailServer, receiver: Receiver) -> None:
        self.folder = folder
        self.mail = mail
        self.receiver = receiver
        self.uuid, self.token = create_company(folder, "20512345671", sandbox)
        self._company(
            *("mail", "--host", "127.0.0.1", "--port", str(mail.port), "--security", "none"),
            *("--user", USER, "--from", USER, "--password-env", "CLAVE_SMTP"),
        )
        self._company("webhook", "--url", receiver.url, "--secret-env", "SECRETO")
        self._process: subprocess.Popen[str] | None = None

    def _company(self, command: str, *options: str) -> None:
        env = {**ENVIRONMENT, "CLAVE_SMTP": PASSWORD, "SECRETO": SECRET}
        line = [EMITIR, "company", command, self.uuid, *options, "--data", str(self.folder / "data")]
        subprocess.run(line, env=env, check=True, capture_output=True)

    def start(self) -> EmitirClient:
        """The service as a new process, and a client of it."""
        with (self.folder / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [EMITIR, "serve", "--port", "0", "--data", str(self.folder / "data")],
                env=ENVIRONMENT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        url = self._process.stdout.readline().strip()
        assert url.startswith("http://"), (self.folder / "serve.log").read_text("utf-8")
        return EmitirClient(url, self.uuid, self.token, retries=0)

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self._process is not None:
            os.kill(self._process.pid, number)
            self._process.wait(40)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(got.body) for got in self.receiver.got]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with SandboxServer() as sandbox, MailServer(auth=True) as mail, receiving() as receiver:
        made = House(tmp_path, sandbox.url, mail, receiver)
        try:
            yield made
        finally:
            made.kill(signal.SIGTERM)


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.1)


def test_issued_mailed_annulled_and_told(house: House) -> None:
    with house.start() as client:
        emitido = client.emitir(factura(datetime.now(UTC)))
        sent = client.correo(emitido.codigo_documento, ["ana@cliente.example"], cc="luis@cliente.example")
        assert [(one.destino, one.estado) for one in sent] == [
            ("luis@cliente.example", "entregado"),
            ("ana@cliente.example", "entregado"),
        ]
        got = house.mail.mails[0]
        name = emitido.codigo_documento
        assert set(got.attachments) == {f"{name}.pdf", f"{name}.xml", f"R-{name}.xml"}
        assert got.attachments[f"{name}.pdf"].startswith(b"%PDF-")
        assert got.attachments[f"R-{name}.xml"] == client.descargar(emitido.codigo_descarga, "cdr").contenido
        assert "Factura electrónica F001-21" in str(got.message["Subject"])
        assert "S/ 90.00" in got.body("plain")
        assert "Aceptado por SUNAT" in got.body("plain")

        baja = client.baja(emitido.codigo_documento, "ERROR EN EL CLIENTE")
        assert baja.codigo_documento.startswith("20512345671-RA-")
        until(lambda: client.consultar(name).estado_comprobante == "dado_de_baja")
        seen = client.consultar(name).respuesta
        assert seen["baja"]["estado"] == "aceptado"
        assert {one["destino"] for one in seen["correos"]} == {"ana@cliente.example", "luis@cliente.example"}
        ticket = client.consultar_ticket(seen["baja"]["ticket"])
        assert ticket["comprobantes"] == [{"codigo_documento": name, "estado_comprobante": "dado_de_baja"}]
        with pytest.raises(EmitirApiError) as caught:
            client.correo(baja.codigo_documento, "ana@cliente.example")
        assert caught.value.code == "COMPROBANTE_NO_VALIDO"
        client.correo(name, "ana@cliente.example", archivos=["pdf"])
        assert "Dado de baja" in house.mail.mails[1].body("plain")
        assert [one["codigo_documento"] for one in client.listar(estado_comprobante="dado_de_baja")] == [name]
        assert client.resumen_ventas(periodo="mes")["anulados"] == 1
    until(lambda: {"aceptado", "baja_aceptada"} <= {one["evento"] for one in house.events})
    for one in house.receiver.got:
        assert verificar_firma(SECRET, one.headers["x-emitir-firma"], one.body)
        assert not verificar_firma(SECRET, one.headers["x-emitir-firma"], one.body + b" ")
        assert not verificar_firma("otro", one.headers["x-emitir-firma"], one.body)
        assert not verificar_firma(SECRET, one.headers["x-emitir-firma"], one.body, tolerancia=-1)


def test_killed_again_and_again_every_mail_and_event_arrives(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    dice, kills, each = random.Random(7), 5, 3
    house.mail.slow = 0.4
    codes: list[str] = []
    for turn in range(kills):
        with house.start() as client:
            for number in range(each):
                properties = {**boleta(datetime.now(UTC)), "numero": 100 + turn * each + number}
                codes.append(client.emitir(properties).codigo_documento)
            # Who asks for a mail does not wait for the answer, and gets none: the service dies meanwhile.
            client.timeout = (5.0, 0.3)
            for code in dice.sample(codes, min(len(codes), 3)) + codes[-each:]:
                with contextlib.suppress(TransportError):
                    client.correo(code, f"{code}@cliente.example")
            time.sleep(dice.uniform(0, 0.2))
        house.kill()
    with house.start() as client:
        for code in codes:
            client.correo(code, f"{code}@cliente.example")  # who got no answer asks again

        def delivered() -> bool:
            states = [client.consultar(code).respuesta["correos"] for code in codes]
            return all(one["estado"] == "entregado" for mails in states for one in mails)

        until(delivered, 60)
        tries = [one["intentos"] for code in codes for one in client.consultar(code).respuesta["correos"]]
        cut = sum(tries) - len(tries)
        until(lambda: len({one["id"] for one in house.events}) >= len(codes), 60)
    arrived = Counter(mail.recipients[0] for mail in house.mail.mails)
    assert set(arrived) == {f"{code}@cliente.example" for code in codes}, "every mail, and no other"
    names: dict[str, set[str]] = {}
    for mail in house.mail.mails:
        names.setdefault(mail.recipients[0], set()).add(str(mail.message["Message-ID"]))
    assert all(len(ids) == 1 for ids in names.values()), "a repetition can be told by its Message-ID"
    assert cut, "no kill fell into a sending: the test proved nothing"
    twice = sum(count - 1 for count in arrived.values())
    assert twice <= cut, "at most what was on the wire at a kill"
    accepted = Counter(
        one["datos"]["codigo_documento"] for one in house.events if one["evento"] == "aceptado"
    )
    assert set(accepted) == set(codes)
    events = len({one["id"] for one in house.events})
    with capsys.disabled():
        print(
            f"\nkill -9, mail: {kills} kills, {len(codes)} mails, {cut} cut off, {twice} repeated; "
            f"{events} events, {len(house.events) - events} repeated"
        )


def test_a_mail_that_cannot_arrive_is_an_event(house: House) -> None:
    house.mail.rcpt = {"no@existe.example": "550 5.1.1 no such user"}
    with house.start() as client:
        code = client.emitir(factura(datetime.now(UTC))).codigo_documento
        assert client.correo(code, "no@existe.example")[0].estado == "fallido"
        with pytest.raises(EmitirApiError) as caught:
            client.correo(code, "no existe")
        assert caught.value.errores[0]["propiedad"] == "para"
    until(lambda: "correo_fallido" in {one["evento"] for one in house.events})
    told = next(one["datos"] for one in house.events if one["evento"] == "correo_fallido")
    assert told["destino"] == "no@existe.example"
    assert "no such user" in told["detalle"]
