"""Wrong codes: after some of them a chat has to wait, right or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from emitir.engine.storage.bot_tables import CHAT
from emitir.error_codes import DEMASIADOS_INTENTOS
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_

#: Wrong codes of one chat within the time, after which it has to wait that time.
MAX_FAILURES, FAILURE_WINDOW = 5, timedelta(minutes=15)

_c = CHAT.c


def check(failures: int, since: datetime, now: datetime) -> None:
    """Raises ``DEMASIADOS_INTENTOS``."""
    left = FAILURE_WINDOW - (now - since)
    if failures >= MAX_FAILURES and left > timedelta(0):
        text = N_("Hubo demasiados códigos equivocados. Espere {minutos} minutos.")
        params = {"minutos": int(left.total_seconds() // 60) + 1}
        raise EmitirError(Problem(DEMASIADOS_INTENTOS, text, "codigo", params))


def one_more(now: datetime) -> Mapping[str, Any]:
    """What to write into a chat for one more wrong code."""
    fresh = _c.fallos_desde > now - FAILURE_WINDOW
    return {
        "fallos": sa.case((fresh, _c.fallos + 1), else_=1),
        "fallos_desde": sa.case((fresh, _c.fallos_desde), else_=now),
    }
