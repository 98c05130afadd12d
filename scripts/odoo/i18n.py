"""Spanish of the Odoo modules: takes the terms out of Odoo and keeps the translations that exist.

``python -m scripts.odoo.i18n`` writes ``odoo_addon/*/i18n/es.po``; terms without translation stay empty and are
listed, and tests/odoo/test_translations.py fails on them.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from scripts.odoo import template
from scripts.odoo.place import ADDONS, Odoo

MODULES = ("emitir", "emitir_pe")
_EXPORT = """
import base64, io
from odoo.tools.translate import trans_export
for name in {modules!r}:
    out = io.BytesIO()
    with open({folder!r} + '/' + name + '.pot', 'wb') as file:
        trans_export(False, [name], file, 'po', env)
"""


def exported(odoo: Odoo, database: str, folder: Path) -> dict[str, Catalog]:
    """The terms of each module, as Odoo finds them."""
    odoo.shell(database, _EXPORT.format(modules=list(MODULES), folder=str(folder)))
    return {name: read_po((folder / f"{name}.pot").open("rb")) for name in MODULES}


def catalog(module: str) -> Path:
    """The translations of a module."""
    return ADDONS / module / "i18n" / "es.po"


def merged(module: str, terms: Catalog) -> tuple[bytes, list[str]]:
    """The module's catalog brought up to ``terms``, and what has no translation."""
    path = catalog(module)
    known = {}
    if path.exists():
        with path.open("rb") as file:
            known = {message.id: message.string for message in read_po(file, locale="es") if message.string}
    missing = []
    for message in terms:
        if message.id:
            message.string = known.get(message.id, "")
            if not message.string:
                missing.append(str(message.id))
    out = io.BytesIO()
    write_po(out, terms, width=0, omit_header=False, sort_by_file=False)
    return out.getvalue(), missing


def main() -> None:
    """Write the catalogs and list what is missing."""
    with tempfile.TemporaryDirectory() as name, template.running(Path(name) / "odoo") as odoo:
        odoo.copy(template.TEMPLATE, "textos")
        odoo.server_run("textos", "-i", ",".join(MODULES), "--skip-auto-install")
        for module, terms in exported(odoo, "textos", Path(name)).items():
            text, missing = merged(module, terms)
            catalog(module).parent.mkdir(exist_ok=True)
            catalog(module).write_bytes(text)
            for term in missing:
                print(f"{module}: {term!r}")
            print(f"{module}: {len(missing)} sin traducir", file=sys.stderr)


if __name__ == "__main__":
    main()
