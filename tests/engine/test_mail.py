"""Mail of a comprobante through a real mail server: what arrives, what is refused, what is tried again."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from emitir.engine import Company, Engine, Settings
from emitir.engine.comprobante import Comprobante
from emitir.engine.entregas.mail import MailResult
from emitir.errors import EmitirError
from tests.engine.conftest import properties
from tests.engine.loopback import LoopbackCountry, LoopbackServer
from tests.engine.mail_server import PASSWORD, USER, MailServer

NewCompany = Callable[..., tuple[Company, str]]


class MovedClock:
    """The machine's clock, moved forward at will."""

    #: More than a mail waits between two looks at its comprobante.
    WAIT = timedelta(seconds=11)

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def engine(settings: Settings, clock: MovedClock) -> Iterator[Engine]:
    with Engine(settings, clock, country_map={"xx": LoopbackCountry()}) as started:
        yield started


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer(auth=False) as running:
        yield running


@pytest.fixture
def company(engine: Engine, new_company: NewCompany, server: MailServer) -> Company:
    return new_company(engine, smtp=server.settings(usuario=""))[0]


@pytest.fixture
def issued(engine: Engine, company: Company) -> Comprobante:
    return engine.emitir(company, properties(1)).comprobante


def mail(engine: Engine, company: Company, numero: int = 1, wait: float = 10, **more: Any) -> MailResult:
    asked = {"tipo": "01", "serie": "F001", "numero": numero, "para": "ana@cliente.pe", **more}
    return engine.correo(company, asked, wait)


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)


def states(engine: Engine, result: MailResult) -> dict[str, str]:
    return {one.destino: one.estado for one in engine.mails(result.comprobante)}


def state_after(engine: Engine, result: MailResult, tries: int) -> str:
    """The state of the only address once it was tried more often than that."""
    found = engine.mails(result.comprobante)[0]
    return found.estado if found.intentos > tries else ""


def test_what_arrives(engine: Engine, company: Company, server: MailServer, issued: Comprobante) -> None:
    asked = ["ana@cliente.pe", "Luis@Ñandú.pe"]
    result = mail(engine, company, para=asked, cc="conta@cliente.pe", mensaje="Gracias,\n<b>Ana</b>.")
    assert [(one.destino, one.estado, one.intentos) for one in result.deliveries] == [
        ("conta@cliente.pe", "entregado", 1),
        ("ana@cliente.pe", "entregado", 1),
        ("Luis@xn--and-6ma2c.pe", "entregado", 1),
    ]
    assert len(server.mails) == 1, "one message for all of them"
    got = server.mails[0]
    assert got.sender == USER
    assert set(got.recipients) == {"ana@cliente.pe", "Luis@xn--and-6ma2c.pe", "conta@cliente.pe"}
    message = got.message
    assert message["Subject"] == "[sandbox] Comprobante electrónico F001-1 de EMPRESA S.A.C."
    assert message["From"] == f'"EMPRESA S.A.C." <{USER}>'
    assert message["To"] == "ana@cliente.pe, Luis@xn--and-6ma2c.pe"
    assert message["Cc"] == "conta@cliente.pe"
    assert message["Message-ID"] == f"<{result.deliveries[0].grupo}@empresa.pe>"
    name = issued.codigo_documento
    assert set(got.attachments) == {f"{name}.pdf", f"{name}.xml", f"R-{name}.xml"}
    assert got.attachments[f"{name}.xml"] == engine.download(issued.codigo_descarga, "xml").content
    text, html = got.body("plain"), got.body("html")
    for fact in (
        "F001-1",
        "118,00",
        "CLIENTE S.A.",
        "Aceptado por AUTORIDAD",
        "20123456786",
        "prueba".upper(),
    ):
        assert fact in text
        assert fact in html
    assert "Gracias,\n<b>Ana</b>." in text.replace("\r\n", "\n")
    assert "&lt;b&gt;Ana&lt;/b&gt;" in html
    assert max(map(len, got.content.splitlines())) < 998
    assert got.content.isascii()


