"""The durable engine: companies, numbering, the store, the workflows. Names are loaded when they are used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emitir.engine.company import Company as Company
    from emitir.engine.comprobante import Attempt as Attempt
    from emitir.engine.comprobante import Comprobante as Comprobante
    from emitir.engine.comprobante import Result as Result
    from emitir.engine.comprobante import Stuck as Stuck
    from emitir.engine.engine import Engine as Engine
    from emitir.engine.files import Download as Download
    from emitir.engine.health import HolaResult as HolaResult
    from emitir.engine.settings import Settings as Settings

_HOMES = {
    "Attempt": "comprobante",
    "Company": "company",
    "Comprobante": "comprobante",
    "Download": "files",
    "Engine": "engine",
    "HolaResult": "health",
    "Result": "comprobante",
    "Settings": "settings",
    "Stuck": "comprobante",
}

__all__ = [
    "Attempt",
    "Company",
    "Comprobante",
    "Download",
    "Engine",
    "HolaResult",
    "Result",
    "Settings",
    "Stuck",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
