"""The DNIT's schema, where this machine has it: it is no part of the project.

``EMITIR_SIFEN_XSD`` names a folder with it; otherwise the one of the ``sifen`` package, when that is installed.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from emitir.country_files import MAL, SIN_COMPROBAR, Check
from emitir.i18n import N_
from emitir.paraguay.verificacion.documento import Recibido

VARIABLE = "EMITIR_SIFEN_XSD"
_FILE = "siRecepDE_v150.xsd"
_lock = threading.Lock()  # libxml2 keeps the errors of a validation in the schema object


class _Mended(etree.Resolver):
    """The published schema names an element ``"dEntCont "``, with a blank that no document can have (spec.md §5)."""

    def resolve(self, url: str | None, public_id: str | None, context: Any) -> Any:
        """The file at ``url``, mended."""
        path = Path((url or "").removeprefix("file://"))
        if not path.is_file():
            return None
        text = path.read_bytes().replace(b'"dEntCont "', b'"dEntCont"')
        return self.resolve_string(text, context, base_url=url)


def folder() -> Path | None:
    """Where the schemas are; None when this machine has none."""
    configured = os.environ.get(VARIABLE)
    if configured:
        return Path(configured)
    found = importlib.util.find_spec("pysifen")
    return Path(found.origin).parent / "de" / "schemas" / "v150" if found and found.origin else None


@lru_cache(maxsize=2)
def _schema(path: Path) -> etree.XMLSchema | None:
    if not path.is_file():
        return None
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Mended())
    return etree.XMLSchema(etree.parse(str(path), parser))


def schema(received: Recibido) -> Check:
    """Whether the document follows the schema of version 150."""
    place = folder()
    with _lock:
        rules = _schema(place / _FILE) if place is not None else None
        if rules is None:
            return Check("esquema", SIN_COMPROBAR, N_("Este equipo no tiene los esquemas de la DNIT."))
        if rules.validate(received.rde):
            return Check("esquema", "bien")
        said = str(rules.error_log[0].message)[:300]
    return Check("esquema", MAL, N_("No sigue el esquema de la DNIT: {said}"), {"said": said})