def test_the_same_request_is_the_same_mail(
    engine: Engine, company: Company, server: MailServer, issued: Comprobante, clock: MovedClock
) -> None:
    first, again = mail(engine, company), mail(engine, company)
    assert (first.repeated, again.repeated) == (False, True)
    assert [one.grupo for one in first.deliveries] == [one.grupo for one in again.deliveries]
    other = mail(engine, company, mensaje="Otra vez")
    assert not other.repeated
    clock.ahead += timedelta(minutes=6)
    assert not mail(engine, company).repeated, "somebody wants it sent again"
    assert len(server.mails) == 3


def test_only_what_was_asked_for(
    engine: Engine, company: Company, server: MailServer, issued: Comprobante
) -> None:
    mail(engine, company, archivos=["pdf"])
    mail(engine, company, archivos="xml cdr")
    assert [len(got.attachments) for got in server.mails] == [1, 2]


def test_one_address_is_refused_and_one_put_off(
    engine: Engine, company: Company, server: MailServer, issued: Comprobante, clock: MovedClock
) -> None:
    server.rcpt = {"no@existe.pe": "550 5.1.1 no such user", "gris@lista.pe": "451 4.7.1 greylisted"}
    result = mail(engine, company, para=["ana@cliente.pe", "no@existe.pe", "gris@lista.pe"])
    found = {one.destino: one for one in result.deliveries}
    assert found["ana@cliente.pe"].estado == "entregado"
    assert found["no@existe.pe"].estado == "fallido"
    assert "550 5.1.1 no such user" in found["no@existe.pe"].detalle
    assert found["gris@lista.pe"].estado == "pendiente"
    assert "greylisted" in found["gris@lista.pe"].detalle
    server.rcpt = {}
    clock.ahead += timedelta(seconds=11)
    until(lambda: states(engine, result)["gris@lista.pe"] == "entregado")
    assert states(engine, result)["no@existe.pe"] == "fallido", "never tried again"
    assert [got.recipients for got in server.mails] == [("ana@cliente.pe",), ("gris@lista.pe",)]
    assert server.mails[0].message["Message-ID"] == server.mails[1].message["Message-ID"]


@pytest.mark.parametrize(
    ("answer", "estado"), [("552 5.3.4 too big", "fallido"), ("451 4.3.0 later", "pendiente")]
)
def test_the_message_is_not_taken(
    engine: Engine, company: Company, server: MailServer, issued: Comprobante, answer: str, estado: str
) -> None:
    server.data = [answer]
    result = mail(engine, company)
    assert result.deliveries[0].estado == estado
    assert answer in result.deliveries[0].detalle
    assert server.mails == []


def test_it_dies_in_the_middle(
    engine: Engine, company: Company, server: MailServer, issued: Comprobante, clock: MovedClock
) -> None:
    """Stored by the server, its answer lost: it goes again, and the mailbox can tell."""
    server.die, server.die_after = 1, True
    result = mail(engine, company)
    assert result.deliveries[0].estado == "pendiente"
    assert "cortó la conexión" in result.deliveries[0].detalle
    clock.ahead += timedelta(seconds=11)
    until(lambda: states(engine, result)["ana@cliente.pe"] == "entregado")
    assert len(server.mails) == 2
    assert server.mails[0].message["Message-ID"] == server.mails[1].message["Message-ID"]


def test_down_for_an_hour(settings: Settings, new_company: NewCompany, clock: MovedClock) -> None:
    with MailServer(auth=False) as server:
        port = server.port
    smtp = server.settings(usuario="", puerto=port)
    countries = {"xx": LoopbackCountry()}
    with Engine(settings, clock, countries) as engine:
        company = new_company(engine, smtp=smtp)[0]
        engine.emitir(company, properties(1))
        result = mail(engine, company)
        assert result.deliveries[0].estado == "pendiente"
        assert "No hay conexión con el servidor de correo" in result.deliveries[0].detalle
        for minutes in (1, 4, 10):
            tries = engine.mails(result.comprobante)[0].intentos
            clock.ahead += timedelta(minutes=minutes)
            until(lambda tries=tries: state_after(engine, result, tries) == "pendiente")  # type: ignore[misc]
    clock.ahead += timedelta(minutes=45)
    with MailServer(port, auth=False) as server, Engine(settings, clock, countries) as engine:
        until(lambda: states(engine, result)["ana@cliente.pe"] == "entregado")
        assert len(server.mails) == 1


