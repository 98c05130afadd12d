"""Sessions of the back office: a company that showed its token once may act for a while without it.

Nothing is stored: a session is the company's UUID and an end, under an HMAC of this installation's key. Any change
of the company (a new token among them) ends its sessions, since its version is inside.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import UTC, datetime, timedelta

from emitir.clock import Clock
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.engine.empresas.secrets import MasterKeys
from emitir.error_codes import EMPRESA_NO_EXISTE, NO_AUTORIZADO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

LIFETIME = timedelta(minutes=30)


class Sessions:
    """Opened for whoever was authenticated; told apart from every other text by its HMAC."""

    def __init__(self, keys: MasterKeys, companies: Companies, clock: Clock) -> None:
        self._keys = keys
        self._companies = companies
        self._clock = clock

    def open(self, company: Company) -> str:
        """A session that lives :data:`LIFETIME`, as letters for a cookie."""
        end = int((self._clock() + LIFETIME).timestamp())
        facts = f"{company.uuid}.{company.version}.{end}"
        return f"{facts}.{base64.urlsafe_b64encode(self._mac(facts)).decode()}"

    def company(self, session: str) -> Company:
        """Whose session it is. Raises ``NO_AUTORIZADO`` for one that is over, altered or none at all."""
        facts, _, seal = session.rpartition(".")
        uuid, _, rest = facts.partition(".")
        version, _, end = rest.partition(".")
        try:
            given = base64.urlsafe_b64decode(seal)
        except (binascii.Error, ValueError):
            given = b""
        if not hmac.compare_digest(given, self._mac(facts)):
            raise _over()
        if datetime.fromtimestamp(int(end), UTC) <= self._clock():
            raise _over()
        try:
            company = self._companies.get(uuid)
        except EmitirError as error:
            if error.code == EMPRESA_NO_EXISTE:
                raise _over() from error
            raise
        if str(company.version) != version:
            raise _over()
        return company

    def _mac(self, facts: str) -> bytes:
        return self._keys.token_mac(f"panel {facts}")[1]


def _over() -> EmitirError:
    return EmitirError(Problem(NO_AUTORIZADO, N_("La sesión terminó: vuelva a entrar.")))
