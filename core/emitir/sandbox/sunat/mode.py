"""How the sandbox behaves where SUNAT itself is not always the same."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from emitir.sandbox.store import Store

_KEY = "mode"
_CHOICES: dict[str, tuple[Any, ...]] = {
    "rejections": ("cdr", "fault"),
    "fault_style": ("faultcode", "faultstring"),
    "xsd": (True, False),
    "ticket_answers": ("full", "bare"),
}
_NUMBERS: dict[str, tuple[type, ...]] = {"ticket_seconds": (int, float), "ticket_asks": (int,)}


@dataclass(frozen=True, slots=True)
class Mode:
    """``rejections``: codes 2000 to 3999 as a CDR or as a SOAP fault. ``fault_style``: where faults carry the code.

    ``xsd``: whether schemas are asked. ``ticket_seconds``: how long a ticket says 98, "en proceso";
    ``ticket_asks``: how many questions it answers so, whatever the time (both count for tickets given from then on).
    ``ticket_answers``: ``full`` tells a rejection with its CDR and an unknown ticket with a fault, ``bare`` either
    of them with a status and nothing else.
    """

    rejections: Literal["cdr", "fault"] = "cdr"
    fault_style: Literal["faultcode", "faultstring"] = "faultcode"
    xsd: bool = True
    ticket_seconds: float = 0.0
    ticket_asks: int = 0
    ticket_answers: Literal["full", "bare"] = "full"

    @classmethod
    def load(cls, store: Store) -> Mode:
        """The mode as it stands now."""
        return cls(**(store.setting(_KEY) or {}))

    def as_dict(self) -> dict[str, Any]:
        """The mode as JSON values."""
        return asdict(self)


def reset(store: Store) -> Mode:
    """Back to the mode of a new sandbox."""
    store.set_setting(_KEY, {})
    return Mode.load(store)


def save_mode(store: Store, body: dict[str, Any]) -> Mode:
    """Change what ``body`` names. Raises ValueError for unknown names and values."""
    mode = Mode.load(store).as_dict()
    for name, value in body.items():
        if name in _CHOICES:
            if value not in _CHOICES[name]:
                raise ValueError(f"{name} debe ser uno de: {', '.join(map(str, _CHOICES[name]))}")
        elif name not in _NUMBERS or not _is_count(value, _NUMBERS[name]):
            raise ValueError(f"modo desconocido o con valor incorrecto: {name}")
        mode[name] = value
    store.set_setting(_KEY, mode)
    return Mode.load(store)


def _is_count(value: Any, kinds: tuple[type, ...]) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, kinds) and value >= 0
