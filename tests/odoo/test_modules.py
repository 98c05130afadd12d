"""The modules' own tests, run by Odoo."""

from __future__ import annotations

from pathlib import Path

from scripts.odoo import i18n, template
from scripts.odoo.place import Odoo
from tests.odoo.conftest import MODULES


def test_the_modules_pass_their_own_tests(odoo: Odoo) -> None:
    odoo.copy(template.TEMPLATE, "modulos")
    ran, log = odoo.module_tests("modulos", MODULES, install=True)
    # A mistyped name would run nothing and succeed.
    assert ran > 40, log[-3000:]
    assert " ERROR " not in log


def test_every_text_has_its_spanish(odoo: Odoo, database: str, tmp_path: Path) -> None:
    assert i18n.untranslated(odoo, database, tmp_path, MODULES.split(",")) == []
