"""Whether a caller may run a command: a company's own token may, a linked chat as its role permits."""

from __future__ import annotations

from emitir.engine.chats.roles import permitted
from emitir.error_codes import SIN_PERMISO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_


def permit(command: str, rol: str) -> None:
    """Raises ``SIN_PERMISO``. ``rol``: empty for the company's own token."""
    if rol and not permitted(rol, command):
        text = N_("El rol {rol} no permite «{comando}».")
        raise EmitirError(Problem(SIN_PERMISO, text, params={"rol": rol, "comando": command}))
