"""Spanish of the Odoo modules: takes the terms out of Odoo and keeps the translations that exist.

``python -m scripts.odoo.i18n`` writes ``odoo_addon/*/i18n/es.po``; terms without translation stay empty and are
listed, and tests/odoo/test_modules.py fails on them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from scripts.odoo import template
from scripts.odoo.place import ADDONS, Odoo

#: Modules that are taken out of a database of each country.
MODULES = ((template.PERU, ["emitir", "emitir_pe"]), (template.PARAGUAY, ["emitir_py"]))
#: Runs in Odoo, whose library of catalogs keeps the places that Odoo needs. Prints what has no translation.
_EXPORT = """
import polib
from pathlib import Path
from odoo.tools.translate import trans_export
for name in {modules!r}:
    new, target = Path({folder!r}) / (name + '.po'), Path({addons!r}) / name / 'i18n' / 'es.po'
    with new.open('wb') as file:
        trans_export(False, [name], file, 'po', env)
    known = {{entry.msgid: entry.msgstr for entry in polib.pofile(str(target))}} if target.exists() else {{}}
    catalog = polib.pofile(str(new), wrapwidth=0)
    catalog.metadata = {{'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': '8bit', 'Language': 'es'}}
    for entry in catalog:
        entry.msgstr = known.get(entry.msgid, '')
        if not entry.msgstr:
            print('MISSING', name, ascii(entry.msgid))
    if {write!r}:
        target.parent.mkdir(exist_ok=True)
        catalog.save(str(target))
"""


def untranslated(
    odoo: Odoo, database: str, folder: Path, modules: list[str], write: bool = False
) -> list[str]:
    """Terms of the modules without Spanish; with ``write`` the catalogs are brought up to date."""
    log = odoo.shell(
        database,
        _EXPORT.format(modules=modules, folder=str(folder), addons=str(ADDONS), write=write),
    )
    return [line.partition("MISSING ")[2] for line in log.splitlines() if "MISSING " in line]


def main() -> None:
    """Write the catalogs and list what is missing."""
    missing = []
    for country, modules in MODULES:
        with tempfile.TemporaryDirectory() as name, template.running(Path(name) / "odoo", country) as odoo:
            odoo.copy(template.TEMPLATE, "textos")
            odoo.server_run("textos", "-i", ",".join(modules), "--skip-auto-install")
            missing += untranslated(odoo, "textos", Path(name), modules, write=True)
    for term in missing:
        print(term)
    print(f"{len(missing)} sin traducir", file=sys.stderr)


if __name__ == "__main__":
    main()
