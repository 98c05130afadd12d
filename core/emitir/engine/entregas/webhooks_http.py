"""One POST to an address that a company chose, without letting it reach into our own network.

The name is resolved here and the connection made to the address that was judged, so that a name which changes
its address in between gains nothing. Nothing is followed, no proxy used, and little of the answer read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from emitir.engine.entregas.deliveries import Delivered, Later, Outcome, said
from emitir.i18n import N_

#: Seconds for each step, and for all of it.
STEP_SECONDS, WHOLE_SECONDS = 10.0, 30.0

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class _ForbiddenError(OSError):
    """The name stands for an address where webhooks do not go."""


def post(url: str, body: bytes, headers: Mapping[str, str], private: bool) -> Outcome:
    """Any 2xx is delivered, everything else comes again. ``private``: private networks are allowed."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection = _Connection(host, parts.port, parts.scheme == "https", private)
    cut = threading.Timer(WHOLE_SECONDS, connection.cut)
    cut.daemon = True
    cut.start()
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        connection.request("POST", target, body, dict(headers))
        status = connection.getresponse().status
    except _ForbiddenError:
        text = N_("{servidor} está en una red privada y la configuración del webhook no la permite.")
        return Later(said(text, servidor=host))
    except ssl.SSLCertVerificationError as error:
        text = N_("El certificado de {servidor} no es de confianza: {motivo}.")
        return Later(said(text, servidor=host, motivo=error.verify_message))
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
        return Later(said(N_("No hay respuesta de {servidor}: {motivo}."), servidor=host, motivo=reason))
    finally:
        cut.cancel()
        connection.close()
    if 200 <= status < 300:
        return Delivered(f"HTTP {status}")
    if 300 <= status < 400:
        text = N_("{servidor} redirige (HTTP {status}): escriba la dirección final en el webhook.")
        return Later(said(text, servidor=host, status=status))
    return Later(said(N_("{servidor} respondió HTTP {status}."), servidor=host, status=status))


def allowed(address: Address, private: bool) -> bool:
    """Whether a webhook may go there: public addresses and this machine; others when ``private``.

    Never the link-local ones, where clouds keep the keys of their machines.
    """
    plain = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    judged = plain or address
    if judged.is_loopback:
        return True
    if judged.is_link_local or judged.is_multicast or judged.is_unspecified or judged.is_reserved:
        return False
    return judged.is_global or (private and judged.is_private)


class _Connection(http.client.HTTPConnection):
    """Connects to an allowed address of its host, with TLS where ``secure``."""

    def __init__(self, host: str, port: int | None, secure: bool, private: bool) -> None:
        super().__init__(host, port or (443 if secure else 80), timeout=STEP_SECONDS)
        self._secure = secure
        self._private = private

    def connect(self) -> None:
        plain = self._reach()
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.host)
        else:
            self.sock = plain

    def cut(self) -> None:
        """End whatever goes on."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def _reach(self) -> socket.socket:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(info[4][0]) for info in found]
        good = [one for one in addresses if allowed(ipaddress.ip_address(one), self._private)]
        if not good:
            raise _ForbiddenError
        failure: OSError | None = None
        for address in good[:3]:
            try:
                return socket.create_connection((address, self.port), STEP_SECONDS)
            except OSError as error:
                failure = error
        raise failure or _ForbiddenError()
