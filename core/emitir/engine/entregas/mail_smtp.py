"""One conversation with a mail server: a message to some addresses, and what became of each of them.

A refused address (5xx) fails for good, and so does a refused message. What is wrong with our own access
(password, sender, certificate) may be mended meanwhile, and what the server puts off (4xx) or the network does
passes: those go again. RFC 5321, §4.2.1.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from functools import lru_cache

from emitir.engine.entregas.deliveries import SENDING_SECONDS, Delivered, Failed, Later, Outcome, said
from emitir.engine.entregas.mail_settings import STARTTLS, TLS, SmtpSettings
from emitir.i18n import N_

#: Seconds to connect, and to wait for each answer of the server.
CONNECT_SECONDS, ANSWER_SECONDS = 20.0, 60.0
#: Answers to MAIL FROM that speak of the message (its size), not of our access.
_ABOUT_THE_MESSAGE = {552, 554}


class _ServerError(Exception):
    """The conversation ended before anything was decided about the message; ``text`` says why, in Spanish."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def send(smtp: SmtpSettings, password: str, message: EmailMessage, addresses: Sequence[str]) -> list[Outcome]:
    """An outcome for each of ``addresses``. Never raises for what server and network do."""
    try:
        with _connected(smtp, password) as server:
            return _converse(server, smtp, message, addresses)
    except _ServerError as error:
        return [Later(error.text)] * len(addresses)


def check(smtp: SmtpSettings, password: str) -> str:
    """Connect and log in, sending nothing: what is wrong, in Spanish; empty when mail can go out."""
    try:
        with _connected(smtp, password):
            return ""
    except _ServerError as error:
        return error.text


@contextmanager
def _connected(smtp: SmtpSettings, password: str) -> Iterator[smtplib.SMTP]:
    """A server that has let us in. Cut off after ``SENDING_SECONDS``: a server may not keep us for ever."""
    with _in_words(smtp):
        server: smtplib.SMTP = (
            smtplib.SMTP_SSL(smtp.servidor, smtp.port, _own_name(), timeout=CONNECT_SECONDS, context=_trust())
            if smtp.seguridad == TLS
            else smtplib.SMTP(smtp.servidor, smtp.port, _own_name(), timeout=CONNECT_SECONDS)
        )
    cut = threading.Timer(SENDING_SECONDS, _cut, [server])
    cut.daemon = True
    cut.start()
    try:
        with _in_words(smtp):
            if server.sock is not None:
                server.sock.settimeout(ANSWER_SECONDS)
            if smtp.seguridad == STARTTLS:
                server.starttls(context=_trust())
            if smtp.usuario:
                server.login(smtp.usuario, password)
        yield server
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
    finally:
        cut.cancel()
        server.close()


def _trust() -> ssl.SSLContext:
    """Certificates are checked, with the machine's own list of authorities (or that of ``SSL_CERT_FILE``)."""
    return ssl.create_default_context()


@lru_cache(maxsize=1)
def _own_name() -> str:
    """How we greet. Looked up once: it may cost a question to a name server."""
    name = socket.getfqdn()
    return name if name.isascii() and "." in name else "[127.0.0.1]"


def _cut(server: smtplib.SMTP) -> None:
    with suppress(OSError, AttributeError):
        server.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


@contextmanager
def _in_words(smtp: SmtpSettings) -> Iterator[None]:
    """What goes wrong before the message, as a sentence. No sentence holds the password."""
    place = f"{smtp.servidor}:{smtp.port}"
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        text = said(
            N_("El servidor de correo {servidor} no acepta el usuario o la contraseña: {respuesta}"),
            servidor=place,
            respuesta=_answer(error.smtp_code, error.smtp_error),
        )
        raise _ServerError(text) from error
    except smtplib.SMTPNotSupportedError as error:
        text = said(
            N_("El servidor de correo {servidor} no ofrece {seguridad}: revise la configuración."),
            servidor=place,
            seguridad="STARTTLS" if smtp.seguridad == STARTTLS else "AUTH",
        )
        raise _ServerError(text) from error
    except smtplib.SMTPResponseException as error:
        text = said(
            N_("El servidor de correo {servidor} no atiende: {respuesta}"),
            servidor=place,
            respuesta=_answer(error.smtp_code, error.smtp_error),
        )
        raise _ServerError(text) from error
    except ssl.SSLCertVerificationError as error:
        text = said(
            N_("El certificado del servidor de correo {servidor} no es de confianza: {motivo}."),
            servidor=place,
            motivo=error.verify_message,
        )
        raise _ServerError(text) from error
    except (TimeoutError, smtplib.SMTPServerDisconnected) as error:
        text = said(N_("El servidor de correo {servidor} cortó la conexión o no respondió."), servidor=place)
        raise _ServerError(text) from error
    except OSError as error:  # smtplib's own errors are OSErrors too
        text = said(
            N_("No hay conexión con el servidor de correo {servidor}: {motivo}."),
            servidor=place,
            motivo=error.strerror or str(error) or type(error).__name__,
        )
        raise _ServerError(text) from error


def _converse(
    server: smtplib.SMTP, smtp: SmtpSettings, message: EmailMessage, addresses: Sequence[str]
) -> list[Outcome]:
    """MAIL, RCPT for each address, DATA once for those that were taken."""
    outcomes: dict[str, Outcome] = {}
    with _in_words(smtp):
        content = message.as_bytes()
        server.ehlo_or_helo_if_needed()
        options = [f"size={len(content)}"] if server.has_extn("size") else []
        code, answer = server.mail(smtp.remitente, options)
        if code != 250:
            refusal = _refused(N_("El servidor de correo no acepta el mensaje: {respuesta}"), code, answer)
            final = code in _ABOUT_THE_MESSAGE
            return [Failed(refusal) if final else Later(refusal)] * len(addresses)
        for address in dict.fromkeys(addresses):
            code, answer = server.rcpt(address)
            if code in (250, 251, 252):
                continue
            if code == 421:
                raise smtplib.SMTPServerDisconnected
            text = _refused(N_("El servidor de correo no acepta la dirección: {respuesta}"), code, answer)
            outcomes[address] = Failed(text) if 500 <= code < 600 else Later(text)
        if len(outcomes) < len(set(addresses)):
            taken = _data(server, content)
            outcomes = {address: taken for address in addresses if address not in outcomes} | outcomes
    return [outcomes[address] for address in addresses]


def _data(server: smtplib.SMTP, content: bytes) -> Outcome:
    try:
        code, answer = server.data(content)
    except smtplib.SMTPDataError as error:  # the answer to DATA itself
        code, answer = error.smtp_code, error.smtp_error if isinstance(error.smtp_error, bytes) else b""
    if code == 250:
        return Delivered(_answer(code, answer))
    text = _refused(N_("El servidor de correo no acepta el mensaje: {respuesta}"), code, answer)
    return Failed(text) if 500 <= code < 600 else Later(text)


def _refused(sentence: str, code: int, answer: bytes) -> str:
    return said(sentence, respuesta=_answer(code, answer))


def _answer(code: int, answer: bytes | str) -> str:
    """The server's own words, on one line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:300]
