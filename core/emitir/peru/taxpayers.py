"""The padrón of this installation, as the country offers it (emitir.country.Taxpayers)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from emitir.country import Progress, Properties
from emitir.error_codes import PADRON_ILEGIBLE
from emitir.errors import EmitirError, Problem
from emitir.i18n import N_
from emitir.peru.consulta_ruc import ANSWER_SCHEMA, Consulta, consultar
from emitir.peru.padron.proveedores import read_proveedores
from emitir.peru.padron.reader import Current
from emitir.peru.padron.storage import BrokenFile

#: Below the data directory; the file inside it.
FOLDER = Path("padron", "pe")
FILE = "padron.emitir"


class PeruTaxpayers:
    """SUNAT's padrón reducido in ``<data>/padron/pe``, and the providers configured beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = Current(folder / FILE)

    def lookup(self, properties: Properties) -> dict[str, Any]:
        """See :func:`emitir.peru.consulta_ruc.consultar`."""
        with _readable():
            return consultar(properties, self._current.get(), read_proveedores(self._folder))

    def info(self) -> dict[str, Any]:
        """``fuente``, ``sha256``, ``fecha``, ``cargado``, ``filas``, ``repetidas``, ``danos``; empty without a file."""
        with _readable():
            padron = self._current.get()
        return {} if padron is None else dict(padron.facts)

    def load(self, source: str, progress: Progress, *, force: bool = False) -> dict[str, Any]:
        """See :func:`emitir.peru.padron.loading.load`."""
        from emitir.peru.padron.loading import load

        load(source, self._folder, FILE, progress, force=force)
        return self.info()

    def input_schema(self) -> dict[str, Any]:
        """Made from the model that reads the properties."""
        return Consulta.model_json_schema()

    def answer_schema(self) -> dict[str, Any]:
        """One taxpayer, or a list under ``contribuyentes``."""
        return ANSWER_SCHEMA

    def example(self) -> dict[str, Any]:
        """SUNAT's own RUC."""
        return {"numero_doc": "20131312955"}


@contextmanager
def _readable() -> Iterator[None]:
    """A file that is broken, wherever that shows, is an error for people."""
    try:
        yield
    except BrokenFile as error:
        text = N_("El archivo del padrón no se puede leer ({reason}).")
        action = N_("Vuelva a cargar el padrón con «emitir padron load».")
        params = {"reason": str(error)}
        raise EmitirError(Problem(PADRON_ILEGIBLE, text, params=params, action=action)) from error


@lru_cache(maxsize=16)
def _taxpayers(folder: Path) -> PeruTaxpayers:
    return PeruTaxpayers(folder)


def taxpayers_in(data_dir: Path) -> PeruTaxpayers:
    """The padrón below ``data_dir``; one object per process."""
    return _taxpayers(data_dir.resolve() / FOLDER)
