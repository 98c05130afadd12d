"""Addresses of commands: ``/UUID/COMANDO`` and ``/v1/UUID/COMANDO``, with whatever slashes a base URL adds."""

from __future__ import annotations

import re

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def split_path(path: str) -> tuple[str, str]:
    """UUID and command of a path; both empty when there is nothing that could be a UUID.

    What follows the command belongs to its name, so that it becomes an unknown command and not a 404.
    """
    segments = [segment for segment in path.split("/") if segment]
    if segments and segments[0].lower() == "v1":
        del segments[0]
    if len(segments) < 2 and not (segments and _UUID.fullmatch(segments[0])):
        return "", ""
    return segments[0].lower(), "/".join(segments[1:])


def is_command_path(path: str) -> bool:
    """Whether a path was meant for a command, whatever the method: a UUID stands where it belongs."""
    return _UUID.fullmatch(split_path(path)[0]) is not None
