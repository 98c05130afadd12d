"""The orders of the bot: one file each, found by looking through this folder; a file holds ``ORDER``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from emitir_bot.order import Order


@lru_cache(maxsize=1)
def orders() -> dict[str, Order]:
    """Every order by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{name}").ORDER for name in names]
    return {order.name: order for order in found}