def test_given_up_after_three_days(settings: Settings, new_company: NewCompany, clock: MovedClock) -> None:
    with MailServer(auth=False) as server:
        port = server.port
    with Engine(settings, clock, country_map={"xx": LoopbackCountry()}) as engine:
        company = new_company(engine, smtp=server.settings(usuario="", puerto=port))[0]
        engine.emitir(company, properties(1))
        result = mail(engine, company)
        clock.ahead += timedelta(days=2, hours=23)
        until(lambda: engine.mails(result.comprobante)[0].intentos == 2)
        clock.ahead += timedelta(hours=2)
        until(lambda: engine.mails(result.comprobante)[0].estado == "fallido")
        assert "durante 3 días" in engine.mails(result.comprobante)[0].detalle


def test_it_waits_for_the_authority(
    engine: Engine, company: Company, server: MailServer, authority: LoopbackServer, clock: MovedClock
) -> None:
    authority.fault("submit", "busy", 50)
    authority.fault("ask", "unknown", 50)
    pending = engine.emitir(company, properties(7), wait=0.5).comprobante
    assert not pending.settled
    result = mail(engine, company, 7)
    assert (result.deliveries[0].estado, result.deliveries[0].intentos) == ("pendiente", 0)
    assert "Espera la respuesta" in result.deliveries[0].detalle
    assert server.mails == []
    authority.heal()
    until(lambda: bool((found := engine.comprobante(company, "01", "F001", 7)) and found.accepted), 30)
    clock.ahead += timedelta(seconds=11)
    until(lambda: states(engine, result)["ana@cliente.pe"] == "entregado")
    assert len(server.mails[0].attachments) == 3


def test_a_rejected_one_is_not_mailed(
    engine: Engine, company: Company, server: MailServer, authority: LoopbackServer, clock: MovedClock
) -> None:
    authority.fault("submit", "reject")
    engine.emitir(company, properties(8))
    with pytest.raises(EmitirError) as caught:
        mail(engine, company, 8)
    assert caught.value.code == "COMPROBANTE_NO_VALIDO"


def test_everything_wrong_is_said_at_once(
    engine: Engine, company: Company, issued: Comprobante, new_company: NewCompany
) -> None:
    with pytest.raises(EmitirError) as caught:
        mail(
            engine,
            company,
            para=["ana@cliente.pe", "ana@gmail", "x y@z.pe\r\nBcc: otro@z.pe", 5],
            cc="luis@gmail,com",
            mensaje="x" * 2001,
            archivos=["pdf", "pfd"],
        )
    told = {(p.path, p.code, p.suggestion) for p in caught.value.problems}
    assert told == {
        ("para-2", "FORMATO_INVALIDO", "ana@gmail.com"),
        ("para-3", "FORMATO_INVALIDO", ""),
        ("para-4", "TIPO_INCORRECTO", ""),
        ("cc", "FORMATO_INVALIDO", "luis@gmail.com"),
        ("mensaje", "FORMATO_INVALIDO", ""),
        ("archivos-2", "VALOR_NO_PERMITIDO", "pdf"),
    }
    with pytest.raises(EmitirError) as missing:
        mail(engine, company, 99, para=[f"a{number}@x.pe" for number in range(21)])
    assert {(p.path, p.code) for p in missing.value.problems} == {
        ("para", "FORMATO_INVALIDO"),
        ("numero", "COMPROBANTE_NO_EXISTE"),
    }
    silent, _ = new_company(engine, ambiente="produccion")
    with pytest.raises(EmitirError) as none:
        engine.correo(silent, {"codigo_documento": "x", "para": "ana@cliente.pe"})
    assert {p.code for p in none.value.problems} == {"CORREO_NO_CONFIGURADO", "COMPROBANTE_NO_EXISTE"}


