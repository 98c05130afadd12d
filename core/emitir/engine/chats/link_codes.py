"""One-time codes: eight letters and digits, good for fifteen minutes and one use, kept only as HMAC.

40 random bits that live 15 minutes cannot be guessed through a chat that is stopped after five wrong ones.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from emitir.engine.chats.roles import ROLES
from emitir.engine.empresas.secrets import MasterKeys
from emitir.engine.storage.bot_tables import VINCULO_CODIGO
from emitir.error_codes import VALOR_NO_PERMITIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

LIFETIME = timedelta(minutes=15)
#: No 0 O 1 I L: people read the code aloud and type it on a phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8

_c = VINCULO_CODIGO.c
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Code:
    """A fresh code, shown once. ``codigo`` has no separators."""

    codigo: str = field(repr=False)
    rol: str
    vence_en: datetime


def normal(text: str) -> str:
    """A code as it was typed, without spaces and dashes, in capitals; empty when it cannot be one."""
    code = re.sub(r"[\s\-–—.]+", "", text).upper()
    return code if _CODE.fullmatch(code) else ""


def make(connection: Connection, keys: MasterKeys, empresa_id: int, rol: str, now: datetime) -> Code:
    """A new code for that company. Raises ``VALOR_NO_PERMITIDO`` for an unknown role."""
    if rol not in ROLES:
        text = N_("El rol {valor} no existe; los roles son: {conocidos}.")
        params = {"valor": repr(rol)[:40], "conocidos": ", ".join(ROLES)}
        raise EmitirError(Problem(VALOR_NO_PERMITIDO, text, "rol", params))
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    expires = now + LIFETIME
    connection.execute(sa.delete(VINCULO_CODIGO).where(_c.vence_en < now - timedelta(days=7)))
    connection.execute(
        sa.insert(VINCULO_CODIGO).values(
            empresa_id=empresa_id, rol=rol, mac=_mac(keys, code), creado_en=now, vence_en=expires
        )
    )
    return Code(code, rol, expires)


def use(connection: Connection, keys: MasterKeys, code: str, now: datetime) -> tuple[int, str] | None:
    """Spend a code: the company's id and the role; ``None`` when it is wrong, spent or too old.

    Two that use it at the same moment: the update lets one of them through.
    """
    if not code:
        return None
    change = (
        sa.update(VINCULO_CODIGO)
        .where(_c.mac == _mac(keys, code), _c.usado_en.is_(None), _c.vence_en > now)
        .values(usado_en=now)
        .returning(_c.empresa_id, _c.rol)
    )
    row = connection.execute(change).one_or_none()
    return None if row is None else (row.empresa_id, row.rol)


def _mac(keys: MasterKeys, code: str) -> bytes:
    return keys.token_mac(f"vinculo {code}")[1]
