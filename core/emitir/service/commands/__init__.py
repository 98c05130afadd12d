"""The commands of the API: one file each, found by looking through this folder.

A file holds ``COMMAND``; adding one is adding a command, with its spellings, its description in /docs and
its example.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable
from functools import lru_cache

from emitir.error_codes import COMANDO_DESCONOCIDO
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.service.command import Command

#: What people look for first stands first in /docs and in the guide; the rest in the order of their names.
_FIRST = ("hola", "emitir", "baja", "consultar", "consultarticket", "correo", "consultarruc")


class Registry:
    """The commands by every spelling that is accepted."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands = tuple(commands)
        self._by_spelling: dict[str, Command] = {}
        for command in self.commands:
            for spelling in (command.name, *command.aliases):
                key = _key(spelling)
                if self._by_spelling.setdefault(key, command) is not command:
                    raise ValueError(f"two commands are spelled {spelling!r}")

    def find(self, name: str) -> Command:
        """The command called ``name``, with or without underscores. Raises EmitirError with the nearest one."""
        command = self._by_spelling.get(_key(name))
        if command is not None:
            return command
        near = difflib.get_close_matches(_key(name), self._by_spelling, n=1, cutoff=0.6)
        raise EmitirError(
            Problem(
                COMANDO_DESCONOCIDO,
                N_("No existe el comando «{name}»."),
                params={"name": name[:40]},
                suggestion=self._by_spelling[near[0]].name if near else "",
            )
        )


@lru_cache(maxsize=1)
def registry() -> Registry:
    """Every command in this folder, the main ones first."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{name}").COMMAND for name in names]
    places = {name: place for place, name in enumerate(_FIRST)}
    return Registry(sorted(found, key=lambda command: places.get(command.name, len(places))))


def _key(spelling: str) -> str:
    """``consultar_ruc``, ``consultar-ruc`` and ``ConsultarRuc`` are one spelling."""
    return spelling.lower().replace("_", "").replace("-", "")
