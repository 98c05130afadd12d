"""Validation against the UBL schemas, where they are at hand.

They are not part of the project: ``EMITIR_UBL_XSD`` names a folder that holds ``maindoc/`` and ``common/``;
otherwise those of the ``sunat-py`` package are taken when it is installed; otherwise the step is left out and
the log says so.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from functools import lru_cache
from pathlib import Path

from lxml import etree

from emitir.sandbox.sunat.xmlsafe import Element

_lock = threading.Lock()  # libxml2 keeps the errors of a validation in the schema object


def _folder(family: str) -> Path | None:
    configured = os.environ.get("EMITIR_UBL_XSD")
    if configured:
        return Path(configured)
    found = importlib.util.find_spec("sunat_py")
    return Path(found.origin).parent / "xsd" / "schemas" / family if found and found.origin else None


@lru_cache(maxsize=16)
def _schema(main: str, family: str) -> etree.XMLSchema | None:
    folder = _folder(family)
    path = folder / "maindoc" / main if folder else None
    if path is None or not path.is_file():
        return None
    return etree.XMLSchema(etree.parse(str(path)))


def schema_error(root: Element, main: str, family: str) -> str | None:
    """Why ``root`` does not follow the schema ``main`` (``UBL-Invoice-2.1.xsd``) of ``family`` (``ubl-2.1``).

    An empty text when it does, None when there is no schema to ask.
    """
    with _lock:
        schema = _schema(main, family)
        if schema is None:
            return None
        if schema.validate(root):
            return ""
        first = schema.error_log[0]
        return f"línea {first.line}: {first.message}"
