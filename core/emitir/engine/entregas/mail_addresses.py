"""Addresses of electronic mail: what is one, what was probably meant, how it goes on the wire.

The form is that of RFC 5321 (§4.1.2, §4.5.3.1) as mail servers accept it in practice: ASCII before the ``@``,
a name with at least one dot behind it. International domains go out in their ASCII form (RFC 5891).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

from emitir.error_codes import FORMATO_INVALIDO, TIPO_INCORRECTO
from emitir.errors import Problem
from emitir.i18n import N_

#: Letters of an address (RFC 5321 §4.5.3.1.3, without the brackets), and of what stands before its ``@``.
MAX_LENGTH, MAX_LOCAL = 254, 64
_SEPARATOR = re.compile(r"[,;\s]+")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LAST_LABEL = re.compile(r"xn--[a-z0-9-]{2,59}|[a-z]{2,63}", re.ASCII)
_KNOWN = (
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "outlook.es",
    "yahoo.com",
    "yahoo.es",
    "icloud.com",
    "live.com",
)
#: What one finger too far makes of a dot or an at sign.
_SLIPS = str.maketrans({",": ".", ";": ".", " ": None, "<": None, ">": None, '"': None})


def normal_address(text: str) -> str | None:
    """``text`` as it goes on the wire, its domain in lower case and ASCII; ``None`` when it is no address."""
    local, at, domain = text.rpartition("@")
    if not at or len(local) > MAX_LOCAL or not _LOCAL.fullmatch(local):
        return None
    ascii_domain = _ascii(domain)
    if ascii_domain is None:
        return None
    *labels, last = ascii_domain.split(".")
    if not labels or not _LAST_LABEL.fullmatch(last) or not all(map(_LABEL.fullmatch, labels)):
        return None
    address = f"{local}@{ascii_domain}"
    return address if len(address) <= MAX_LENGTH else None


def address_problem(text: str, path: str) -> Problem:
    """What is said of a text that is no address, with the one that was probably meant."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[:80])
    sentence = N_("«{direccion}» no es una dirección de correo.")
    return Problem(FORMATO_INVALIDO, sentence, path, {"direccion": shown}, suggestion=_meant(text))


def read_addresses(value: Any, name: str, problems: list[Problem]) -> tuple[str, ...]:
    """The addresses of the property ``name``, each once: one, several in one text, or a list. What is none goes
    to ``problems`` under its own path (``para-2``)."""
    found: dict[str, str] = {}
    for path, element in _elements(value, name):
        if not isinstance(element, str):
            problems.append(Problem(TIPO_INCORRECTO, N_("Debe ser una dirección de correo."), path))
            continue
        address = normal_address(element.strip())
        if address is None:
            problems.append(address_problem(element, path))
        else:
            found.setdefault(address.lower(), address)
    return tuple(found.values())


def _elements(value: Any, name: str) -> Sequence[tuple[str, Any]]:
    if isinstance(value, list):
        return [(f"{name}-{number}", element) for number, element in enumerate(value, 1)]
    if not isinstance(value, str) or "\n" in value or "\r" in value:
        return [(name, value)]
    # A slip like "ana@gmail,com" is no separator: what stands between separators must look like an address.
    parts = [part for part in _SEPARATOR.split(value.strip()) if part]
    if len(parts) > 1 and all("@" in part for part in parts):
        return [(f"{name}-{number}", part) for number, part in enumerate(parts, 1)]
    return [(name, value)]


def _ascii(domain: str) -> str | None:
    if domain.isascii():
        return domain.lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def _meant(text: str) -> str:
    """The address with its slips undone; empty when that makes none either."""
    tidy = text[: MAX_LENGTH + 10].translate(_SLIPS).strip(".")
    local, at, domain = tidy.rpartition("@")
    if at and "." not in domain:
        near = difflib.get_close_matches(domain.lower(), [known.partition(".")[0] for known in _KNOWN], n=1)
        whole = next((known for known in _KNOWN if near and known.startswith(f"{near[0]}.")), domain)
        tidy = f"{local}@{whole}"
    found = normal_address(tidy)
    return found if found is not None and found != text else ""
