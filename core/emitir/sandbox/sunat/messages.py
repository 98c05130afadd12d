"""SUNAT's texts for its codes (data/messages.json, with source and date)."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    text = (files("emitir.sandbox.sunat") / "data" / "messages.json").read_text("utf-8")
    data: dict[str, dict[str, str]] = json.loads(text)
    return data


def message(code: str) -> str:
    """The text of a return code (``"2335"``). KeyError for a code that the data does not hold."""
    return _data()["codigos"][code]


def described(code: str) -> str:
    """The text of a code, or that of 0100 for one that the data does not hold (a verdict on demand)."""
    return _data()["codigos"].get(code, message("0100"))


def known_codes() -> frozenset[str]:
    """Every return code with a text."""
    return frozenset(_data()["codigos"])


def consult_message(status: str) -> str:
    """The text of a status of billConsultService (``"0001"``)."""
    return _data()["consulta"][status]


def is_exception(code: str) -> bool:
    """0100 to 1999: the file was not received, its number stays free (spec.md §12)."""
    return code < "2000"


def is_observation(code: str) -> bool:
    """4000 and more: accepted, with a note."""
    return code >= "4000"
