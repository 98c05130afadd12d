"""Validation against the DNIT's schemas, where they are at hand.

They are not part of the project: ``EMITIR_SIFEN_XSD`` names a folder of them; otherwise those of the ``sifen``
package are taken when it is installed; otherwise the step is left out.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from emitir.sandbox.sunat.xmlsafe import Element

_lock = threading.Lock()  # libxml2 keeps the errors of a validation in the schema object


class _Mended(etree.Resolver):
    """The published schema names an element ``"dEntCont "``, with a blank that no document can have."""

    def resolve(self, url: str | None, public_id: str | None, context: Any) -> Any:
        """The file at ``url``, mended."""
        path = Path((url or "").removeprefix("file://"))
        if not path.is_file():
            return None
        text = path.read_bytes().replace(b'"dEntCont "', b'"dEntCont"')
        return self.resolve_string(text, context, base_url=url)


def _folder() -> Path | None:
    configured = os.environ.get("EMITIR_SIFEN_XSD")
    if configured:
        return Path(configured)
    found = importlib.util.find_spec("pysifen")
    return Path(found.origin).parent / "de" / "schemas" / "v150" if found and found.origin else None


@lru_cache(maxsize=4)
def _schema(name: str) -> etree.XMLSchema | None:
    folder = _folder()
    path = folder / name if folder else None
    if path is None or not path.is_file():
        return None
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Mended())
    return etree.XMLSchema(etree.parse(str(path), parser))


def schema_error(root: Element, name: str) -> str:
    """Why ``root`` does not follow the schema ``name``; empty when it does, or when there is none to ask."""
    alone = etree.fromstring(etree.tostring(root, with_tail=False))
    with _lock:
        schema = _schema(name)
        if schema is None or schema.validate(alone):
            return ""
        return schema.error_log[0].message
