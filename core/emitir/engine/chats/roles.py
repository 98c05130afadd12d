"""What a linked chat may do, by its role. What stands in no list is refused: a new command is closed at first."""

from __future__ import annotations

DUENO, CONTADOR, VENDEDOR = "dueno", "contador", "vendedor"
ROLES = (DUENO, CONTADOR, VENDEDOR)

_ALL = frozenset(ROLES)
_HEADS = frozenset({DUENO, CONTADOR})

#: Command to the roles that may call it through a chat. The company's own token may call everything.
PERMITS: dict[str, frozenset[str]] = {
    "hola": _ALL,
    "emitir": _ALL,
    "previsualizar": _ALL,
    "verificar": _ALL,
    "consultar": _ALL,
    "consultarticket": _ALL,
    "consultarruc": _ALL,
    "buscar": _ALL,
    "listar": _ALL,
    "resumen_ventas": _ALL,
    "correo": _ALL,
    "baja": _HEADS,
}


def permitted(rol: str, command: str) -> bool:
    """Whether that role may call the command."""
    return rol in PERMITS.get(command, ())


def permits_of(rol: str) -> list[str]:
    """The commands that a role may call, by name."""
    return sorted(name for name, roles in PERMITS.items() if rol in roles)
