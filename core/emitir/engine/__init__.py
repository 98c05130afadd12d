"""The durable engine: companies, numbering, the store, the workflows. Names are loaded when they are used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emitir.engine.comprobante import Attempt as Attempt
    from emitir.engine.comprobante import Comprobante as Comprobante
    from emitir.engine.comprobante import Result as Result
    from emitir.engine.comprobante import Stuck as Stuck
    from emitir.engine.empresas.company import Company as Company
    from emitir.engine.empresas.health import HolaResult as HolaResult
    from emitir.engine.engine import Engine as Engine
    from emitir.engine.files import Download as Download
    from emitir.engine.results import BajaResult as BajaResult
    from emitir.engine.results import Consulta as Consulta
    from emitir.engine.results import Filtro as Filtro
    from emitir.engine.results import Pagina as Pagina
    from emitir.engine.results import ResumenResult as ResumenResult
    from emitir.engine.results import TicketResult as TicketResult
    from emitir.engine.settings import Settings as Settings

_HOMES = {
    "Attempt": "comprobante",
    "BajaResult": "results",
    "Company": "empresas.company",
    "Comprobante": "comprobante",
    "Consulta": "results",
    "Download": "files",
    "Engine": "engine",
    "Filtro": "results",
    "HolaResult": "empresas.health",
    "Pagina": "results",
    "Result": "comprobante",
    "ResumenResult": "results",
    "Settings": "settings",
    "Stuck": "comprobante",
    "TicketResult": "results",
}

__all__ = [
    "Attempt",
    "BajaResult",
    "Company",
    "Comprobante",
    "Consulta",
    "Download",
    "Engine",
    "Filtro",
    "HolaResult",
    "Pagina",
    "Result",
    "ResumenResult",
    "Settings",
    "Stuck",
    "TicketResult",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
