"""Faults on demand: what a network, a proxy or an authority in trouble does to a call."""

from __future__ import annotations

import re
import threading
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Kind = Literal[
    "drop_before", "drop_after_commit", "timeout", "html", "empty", "garbled",
    "http_401", "http_403", "http_500", "http_502", "http_503", "fault", "reject", "fail",
]  # fmt: skip
When = Literal["before", "after"]

#: What happens to a file behind its ticket; the faults ``reject`` and ``fail`` are of it and of nothing else.
PROCESS = "proceso"
_OF_PROCESS = ("reject", "fail")

#: Whether the call is worked first (``after``: what arrived is registered) or not at all (``before``).
_DEFAULT_WHEN: dict[str, When] = {"drop_after_commit": "after", "timeout": "after"}


@dataclass(slots=True)
class Fault:
    """One fault waiting for its call.

    ``operation``: name of the operation, ``*`` for any, or ``proceso`` for what waits behind a ticket, where
    ``reject`` (with ``code``) and ``fail`` (without a CDR) are the verdict. ``code``: SUNAT's code of a ``fault``.
    ``style``: where a fault carries its code, ``faultcode`` or ``faultstring``. ``seconds``: how long a ``timeout`` sleeps.
    ``times``: how many calls it hits; 0 means every one. ``file_name``: only calls whose file (or
    RUC-type-series-number) contains this text.
    """

    operation: str
    fault: Kind
    code: str = "0109"
    style: Literal["faultcode", "faultstring"] = "faultcode"
    seconds: float = 60.0
    times: int = 1
    when: When = "before"
    file_name: str = ""

    @classmethod
    def from_request(cls, body: dict[str, Any]) -> Fault:
        """Read a control request. Raises ValueError with a sentence that says what is wrong with it."""
        unknown = set(body) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"propiedades desconocidas: {', '.join(sorted(unknown))}")
        fault = body.get("fault")
        if fault not in get_args(Kind):
            raise ValueError(f"fault debe ser uno de: {', '.join(get_args(Kind))}")
        if body.get("style", "faultcode") not in ("faultcode", "faultstring"):
            raise ValueError("style debe ser faultcode o faultstring")
        if body.get("when", "before") not in get_args(When):
            raise ValueError("when debe ser before o after")
        for name, kind in (("seconds", (int, float)), ("times", int), ("code", str), ("file_name", str)):
            if name in body and not isinstance(body[name], kind):
                raise ValueError(f"{name} tiene un tipo incorrecto")
        of_process = fault in _OF_PROCESS
        if of_process != (body.get("operation", PROCESS if of_process else "*") == PROCESS):
            raise ValueError(f"{' y '.join(_OF_PROCESS)} son de la operación {PROCESS}, y solo ellos")
        if fault == "reject" and not re.fullmatch(r"[23]\d{3}", body.get("code", "")):
            raise ValueError("reject necesita code, de 2000 a 3999")
        when = body.get("when") or _DEFAULT_WHEN.get(str(fault), "before")
        return cls(**{"operation": PROCESS if of_process else "*", **body, "when": when})


class FaultBox:
    """The faults that wait, first come first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Let ``fault`` wait for its calls."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Forget every fault."""
        with self._lock:
            self._waiting.clear()

    def listed(self) -> list[dict[str, Any]]:
        """The faults still waiting, as JSON values."""
        with self._lock:
            return [asdict(fault) for fault in self._waiting]

    def take(self, operation: str, file_name: str) -> Fault | None:
        """The fault that hits this call, counted down, or None."""
        with self._lock:
            for fault in self._waiting:
                if (
                    fault.operation == operation or (fault.operation == "*" and operation != PROCESS)
                ) and fault.file_name in file_name:
                    if fault.times:
                        fault.times -= 1
                        if not fault.times:
                            self._waiting.remove(fault)
                    return fault
        return None
