"""A real mail server on loopback: login, STARTTLS or TLS, refusals, slowness, sudden death, and what it got."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "envios@empresa.pe", "clave-smtp-muy-secreta"


@dataclass(frozen=True)
class Mail:
    """One message that the server took: envelope and content."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes = field(repr=False)

    @property
    def message(self) -> EmailMessage:
        parsed = message_from_bytes(self.content, policy=default)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def attachments(self) -> dict[str, bytes]:
        """Content by file name."""
        return {
            str(part.get_filename()): part.get_payload(decode=True)  # type: ignore[misc]
            for part in self.message.iter_attachments()
        }

    def body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content())


class MailServer:
    """``slow``: seconds between storing a message and saying so. ``rcpt``, ``data``: answers that replace 250, by address and for the next messages. ``die``: how many of
    the next messages end with a closed connection instead of an answer, after they were stored when
    ``die_after``."""

    def __init__(
        self, port: int = 0, tls: ssl.SSLContext | None = None, implicit: bool = False, auth: bool = True
    ) -> None:
        self.mails: list[Mail] = []
        self.rcpt: dict[str, str] = {}
        self.data: list[str] = []
        self.die = 0
        self.die_after = False
        self.slow = 0.0
        self.password = PASSWORD
        self.logins = 0
        options: dict[str, Any] = {"authenticator": self._authenticate, "hostname": "127.0.0.1", "port": port}
        if auth:
            options |= {"auth_required": True, "auth_require_tls": tls is not None}
        if tls is not None:
            options["ssl_context" if implicit else "tls_context"] = tls
            if not implicit:
                options["require_starttls"] = True
            else:
                options["auth_require_tls"] = False
        self._controller = _Controller(self, **options)
        self.port = port

    def __enter__(self) -> Self:
        self._controller.start()
        self.port = self._controller.port
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop(no_assert=True)

    def settings(self, **more: Any) -> dict[str, Any]:
        """``smtp`` of a company that sends through this server."""
        return {
            "servidor": "127.0.0.1",
            "puerto": self.port,
            "seguridad": "ninguna",
            "usuario": USER,
            "remitente": USER,
            **more,
        }

    def _authenticate(self, *args: Any) -> AuthResult:
        data = args[-1]
        assert isinstance(data, LoginPassword)
        self.logins += 1
        fine = data.login.decode() == USER and data.password.decode() == self.password
        return AuthResult(success=fine, handled=False)

    # -- aiosmtpd's names

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt.get(address, "")
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        dying = self.die > 0
        if dying:
            self.die -= 1
        if not dying or self.die_after:
            answer = self.data.pop(0) if self.data else ""
            if answer:
                return answer
            self.mails.append(Mail(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
            await asyncio.sleep(self.slow)  # stored, and not answered yet
        if dying:
            server.transport.abort()
        return "250 2.0.0 queued"


class _Controller(Controller):
    """On a free port, which is known once it listens."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