def test_a_slow_server_holds_up_nobody_else(engine: Engine, new_company: NewCompany) -> None:
    """More mails than are looked at together wait for it; those of another company go out meanwhile."""
    with MailServer(auth=False) as slow, MailServer(auth=False) as quick:
        slow.slow = 2.0
        late, _ = new_company(engine, smtp=slow.settings(usuario=""))
        prompt, _ = new_company(engine, ambiente="produccion", smtp=quick.settings(usuario=""))
        engine.emitir(late, properties(1))
        engine.emitir(prompt, properties(2))
        for number in range(210):
            mail(engine, late, wait=0, mensaje=str(number), archivos=["xml"])
        assert mail(engine, prompt, 2, wait=8).deliveries[0].estado == "entregado"
        assert len(slow.mails) < 20


def test_no_name_makes_a_header(engine: Engine, new_company: NewCompany, server: MailServer) -> None:
    """What stands in settings and documents ends no header."""
    name = "EMPRESA\r\nBcc: otro@z.pe"
    company, _ = new_company(engine, razon_social=name, smtp=server.settings(usuario=""))
    engine.emitir(company, properties(3, cliente="X\r\n.\r\nMAIL FROM:<a@b.pe>"))
    assert mail(engine, company, 3).deliveries[0].estado == "entregado"
    message = server.mails[0].message
    assert message["Bcc"] is None
    assert server.mails[0].recipients == ("ana@cliente.pe",)
    assert "EMPRESA Bcc: otro@z.pe" in message["Subject"]


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A certificate for 127.0.0.1, and the file that makes it trusted."""
    import ipaddress

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    certificate = folder / "cert.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, folder / "key.pem")
    return context, certificate


@pytest.mark.parametrize("seguridad", ["starttls", "tls"])
def test_login_over_a_secured_line(
    engine: Engine,
    new_company: NewCompany,
    tls: tuple[ssl.SSLContext, Path],
    seguridad: str,
    monkeypatch: pytest.MonkeyPatch,
    clock: MovedClock,
) -> None:
    context, certificate = tls
    with MailServer(tls=context, implicit=seguridad == "tls") as server:
        company, _ = new_company(engine, smtp=server.settings(seguridad=seguridad))
        company = engine.companies.set_secrets(company.uuid, {"smtp_clave": "otra"})
        assert "no es de confianza" in engine.check_mail(company)
        assert server.logins == 0, "no password before the certificate is known"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        said = engine.check_mail(company)
        assert "no acepta el usuario o la contraseña: 535" in said
        engine.emitir(company, properties(1))
        result = mail(engine, company)
        assert result.deliveries[0].estado == "pendiente", "the password may be mended meanwhile"
        company = engine.companies.set_secrets(company.uuid, {"smtp_clave": PASSWORD})
        assert engine.check_mail(company) == ""
        clock.ahead += timedelta(seconds=11)
        until(lambda: states(engine, result)["ana@cliente.pe"] == "entregado")
        assert PASSWORD not in repr(company)
        assert server.mails[0].sender == USER


def test_settings_are_checked_with_the_rest(engine: Engine, new_company: NewCompany) -> None:
    bad = {
        "servidor": "smtp.x.pe:25",
        "puerto": 70000,
        "seguridad": "startls",
        "remitente": "yo@gmail",
        "puertos": 1,
    }
    with pytest.raises(EmitirError) as caught:
        new_company(engine, razon_social="", smtp=bad)
    told = {(p.path, p.suggestion) for p in caught.value.problems}
    assert told == {
        ("razon_social", ""),
        ("smtp-servidor", ""),
        ("smtp-puerto", ""),
        ("smtp-seguridad", "starttls"),
        ("smtp-remitente", "yo@gmail.com"),
        ("smtp-puertos", "smtp-puerto"),
    }
